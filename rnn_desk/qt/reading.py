"""The middle of the window: every row view side by side on one row axis, and the row controls."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.core.trace import Trace
from rnn_desk.qt.selection import Selection
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.belief import BeliefView
from rnn_desk.qt.views.inspector import InspectorView
from rnn_desk.qt.views.layer import LayerView
from rnn_desk.qt.views.rows import RowAxis, RowView, row_words
from rnn_desk.qt.views.seen import SeenView
from rnn_desk.qt.words import tr

GUTTER = 30
"""Pixels left of the views for the row numbers."""

SPACE = 14
"""Pixels between two views."""

SEEN_SHARE = 0.42
"""The part of the width that the picture may take; the layers and the belief need the rest."""

PLAY_MS = 160
"""Milliseconds that a row lasts while the reading is played."""


class RowsPanel(QWidget):
    """Lays the row views out so that their rows are at the same heights, whatever the size."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection = selection
        self.theme = theme
        self.axis = RowAxis(14, selection.rows, self.fontMetrics().height())
        self.seen = SeenView(selection, theme, self)
        self.belief = BeliefView(selection, theme, self)
        self.layers: list[LayerView] = []
        self._trace: Trace | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        selection.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, replace(self.axis, row_height=9).height)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._axis_for(width).height

    def views(self) -> list[RowView]:
        """All row views, from left to right: these pixels -> these states -> this belief."""
        return [self.seen, *self.layers, self.belief]

    def set_layers(self, layers: list[tuple[str, int, bool]]) -> None:
        """The model has these layers: name, units, whether it reads from below."""
        for view in self.layers:
            view.deleteLater()
        self.layers = [
            LayerView(index, name, units, reverse, self.selection, self.theme, self)
            for index, (name, units, reverse) in enumerate(layers)
        ]
        for view in self.layers:
            view.show()
        self._place()

    def show_trace(self, trace: Trace | None) -> None:
        """Show a Trace in every view, or none."""
        self._trace = trace
        for view in self.views():
            view.show_trace(trace)

    def set_theme(self, theme: Theme) -> None:
        """The colours have changed."""
        self.theme = theme
        for view in self.views():
            view.set_theme(theme)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._place()
            self.updateGeometry()
        super().changeEvent(event)

    def _place(self) -> None:
        """One row height for all: as high as fits, but leave most of the width to the layers."""
        rows = self.selection.rows
        widest = self._axis_for(self.width())
        by_height = (self.height() - replace(widest, row_height=0).height) // rows
        self.axis = replace(widest, row_height=max(6, min(by_height, widest.row_height)))
        height = self.axis.height
        pixels = self.axis.row_height * rows
        belief = max(110, min(int(self.axis.row_height * 10), 260))
        left = GUTTER
        self._put(self.seen, left, pixels, height)
        left += pixels + SPACE
        room = self.width() - left - belief - SPACE * (len(self.layers))
        total = sum(view.units for view in self.layers) or 1
        for view in self.layers:
            # A layer of few units still needs room for its title.
            even = 0.35 / len(self.layers)
            width = max(20, int(room * (even + 0.65 * view.units / total)))
            self._put(view, left, width, height)
            left += width + SPACE
        self._put(self.belief, self.width() - belief, belief, height)
        self.update()

    def _axis_for(self, width: int) -> RowAxis:
        """The highest rows at which the picture, whose pixels are square, leaves room enough."""
        rows = self.selection.rows
        return RowAxis(max(6, int(width * SEEN_SHARE) // rows), rows, self.fontMetrics().height())

    def _put(self, view: RowView, left: int, width: int, height: int) -> None:
        view.setGeometry(QRect(left, 0, width, height))
        view.set_axis(self.axis)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The row numbers, every seventh, and a pointer at the row looked at."""
        painter = QPainter(self)
        painter.setPen(QColor(self.theme.muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        looked_at = self.selection.row
        for row in range(self.axis.rows):
            # Numbers are higher than a row may be.
            cell = QRect(0, self.axis.y(row) - 6, GUTTER - 6, self.axis.row_height + 12)
            if row == looked_at:
                painter.setPen(QColor(self.theme.accent))
                painter.drawText(cell, right, f"▸{row + 1}")
                painter.setPen(QColor(self.theme.muted))
            elif (row == 0 or row % 7 == 6) and (looked_at is None or abs(row - looked_at) > 1):
                painter.drawText(cell, right, str(row + 1))


class ReadingPanel(QWidget):
    """The row views with the controls that move through the rows below them."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection = selection
        self.rows = RowsPanel(selection, theme, self)
        self.inspector = InspectorView(selection, theme)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, selection.rows)
        self.slider.setAccessibleName(tr("Row looked at"))
        self.slider.setToolTip(tr("Move through the rows; at the right end all are read"))
        self.words = QLabel()
        self.words.setMinimumWidth(self.fontMetrics().horizontalAdvance("row 28 of 28 ") + 8)
        self.play = QToolButton()
        self.play.setCheckable(True)
        self.timer = QTimer(self)
        self.timer.setInterval(PLAY_MS)
        self.timer.timeout.connect(self._play_on)
        controls = QHBoxLayout()
        controls.setContentsMargins(GUTTER, 0, 0, 0)
        for words, tip, slot in (
            ("|◂", tr("First row (Home)"), lambda: selection.pin(0)),
            ("◂", tr("One row up (Up)"), lambda: selection.step(-1)),
        ):
            controls.addWidget(_button(words, tip, slot))
        controls.addWidget(self.play)
        controls.addWidget(_button("▸", tr("One row down (Down)"), lambda: selection.step(1)))
        controls.addWidget(
            _button(tr("All rows"), tr("Read the whole picture (Esc)"), lambda: selection.pin(None))
        )
        controls.addWidget(self.slider, 1)
        controls.addWidget(self.words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        layout.addLayout(controls)
        layout.addSpacing(10)
        layout.addWidget(self.inspector, 1)
        self.play.toggled.connect(self._play)
        self.slider.valueChanged.connect(self._slid)
        selection.changed.connect(self._refresh)
        self._show_playing(False)
        self._refresh()

    def show_trace(self, trace: Trace | None) -> None:
        """Show a Trace in every view, or none."""
        self.rows.show_trace(trace)
        self.inspector.show_trace(trace)

    def set_theme(self, theme: Theme) -> None:
        """The colours have changed."""
        self.rows.set_theme(theme)
        self.inspector.set_theme(theme)

    def _slid(self, value: int) -> None:
        self.selection.pin(None if value >= self.selection.rows else value)

    def _play(self, on: bool) -> None:
        """Play from the row looked at, or from the top where all were read."""
        if on:
            if self.selection.row is None or self.selection.row == self.selection.rows - 1:
                self.selection.pin(0)
            self.timer.start()
        else:
            self.timer.stop()
        self._show_playing(on)

    def _play_on(self) -> None:
        row = self.selection.row
        if row is None or row + 1 >= self.selection.rows:
            self.play.setChecked(False)
            self.selection.pin(None)
        else:
            self.selection.pin(row + 1)

    def _show_playing(self, on: bool) -> None:
        self.play.setText(tr("Pause") if on else tr("Play"))
        self.play.setToolTip(tr("Watch the network read, row by row (Space)"))

    def _refresh(self) -> None:
        rows, row = self.selection.rows, self.selection.row
        self.slider.blockSignals(True)
        self.slider.setRange(0, rows)
        self.slider.setValue(rows if row is None else row)
        self.slider.blockSignals(False)
        self.words.setText(tr("all rows read") if row is None else row_words(row, rows))


def _button(words: str, tip: str, slot: object) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(slot)
    return button
