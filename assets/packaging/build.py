"""Build the standalone folder, and pack it: `python assets/packaging/build.py`.

It needs a Python of its own kind, 3.11 or newer, and the network, once: the program is installed
from this clone, at the versions of constraints.txt, into an environment below `build`, and frozen
there. What comes out lies in `dist`: the folder, the archive of it, on Windows an installer for one
user (where Inno Setup's `iscc` is at hand), and on macOS a disk image.

On macOS, CODESIGN_IDENTITY names whose signature all of it gets; on Windows --sign does.
"""

from __future__ import annotations

import argparse
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
BUILD, DIST = REPOSITORY / "build" / "frozen", REPOSITORY / "dist"

SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
ARCHIVES = {"linux": "xztar", "win32": "zip"}


def main() -> int:
    """Build, pack, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--here", action="store_true", help="freeze what is installed for this Python already"
    )
    parser.add_argument(
        "--sign",
        default="",
        metavar="COMMAND",
        help="signs a program, whose name is added",
    )
    chosen = parser.parse_args()
    python = sys.executable if chosen.here else str(_installed(BUILD / "venv"))
    _run(
        python, "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", str(DIST), "--workpath", str(BUILD / "work"), str(HERE / "rnn-desk.spec"),
    )  # fmt: skip
    folder = DIST / ("RNN Desk.app" if sys.platform == "darwin" else "rnn-desk")
    if sys.platform == "linux":
        _leave_links_out(folder)
        _strip_python(folder)
    if sys.platform != "darwin":
        _add_papers(folder)
    _sign(chosen.sign, folder.glob("*.exe"))
    name = f"rnn-desk-{version()}-{SYSTEMS[sys.platform]}-{platform.machine().lower()}"
    made = [folder, *_packed(folder, DIST / name)]
    _sign(chosen.sign, (path for path in made if path.suffix == ".exe"))
    for path in made:
        sys.stdout.write(f"{path.relative_to(REPOSITORY)}: {_size(path) / 1e6:.0f} MB\n")
    return 0


def version() -> str:
    """The version, from the one place that says it."""
    source = (REPOSITORY / "rnn_desk" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    assert found is not None
    return found[1]


def _installed(folder: Path) -> Path:
    """Install the program, and what freezes it, there; its Python."""
    venv.create(folder, clear=True, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    constraints = str(REPOSITORY / "constraints.txt")
    _run(
        str(python), "-m", "pip", "install", "-q", "-c", constraints, str(REPOSITORY), "pyinstaller"
    )
    return python


def _leave_links_out(folder: Path) -> None:
    """Remove PyInstaller's links to libraries, which each other finds without them: a USB stick's
    file system has none."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            path.unlink()


def _strip_python(folder: Path) -> None:
    """Take what is for debuggers out of Python's own libraries: those of wheels are stripped
    already, or would not load any more."""
    if (strip := shutil.which("strip")) is not None:
        for path in (*folder.rglob("libpython3*"), *folder.rglob("lib-dynload/*.so")):
            _run(strip, "--strip-unneeded", str(path))


def _add_papers(folder: Path) -> None:
    """Lay the licences, and on Linux what tells a desktop of the program, into the folder."""
    assets = REPOSITORY / "assets"
    shutil.copy(REPOSITORY / "LICENSE", folder)
    shutil.copy(assets / "notices.txt", folder)
    if sys.platform == "linux":
        shutil.copytree(
            assets / "desktop", folder / "desktop", ignore=lambda *_: {"app.icns", "app.ico"}
        )
        shutil.copy(assets / "icons" / "app.svg", folder / "desktop" / "rnn-desk.svg")


def _sign(command: str, programs: Iterable[Path]) -> None:
    for path in programs if command else ():
        _run(*shlex.split(command), str(path))


def _packed(folder: Path, target: Path) -> Iterator[Path]:
    """Pack the folder as this system's people expect it, beside `target`; what was made."""
    if sys.platform == "darwin":
        image = target.with_name(f"{target.name}.dmg")
        with TemporaryDirectory() as place:  # what the image shows: drag one to the other
            shutil.copytree(folder, Path(place) / folder.name, symlinks=True)
            (Path(place) / "Applications").symlink_to("/Applications")
            _add_papers(Path(place))
            _run(
                "hdiutil", "create", "-volname", "RNN Desk", "-srcfolder", place,
                "-format", "ULFO", "-ov", str(image),
            )  # fmt: skip
        yield image
        return
    yield Path(shutil.make_archive(str(target), ARCHIVES[sys.platform], DIST, folder.name))
    if (compiler := shutil.which("iscc")) is not None:
        said = tomllib.loads((HERE / "addresses.toml").read_text("utf-8"))
        defined = {
            "Version": version(),
            "Folder": folder,
            "Publisher": said["publisher"],
            "Address": said["repository"],
        }
        _run(
            compiler, f"/O{target.parent}", f"/F{target.name}-setup",
            *(f"/D{name}={value}" for name, value in defined.items()), str(HERE / "windows.iss"),
        )  # fmt: skip
        yield target.with_name(f"{target.name}-setup.exe")


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.lstat().st_size for file in files if not file.is_dir())


def _run(*command: str) -> None:
    subprocess.run(command, check=True, cwd=REPOSITORY)


if __name__ == "__main__":
    sys.exit(main())
