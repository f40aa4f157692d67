"""From colours to grey levels: those in which ink differs from its paper."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.arrays import Floats, NDArray

_LUMINANCE = (0.299, 0.587, 0.114)

_COLOURED = 60
"""How far, of 255, a colour differs from the paper's in anything but brightness, to be ink's."""

_TELLS = 0.5
"""Where brightness differs by less than this part of the whole difference, it does not do."""


def grey_levels(colours: NDArray[np.uint8] | Floats) -> Floats:
    """Grey levels `[rows, columns]` of a picture `[rows, columns, 3]`, 0..255.

    They are its brightness; but where ink and paper are nearly of one brightness and differ in
    colour, as yellow and white do, how far each pixel is from the paper's colour towards the ink's.
    """
    brightness = np.asarray(colours @ _LUMINANCE)
    if not colours.size:
        return brightness
    sides = (colours[0], colours[-1], colours[:, 0], colours[:, -1])
    paper = np.median(np.concatenate(sides), axis=0)
    away = colours - paper
    far = np.sqrt((away * away).sum(axis=-1))
    inked = far > max(_COLOURED, 0.5 * np.percentile(far, 99.8))
    if np.count_nonzero(inked) < 4:
        return brightness
    ink = np.median(away[inked], axis=0)
    length = float(np.sqrt(ink @ ink))
    if length < _COLOURED or abs(float(ink @ np.array(_LUMINANCE))) > _TELLS * length:
        return brightness
    towards = away @ (ink / length)
    return np.asarray(np.clip(245 - towards * (225 / max(225.0, towards.max())), 0, 255))
