"""The strip of a lesson, across the window: what is said now, and on to the next step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAction, QFont, QFontDatabase, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from rnn_desk.app.lessons import Lesson, LessonStep
from rnn_desk.app.values import Reply
from rnn_desk.core.questions import Question
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.elided import ElidedLabel
from rnn_desk.qt.style.plain import Label, ToolButton
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.question_box import QuestionBox
from rnn_desk.qt.window.replies import reply_words

_BETWEEN = 2
"""Pixels between what is said one below the other."""

_MARGINS = 14, 6, 8, 6
"""Pixels between the strip's edges and what is in it: left, top, right, bottom."""

_BESIDE = 24
"""Pixels between the words and the buttons."""

_ABOVE_ANSWERS = 4
"""Pixels between the buttons of the lesson and those for answers."""

LARGER = 1.2
"""How much larger than usual its words are at least."""


class LessonStrip(Worded):
    """Hidden while there is no lesson. It is as high as the lesson's longest words need, questions
    and what is said then included, so that the rows below it stay where they are from step to step.
    """

    def __init__(
        self, store: QtStore, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self.setObjectName("lesson")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = ElidedLabel()
        self.heading.setObjectName("muted")
        self.words, self.question = _wrapping(), _wrapping()
        self.answers = QuestionBox(store)
        self.keys = Label()
        self.keys.setObjectName("muted")
        self.keys.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.back, self.next, self.close_button = (
            _button(actions[name]) for name in ("lesson_back", "lesson_next", "lesson_close")
        )
        said = QVBoxLayout()
        said.setSpacing(_BETWEEN)
        said.addWidget(self.heading)
        said.addWidget(self.words)
        said.addWidget(self.question)
        said.addStretch(1)
        self._said = QWidget()
        self._said.setLayout(said)
        said.setContentsMargins(0, 0, 0, 0)
        self._buttons = buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.next.setProperty("main", True)
        for button in (self.back, self.next, self.close_button):
            buttons.addWidget(button)
        self._moved = QWidget()
        moved = QVBoxLayout(self._moved)
        moved.setContentsMargins(0, 0, 0, 0)
        moved.setSpacing(_ABOVE_ANSWERS)
        moved.addLayout(buttons)
        moved.addWidget(self.keys)
        moved.addWidget(self.answers, 0, Qt.AlignmentFlag.AlignRight)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*_MARGINS)
        layout.setSpacing(_BESIDE)
        layout.addWidget(self._said, 1)
        layout.addWidget(self._moved, 0, Qt.AlignmentFlag.AlignTop)
        self._lesson: Lesson | None = None
        self._number = 0
        self._models: tuple[str, ...] = ()
        self._classes: tuple[str, ...] = ()
        store.teaching_changed.connect(self._show_question)
        self.set_words()

    def show_step(
        self,
        lesson: Lesson | None,
        number: int,
        models: tuple[str, ...],
        classes: tuple[str, ...] = (),
    ) -> None:
        """This step, counted from 0, of a lesson, or none; `models` by their names, which read,
        none while they are still being opened; `classes` of the first one."""
        self._lesson, self._number = lesson, number
        self._models, self._classes = models, classes
        self.set_words()

    def set_words(self) -> None:
        self.keys.setText(tr("Page keys, or a clicker"))
        lesson = self._lesson
        self.setVisible(lesson is not None)
        if lesson is None:
            return
        self.heading.setText(
            tr(
                "{title}  ·  step {step} of {steps}  ·  {models}",
                title=tr(lesson.title),
                step=self._number + 1,
                steps=len(lesson.steps),
                models=" + ".join(self._models) or tr("opening the model…"),
            )
        )
        self.words.setText(tr(lesson.steps[self._number].words))
        self.setAccessibleName(tr("Lesson"))
        self._show_question()
        self._fit()

    def _show_question(self) -> None:
        """What is asked; once it is answered, what was right."""
        teaching = self._store.state.teaching
        here = self._lesson is not None and teaching.phase != "due"
        ask = teaching.ask if here else None
        asks = ask if teaching.reply is None and teaching.phase == "stands" else None
        self.question.setVisible(ask is not None)
        if ask is not None:
            self.question.setText(_asked_words(ask, teaching.reply, self._models))
        self.keys.setVisible(asks is None or asks.kind == "draw")
        self.answers.ask(asks, self._classes, self._models)
        self._fit_words()
        said = (self.words.text(), self.question.text() if ask is not None else "")
        self.setAccessibleDescription("\n".join(filter(None, said)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Large letters, and room for the longest words at this width."""
        font = QFont(self.font())
        usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
        font.setPointSizeF(max(font.pointSizeF(), usual * LARGER))
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        for label, wanted in ((self.words, font), (self.question, bold)):
            if label.font() != wanted:
                label.setFont(wanted)
        if self._lesson is None:
            return
        steps = self._lesson.steps
        asked = [step.state.teaching.ask for step in steps]
        room = [self.answers.width_for(ask, self._classes, self._models) for ask in asked if ask]
        self._moved.setFixedWidth(max([self._buttons.sizeHint().width(), *room]))
        needed = max(max(self._heights(step)) for step in steps)
        heading, button = self.heading.sizeHint().height(), self.next.sizeHint().height()
        needed = max(heading + _BETWEEN + needed, 2 * button + _ABOVE_ANSWERS)
        _, top, _, bottom = _MARGINS
        self.setFixedHeight(top + needed + bottom)
        self._fit_words()

    def _fit_words(self) -> None:
        """As high as they need: Qt's own labels take less where there is little room."""
        for label in (self.words, self.question):
            label.setFixedHeight(self._height(label, label.text()))

    def _heights(self, step: LessonStep) -> Iterator[int]:
        """Pixels that its words take: with its question, and with what is said then."""
        words, ask = self._height(self.words, tr(step.words)), step.state.teaching.ask
        yield words
        if ask is not None:
            for reply in (None, _LONGEST_REPLY[ask.kind]):
                said = _asked_words(ask, reply, self._models)
                yield words + _BETWEEN + self._height(self.question, said)

    def _height(self, label: QLabel, words: str) -> int:
        left, _, right, _ = _MARGINS
        taken = left + right + _BESIDE + self._moved.maximumWidth()
        room = QRect(0, 0, self.width() - taken, 10_000)
        return label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()


def _asked_words(ask: Question, reply: Reply | None, names: tuple[str, ...]) -> str:
    """The question; once it is answered, what was right, and why."""
    if reply is None:
        return tr(ask.words)
    return " ".join(filter(None, (reply_words(ask, reply, names), ask.then and tr(ask.then))))


_LONGEST_REPLY: Mapping[str, Reply] = {
    "class": Reply("0", "1", right=False),
    "row": Reply(27, 0, right=False),
    "yes": Reply(given=True, truth=False, right=False),
    "which": Reply(0, 1, right=False),
    "draw": Reply(None, None, right=False),
}
"""Of each kind of question, an answer to which most is said."""


def _wrapping() -> Label:
    label = Label()
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label


def _button(action: QAction) -> ToolButton:
    button = ToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
