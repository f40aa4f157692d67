"""Whether a release can go out: nothing is unknown, all say one version, and the wheel is right.

    python -m tests.outside.release [--tag vX.Y.Z]

Builds the sdist and the wheel into `dist`, with the package `build`. Prints what stands in the way,
a line each, and exits 1 where something does.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PACKAGING = REPOSITORY / "assets" / "packaging"
DIST = REPOSITORY / "dist"

SAY_IT = {"CHANGELOG.md": r"^## \[?(\d[^\]\s]*).*", "CITATION.cff": r"^version: (.+)$"}
"""Where else the version stands: of a list of changes, over the first."""

PACKAGES = {"rnn_desk", "rnn_desk_training"}


def version() -> str:
    """The version, from the one place that says it."""
    source = (REPOSITORY / "rnn_desk" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    assert found is not None
    return found[1]


def unknown(addresses: Path = PACKAGING / "addresses.toml") -> Iterator[str]:
    """What nobody has said yet."""
    for name, value in tomllib.loads(addresses.read_text("utf-8")).items():
        if not value:
            yield f"{addresses.name}: {name} is unknown"


def other_versions(tag: str | None) -> Iterator[str]:
    """What says another version than the program does."""
    own = version()
    if tag is not None and tag != f"v{own}":
        yield f"the tag is {tag}, and the version {own}"
    for name, pattern in SAY_IT.items():
        path = REPOSITORY / name
        if not path.is_file():
            yield f"{name} is not there"
            continue
        found = re.search(pattern, path.read_text("utf-8"), re.MULTILINE)
        if found is None or found[1].strip("\"'") != own or "not released" in found[0]:
            yield f"{name} says {found and found[0]}, not that {own} is released"


def build(*words: str) -> None:
    """Have `build` build from this tree."""
    subprocess.run([sys.executable, "-P", "-m", "build", *words, str(REPOSITORY)], check=True)


def contents(wheel: Path) -> dict[str, bytes]:
    """Every file of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wrong_with(wheel: Path) -> Iterator[str]:
    """What should not be in the wheel, or should."""
    files = contents(wheel)
    information, data = (f"rnn_desk-{version()}.{kind}" for kind in ("dist-info", "data"))
    for name in sorted({name.split("/")[0] for name in files} - PACKAGES - {information, data}):
        yield f"the wheel puts {name} among all packages"
    for name in files:
        if name.endswith((".png", ".gif")) and "/icons/" not in name:
            yield f"the wheel has a picture, {name}"
    for package in sorted(PACKAGES):
        if f"{package}/py.typed" not in files:
            yield f"the wheel does not say that {package} is typed"
    metadata = files[f"{information}/METADATA"].decode("utf-8")
    if "Project-URL: " not in metadata:
        yield "the wheel names no address"
    for link in re.findall(r"\]\((?!\w+:|#)([^)\s]+)\)", metadata):
        yield f"on PyPI the README's {link} leads nowhere"


def main() -> int:
    """Look, and say what stands in the way."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tag", metavar="vX.Y.Z", help="what the release is to be called")
    chosen = parser.parse_args()
    build("--outdir", str(DIST))  # the sdist, and from that the wheel
    (wheel,) = DIST.glob(f"rnn_desk-{version()}-*.whl")
    reasons = [*unknown(), *other_versions(chosen.tag), *wrong_with(wheel)]
    with tempfile.TemporaryDirectory() as other:
        build("--wheel", "--outdir", other)
        (again,) = Path(other).glob("*.whl")
        if contents(again) != contents(wheel):
            reasons.append("the sdist builds another wheel than the tree does")
    for reason in reasons:
        sys.stdout.write(f"{reason}\n")
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main())
