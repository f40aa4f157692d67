"""The left of the window: the canvas, and the tools to draw on it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from rnn_desk.app.actions import choose
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import set_tip
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.canvas import CanvasView
from rnn_desk.qt.views.canvas_hand import PEN_WIDTHS
from rnn_desk.qt.window.buttons import icon_button
from rnn_desk.qt.window.found_strip import FoundStrip

WIDEST = 380
"""Pixels of the tools below the canvas, however wide that is."""


class CanvasPanel(Worded):
    """The canvas with pen, eraser and pen width below it, and undo, redo and clear."""

    def __init__(
        self,
        store: QtStore,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.canvas = CanvasView(store)
        self.found = FoundStrip(store)
        self.width_choice = QComboBox()
        self.width_choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for name in PEN_WIDTHS:
            self.width_choice.addItem("", name)
        self.width_choice.currentIndexChanged.connect(
            lambda index: store.do(choose.pen_width, self.width_choice.itemData(index))
        )
        self._actions = actions
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        layout.addWidget(self.found)
        layout.addWidget(self._tools(), 0, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(1)
        self._store = store
        store.look_changed.connect(self._show_tools)
        self._show_tools()
        self.set_words()

    def set_words(self) -> None:
        self.width_choice.setAccessibleName(tr("Pen width"))
        set_tip(self.width_choice, tr("Pen width"))
        words = {"thin": tr("Thin"), "normal": tr("Normal"), "thick": tr("Thick")}
        for index, name in enumerate(PEN_WIDTHS):
            self.width_choice.setItemText(index, words[name])

    def _show_tools(self) -> None:
        look = self._store.state.look
        self._actions["pen"].setChecked(look.tool == "ink")
        self._actions["eraser"].setChecked(look.tool == "eraser")
        with QSignalBlocker(self.width_choice):
            self.width_choice.setCurrentIndex(list(PEN_WIDTHS).index(look.pen_width))

    def _tools(self) -> QWidget:
        """What draws; below it what is done to the drawing: two lines, for a narrow canvas."""
        tools = QWidget()
        tools.setMaximumWidth(WIDEST)
        grid = QGridLayout(tools)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for line, names in enumerate((("pen", "eraser"), ("undo", "redo", "clear", "replay"))):
            for column, name in enumerate(names):
                button = icon_button(self._actions[name])
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                grid.addWidget(button, line, column)
                grid.setColumnStretch(column, 1)
        grid.addWidget(self.width_choice, 0, 2, 1, 2)
        return tools
