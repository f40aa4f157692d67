"""How much the answer hangs on each row's state: the gradient, back through time, on a log axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QActionGroup,
    QColor,
    QFontMetrics,
    QPainter,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from rnn_desk.app.actions import show
from rnn_desk.app.state import Views
from rnn_desk.core.arrays import NDArray
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.gradients import decades
from rnn_desk.core.trace import GradientTrace, Target, Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import add_action, add_menu
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.equations import sign_colour
from rnn_desk.qt.views.facts import ModelFacts
from rnn_desk.qt.views.mathematics import power_of_ten, short
from rnn_desk.qt.views.optional import OptionalView
from rnn_desk.qt.views.row_axis import STRIP, Room, RowAxis, row_words

_DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
_CORNERS = (0, 4, 3, -4)
"""Of the marker of each layer's line: a disc, a square, a triangle, a square on its tip."""

_LONGEST_MENU = 16
"""Classes that a menu has one below the other; more are menus of their own, so that each has room
on a screen."""

_MARKER = 3.0
"""Pixels from a marker's middle to its edge."""

_SAMPLE = 16
"""Pixels that a line's sample in the legend is long."""

_MARGIN = 9
"""Pixels between the view's edge and the ends of the axis."""

_LABEL_ROW = 2
"""The row, counted from 0, at which a line has its label."""

_LABEL_GAP = 6
"""Pixels between a line and its label."""

_TICK_GAP = 5
"""Pixels between the names of two grid lines, at least."""

_CLOSEST = 10
"""Pixels between two markers of one line, at least."""

LAID_OVER = 300
"""Pixels that the gradients of several models laid over one another take at most."""


@frozen(eq=False)
class _Line:
    """One layer's line, ready to be painted: its points, and how it is told from the others."""

    name: str
    short: str
    points: QPolygonF
    dash: Qt.PenStyle
    corners: int
    colour: str


@frozen(eq=False)
class _Curve:
    """What a line is of, in full and in short, and its numbers `[rows]`.

    model, layer: which of those shown it is of, from 0; colour and marker tell models apart where
    several are shown, dashes always tell layers.
    """

    name: str
    short: str
    values: NDArray[np.float32]
    model: int
    layer: int


class GradientView(OptionalView):
    """The norm of d(log p)/d(h_t) of each layer as a line that runs down with the rows."""

    hidden_as = "gradient"
    title_opens_menu = True

    def __init__(self, place: int, facts: ModelFacts, store: QtStore, parent: QWidget) -> None:
        super().__init__(place, facts, store, parent)
        self.classes = facts.classes
        self.decades = (-2, 0)
        self.laid_over = "cells" in store.state.views.shown
        self._together: tuple[Trace, ...] = ()
        self._lines: list[_Line] = []

    @property
    def gradient(self) -> GradientTrace | None:
        """What is shown, if there is any."""
        found = self.trace.gradient if self.trace is not None else None
        return found if isinstance(found, GradientTrace) else None

    def width_in(self, room: Room) -> int:
        if not self.laid_over:
            return room.usual
        return max(room.usual, min(LAID_OVER, room.whole // 3))

    def title(self) -> str:
        return self.titles()[0]

    def titles(self) -> Sequence[str]:
        """As much of it as there is room for: the class matters most."""
        told = self.gradient is not None and not self.store.state.hides("answer")
        name = f"({self.classes[self.gradient.target]})" if self.gradient and told else ""
        titles = [f"∂ log p{name} / ∂h  ▾", f"∂ log p{name}", f"∂p{name}"]
        if self.laid_over:
            titles[:2] = [
                f"∂ log p{name} / ∂(h, c): {tr('what is left of it')}  ▾",
                f"∂ log p{name} / ∂(h, c)  ▾",
            ]
        return titles

    def about(self) -> str:
        if self.laid_over:
            return tr(
                "How much of the gradient is left at each row, of what it is at the last one:\n"
                "where a line is far to the left, that row could teach the network little.\n"
                "Every grid line is ten times the one before."
            )
        return tr(
            "How much the answer would change with the state after each row: the norm of the\n"
            "gradient, back-propagated through time. Every grid line is ten times the one before.\n"
            "click: another class, or RNN, GRU and LSTM over one another"
        )

    def wanted(self, views: Views) -> bool:
        """Laid over one another, all stand in the first model's."""
        return super().wanted(views) and not ("cells" in views.shown and self.place)

    def views_changed(self, views: Views) -> None:
        """Show every model's layers in one view, each as a part of its own at the last row read; or
        those of the one model."""
        if self.laid_over != ("cells" in views.shown):
            self.laid_over = not self.laid_over
            self.show_together(self._together)
            self._draw_lines()

    def show_together(self, traces: tuple[Trace, ...]) -> None:
        """The models whose gradients share the axis, this view's own among them: it is shown its
        own next."""
        self._together = traces
        self.decades = decades(curve.values[None] for curve in self._curves(traces))

    def said(self) -> tuple[object, ...]:
        return *super().said(), self.decades, *((line.name, line.short) for line in self._lines)

    def show_trace(self, trace: Trace | None) -> None:
        self.trace = trace  # first: the words around the lines tell of them
        self._make_lines()
        super().show_trace(trace)

    def set_axis(self, axis: RowAxis) -> None:
        super().set_axis(axis)
        self._draw_lines()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._draw_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw_lines()

    def numbers(self) -> NDArray[np.float32] | None:
        curves = self._shown()
        return np.stack([curve.values for curve in curves], axis=1) if curves else None

    def column_names(self) -> Sequence[str]:
        return [curve.name for curve in self._shown()]

    def fill_menu(self, menu: QMenu) -> None:
        """Of how many models; of which class: the answer, or one of them."""
        cells = add_action(menu, tr("RNN, GRU and LSTM over one another"))
        cells.setCheckable(True)
        cells.setChecked(self.laid_over)
        cells.triggered.connect(lambda checked: self.store.do(show.view, "cells", checked))
        menu.addSeparator()
        group = QActionGroup(menu)
        choices: list[tuple[Target, str]] = [("answer", tr("Gradient of the answer"))]
        choices += [
            (index, tr("Gradient of {name}", name=name)) for index, name in enumerate(self.classes)
        ]
        for target, words in choices:
            action = add_action(group, words)
            action.setCheckable(True)
            action.setChecked(target == self.store.state.views.target)
            action.triggered.connect(partial(self._chosen, target))
        first, *of_classes = group.actions()
        menu.addAction(first)
        if len(of_classes) <= _LONGEST_MENU:
            menu.addActions(of_classes)
            return
        for start in range(0, len(of_classes), _LONGEST_MENU):
            part = slice(start, start + _LONGEST_MENU)
            names = self.classes[part]
            words = tr("Gradient of {first} to {last}", first=names[0], last=names[-1])
            add_menu(menu, words).addActions(of_classes[part])

    def words_at(self, row: int, across: float) -> str:
        if self.gradient is None:
            return self._why_none()
        lines = [row_words(row, self.axis.rows)]
        what = tr("part left") if self.laid_over else "‖∂ log p / ∂h‖"
        lines += [
            f"{curve.name}: {what} = {short(float(curve.values[row]))}" for curve in self._shown()
        ]
        return "\n".join(lines)

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        """The decades, and the lines; or why there are none."""
        painter.fillRect(area, QColor(self.theme.panel))
        if self.gradient is None:
            painter.setPen(QColor(self.theme.muted))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area.adjusted(6, 6, -6, -6), flags, self._why_none())
            return
        painter.setPen(QPen(QColor(self.theme.line), 1))
        for decade in range(self.decades[0], self.decades[1] + 1):
            x = round(self._x(decade))
            painter.drawLine(x, area.top(), x, area.bottom())
        painter.save()
        painter.setClipRect(area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self._lines:
            painter.setPen(QPen(QColor(line.colour), 1.6, line.dash))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(line.points)
            every = max(1, -(-_CLOSEST // self.axis.row_height))
            for point in line.points.toList()[::every]:
                self._paint_marker(painter, line, point)
        painter.restore()

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        """Each line's name beside it, at the first row where there is room for it."""
        painter.setPen(QColor(self.theme.text))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for line, box in self._named(painter.fontMetrics(), area):
            painter.drawText(box, flags, line.short)

    def _named(self, metrics: QFontMetrics, area: QRect) -> Iterator[tuple[_Line, QRectF]]:
        """The lines that have room for their names beside them, and where."""
        taken: list[QRectF] = []
        for line in sorted(self._lines, key=lambda line: line.points.at(0).x()):
            width = metrics.horizontalAdvance(line.short) + 1
            box = self._free(line, QSizeF(width, metrics.height()), taken, QRectF(area))
            if box is not None:
                taken.append(box)
                yield line, box

    def _free(
        self, line: _Line, size: QSizeF, taken: Sequence[QRectF], area: QRectF
    ) -> QRectF | None:
        """Where beside a line a name of that size lies on no other line or name; None where that is
        nowhere: then the legend must do."""
        for row in range(min(_LABEL_ROW, self.axis.rows - 1), self.axis.rows):
            at = line.points.at(row)
            for left in (at.x() - _LABEL_GAP - size.width(), at.x() + _LABEL_GAP):
                box = QRectF(QPointF(left, at.y() - size.height() / 2), size)
                crossed = any(_crosses(other.points, box) for other in self._lines)
                if area.contains(box) and not crossed and not any(map(box.intersects, taken)):
                    return box
        return None

    def paint_legend(self, painter: QPainter) -> None:
        """Below the rows what each grid line stands for; under the title the lines' samples."""
        if self.gradient is None:
            return
        metrics, line_height = painter.fontMetrics(), self.axis.line
        painter.setPen(QColor(self.theme.muted))
        for decade, x in self.ticks(metrics):
            box = QRectF(x, self.axis.bottom + STRIP, self.width(), line_height)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, power_of_ten(decade))
        full = sum(_SAMPLE + 13 + metrics.horizontalAdvance(line.name) for line in self._lines)
        x, y = 0, line_height + 2 + line_height / 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self._in_legend(metrics):
            name = line.name if full <= self.width() + 8 else line.short
            painter.setPen(QPen(QColor(line.colour), 1.6, line.dash))
            painter.drawLine(QPointF(x, y), QPointF(x + _SAMPLE, y))
            self._paint_marker(painter, line, QPointF(x + _SAMPLE / 2, y))
            painter.setPen(QColor(self.theme.muted))
            width = metrics.horizontalAdvance(name) + 1
            painter.drawText(
                QRectF(x + _SAMPLE + 4, line_height + 2, width, line_height),
                Qt.AlignmentFlag.AlignLeft,
                name,
            )
            x += _SAMPLE + width + 12
        painter.restore()

    def _in_legend(self, metrics: QFontMetrics) -> Sequence[_Line]:
        """The lines that the legend names; where it has no room for all, those in whole whose names
        stand nowhere else come first."""
        room, shown = self.width() + 12, []
        named = {id(line) for line, _ in self._named(metrics, self.area())}
        for line in sorted(self._lines, key=lambda line: id(line) in named):
            room -= _SAMPLE + 13 + metrics.horizontalAdvance(line.short)
            if room < 0:
                break
            shown.append(line)
        return [line for line in self._lines if line in shown]

    def ticks(self, metrics: QFontMetrics) -> list[tuple[int, float]]:
        """The decades that are named, and where each name begins: as many as do not touch."""
        low, high = self.decades
        for every in range(1, high - low + 2):
            ticks = []
            for decade in range(high, low - 1, -every):
                width = metrics.horizontalAdvance(power_of_ten(decade)) + 1
                x = self._x(decade) - width / 2
                ticks.append((decade, min(max(x, 0), self.width() - width), width))
            gaps = (right[1] - sum(left[1:]) for right, left in pairwise(ticks))
            if min(gaps, default=_TICK_GAP) >= _TICK_GAP:
                break
        return [(decade, x) for decade, x, _ in ticks]

    def _paint_marker(self, painter: QPainter, line: _Line, at: QPointF) -> None:
        painter.setPen(QPen(QColor(line.colour), 1))
        painter.setBrush(QColor(line.colour))
        if line.corners == 0:
            painter.drawEllipse(at, _MARKER - 0.5, _MARKER - 0.5)
            return
        shapes = {
            4: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
            3: ((0, -1.2), (1.2, 1), (-1.2, 1)),
            -4: ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
        }
        size = _MARKER - 0.5
        tips = [QPointF(at.x() + x * size, at.y() + y * size) for x, y in shapes[line.corners]]
        painter.drawPolygon(QPolygonF(tips))

    def _draw_lines(self) -> None:
        """The lines are to be painted elsewhere, or in other colours."""
        self._make_lines()
        self.update()

    def _make_lines(self) -> None:
        """Work the lines' points out, for all paintings until something changes."""
        self._lines = []
        if self.trace is None or self.gradient is None:
            return
        colours: tuple[str, ...] = (self.theme.accent, self.theme.text, self.theme.muted)
        if self.laid_over:
            blue, orange = (sign_colour(self.theme, sign).name() for sign in (-1, 1))
            colours = (orange, blue, self.theme.accent, self.theme.text)
        low = self.decades[0] - 1  # what is smaller, or zero, leaves the view
        for curve in self._shown():
            kind = curve.model if self.laid_over else curve.layer
            with np.errstate(divide="ignore"):
                exponents = np.maximum(np.log10(curve.values), low).tolist()
            points = [
                QPointF(self._x(value), self.axis.y(row) + self.axis.row_height / 2)
                for row, value in enumerate(exponents)
            ]
            self._lines.append(
                _Line(
                    curve.name,
                    curve.short,
                    QPolygonF(points),
                    _DASHES[curve.layer % len(_DASHES)],
                    _CORNERS[kind % len(_CORNERS)],
                    colours[kind % len(colours)],
                )
            )

    def _shown(self) -> list[_Curve]:
        """This view's lines."""
        if self.laid_over:
            return self._curves(self._together)
        return self._curves(() if self.trace is None else (self.trace,))

    def _curves(self, traces: tuple[Trace, ...]) -> list[_Curve]:
        """Of each model all layers; or, laid over one another, those that read downwards."""
        found: list[_Curve] = []
        for model, trace in enumerate(traces):
            gradient = trace.gradient
            if not isinstance(gradient, GradientTrace):
                continue
            if self.laid_over:
                found += self._parts_left(model, trace, gradient.state_norms)
                continue
            found += [
                _Curve(layer.name, layer.name.removeprefix(f"{layer.op} "), norms, model, number)
                for number, (layer, norms) in enumerate(
                    zip(trace.layers, gradient.norms, strict=True)
                )
            ]
        return found

    def _parts_left(self, model: int, trace: Trace, norms: NDArray[np.float32]) -> Iterator[_Curve]:
        """One model's layers, each as a part of what it is at the last row; `norms` is `[layers,
        rows]`."""
        forward = [k for k, each in enumerate(trace.layers) if each.direction == "forward"]
        short = trace.layers[-1].op
        cells = [each.layers[-1].op for each in self._together if each.layers]
        if trace is self.trace and cells.count(short) > 1:
            short = tr("this")
        for place, layer in enumerate(forward):
            names = (trace.model.name, short)
            if len(forward) > 1:
                names = f"{names[0]}: {trace.layers[layer].name}", f"{short} {place + 1}"
            if norms[layer][-1] > 0:
                yield _Curve(*names, norms[layer] / norms[layer][-1], model, place)

    def _x(self, exponent: float) -> float:
        low, high = self.decades
        return _MARGIN + (exponent - low) / (high - low) * (self.width() - 2 * _MARGIN)

    def _why_none(self) -> str:
        why = self.trace.gradient if self.trace is not None else None
        if isinstance(why, Refused):
            return tr("No gradient for this model: {reason}", reason=why)
        return ""

    def _chosen(self, target: Target, *_checked: bool) -> None:
        self.store.do(show.of_class, target)


def _crosses(points: QPolygonF, box: QRectF) -> bool:
    """Whether a line that runs down runs through the box."""
    for one, other in pairwise(points.toList()):
        high, low = max(one.y(), box.top()), min(other.y(), box.bottom())
        if high < low:
            slope = (other.x() - one.x()) / (other.y() - one.y())
            ends = [one.x() + slope * (y - one.y()) for y in (high, low)]
            if min(ends) < box.right() and max(ends) > box.left():
                return True
    return False
