"""A question that a person answers by one of some buttons; to close it is to answer none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rnn_desk.core.frozen import frozen
from rnn_desk.qt.dialogs.sheet import Sheet
from rnn_desk.qt.style.plain import Label, PushButton

WIDTH = 460
"""Pixels that its words take."""


@frozen
class Question:
    """What is asked, each of its words in the language of now.

    title, words: say them. answers: what each button says, and what is done then; the last does
    nothing that cannot be taken back.
    """

    title: Callable[[], str]
    words: Callable[[], str]
    answers: Sequence[tuple[Callable[[], str], Callable[[], object]]]


class QuestionSheet(Sheet):
    """Blocks nothing: the window goes on as it was until it is answered."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        self._question = question
        self.buttons: list[PushButton] = []
        super().__init__(parent)

    def title(self) -> str:
        return self._question.title()

    def content(self) -> QWidget:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(16)
        words = Label(self._question.words())
        words.setWordWrap(True)
        words.setMinimumWidth(WIDTH)
        layout.addWidget(words)
        line = QHBoxLayout()
        line.addStretch(1)
        self.buttons = [self._button(*answer) for answer in self._question.answers]
        for button in self.buttons:
            line.addWidget(button)
        layout.addLayout(line)
        return body

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.buttons[-1].setFocus()  # so that Enter does what can do no harm

    def _button(self, words: Callable[[], str], act: Callable[[], object]) -> PushButton:
        button = PushButton(words())
        button.clicked.connect(lambda: self._answer(act))
        return button

    def _answer(self, act: Callable[[], object]) -> None:
        self.close()
        act()
