"""The middle of the window: the row views, and the controls that move through the rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.qt.rows_panel import GUTTER, RowsPanel
from rnn_desk.qt.selection import Selection
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.rows import row_words
from rnn_desk.qt.words import tr

PLAY_MS = 160
"""Milliseconds that a row lasts while the reading is played."""


class ReadingPanel(QWidget):
    """The row views with the controls that move through the rows below them."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection = selection
        self.rows = RowsPanel(selection, theme, self)
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
        layout.addStretch(1)
        self.play.toggled.connect(self._play)
        self.slider.valueChanged.connect(self._slid)
        selection.changed.connect(self._refresh)
        self._show_playing(False)
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
