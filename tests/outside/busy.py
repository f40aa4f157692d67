"""Opens every good model file of tests/models while other programs take the processor.

    python -m tests.outside.busy [FILE...] [--busy N]

N processes that do nothing but compute (8) run meanwhile. A file is right where
`python -m rnn_desk inspect FILE --json` accepts it: a limit that counts seconds of the wall would
refuse what is only slow to come. Exits 1 where one is not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.outside.program import REPOSITORY

FILES = REPOSITORY / "tests" / "models" / "files"

_BUSY = "import os, sys\nwhile os.getppid() == int(sys.argv[1]): pass"
"""Computes for as long as whoever started it is there."""

_LONGEST = 600.0
"""Seconds after which a command is ended."""


def good_files() -> list[Path]:
    """The files of tests/models that are to be accepted."""
    manifest = json.loads((FILES / "manifest.json").read_text("utf-8"))
    return [FILES / name for name in sorted(manifest) if manifest[name]["accepted"]]


@contextmanager
def busy(count: int) -> Iterator[None]:
    """Keep the processors busy meanwhile."""
    command = [sys.executable, "-c", _BUSY, str(os.getpid())]
    processes = [subprocess.Popen(command) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()


def refusal(file: Path) -> str:
    """Why `inspect` does not accept the file; nothing where it does."""
    with TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", "rnn_desk", "inspect", str(file), "--json"],
            cwd=REPOSITORY,
            env={**os.environ, "HOME": home, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
    try:
        found = json.loads(done.stdout)
    except ValueError:
        return f"exit {done.returncode}: {done.stderr.strip()}"
    return "" if found["accepted"] else str(found["reason"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Open each file and print the table; 1 where one was not accepted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--busy", type=int, default=8, metavar="N")
    wanted = parser.parse_args(arguments)
    files = wanted.files or good_files()
    wrong = 0
    with busy(wanted.busy):
        for file in files:
            began = time.monotonic()
            why = refusal(file)
            wrong += bool(why)
            seconds = f"{time.monotonic() - began:6.1f} s"
            sys.stdout.write(f"{seconds}  {file.name:36} {why or 'opened'}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(files) - wrong} of {len(files)} opened\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
