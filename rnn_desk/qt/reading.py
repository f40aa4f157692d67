"""The middle of the window: the row views, and the controls that move through the rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.qt.gutter import GUTTER
from rnn_desk.qt.rows_panel import RowsPanel
from rnn_desk.qt.selection import Selection
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.rows import row_words
from rnn_desk.qt.worded import Worded
from rnn_desk.qt.words import tr

PLAY_MS = 160
"""Milliseconds that a row lasts while the reading is played."""


class ReadingPanel(Worded):
    """The row views with the controls that move through the rows below them."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection = selection
        self.rows = RowsPanel(selection, theme, self)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, selection.rows)
        self.words = QLabel()
        self.play = QToolButton()
        self.play.setCheckable(True)
        self.timer = QTimer(self)
        self.timer.setInterval(PLAY_MS)
        self.timer.timeout.connect(self._play_on)
        controls = QHBoxLayout()
        controls.setContentsMargins(GUTTER, 0, 0, 0)
        self.first = _button("|◂", lambda: selection.pin(0))
        self.up = _button("◂", lambda: selection.step(-1))
        self.down = _button("▸", lambda: selection.step(1))
        self.all = _button("", lambda: selection.pin(None))
        for button in (self.first, self.up, self.play, self.down, self.all):
            controls.addWidget(button)
        controls.addWidget(self.slider, 1)
        controls.addWidget(self.words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        layout.addLayout(controls)
        layout.addStretch(1)
        self.play.toggled.connect(self._play)
        self.slider.valueChanged.connect(self._slid)
        selection.changed.connect(self._refresh)
        self.set_words()

    def set_words(self) -> None:
        for button, tip in (
            (self.first, tr("First row (Home)")),
            (self.up, tr("One row up (Up)")),
            (self.play, tr("Watch the network read, row by row (Space)")),
            (self.down, tr("One row down (Down)")),
            (self.all, tr("Read the whole picture (Esc)")),
        ):
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        self.all.setText(tr("All rows"))
        self.slider.setAccessibleName(tr("Row looked at"))
        self.slider.setToolTip(tr("Move through the rows; at the right end all are read"))
        rows = self.selection.rows
        metrics = self.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, (row_words(rows - 1, rows), _all_read())))
        self.words.setMinimumWidth(widest + 8)
        self._show_playing(self.play.isChecked())
        self._refresh()

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

    def _refresh(self) -> None:
        rows, row = self.selection.rows, self.selection.row
        self.slider.blockSignals(True)
        self.slider.setRange(0, rows)
        self.slider.setValue(rows if row is None else row)
        self.slider.blockSignals(False)
        self.words.setText(_all_read() if row is None else row_words(row, rows))


def _all_read() -> str:
    return tr("all rows read")


def _button(sign: str, slot: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.clicked.connect(slot)
    return button
