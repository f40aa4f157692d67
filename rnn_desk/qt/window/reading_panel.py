"""The middle of the window: the row views, and the controls that move through the rows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from rnn_desk.app.actions import choose, point
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.icons import icon
from rnn_desk.qt.style.plain import Label, set_tip
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.row_axis import row_words
from rnn_desk.qt.window.buttons import icon_button
from rnn_desk.qt.window.gutter import gutter_width
from rnn_desk.qt.window.rows_panel import RowsPanel

PLAY_MS = 160
"""Milliseconds that a row lasts while the reading is played at its own speed."""

SPEEDS = {"0.25": "¼ ×", "0.5": "½ ×", "1": "1 ×", "2": "2 ×", "4": "4 ×"}
"""How many times as fast it can be played, and how that is written."""


class ReadingPanel(Themed, Worded):
    """The row views with the controls that move through the rows below them."""

    def __init__(
        self,
        store: QtStore,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.rows = RowsPanel(store, self)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, store.state.pointed.rows)
        self.slider.setMinimumWidth(70)
        self.words = Label()
        self.speed_choice = QComboBox()
        self.speed_choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for name, words in SPEEDS.items():
            self.speed_choice.addItem(words, name)
        self.speed_choice.currentIndexChanged.connect(
            lambda index: store.do(choose.speed, self.speed_choice.itemData(index))
        )
        self.timer = QTimer(self)
        self.timer.timeout.connect(store.doing(point.play_on))
        self._playing = actions["play"]
        self._icons = self._both_icons()
        self._controls = controls = QHBoxLayout()
        controls.setSpacing(6)
        for name in ("row_first", "row_up", "play", "row_down", "row_last", "row_all"):
            controls.addWidget(icon_button(actions[name]))
        controls.addSpacing(6)
        controls.addWidget(self.slider, 1)
        controls.addSpacing(6)
        controls.addWidget(self.words)
        controls.addWidget(self.speed_choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        layout.addLayout(controls)
        layout.addStretch(1)
        self._layout = layout
        self._writing: QWidget | None = None
        self._traces: tuple[tuple[Trace, ...], tuple[Trace, ...]] = (), ()
        self.slider.valueChanged.connect(self._slid)
        store.pointed_changed.connect(self._refresh)
        store.look_changed.connect(self._set_speed)
        self._set_speed()
        self.set_words()

    def show_writing(self, panel: QWidget | None) -> None:
        """Show this above the controls, in place of the row views; None for those again."""
        before, self._writing = self._writing, panel
        if before is not None and before is not panel:
            self._layout.removeWidget(before)
            before.hide()
        self.rows.setHidden(panel is not None)
        self.show_traces(*self._traces)
        if panel is not None:
            self._layout.insertWidget(0, panel, 1)
            panel.show()
        self._layout.setStretch(self._layout.count() - 1, 1 if panel is None else 0)

    def show_traces(self, traces: tuple[Trace, ...], beside: tuple[Trace, ...] = ()) -> None:
        """Show a Trace for each model, or none; see `RowsPanel.show_traces`. Row views that are not
        there are not kept up."""
        self._traces = traces, beside
        if self._writing is None:
            self.rows.show_traces(traces, beside)

    def set_words(self) -> None:
        self.slider.setAccessibleName(tr("Row looked at"))
        set_tip(self.slider, tr("Move through the rows; at the right end all are read"))
        self.speed_choice.setAccessibleName(tr("Speed of playing"))
        set_tip(self.speed_choice, tr("Speed of playing"))
        rows = self.store.state.pointed.rows
        metrics = self.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, (row_words(rows - 1, rows), _all_rows())))
        self.words.setMinimumWidth(widest + 8)
        self._controls.setContentsMargins(gutter_width(metrics.height()), 0, 0, 0)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.set_words()  # which take their room by the font

    def theme_changed(self) -> None:
        self._icons = self._both_icons()
        self._show_playing()

    @property
    def middle(self) -> QWidget:
        """What stands above the controls."""
        return self.rows if self._writing is None else self._writing

    @property
    def playing(self) -> bool:
        """Whether the reading is being played."""
        return self.timer.isActive()

    def _slid(self, value: int) -> None:
        self.store.do(point.pin, None if value >= self.store.state.pointed.rows else value)

    def _set_speed(self) -> None:
        speed = self.store.state.look.speed
        self.speed_choice.setCurrentIndex(list(SPEEDS).index(speed))
        self.timer.setInterval(round(PLAY_MS / float(speed)))

    def _play(self, on: bool) -> None:
        if on:
            self.timer.start()
        else:
            self.timer.stop()
        self._show_playing()

    def _both_icons(self) -> tuple[QIcon, QIcon]:
        return icon("play", self.theme), icon("pause", self.theme)

    def _show_playing(self) -> None:
        self._playing.setIcon(self._icons[self.playing])

    def _refresh(self) -> None:
        pointed = self.store.state.pointed
        rows, row = pointed.rows, pointed.row
        if pointed.playing != self.timer.isActive():
            self._play(pointed.playing)
        self.slider.blockSignals(True)
        self.slider.setRange(0, rows)
        self.slider.setValue(rows if row is None else row)
        self.slider.blockSignals(False)
        self.words.setText(_all_rows() if row is None else row_words(row, rows))


def _all_rows() -> str:
    return tr("all rows")
