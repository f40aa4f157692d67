"""The licences of everything that the program stands on, in one file that ships with it.

    python -m tests.docs.notices

writes assets/notices.txt from what is installed here: the texts that each distribution brings, the
words in the fonts, and for a distribution that brings no text, the text of the licence that it
names. Training's and the tests' own packages do not ship, and are not in it.
"""

from __future__ import annotations

import re
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import ziafont
import ziamath
from packaging.requirements import Requirement

from tests.docs.pages import ROOT

OUT = ROOT / "assets/notices.txt"

TEXTS = Path(__file__).parent / "licences"
"""Of licences that are named by those who bring no text."""

_TEXT = re.compile(r"(licen[cs]e|notice|copying|thirdparty)", re.IGNORECASE)
_LINE = "=" * 78

_WITHOUT_TEXT = {
    "PySide6_Essentials": "LGPL-3.0",
    "shiboken6": "LGPL-3.0",
    "flatbuffers": "Apache-2.0",
    "latex2mathml": "MIT",
}
"""Distributions that bring no text, and the licence that their metadata names."""

_HOMES = ("homepage", "home", "source", "source code", "repository")
"""What a project's own address is called, the best first."""

_HEAD = """\
Licences of what RNN Desk stands on. The program itself is under the MIT licence.

It is free software upon free software. Each part is named here with its version, its licence and
where it comes from, and then with the words that its makers want to be passed on.
"""

_QT = """\
Qt and Qt for Python (PySide6, Shiboken) are used under the GNU Lesser General Public License,
version 3, as they are, as shared libraries. You may put a version of your own in their place: they
are ordinary files in the folder PySide6, in the environment that the program is installed into
(`python -c "import PySide6; print(PySide6.__path__)"`), and in the folder PySide6 within the
program's own where it comes as one that is ready to run. Build Qt and PySide6 of the same minor
version, and replace the files; nothing in the program checks them. Their source is at
https://code.qt.io, and with each release at https://download.qt.io/official_releases.

Qt holds parts of other projects, which https://doc.qt.io/qt-6/licenses-used-in-qt.html lists with
their licences. Among them: portions of this software are copyright The FreeType Project
(https://freetype.org), all rights reserved; this software is based in part on the work of the
Independent JPEG Group; and HarfBuzz, libpng, PCRE2, zlib, and double-conversion.
"""

_DATA = """\
The models learnt from two collections, neither of which is part of the program:

MNIST, by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, under Creative Commons
Attribution-ShareAlike 3.0 (https://creativecommons.org/licenses/by-sa/3.0/).

Pen-Based Recognition of Handwritten Digits, by E. Alpaydin and Fevzi Alimoglu, UCI Machine Learning
Repository, 1998 (https://doi.org/10.24432/C5MG6K), under Creative Commons Attribution 4.0
(https://creativecommons.org/licenses/by/4.0/). Its trajectories were rendered as pictures.

The drawings in assets/reference are the program's own, under its licence.
"""


@dataclass(frozen=True)
class Notice:
    """What is said of one part: its name and version, under what, from where, and the words."""

    name: str
    version: str
    licence: str
    home: str
    text: str

    def __str__(self) -> str:
        lines = (_LINE, f"{self.name} {self.version}".strip(), f"Licence: {self.licence}")
        home = (f"From: {self.home}",) if self.home else ()
        return "\n".join((*lines, *home, _LINE, "", self.text.strip("\n"), ""))


def notices() -> Iterator[Notice]:
    """Every part of what ships, of the versions that are installed here."""
    yield from map(_of_distribution, distributions())
    for module in (ziamath, ziafont):
        for path in sorted(Path(module.__path__[0]).rglob("*.[to]tf")):
            yield _of_font(path)
    licence = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    if licence.is_file():
        words = "In the folder that is ready to run, Python is within.\n\n"
        version = sys.version.split()[0]
        yield Notice("Python", version, "PSF-2.0", "https://python.org", words + _read(licence))
    yield Notice("Data that the models learnt from", "", "CC BY-SA 3.0, CC BY 4.0", "", _DATA)
    for name, of in (("LGPL-3.0", "Lesser "), ("GPL-3.0", "")):
        title = f"GNU {of}General Public License, version 3"
        yield Notice(title, "", name, "https://www.gnu.org/licenses", _read(TEXTS / f"{name}.txt"))


def whole() -> str:
    """The file."""
    parts = list(notices())
    contents = [f"  {f'{part.name} {part.version}'.strip()}: {part.licence}" for part in parts]
    return "\n".join((_HEAD, *contents, "", *map(str, parts)))


def distributions() -> list[Distribution]:
    """What the program needs, and what that needs, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Distribution] = {}
    due: list[str] = project["dependencies"]
    while due:
        requirement = Requirement(due.pop())
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        named = distribution(requirement.name)
        if named.name.lower() not in found:
            found[named.name.lower()] = named
            due += named.requires or ()
    return [found[name] for name in sorted(found)]


def _of_distribution(found: Distribution) -> Notice:
    told = found.metadata
    texts = list(dict.fromkeys(_texts(found)))
    named = _WITHOUT_TEXT.get(found.name)
    if not texts:
        assert named is not None, f"{found.name} brings no text of its licence"
        who = told.get("Author") or told.get("Author-email") or found.name
        # The two of GNU's stand at the end, once.
        body = "" if named == "LGPL-3.0" else _read(TEXTS / f"{named}.txt")
        texts = [_QT if named == "LGPL-3.0" else body.replace("<year> <copyright holders>", who)]
    urls = dict(line.lower().split(", ", 1) for line in told.get_all("Project-URL") or ())
    home = next((urls[name] for name in _HOMES if name in urls), told.get("Home-page") or "")
    licence = told.get("License-Expression") or told.get("License") or named or ""
    if "\n" in licence or not licence:  # some put the whole text there
        classifiers = [line for line in told.get_all("Classifier") or () if "License" in line]
        licence = classifiers[0].rpartition(":: ")[2] if classifiers else "as below"
    return Notice(found.name, found.version, licence, home, "\n\n".join(texts))


def _texts(found: Distribution) -> Iterator[str]:
    """The files of a distribution that say its licence."""
    for file in sorted(found.files or (), key=str):
        if _TEXT.search(file.name) and not file.suffix.startswith((".py", ".h")):
            yield _read(Path(str(file.locate())))


def _of_font(path: Path) -> Notice:
    """A font says itself whose it is."""
    names = ziafont.Font(str(path)).info.names
    words = [names.copyright, names.trademark, names.license]
    name = "OFL-1.1" if "Open Font License" in names.license else "Bitstream Vera"
    if name == "OFL-1.1":
        words.append(_read(TEXTS / "OFL-1.1.txt"))
    text = "\n\n".join(word.strip() for word in words if word)
    return Notice(f"{names.name}, a font", "", name, names.vendorurl, text)


def _read(path: Path) -> str:
    return (
        path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").replace("\f", "")
    )


if __name__ == "__main__":
    OUT.write_text(whole(), encoding="utf-8")
