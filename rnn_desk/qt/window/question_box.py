"""Where a lesson's question is answered: a button for each answer, by the pointer or by a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from rnn_desk.app.question_words import two_of
from rnn_desk.core.questions import Answer, Question
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import ToolButton, set_tip
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr

MOST_BUTTONS = 12
"""Classes that have a button each; of more, one is chosen from a list."""

_BETWEEN = 4
"""Pixels between two answers."""

_Offered = tuple[str, Answer, str]
"""The words of an answer, the answer, and its key."""


class QuestionBox(Worded):
    """Shows nothing as long as nothing is asked, or all that is to be done is to draw."""

    answered = Signal(object)
    """An Answer."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._asked: Question | None = None
        self._classes: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._row: ToolButton | None = None
        self.buttons: list[ToolButton] = []
        self._measured = _button("", self)  # never shown
        self._measured.hide()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(_BETWEEN)
        store.pointed_changed.connect(self._show_row)
        self.set_words()

    def ask(
        self, question: Question | None, classes: tuple[str, ...], names: tuple[str, ...]
    ) -> None:
        """Ask this, or nothing any more; of these classes, and of the models of these names."""
        if (question, classes, names) != (self._asked, self._classes, self._names):
            self._asked, self._classes, self._names = question, classes, names
            self.set_words()

    def set_words(self) -> None:
        self._clear()
        question = self._asked
        self.setAccessibleName(tr("Answers"))
        self.setVisible(question is not None and question.kind != "draw")
        if question is None:
            return
        if _is_list(question, self._classes):
            self._offer_list()
        for words, answer, key in _offered(question, self._classes, self._names):
            self._offer(words, answer, key)
        if question.kind == "row":
            self._row = self._offer("", None, "Return")
            self._show_row()

    def width_for(
        self, question: Question, classes: tuple[str, ...], names: tuple[str, ...]
    ) -> int:
        """Pixels that the answers to it take side by side."""
        last = self._store.state.pointed.rows
        offered = [words for words, _, _ in _offered(question, classes, names)]
        if question.kind == "row":
            offered = [tr("This one: row {row}", row=last)]
        elif _is_list(question, classes):
            offered = [max((*classes, tr("choose…")), key=len) + "    "]
        return sum(map(self._width_of, offered)) + _BETWEEN * max(0, len(offered) - 1)

    def _width_of(self, words: str) -> int:
        """Pixels that a button with these words takes."""
        self._measured.setText(words)
        return self._measured.sizeHint().width()

    def _offer(self, words: str, answer: Answer | None, key: str) -> ToolButton:
        """A button for this answer; None is the row that is looked at when it is pressed."""
        button = _button(words, self)
        if key:
            QShortcut(QKeySequence(key), button).activated.connect(button.click)
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            set_tip(button, f"{words} ({shown})".strip())
        said: Callable[[], object] = (
            self._say_row if answer is None else partial(self.answered.emit, answer)
        )
        button.clicked.connect(lambda *_: said())
        self._line.addWidget(button)
        self.buttons.append(button)
        return button

    def _offer_list(self) -> None:
        """Many classes: choose one from a list."""
        choice = QComboBox()
        choice.addItem(tr("choose…"))
        choice.addItems(self._classes)
        choice.setAccessibleName(tr("Answers"))
        choice.activated.connect(
            lambda place: self.answered.emit(self._classes[place - 1]) if place else None
        )
        self._line.addWidget(choice)

    def _show_row(self) -> None:
        """Which row the answer would be."""
        if self._row is not None:
            row = self._store.state.pointed.pinned
            self._row.setEnabled(row is not None)
            words = tr("Click a row") if row is None else tr("This one: row {row}", row=row + 1)
            self._row.setText(words)

    def _say_row(self) -> None:
        row = self._store.state.pointed.pinned
        if row is not None:
            self.answered.emit(row)

    def _clear(self) -> None:
        self.buttons, self._row = [], None
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()


def _button(words: str, parent: QWidget) -> ToolButton:
    button = ToolButton(parent)
    button.setText(words)
    button.setProperty("answer", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _is_list(question: Question, classes: tuple[str, ...]) -> bool:
    return question.kind == "class" and len(classes) > MOST_BUTTONS


def _offered(
    question: Question, classes: tuple[str, ...], names: tuple[str, ...]
) -> tuple[_Offered, ...]:
    """The answers that have a button each."""
    if question.kind == "yes":
        return (tr("Yes"), True, "Y"), (tr("No"), False, "N")
    if question.kind == "which":
        two = enumerate(two_of(question, names, tr))
        return tuple((words, place, str(place + 1)) for place, words in two)
    if question.kind == "class" and not _is_list(question, classes):
        return tuple((name, name, name if name in _DIGITS else "") for name in classes)
    return ()


_DIGITS = tuple("0123456789")
"""Names of classes that are their own keys."""
