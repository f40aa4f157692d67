"""The strip of a lesson, across the window: what is said now, and on to the next step."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from rnn_desk.app.lessons import Lesson
from rnn_desk.qt.style.elided import ElidedLabel
from rnn_desk.qt.style.plain import Label, ToolButton
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr

LARGER = 1.2
"""How much larger its words are than the other words of the window."""


class LessonStrip(Worded):
    """Hidden while there is no lesson. It is as high as the lesson's longest words need, so that
    the rows below it stay where they are from step to step."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = ElidedLabel()
        self.heading.setObjectName("muted")
        self.words = Label()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.keys = Label()
        self.keys.setObjectName("muted")
        self.keys.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.back, self.next, self.close_button = (
            _button(actions[name]) for name in ("lesson_back", "lesson_next", "lesson_close")
        )
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.heading)
        said.addWidget(self.words)
        said.addStretch(1)
        buttons = QHBoxLayout()
        self.next.setProperty("main", True)
        for button in (self.back, self.next, self.close_button):
            buttons.addWidget(button)
        moved = QVBoxLayout()
        moved.setSpacing(4)
        moved.addLayout(buttons)
        moved.addWidget(self.keys)
        moved.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(24)
        layout.addLayout(said, 1)
        layout.addLayout(moved)
        self._lesson: Lesson | None = None
        self._number = 0
        self._models: tuple[str, ...] = ()
        self.set_words()

    def show_step(self, lesson: Lesson | None, number: int, models: tuple[str, ...]) -> None:
        """This step, counted from 0, of a lesson, or none; `models` by their names, which read,
        none while they are still being opened."""
        self._lesson, self._number, self._models = lesson, number, models
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
        self.setAccessibleDescription(self.words.text())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Large letters, and room for the longest words at this width."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * LARGER)
        if self.words.font() != font:
            self.words.setFont(font)
        if self._lesson is None:
            return
        metrics, wrap = self.words.fontMetrics(), Qt.TextFlag.TextWordWrap
        room = self.words.rect().adjusted(0, 0, 0, 10_000)
        heights = (metrics.boundingRect(room, wrap, tr(s.words)).height()
                   for s in self._lesson.steps)  # fmt: skip
        self.words.setFixedHeight(max(heights))


def _button(action: QAction) -> ToolButton:
    button = ToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
