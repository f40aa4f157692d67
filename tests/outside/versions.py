"""The program at the lowest and the newest versions of what it stands on, and where those exist.

    python -m tests.outside.versions [--python X.Y]... [--resolution NAME]... [--write FILE]

The wheel is built, and installed by uv alone, without constraints, into a fresh environment of each
Python that is here: once with the lowest versions that pyproject.toml allows, once with the newest.
Then its command line reads drawings with an own and a foreign model, renders the window, and shows
the help of training; no line may come on stderr. After that, uv resolves for systems that are not
here, from what the registry has.

--write puts both tables between the marks of FILE (docs/versions.md). Exits 1 where a combination
that should work does not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

REPOSITORY = Path(__file__).parents[2]
FOREIGN = REPOSITORY / "tests" / "models" / "files" / "ts_lstm.onnx"
DRAWINGS = REPOSITORY / "assets" / "reference" / "digits.jsonl"

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
RESOLUTIONS = {"lowest-direct": "lowest", "highest": "newest"}

SYSTEMS = {
    "Linux, x86-64, glibc 2.34 or newer": "x86_64-manylinux_2_34",
    "Linux, x86-64, glibc 2.28": "x86_64-manylinux_2_28",
    "Linux, x86-64, glibc 2.27": "x86_64-manylinux_2_27",
    "Linux, ARM64, glibc 2.39 or newer": "aarch64-manylinux_2_39",
    "Linux, ARM64, glibc 2.31": "aarch64-manylinux_2_31",
    "Linux, ARM64, glibc 2.28": "aarch64-manylinux_2_28",
    "Windows, x86-64": "x86_64-pc-windows-msvc",
    "Windows, ARM64": "aarch64-pc-windows-msvc",
    "macOS 14, Apple's processors": "aarch64-apple-darwin",
    "macOS 13, Apple's processors": "aarch64-apple-darwin",
    "macOS 14, Intel": "x86_64-apple-darwin",
    "macOS 13, Intel": "x86_64-apple-darwin",
}
"""What uv calls each system. Of macOS the version goes into the environment."""

SHOWN = (
    "pyside6-essentials", "onnxruntime", "onnx", "numpy", "pillow", "pi-heif", "msgspec", "psutil"
)  # fmt: skip
"""What a table says the versions of; the rest is pure Python."""

BEGIN, END = "<!-- versions: {} -->", "<!-- /versions -->"


@dataclass(frozen=True)
class Tried:
    """One environment: with which Python and versions, and what was wrong, if anything was."""

    python: str
    resolution: str
    versions: dict[str, str]
    wrong: str = ""


def uv(*words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run uv, which says by its status how it went."""
    own = {**os.environ, "UV_NO_CONFIG": "1", "UV_PYTHON_DOWNLOADS": "never", **(env or {})}
    return subprocess.run(["uv", *words], capture_output=True, text=True, check=False, env=own)


def try_here(wheel: Path, python: str, resolution: str) -> Tried | None:
    """Install the wheel, and use it; None where that Python is not here."""
    if uv("python", "find", "--no-project", python).returncode:
        return None
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        where = folder / "environment"
        done = uv("venv", "-q", "--no-project", "--python", python, str(where))
        interpreter = str(where / "bin" / "python")
        install = ("pip", "install", "-q", "--python", interpreter, "--only-binary", ":all:")
        # What the project names itself is direct, and not what a wheel names.
        if not done.returncode:
            done = uv(
                *install, "--resolution", resolution, "-r", str(REPOSITORY / "pyproject.toml")
            )
        if not done.returncode:
            done = uv(*install, "--no-deps", str(wheel))
        if done.returncode:
            return Tried(python, resolution, {}, last_line(done.stderr))
        listed = json.loads(
            uv("pip", "list", "-q", "--python", interpreter, "--format", "json").stdout
        )
        versions = {each["name"].lower(): each["version"] for each in listed}
        return Tried(python, resolution, versions, use(where / "bin", folder))


def use(commands: Path, folder: Path) -> str:
    """Use the installed program; what was wrong, if anything was."""
    picture, program = str(folder / "desk.png"), str(commands / "rnn-desk")
    each = (
        (program, "classify", "--json", str(DRAWINGS)),
        (program, "classify", "--json", "--model", str(FOREIGN), str(DRAWINGS)),
        (program, "render", picture, "--drawing", str(DRAWINGS), "--index", "125"),
        (str(commands / "rnn-desk-train"), "-h"),
    )
    environment = {
        **{name: os.environ[name] for name in ("LANG", "PATH") if name in os.environ},
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
    }
    for command in each:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        said = done.stderr.strip().splitlines()
        if done.returncode or said:
            return f"`{command[1]}`: {len(said)} lines on stderr, {last_line(done.stderr)}"
        if command[1:3] == ("classify", "--json") and "--model" not in command:
            lines = [json.loads(line) for line in done.stdout.splitlines()]
            truth = [json.loads(line)["label"] for line in DRAWINGS.read_text("utf-8").splitlines()]
            right = sum(str(a["label"]) == str(b) for a, b in zip(lines, truth, strict=True))
            if right < 0.95 * len(truth):
                return f"{right} of {len(truth)} drawings are read"
    return ""


def resolve(system: str, python: str) -> str:
    """What uv would install on that system: versions, or why it finds none."""
    minimum = {}
    if system.startswith("macOS"):
        minimum = {"MACOSX_DEPLOYMENT_TARGET": f"{system.split(',')[0].removeprefix('macOS ')}.0"}
    done = uv(
        "pip", "compile", "-q", "--no-header", "--no-annotate", "--only-binary", ":all:",
        "--python-version", python, "--python-platform", SYSTEMS[system],
        str(REPOSITORY / "pyproject.toml"), env=minimum,
    )  # fmt: skip
    if done.returncode:
        return "no"
    found = dict(line.split("==") for line in done.stdout.split() if "==" in line)
    return f"PySide6 {found['pyside6-essentials']}, onnxruntime {found['onnxruntime']}"


def last_line(text: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def here_table(tried: Sequence[Tried]) -> str:
    """What was tried on this machine."""
    rows = [
        [
            each.python,
            RESOLUTIONS[each.resolution],
            *(each.versions.get(name, "") for name in SHOWN),
            each.wrong or "all works",
        ]
        for each in tried
    ]
    return table(["Python", "versions", *SHOWN, "tried"], rows)


def systems_table(pythons: Sequence[str]) -> str:
    """What there is for each system, asked all at once: the registry takes its time."""
    asked = [(system, python) for system in SYSTEMS for python in pythons]
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(asked, pool.map(lambda pair: resolve(*pair), asked), strict=True))
    rows = [[system, *(answers[system, python] for python in pythons)] for system in SYSTEMS]
    return table(["system", *(f"Python {python}" for python in pythons)], rows)


def put_into(path: Path, name: str, text: str) -> None:
    """Write a table between its marks."""
    whole = path.read_text("utf-8")
    before, begin, rest = whole.partition(BEGIN.format(name))
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{path} has no marks for the table {name}")
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")


def main() -> int:
    """Try, print, and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", action="append", metavar="X.Y", help=f"({', '.join(PYTHONS)})")
    parser.add_argument("--resolution", action="append", choices=tuple(RESOLUTIONS))
    parser.add_argument("--write", type=Path, metavar="FILE")
    chosen = parser.parse_args()
    pythons = chosen.python or PYTHONS
    with TemporaryDirectory() as built:
        done = uv("build", "-q", "--wheel", "--out-dir", built, str(REPOSITORY))
        if done.returncode:
            raise SystemExit(done.stderr)
        (wheel,) = Path(built).glob("*.whl")
        tried = [
            each
            for python in pythons
            for resolution in chosen.resolution or RESOLUTIONS
            if (each := try_here(wheel, python, resolution)) is not None
        ]
    here, systems = here_table(tried), systems_table(pythons)
    sys.stdout.write(f"{here}\n\n{systems}\n")
    if chosen.write is not None:
        put_into(chosen.write, "tried", here)
        put_into(chosen.write, "systems", systems)
    return 1 if not tried or any(each.wrong for each in tried) else 0


if __name__ == "__main__":
    sys.exit(main())
