"""The hidden state of one recurrent layer, row by row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from rnn_desk.core.colour import ColourMap
from rnn_desk.core.trace import LayerTrace, Trace
from rnn_desk.qt.selection import Selection
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.rows import HeatView, row_words
from rnn_desk.qt.words import tr


class LayerView(HeatView):
    """Layer number `index` of the Trace: `h`, one line a row, one column a unit.

    `name`, `units` and `reverse` are the layer's own, so that the view can say what it is before
    anything was drawn.
    """

    def __init__(
        self,
        index: int,
        name: str,
        units: int,
        reverse: bool,
        selection: Selection,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(selection, theme, parent)
        self.index = index
        self.name = name
        self.units = units
        self.reverse = reverse

    def title(self) -> str:
        return tr("{layer}: h", layer=self.name)

    def subtitle(self) -> str:
        if self.reverse:
            return tr("{units} units, from below", units=self.units)
        return tr("{units} units", units=self.units)

    def colours(self) -> ColourMap:
        return self.theme.signed

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        return trace.layers[self.index].h

    def words_at(self, row: int, across: float) -> str:
        assert self.trace is not None
        layer, unit = self.trace.layers[self.index], self.column_at(across)
        lines = [
            tr("{layer}, unit {unit}", layer=self.name, unit=unit + 1),
            row_words(row, self.axis.rows),
            *_numbers(layer, row, unit),
        ]
        if self.reverse:
            lines.append(tr("this state has seen the rows below, not those above"))
        return "\n".join(lines)


def _numbers(layer: LayerTrace, row: int, unit: int) -> list[str]:
    """h, c and the gates of one unit at one row, each on a line."""
    named = [("h", layer.h), *([] if layer.c is None else [("c", layer.c)]), *layer.gates.items()]
    return [f"{name} = {values[row, unit]:+.3f}" for name, values in named]
