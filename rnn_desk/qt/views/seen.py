"""The picture that the network sees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.colour import ColourMap
from rnn_desk.core.trace import Trace
from rnn_desk.qt.views.rows import HeatView, row_words
from rnn_desk.qt.words import tr


class SeenView(HeatView):
    """The raster, pixel by pixel: each row is what the network gets at one step."""

    def title(self) -> str:
        return tr("what it sees: x")

    def subtitle(self) -> str:
        return tr("{rows} rows of {columns} pixels", rows=self.axis.rows, columns=self.axis.rows)

    def colours(self) -> ColourMap:
        return self.theme.picture

    def values_of(self, trace: Trace) -> NDArray[np.float32]:
        return trace.raster.pixels

    def words_at(self, row: int, across: float) -> str:
        assert self.trace is not None
        column = self.column_at(across)
        value = self.trace.raster.pixels[row, column]
        return tr(
            "{row}, pixel {column}\nink {value:.2f}",
            row=row_words(row, self.axis.rows),
            column=column + 1,
            value=value,
        )
