"""What a person opened, dropped or pasted: as it goes on the canvas, and what is said of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from rnn_desk.core.drawing import CANVAS_SIZE, Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.picture import Original, Picture, picture_of, raster_of
from rnn_desk.core.scan import shows_several
from rnn_desk.qt.images.originals import originals_of
from rnn_desk.qt.images.read import grey_of


@frozen(eq=False)
class Opened:
    """What goes on the canvas; remark: why it may not be read as somebody expects, if so."""

    original: Original
    remark: Refused | None = None


def from_file(path: Path) -> Opened:
    """The first drawing or picture of a file. Raises Refused."""
    first = next(iter(originals_of(path)), None)
    if first is None:
        raise Refused("{file} holds no digit", file=path)
    if isinstance(first, Refused):
        raise first
    original = first.resized(CANVAS_SIZE)
    if isinstance(original, Drawing):
        return Opened(original)
    return _looked_at(
        original,
        Refused(
            "{file} shows no digit: nothing in it stands out from its background; "
            "try a darker pen, or more light",
            file=path,
        ),
        Refused(
            "{file} seems to show several digits, which are read as one: crop it to one of them",
            file=path,
        ),
    )


def from_image(image: QImage) -> Opened:
    """A picture that another program offered. Raises Refused."""
    return _looked_at(
        picture_of(grey_of(image)),
        Refused(
            "The picture shows no digit: nothing in it stands out from its background; "
            "try a darker pen, or more light"
        ),
        Refused(
            "The picture seems to show several digits, which are read as one: "
            "crop it to one of them"
        ),
    )


def _looked_at(picture: Picture, none: Refused, several: Refused) -> Opened:
    """Refused with `none` where the picture shows no digit; remarked on where it shows several."""
    if raster_of(picture).is_blank:
        raise none
    return Opened(picture, several if shows_several(picture.grey) else None)
