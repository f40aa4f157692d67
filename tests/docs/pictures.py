"""The pictures on the pages, each made by the command below it.

    python -m tests.docs.pictures [NAME...]

makes all of them, or those whose path has such a NAME in it.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence

from tests.docs.pages import PAGES, ROOT, Shown, pictures


def shown() -> Iterator[Shown]:
    """Every picture on every page."""
    for page in PAGES:
        yield from pictures(page)


def make(names: Sequence[str]) -> None:
    """Make the pictures. Raises CalledProcessError."""
    for picture in shown():
        if not names or any(name in picture.made for name in names):
            words = shlex.split(picture.made)
            subprocess.run([sys.executable, "-m", "rnn_desk", *words], cwd=ROOT, check=True)


if __name__ == "__main__":
    make(sys.argv[1:])
