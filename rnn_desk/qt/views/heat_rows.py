"""Row views that are heat maps."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.colour import ColourMap
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.views.heat import heat_image, paint_image
from rnn_desk.qt.views.mathematics import short
from rnn_desk.qt.views.rows import Legend, RowView


class HeatView(RowView):
    """Rows of numbers as a heat map: one image, one pixel a number, scaled by Qt."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self.values: NDArray[np.float32] | None = None
        self.image: QImage | None = None
        self._some_beyond = False

    def colours(self) -> ColourMap:
        """The colour map that the numbers go through."""
        raise NotImplementedError

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        """The numbers of the Trace that this view shows, `[rows, n]`."""
        raise NotImplementedError

    def limit(self) -> float:
        """The number that gets the last colour."""
        return 1.0

    def legend(self) -> Legend | None:
        return legend_of(self.colours(), self.limit(), self._some_beyond)

    def show_trace(self, trace: Trace | None) -> None:
        self.trace = trace  # first: the words around an image tell of it
        self.values = None if trace is None else self.values_of(trace)
        self._some_beyond = self.values is not None and some_beyond(self.values, self.limit())
        self.make_image()
        super().show_trace(trace)

    def theme_changed(self) -> None:
        super().theme_changed()
        self.make_image()

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        if self.image is not None:
            paint_image(painter, area, self.image)

    @property
    def covers_rows(self) -> bool:
        return self.image is not None

    def numbers(self) -> NDArray[np.float32] | None:
        return self.values

    def make_image(self) -> None:
        """Make the image of the numbers, for all paintings until they change."""
        if self.values is not None:
            self.image = heat_image(self.values, self.colours(), self.limit())

    def column_at(self, across: float) -> int:
        """Which number of a row lies there."""
        count = 1 if self.values is None else self.values.shape[1]
        return max(0, min(count - 1, int(across * count)))


def legend_of(colours: ColourMap, limit: float, beyond: bool) -> Legend:
    """The legend of a map whose last colours stand for the limit, and for what is beyond it where
    there is anything."""
    low, high = ("≤ ", "≥ ") if beyond else ("", "")
    if colours.signed:
        return colours, f"{low}−{short(limit)}", "0", f"{high}+{short(limit)}"
    return colours, "0", "", f"{high}{short(limit)}"


def some_beyond(values: NDArray[np.float32], limit: float) -> bool:
    """Whether any number is farther from 0 than the limit."""
    return bool(np.abs(values).max(initial=0.0) > limit)
