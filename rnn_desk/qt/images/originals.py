"""What the files that a person names hold: drawings, pictures, MNIST's IDX images.

Pillow is loaded for pictures alone: it takes a while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from rnn_desk.core.drawing import read_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.idx import read_idx
from rnn_desk.core.kind import FileKind, kind_of
from rnn_desk.core.picture import Original, Picture


def originals_of(path: Path) -> Iterator[Original | Refused]:
    """All that a file holds, in its order; what cannot be read of it is its Refused.

    Raises Refused where the file as a whole cannot be read.
    """
    return _READERS[kind_of(path)](path)


def _in_idx(path: Path) -> Iterator[Original]:
    for image in read_idx(path, dimensions=3):
        yield Picture(image, as_it_is=True)  # on the format's word


def _in_picture(path: Path) -> Iterator[Original]:
    from rnn_desk.qt.images.read import read_picture

    yield read_picture(path).picture


_READERS: Mapping[FileKind, Callable[[Path], Iterator[Original | Refused]]] = {
    "picture": _in_picture,
    "idx": _in_idx,
    "drawings": read_drawings,
}
