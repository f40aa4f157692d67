"""What one gate of one unit weighs: the inputs, its weights under them, and the products."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.colour import round_limit
from rnn_desk.core.equations import Source, Sum
from rnn_desk.core.frozen import frozen
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.equations import sign_colour
from rnn_desk.qt.views.filled import fills_itself, painter_on
from rnn_desk.qt.views.ground import Ground
from rnn_desk.qt.views.heat import heat_image, paint_image
from rnn_desk.qt.views.mathematics import piece, signed
from rnn_desk.qt.views.tooltip import Explained

NAMES = 4.0
"""What is left of the strips, where each says what it shows, in parts of a letter there."""

TOTALS = 5.0
"""What is right of them, for the sum of the products."""

GAP, SPACE = 5, 12
"""Pixels between two strips, and between the inputs' strips and the units'."""


@frozen(eq=False)
class _Strip:
    """A line of numbers as colours: what it is in TeX, and the number that gets the last colour."""

    tex: str
    values: NDArray[np.float32]
    limit: float
    image: QImage


class WeightedInputsView(Themed, Explained):
    """Three strips for the inputs, three for the units: what there was, the weights, the products.

    The numbers stand in their own order, left to right; the first layer's inputs are the pixels of
    the row, so its weights lie under the pixels that they weigh.
    """

    unit_chosen = Signal(str, int)
    """The place of an input ("x") or of a unit ("h") that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.total: Sum | None = None
        self.gate = ""
        self.input_name = ""
        self._ink: NDArray[np.float32] | None = None
        self._strips: dict[Source, list[_Strip]] = {}
        self._ground = Ground()
        fills_itself(self)
        self.setMouseTracking(True)

    def show_sum(
        self,
        total: Sum | None,
        gate: str,
        input_name: str,
        ink: NDArray[np.float32] | None = None,
    ) -> None:
        """What this gate weighs; `input_name` says what an input is, with `{place}` in it. ink: of
        the row's pixels, 0..1, where those are the inputs: they look as in the picture."""
        self.total, self.gate, self.input_name, self._ink = total, gate, input_name, ink
        self._make_strips()
        self.update()

    def theme_changed(self) -> None:
        self._make_strips()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.unit_chosen.emit(*spot)

    def tooltip_words(self, at: QPoint) -> str:
        """The three numbers at this place; nothing beside the strips."""
        spot = self._spot(QPointF(at))
        if spot is None or self.total is None:
            return ""
        source, place = spot
        strips = self._strips[source]
        if source == "x":
            name = self.input_name.format(place=place + 1)
        else:
            name = tr("unit {unit}, after the row before", unit=place + 1)
        was, weight, product = (signed(float(strip.values[place]), 3) for strip in strips)
        return tr("{name}\n{was} × weight {weight} = {product}", name=name, was=was,
                  weight=weight, product=product)  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.total is None:
            painter_on(self, event)
            return
        painter = QPainter(self)
        self._ground.paint(painter, self, self.gate, self._paint_names)
        font = QFont(self.font())
        font.setPixelSize(self._letters)
        painter.setFont(font)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        sums = {"x": self.total.input, "h": self.total.through * self.total.recurrent}
        for source, strips in self._strips.items():
            boxes = [self._box(source, place) for place in range(len(strips))]
            painter.setPen(QColor(self.theme.line))
            for box, strip in zip(boxes, strips, strict=True):
                paint_image(painter, box, strip.image)
                painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.setPen(sign_colour(self.theme, sums[source]))
            last = boxes[-1]
            room = QRectF(last.right() + 6, last.y() - 6, self.width(), last.height() + 12)
            painter.drawText(room, left, f"Σ {signed(sums[source])}")

    def _paint_names(self, painter: QPainter) -> None:
        """What each strip shows, left of it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._letters * 1.15
        for source, strips in self._strips.items():
            for place, strip in enumerate(strips):
                box = self._box(source, place)
                symbol = piece(strip.tex, self.theme.text)
                x = box.x() - 7 - symbol.advance * size
                symbol.paint(painter, QPointF(x, box.center().y() + 0.3 * size), size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _make_strips(self) -> None:
        """An image a strip. Products share one limit, so that inputs and units can be compared."""
        self._strips = {}
        if self.total is None:
            return
        total, gate = self.total, f"_{self.gate}" if self.gate != "h" else ""
        most = max(_most(total.input_terms), _most(total.recurrent_terms))
        weights = max(_most(total.w), _most(total.u))
        for source, was, w, product, names in (
            ("x", total.x, total.w, total.input_terms, ("x_t", f"W{gate}", f"W{gate}\\,x_t")),
            ("h", total.h, total.u, total.recurrent_terms,
             ("h_{t-1}", f"U{gate}", f"U{gate}\\,h_{{t-1}}")),
        ):  # fmt: skip
            limits = (round_limit(_most(was)), round_limit(weights), round_limit(most))
            self._strips["x" if source == "x" else "h"] = [
                _Strip(tex, values, limit, heat_image(values[None], self.theme.signed, limit))
                for tex, values, limit in zip(names, (was, w, product), limits, strict=True)
            ]
        if self._ink is not None and len(self._ink) == len(total.x):
            image = heat_image(self._ink[None], self.theme.picture, 1.0)
            self._strips["x"][0] = replace(self._strips["x"][0], image=image)

    def _thick(self) -> int:
        """Pixels that a strip is high."""
        return max(7, min(26, (self.height() - SPACE - 4) // 6 - GAP))

    @property
    def _letters(self) -> int:
        """Pixels of the letters beside the strips."""
        return max(10, min(18, round(self._thick() * 0.75), self.width() // 18))

    def _box(self, source: Source, place: int) -> QRect:
        step = self._thick() + GAP
        top = place * step + (0 if source == "x" else 3 * step + SPACE)
        left, right = round(NAMES * self._letters), round(TOTALS * self._letters)
        return QRect(left, top, max(20, self.width() - left - right), self._thick())

    def _spot(self, at: QPointF) -> tuple[Source, int] | None:
        for source, strips in self._strips.items():
            whole = self._box(source, 0).united(self._box(source, 2))
            if whole.contains(at.toPoint()):
                count = len(strips[0].values)
                return source, min(count - 1, int((at.x() - whole.x()) / whole.width() * count))
        return None


def _most(values: NDArray[np.float32]) -> float:
    return float(np.abs(values).max(initial=0.0))
