"""The picture that the network sees, and how its answer hangs on each pixel of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QLineF, QRect, Qt
from PySide6.QtGui import QActionGroup, QBrush, QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QMenu, QWidget

from rnn_desk.app.actions import show
from rnn_desk.app.input_words import orientation_words
from rnn_desk.core.arrays import NDArray
from rnn_desk.core.colour import ColourMap, round_limit
from rnn_desk.core.errors import Refused
from rnn_desk.core.trace import GradientTrace, Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import add_action
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.heat import paint_image, true_image
from rnn_desk.qt.views.heat_rows import HeatView, legend_of, some_beyond
from rnn_desk.qt.views.mathematics import significant
from rnn_desk.qt.views.row_axis import Room, RowAxis, row_words
from rnn_desk.qt.views.rows import Legend

FAINT = 0.63
"""How far the picture below an overlay fades into the paper, 0..1."""

INK = 0.4
"""What a pixel has to have of it to count as ink where the digit's outline is drawn."""

USUAL = 0.97
"""The part of the pixels whose saliency the colours tell apart: that of the last rows, which the
answer hangs on most, would leave all others pale."""


class SeenView(HeatView):
    """The raster, pixel by pixel: each row is what the network gets at one step.

    Over it, where chosen, the saliency: d(log p)/d(pixel), blue where more ink makes the class less
    likely and orange where it makes it more likely.
    """

    title_opens_menu = True

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self._limit = 1.0
        self._over: QImage | None = None
        self._outline: list[QLineF] = []
        self._covered: frozenset[int] = frozenset()

    def width_in(self, room: Room) -> int:
        return room.picture

    def wide_alone(self, axis: RowAxis, room: int) -> int:
        return min(room, axis.rows * axis.row_height)

    def title(self) -> str:
        return tr("what it sees: x") + "  ▾"

    def about(self) -> str:
        told = tr(
            "The picture as the network gets it: one row after the other, from the top.\n"
            "A row is a moment, so time runs downwards here and in all views beside it."
        )
        if self.shows_saliency:
            told += "\n" + tr(
                "Saliency: orange, more ink there would make the class more probable; blue, less.\n"
                "It is the gradient of log p by each pixel."
            )
        return told + "\n" + tr("click: what lies over the picture")

    def titles(self) -> Sequence[str]:
        return (self.title(), tr("seen: x") + " ▾", "x ▾")

    def subtitle(self) -> str:
        if not self.shows_saliency:
            if self.trace is not None and (words := orientation_words(self.trace.orientation, tr)):
                return words
            return tr(
                "{rows} rows of {columns} pixels", rows=self.axis.rows, columns=self.axis.rows
            )
        if self._gradient is None or self.trace is None:
            return self._why_none()
        name = self.trace.classes[self._gradient.target]
        return tr("orange: more ink there speaks for {name}", name=name)

    def subtitles(self) -> Sequence[str]:
        if not self.shows_saliency:
            return (self.subtitle(), f"{self.axis.rows} × {self.axis.rows}")
        if self._over is None or self._gradient is None or self.trace is None:
            return (self.subtitle(),)
        name = self.trace.classes[self._gradient.target]
        return (self.subtitle(), tr("orange: ink for {name}", name=name))

    def colours(self) -> ColourMap:
        return self.theme.picture

    def legend(self) -> Legend | None:
        saliency = self._saliency
        if self._over is None or saliency is None:
            return super().legend()
        return legend_of(self.theme.signed, self._limit, some_beyond(saliency, self._limit))

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        return trace.seen

    @property
    def shows_saliency(self) -> bool:
        """Whether the saliency lies over the picture: not while the answer that it is of is hidden,
        nor any row."""
        state = self.store.state
        hidden = state.hides("answer") or state.unread_from is not None
        return "saliency" in state.views.shown and not hidden

    def lay_saliency(self) -> None:
        """Lay the saliency over the picture, or take it away."""
        self.show_trace(self.trace)

    def show_covered(self, rows: frozenset[int]) -> None:
        """These rows are covered: the network sees no ink in them, whatever was drawn."""
        self._covered = rows
        self.update_rows()

    def numbers(self) -> NDArray[np.float32] | None:
        saliency = self._saliency
        return super().numbers() if saliency is None else saliency

    def fill_menu(self, menu: QMenu) -> None:
        """What lies over the picture."""
        group = QActionGroup(menu)
        for shown, words in (
            (False, tr("The picture alone")),
            (True, tr("Saliency over the picture")),
        ):
            action = add_action(group, words)
            action.setCheckable(True)
            action.setChecked(shown == self.shows_saliency)
            action.triggered.connect(partial(self._chosen, shown))
        menu.addActions(group.actions())

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        if self._over is not None:
            paint_image(painter, area, self._over)
            self._paint_outline(painter, area)
        else:
            super().paint_rows(painter, area)
        hatch = QBrush(QColor(self.theme.muted), Qt.BrushStyle.BDiagPattern)
        for row in self._covered:
            top = self.axis.y(row)
            painter.fillRect(QRect(area.x(), top, area.width(), self.axis.row_height), hatch)

    def _paint_outline(self, painter: QPainter, area: QRect) -> None:
        """Where the ink ends: the colours lie over the ink that they speak of."""
        assert self.values is not None
        rows, columns = self.values.shape
        pen = QPen(QColor(self.theme.text), 1.5)
        pen.setCosmetic(True)
        painter.save()
        painter.translate(area.topLeft())
        painter.scale(area.width() / columns, area.height() / rows)
        painter.setPen(pen)
        painter.drawLines(self._outline)
        painter.restore()

    def words_at(self, row: int, across: float) -> str:
        assert self.trace is not None
        column = self.column_at(across)
        value = self.trace.seen[row, column]
        words = tr(
            "{row}, pixel {column}\nink {value:.2f}",
            row=row_words(row, self.axis.rows),
            column=column + 1,
            value=value,
        )
        if not self.shows_saliency:
            return words
        if self._saliency is None:
            return f"{words}\n{self._why_none()}"
        assert self._gradient is not None
        number = significant(float(self._saliency[row, column]))
        what = f"∂ log p({self.trace.classes[self._gradient.target]}) / ∂x"
        return f"{words}\n{what} = {number}"

    @property
    def _gradient(self) -> GradientTrace | None:
        found = self.trace.gradient if self.trace is not None else None
        return found if isinstance(found, GradientTrace) else None

    @property
    def _saliency(self) -> NDArray[np.float32] | None:
        """What is shown over the picture."""
        if not self.shows_saliency or self._gradient is None:
            return None
        saliency = self._gradient.saliency
        if saliency is None or self.trace is None:
            return saliency
        return self.trace.orientation.seen(saliency)

    def make_image(self) -> None:
        """That of the picture; and where it is wanted, of the faint one with the saliency over
        it."""
        super().make_image()
        saliency = self._saliency
        self._over = None
        if saliency is not None and self.values is not None:
            sizes = np.abs(saliency)
            self._limit = round_limit(float(np.quantile(sizes, USUAL)) or float(sizes.max()))
            self._over = self._laid_over(self.values, saliency)
            self._outline = _edges(self.values > INK)

    def _laid_over(self, seen: NDArray[np.float32], saliency: NDArray[np.float32]) -> QImage:
        """The picture, faint; over it the map's colours, from half the limit on as they are in the
        legend, clear around zero."""
        paper = np.array(QColor(self.theme.panel).getRgb()[:3])  # type: ignore[index]  # four ints
        picture = self.colours().of(seen)
        faint = picture + FAINT * (paper - picture)
        strength = np.clip(np.abs(saliency) / self._limit * 2, 0, 1)[..., None]
        colours = faint + strength * (self.theme.signed.of(saliency, self._limit) - faint)
        return true_image(np.rint(colours))

    def _why_none(self) -> str:
        why = self.trace.gradient if self.trace is not None else None
        if isinstance(why, GradientTrace):
            why = why.why_no_saliency
        if isinstance(why, Refused):
            return tr("No gradient for this model: {reason}", reason=why)
        return ""

    def _chosen(self, shown: bool, *_checked: bool) -> None:
        self.store.do(show.view, "saliency", shown)


def _edges(inside: NDArray[np.bool_]) -> list[QLineF]:
    """The sides of pixels `[rows, columns]` between those inside and the others, a pixel long 1."""
    framed = np.pad(inside, 1)
    across = np.argwhere(framed[1:] != framed[:-1]).tolist()
    down = np.argwhere(framed[:, 1:] != framed[:, :-1]).tolist()
    return [
        *(QLineF(column - 1, row, column, row) for row, column in across),
        *(QLineF(column, row - 1, column, row) for row, column in down),
    ]
