"""Drawings that do what the program's lessons ask to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from rnn_desk.app.codecs import reference_digit
from rnn_desk.core.drawing import Drawing, stroke


def narrow_seven() -> Drawing:
    """A 7 as narrow as a 1."""
    seven = reference_digit("7 curved")
    middle = seven.size / 2
    narrowed = tuple(
        replace(s, points=s.points * [0.25, 1] + [0.75 * middle, 0]) for s in seven.strokes
    )
    return replace(seven, strokes=narrowed)


def seven_with_a_foot() -> Drawing:
    """A 7 that becomes a 2 in its last rows."""
    seven = reference_digit("7 plain")
    points = np.concatenate([s.points for s in seven.strokes])
    left, right, foot = points[:, 0].mean(), points[:, 0].max() + 40, points[:, 1].max()
    return replace(seven, strokes=(*seven.strokes, stroke([[left, foot], [right, foot]])))


@cache
def done() -> Mapping[str, Drawing]:
    """By the lesson's name, a drawing of which all is so that its question asks for."""
    return {
        "rows": seven_with_a_foot(),
        "cnn": narrow_seven(),
        "sure": reference_digit("heart"),
    }
