"""`*` and `?` in the names of files, which the shells of Windows leave to the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from glob import glob

_WILD = ("*", "?")
"""No name on Windows has either of them; but `[` is a letter there as any other."""


def expanded(words: Sequence[str]) -> list[str]:
    """The words, in place of each pattern the files that it stands for; one that stands for none
    stays, to be told as a file that is not there."""
    return [file for word in words for file in _files(word)]


def _files(word: str) -> Iterator[str]:
    if any(sign in word for sign in _WILD):
        found = sorted(glob(word.replace("[", "[[]")))  # noqa: PTH207  (in any folder)
        yield from found or [word]
    else:
        yield word
