"""A bar a class, with its name and its probability: where they are, and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.frozen import frozen
from rnn_desk.qt.style.theme import Theme
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.folded import Folded

NEARLY = 0.9995
"""From which part on a probability would be rounded to the whole."""

_MARGIN = 4

_SEEN = 1 / 512
"""Pixels below which a bar changes no colour; while a digit is drawn, most are."""

_READABLE = 0.75
"""Letters of the bars' names at least, in parts of what they are where there is room."""

_NAMES = 0.4
"""The part of the width that the classes' names take at most."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@frozen(eq=False)
class Bars:
    """Where they are, from top to bottom: what each runs in, and where its number stands.

    names: of all classes, as far as there is room for them. rest: where the others are told of,
    those that are folded away; empty where none is. are_low: they are lower than letters that can
    be read, so that not each has a name and a number.
    """

    area: QRect
    step: float
    font: QFont
    names: Sequence[str]
    tracks: Sequence[QRectF]
    cells: Sequence[QRectF]
    rest: QRectF
    are_low: bool


@frozen
class Listed:
    """The classes that have a bar, from top to bottom; those of them that have a name and a number;
    and the most probable one of all, None where nothing is read."""

    order: tuple[int, ...]
    named: tuple[int, ...]
    winner: int | None

    @classmethod
    def of(cls, parts: NDArray[np.float32] | None, order: Sequence[int], bars: Bars) -> Listed:
        """parts: the classes' probabilities. All are named; where bars are low, of those that are
        too near to one another the most probable."""
        winner = None if parts is None else int(parts.argmax())
        if not bars.are_low:
            return cls(tuple(order), tuple(order), winner)
        places, taken = list(range(len(order))), list[int]()
        if parts is not None:
            places.sort(key=lambda place: -parts[order[place]])
        for place in places:
            if all(abs(place - other) * bars.step >= bars.cells[0].height() for other in taken):
                taken.append(place)
        return cls(tuple(order), tuple(order[place] for place in taken), winner)


def bars_in(area: QRect, classes: Sequence[str], font: QFont) -> Bars:
    """Where the bars of these classes are, beside text in that font."""
    line = QFontMetrics(font).height()
    count = Folded.shown(len(classes), area.height(), line)
    folded = count < len(classes)
    step = min(area.height() / max(1, count + folded), 2.2 * line)
    usual, fits = int(line * 0.9), int(step) - 3
    are_low = fits < _READABLE * usual
    letters = QFont(font)
    letters.setPixelSize(usual if are_low else max(9, min(usual, fits)))
    letters.setWeight(QFont.Weight.Medium)
    metrics, right = QFontMetrics(letters), Qt.TextElideMode.ElideRight
    most = int(_NAMES * area.width())
    names = [metrics.elidedText(name, right, most) for name in classes]
    widest = max(map(metrics.horizontalAdvance, names), default=0) + 3 * _MARGIN
    numbers = metrics.horizontalAdvance(">99.9%") + _MARGIN
    room, left = area.width() - widest - numbers, area.right() - numbers
    tops = [area.y() + place * step for place in range(count)]
    tracks = [QRectF(widest - _MARGIN, y + 0.2 * step, room, step * 0.6) for y in tops]
    tall = max(step, metrics.height())
    cells = [QRectF(left, y + (step - tall) / 2, numbers, tall) for y in tops]
    below = QRectF(_MARGIN, area.y() + count * step, area.width() - 2 * _MARGIN, step)
    rest = below if folded else QRectF()
    return Bars(area, step, letters, names, tracks, cells, rest, are_low)


def paint_bars(
    painter: QPainter,
    parts: NDArray[np.float32],
    listed: Listed,
    bars: Bars,
    theme: Theme,
    certain: bool,
) -> None:
    """One bar a class, and its number; the winner in the accent's colour where it is certain."""
    values = parts.tolist()
    accent, muted = QColor(theme.accent), QColor(theme.muted)
    painter.setPen(Qt.PenStyle.NoPen)
    for track, index in zip(bars.tracks, listed.order, strict=True):
        width = track.width() * values[index]
        if width >= _SEEN:
            painter.setBrush(accent if index == listed.winner and certain else muted)
            bar = QRectF(track.x(), track.y(), width, track.height())
            painter.drawRoundedRect(bar, 3, 3)
    painter.setFont(bars.font)
    painter.setPen(muted)
    for cell, index in zip(bars.cells, listed.order, strict=True):
        if index != listed.winner and index in listed.named:
            painter.drawText(cell, _RIGHT, part_words(values[index]))
    if listed.winner in listed.order:
        painter.setPen(QColor(theme.text))
        cell = bars.cells[listed.order.index(listed.winner)]
        painter.drawText(cell, _RIGHT, part_words(values[listed.winner]))
    if not bars.rest.isEmpty():
        part = max(0.0, 1 - sum(values[index] for index in listed.order))
        count = len(values) - len(listed.order)
        painter.setPen(muted)
        painter.drawText(bars.rest, _RIGHT, f"{part:.1%}")
        painter.drawText(bars.rest, _LEFT, tr("{count} others", count=count))


def paint_names(
    painter: QPainter,
    listed: Listed,
    bars: Bars,
    theme: Theme,
    pointed: int | None,
    target: int | str | None,
) -> None:
    """The classes' names, and what their bars run in. pointed, target: the classes under the
    pointer, and of which the gradient is."""
    area, step = bars.area, bars.step
    painter.setFont(bars.font)
    for place, (index, track) in enumerate(zip(listed.order, bars.tracks, strict=True)):
        y = area.y() + place * step
        if index == pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.panel))
            painter.drawRoundedRect(QRectF(0, y, area.width(), step), 4, 4)
        if index == target:
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(0.5, y + 0.5, area.width() - 1, step - 1), 4, 4)
        painter.setPen(QColor(theme.text if index == listed.winner else theme.muted))
        if index in listed.named:
            cell = bars.cells[place]
            names = QRectF(_MARGIN, cell.y(), track.left() + _MARGIN, cell.height())
            painter.drawText(names, _LEFT, bars.names[index])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.track))
        if theme.track == theme.panel:  # seen by its frame
            painter.setPen(QColor(theme.line))
        painter.drawRoundedRect(track, 3, 3)


def part_words(part: float) -> str:
    """A probability; one that is not the whole does not look as if it were."""
    return ">99.9%" if NEARLY <= part < 1 else f"{part:.1%}"
