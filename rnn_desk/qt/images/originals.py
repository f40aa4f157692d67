"""What the files that a person names hold: drawings, pictures, MNIST's IDX images.

Pillow is loaded for pictures alone: it takes a while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from rnn_desk.core.drawing import read_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.idx import read_idx
from rnn_desk.core.kind import FileKind, kind_of
from rnn_desk.core.picture import Original, Picture, picture_of

_Digit = TypeVar("_Digit")


def originals_of(path: Path) -> Iterator[Original | Refused]:
    """All that a file holds, in its order; what cannot be read of it is its Refused.

    Raises Refused where the file as a whole cannot be read.
    """
    return _READERS[kind_of(path)](path)


def digits_in(original: Original) -> tuple[Original, ...]:
    """A picture once for each digit that it shows; a drawing as it is."""
    return original.parts if isinstance(original, Picture) else (original,)


def at_index(digits: Iterable[_Digit | Refused], index: int, path: Path) -> _Digit:
    """The digit of that number among a file's, from 0, refused ones not counted. Raises Refused."""
    count = 0
    first_refusal = None
    for digit in digits:
        if isinstance(digit, Refused):
            first_refusal = first_refusal or digit
        elif count == index:
            return digit
        else:
            count += 1
    if first_refusal is not None and not count:
        raise first_refusal
    raise Refused(
        "{file} has no digit {index}: it holds {count}, counted from 0",
        file=path,
        index=index,
        count=count,
    )


def _in_idx(path: Path) -> Iterator[Original]:
    for image in read_idx(path, dimensions=3):
        yield picture_of(image, as_it_is=True)  # on the format's word


def _in_picture(path: Path) -> Iterator[Original]:
    from rnn_desk.qt.images.read import read_picture

    yield read_picture(path).picture


_READERS: Mapping[FileKind, Callable[[Path], Iterator[Original | Refused]]] = {
    "picture": _in_picture,
    "idx": _in_idx,
    "drawings": read_drawings,
}
