"""What a person opened, dropped or pasted: as it goes on the canvas, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

from rnn_desk.core.drawing import CANVAS_SIZE, Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.picture import Original, Picture, raster_of
from rnn_desk.core.scan.contrast import LEAST_CONTRAST
from rnn_desk.qt.images.originals import originals_of


@frozen(eq=False)
class Opened:
    """What goes on the canvas; remark: why nothing is read in it, if so."""

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
    return Opened(original, _nothing_in(original, path))


def from_image(image: QImage) -> Opened:
    """A picture that another program offered. Raises Refused."""
    from rnn_desk.qt.images.pasted import pixels_of  # no start is to wait for Pillow

    picture = pixels_of(image).picture
    return Opened(picture, _nothing_in(picture, Refused("The picture")))


def _nothing_in(picture: Picture, name: Path | Refused) -> Refused | None:
    """Why no digit is read in it, and what can be done; None where one is."""
    if not raster_of(picture).is_blank:
        return None
    if np.ptp(picture.grey) < LEAST_CONTRAST:
        return Refused(
            "{file} shows no digit: it is of one brightness all over; is it the right one?",
            file=name,
        )
    if "lines" in picture.found.because:
        return Refused(
            "{file} shows no digit: there is nothing on its lines; write between them, or darker",
            file=name,
        )
    return Refused(
        "{file} shows no digit: nothing in it stands out from its background as strokes do; "
        "crop it to the digit, or draw a box round it here",
        file=name,
    )
