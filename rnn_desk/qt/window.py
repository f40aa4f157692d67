"""The window: lays everything out and hands on what is to be shown. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.core.card import ModelCard
from rnn_desk.core.trace import BeliefKind, Trace
from rnn_desk.qt.actions import ActionSpec
from rnn_desk.qt.banner import Banner
from rnn_desk.qt.canvas_panel import CanvasPanel
from rnn_desk.qt.document import Document
from rnn_desk.qt.header import Header
from rnn_desk.qt.reading import ReadingPanel
from rnn_desk.qt.selection import Selection
from rnn_desk.qt.theme import Theme
from rnn_desk.qt.views.answer import AnswerView
from rnn_desk.qt.words import tr

EDGE = 14
"""Pixels between the window's edge and what is in it."""


_TAKES_KEYS = (QAbstractButton, QComboBox)
_KEYS_TAKEN = (Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down)


PRESENT_SCALE = 1.5
"""How much larger the letters are while presenting."""


class Window(QMainWindow):
    """The desk, from left to right: the canvas, the reading row by row, the answer."""

    dropped = Signal(object)
    """The Path of a file that was dropped on the window."""
    closing = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        theme: Theme,
        actions: Mapping[str, QAction],
        table: Sequence[ActionSpec],
        models: tuple[Path, ...],
    ) -> None:
        super().__init__()
        self.setWindowTitle("RNN Desk")
        self.setAcceptDrops(True)
        self.header = Header(models, actions["open_model"])
        self.banner = Banner()
        self.canvas_panel = CanvasPanel(document, selection, theme, actions)
        self.canvas = self.canvas_panel.canvas
        self.reading = ReadingPanel(selection, theme)
        self.answer = AnswerView(selection, theme)
        self._make_menus(actions, table)
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(1280, 760)

    def present(self, on: bool) -> None:
        """Fill the screen, with larger letters; or as before."""
        font = QFont(QApplication.font())
        if on:
            font.setPointSizeF(font.pointSizeF() * PRESENT_SCALE)
        self.setFont(font)
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def show_model(self, card: ModelCard, device: str, belief_kind: BeliefKind) -> None:
        """A model is there: make room for its layers, and say what it is."""
        self.header.show_model(card.name, card.accuracies.get("mnist_test"), device)
        self.reading.rows.belief.set_model(card.classes, belief_kind)
        self.answer.set_model(card.classes)
        self.set_hints(tr("Draw a digit here"), tr("Draw a digit"))

    def set_hints(self, canvas: str, answer: str) -> None:
        """What the empty canvas and the empty answer say."""
        self.canvas.set_hint(canvas)
        self.answer.set_hint(answer)

    def show_trace(self, trace: Trace | None) -> None:
        """Hand a Trace, or none, to every view."""
        self.canvas.show_trace(trace)
        self.reading.show_trace(trace)
        self.answer.show_trace(trace)

    def set_theme(self, theme: Theme) -> None:
        """The colours have changed."""
        for view in (self.canvas, self.reading, self.answer):
            view.set_theme(theme)

    def event(self, event: QEvent) -> bool:
        """Leave Space and the arrows to a button or a choice that has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focus = self.focusWidget()
            if isinstance(focus, _TAKES_KEYS) and event.key() in _KEYS_TAKEN:
                event.accept()
                return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls()[:1]:
            if url.isLocalFile():
                self.dropped.emit(Path(url.toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _make_menus(self, actions: Mapping[str, QAction], table: Sequence[ActionSpec]) -> None:
        for title in dict.fromkeys(spec.menu for spec in table):
            menu = self.menuBar().addMenu(title)
            menu.addActions([actions[spec.name] for spec in table if spec.menu == title])
        self.addActions(list(actions.values()))  # shortcuts hold wherever the focus is

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(EDGE)
        for place, (widget, stretch) in enumerate(
            ((self.canvas_panel, 22), (self.reading, 64), (self.answer, 14))
        ):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(place, stretch)
        self._splitter.setSizes([300, 800, 170])
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(EDGE, EDGE // 2, EDGE, EDGE)
        layout.setSpacing(EDGE)
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addWidget(self._splitter, 1)
        self.setCentralWidget(middle)
        self.canvas.setFocus()  # so that the row keys work at once
