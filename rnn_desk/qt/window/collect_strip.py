"""The strip that asks for drawings, across the window: what is to be drawn, or what it was."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QFont, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rnn_desk.app.actions import collect
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.elided import ElidedLabel
from rnn_desk.qt.style.plain import Label, ToolButton, set_tip
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr

LARGER = 1.7
"""How much larger the letters of what is asked are."""

MOST_BUTTONS = 12
"""Classes that have a button each; more are in a list."""

_WRITER = 150
"""Pixels for the writer's pseudonym."""

_LONGEST = 40
"""Characters of a pseudonym."""

_ANSWER = 38
"""Pixels that a class's button is wide at least."""


class CollectStrip(Worded):
    """Hidden while nobody collects."""

    def __init__(
        self, store: QtStore, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("lesson")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._store = store
        self.heading = ElidedLabel()
        self.heading.setObjectName("muted")
        self.asked = Label()
        self.buttons: list[ToolButton] = []
        self._keys: list[QShortcut] = []
        self._classes: tuple[str, ...] = ()
        self.choice = QComboBox()
        self.choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.choice.activated.connect(self._choose)
        self.writer = _Name()
        self.writer.setMaxLength(_LONGEST)
        self.writer.setFixedWidth(_WRITER)
        self.writer.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.writer.editingFinished.connect(self._name_writer)
        self.writer.returnPressed.connect(self.writer.clearFocus)
        self.next = _button(actions["collect_next"])
        self.next.setProperty("main", True)
        self.skip = _button(actions["collect_skip"])
        self._answers = QHBoxLayout()
        self._answers.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.asked)
        line.addLayout(self._answers)
        for widget in (self.choice, self.next, self.skip):
            line.addWidget(widget)
        line.addStretch(1)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.heading)
        said.addLayout(line)
        right = QHBoxLayout()
        right.addWidget(self.writer)
        self.undo, self.wall = (_button(actions[name]) for name in ("collect_undo", "collect_wall"))
        self.close_button = ToolButton()
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(lambda *_: actions["collect"].trigger())
        for button in (self.undo, self.wall, self.close_button):
            right.addWidget(button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(20)
        layout.addLayout(said, 1)
        layout.addLayout(right)
        store.collecting_changed.connect(self.set_words)
        store.canvas_changed.connect(self._show_answerable)
        self.set_words()

    def set_words(self) -> None:
        now = self._store.state.collecting
        self.setVisible(now.on)
        if not now.on:
            return
        self._fill(now.classes)
        self.heading.setText(
            tr(
                "Collect  ·  {file}  ·  {count} drawings",
                file=Path(now.file).name,
                count=len(now.drawings),
            )
        )
        asked = tr("Write: {label}", label=now.prompt) if now.prompted else tr("What was it?")
        self.asked.setText(asked)
        self.setAccessibleName(tr("Collect drawings"))
        self.setAccessibleDescription(asked)
        few = len(now.classes) <= MOST_BUTTONS
        for button in self.buttons:
            button.setVisible(not now.prompted)
        self.choice.setVisible(not now.prompted and not few)
        self.choice.setAccessibleName(tr("What was it?"))
        self.next.setVisible(now.prompted)
        self.skip.setVisible(now.prompted)
        self.close_button.setText(tr("Close"))
        self.writer.setPlaceholderText(tr("pseudonym"))
        self.writer.setAccessibleName(tr("Pseudonym of who draws"))
        set_tip(
            self.writer,
            tr("Who draws, by a number or a made-up name, so that training can tell hands apart; "
               "may stay empty"),
        )  # fmt: skip
        if not self.writer.hasFocus():
            self.writer.setText(now.writer)
        self._enlarge()
        self._show_answerable()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._enlarge()

    def _fill(self, classes: tuple[str, ...]) -> None:
        """A button for each class, and its digit as a key; or a list of many."""
        if classes == self._classes:
            return
        self._classes = classes
        for old in (*self.buttons, *self._keys):
            old.setParent(None)
            old.deleteLater()
        few = classes if len(classes) <= MOST_BUTTONS else ()
        self.buttons = [self._answer(name) for name in few]
        self._keys = [self._key(name) for name in few if len(name) == 1 and name.isdecimal()]
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItems(["", *classes])

    def _answer(self, name: str) -> ToolButton:
        button = ToolButton()
        button.setText(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumWidth(_ANSWER)
        button.clicked.connect(partial(self._keep, name))
        self._answers.addWidget(button)
        return button

    def _key(self, name: str) -> QShortcut:
        key = QShortcut(QKeySequence(name), self)
        key.activated.connect(partial(self._keep, name))
        return key

    def _keep(self, name: str, *_checked: bool) -> None:
        if not self._store.state.collecting.prompted:
            self._store.do(collect.keep, name)

    def _choose(self, place: int) -> None:
        if place > 0:
            self._keep(self._classes[place - 1])
        self.choice.setCurrentIndex(0)

    def _name_writer(self) -> None:
        self._store.do(collect.write_as, self.writer.text())

    def _show_answerable(self) -> None:
        """Whether there is something on the canvas to be named."""
        if not self.isHidden():
            can = collect.can_keep(self._store.state)
            for widget in (*self.buttons, self.choice):
                widget.setEnabled(can)

    def _enlarge(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * LARGER)
        font.setBold(True)
        if self.asked.font() != font:
            self.asked.setFont(font)


class _Name(QLineEdit):
    """A line in which Enter ends the writing, and does nothing else."""

    def event(self, event: QEvent) -> bool:
        ends = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in ends:
            event.accept()
            return True
        return super().event(event)


def _button(action: QAction) -> ToolButton:
    button = ToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
