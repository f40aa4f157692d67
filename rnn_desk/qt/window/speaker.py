"""What stands on the other screen while presenting: notes for whoever speaks."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QFont, QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnn_desk.app.lessons import Lesson
from rnn_desk.app.question_words import answer_words
from rnn_desk.core.questions import Answer
from rnn_desk.qt.style.plain import Label, set_title
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr

_EDGE = 40

_LARGE = 1.6
"""How much larger the notes are than the words around them."""


class SpeakerNotes(Worded):
    """The step's notes, the right answer, what comes next, and how long it has been."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        # What a clicker sends is for what is presented.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.place, self.notes, self.right, self.next, self.clock = (Label() for _ in range(5))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        layout.setSpacing(_EDGE // 2)
        for label in (self.place, self.notes, self.right, self.next):
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(self.clock)
        for label in (self.place, self.next, self.clock):
            label.setObjectName("muted")
        self._lesson: Lesson | None = None
        self._number = 0
        self._names: tuple[str, ...] = ()
        self._truth: Answer | None = None
        self._since = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        self.set_words()

    def present(self, on: bool, beside: QScreen) -> None:
        """Fill another screen than this one, if there is one; or go."""
        others = [screen for screen in QGuiApplication.screens() if screen is not beside]
        if not (on and others):
            self._tick.stop()
            self.hide()
            return
        self.setGeometry(others[0].geometry())
        self._since.start()
        self._tick.start()
        self._show_time()
        self.showFullScreen()

    def show_step(
        self, lesson: Lesson | None, number: int, names: tuple[str, ...], truth: Answer | None
    ) -> None:
        """Notes on this step, counted from 0, of a lesson, or of none; what is right of what it
        asks, as far as that is known."""
        self._lesson, self._number, self._names, self._truth = lesson, number, names, truth
        self.set_words()

    def set_words(self) -> None:
        set_title(self, tr("Notes"))
        large = QFont(self.font())
        large.setPointSizeF(large.pointSizeF() * _LARGE)
        for label in (self.notes, self.right):
            label.setFont(large)
        lesson = self._lesson
        if lesson is None:
            self.place.setText(tr("No lesson is open"))
            for label in (self.notes, self.right, self.next):
                label.setText("")
            return
        step, after = lesson.steps[self._number], lesson.steps[self._number + 1 :]
        self.place.setText(
            tr(
                "{title}  ·  step {step} of {steps}",
                title=tr(lesson.title),
                step=self._number + 1,
                steps=len(lesson.steps),
            )
        )
        self.notes.setText(tr(step.notes) if step.notes else tr(step.words))
        ask, truth = step.state.teaching.ask, self._truth
        said = "" if ask is None or truth is None else answer_words(ask, truth, self._names, tr)
        self.right.setText(tr("Right: {answer}.", answer=said) if said else "")
        self.next.setText(tr("Next: {words}", words=tr(after[0].words)) if after else "")

    def _show_time(self) -> None:
        seconds = self._since.elapsed() // 1000 if self._since.isValid() else 0
        self.clock.setText(f"{seconds // 60}:{seconds % 60:02}")
