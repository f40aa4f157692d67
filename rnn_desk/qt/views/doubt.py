"""How familiar a drawing is, in words, and the known digits that a doubted one is nearest to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QImage

from rnn_desk.app.state import Canvas
from rnn_desk.core.apart import Apart
from rnn_desk.core.colour import ColourMap
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import DOUBTED_BELOW, Familiarity
from rnn_desk.core.raster import Frame
from rnn_desk.core.references import reference_digits
from rnn_desk.core.trace import Trace
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.views.heat import heat_image

UNSURE = "?"
"""Stands in place of a class where no class is probable enough, or the drawing like no digit."""


def is_doubted(trace: Trace | None, canvas: Canvas) -> bool:
    """Whether it is to be said that the drawing is unlike what was learnt; not while a stroke is
    made, as half a digit is unlike any."""
    return canvas.is_whole and trace is not None and trace.doubted


def doubt_words(name: str) -> str:
    """What stands in place of a large digit where the drawing is unlike any that was learnt."""
    return tr("unlike anything it has learnt: {name}?", name=name)


def apart_words(names: Sequence[str]) -> str:
    """What stands there where it looks like several digits that are read as these."""
    if len(names) == 2:
        return tr(
            "this looks like two digits: {first} and {second}", first=names[0], second=names[1]
        )
    return tr(
        "this looks like {count} digits: {names}", count=len(names), names=tr(", ").join(names)
    )


def familiarity_words(trace: Trace | None) -> str:
    """How familiar the drawing is, in short; "" where that is not known."""
    found = None if trace is None else trace.familiarity
    if not isinstance(found, Familiarity):
        return ""
    return tr("familiarity {value:.2f}", value=found.value)


def about_familiarity(trace: Trace | None) -> str:
    """What that number means, or why there is none."""
    found = None if trace is None else trace.familiarity
    if isinstance(found, Refused):
        return sentence(found)
    if found is None:
        return ""
    near = ", ".join(reference_digits().labels[place] for place in found.nearest)
    return tr(
        "familiarity {value:.3f}: how much the network's states are like those of digits "
        "rather than of other drawings, 0 to 1;\nbelow {limit} the answer is doubted, however "
        "probable it is. It does not tell whether the answer is right.\n"
        "The nearest known digits: {near}",
        value=found.value,
        limit=DOUBTED_BELOW,
        near=near,
    )


def nearest(trace: Trace | None) -> tuple[int, ...]:
    """The known digits that are nearest, by their places."""
    found = None if trace is None else trace.familiarity
    return found.nearest if isinstance(found, Familiarity) else ()


def pictures_of(places: tuple[int, ...], side: int, colours: ColourMap) -> list[QImage]:
    """The known digits at these places, as pictures of that side."""
    if not places:
        return []
    pictures = reference_digits().pictures(Frame(side), places)
    return [heat_image(picture, colours, 1.0) for picture in pictures]


def pictures_apart(apart: Apart, colours: ColourMap) -> list[QImage]:
    """The digits of a drawing of several, each as the network gets it by itself."""
    return [heat_image(raster.pixels, colours, 1.0) for raster in apart.rasters]
