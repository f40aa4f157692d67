"""At the window's side: a lesson of one's own, its steps in their order and what each says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.app.actions import author
from rnn_desk.app.documents.lesson import LONGEST_WORDS, MOST_MINUTES, lacking
from rnn_desk.app.lessons import lesson_of
from rnn_desk.app.values import Draft
from rnn_desk.core.errors import Refused
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.elided import ElidedLabel
from rnn_desk.qt.style.plain import Label, ToolButton, list_item, set_tip
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.window.question_form import QuestionForm

_STEPS, _WORDS, _NOTES = 96, 84, 52
"""Heights of the list of steps, and of what a step says, in pixels."""


class LessonEditor(Worded):
    """Whatever is written here is in the lesson's file at once."""

    def __init__(
        self, store: QtStore, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self.title, self.aim, self.minutes = QLineEdit(), QLineEdit(), QSpinBox()
        self.title.textEdited.connect(partial(self._say_of_all, "title"))
        self.aim.textEdited.connect(partial(self._say_of_all, "aim"))
        self.aim.setMaxLength(LONGEST_WORDS)
        self.minutes.setMaximum(MOST_MINUTES)
        self.minutes.valueChanged.connect(partial(self._say_of_all, "minutes"))
        self.steps = QListWidget()
        self.steps.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.steps.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.steps.setFixedHeight(_STEPS)  # what is below it stays where it is
        self.steps.currentRowChanged.connect(store.doing(author.choose))
        self.words, self.notes = QPlainTextEdit(), QPlainTextEdit()
        self.words.setMaximumHeight(_WORDS)
        self.notes.setMaximumHeight(_NOTES)
        for name, text in (("words", self.words), ("notes", self.notes)):
            text.setTabChangesFocus(True)
            text.textChanged.connect(partial(self._say, name, text))
        self.question = QuestionForm()
        self.question.changed.connect(lambda asked: store.do(author.say, "ask", asked))
        self.wrong = Label()
        self.wrong.setObjectName("muted")
        self.wrong.setWordWrap(True)
        self.file = ElidedLabel()
        self.file.setObjectName("muted")
        self.up, self.down, self.remove = ToolButton(), ToolButton(), ToolButton()
        self.up.clicked.connect(lambda *_: store.do(author.move, -1))
        self.down.clicked.connect(lambda *_: store.do(author.move, 1))
        self.remove.clicked.connect(lambda *_: store.do(author.remove))
        self.done = ToolButton()
        self.done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.done.clicked.connect(lambda *_: actions["lesson_done"].trigger())
        self.add, self.take, self.back, self.preview = (
            _button(actions[f"lesson_{name}"]) for name in ("add", "take", "undo", "preview")
        )
        self.add.setProperty("main", True)
        self._labels = {name: Label() for name in ("title", "aim", "words", "notes")}
        self._lay_out()
        store.authoring_changed.connect(self._show)
        self.set_words()

    def set_words(self) -> None:
        for name, words, field in (
            ("title", tr("Title"), self.title),
            ("aim", tr("Aim"), self.aim),
            ("words", tr("Words"), self.words),
            ("notes", tr("Notes"), self.notes),
        ):
            self._labels[name].setText(words)
            field.setAccessibleName(words)
        self.aim.setPlaceholderText(tr("What the class understands at its end"))
        self.minutes.setAccessibleName(tr("Minutes"))
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setSpecialValueText(tr("– min"))
        set_tip(self.minutes, tr("How many minutes it takes with a class"))
        self.words.setPlaceholderText(tr("One or two short sentences, which the class reads"))
        self.notes.setPlaceholderText(tr("For whoever teaches; the class does not see them"))
        self.steps.setAccessibleName(tr("Steps"))
        self.up.setText("▲")
        self.down.setText("▼")
        self.remove.setText(tr("Delete"))
        self.done.setText(tr("Close"))
        set_tip(self.up, tr("Move the step up"))
        set_tip(self.down, tr("Move the step down"))
        set_tip(self.remove, tr("Leave the step out"))
        for button, words in ((self.up, tr("Move the step up")),
                              (self.down, tr("Move the step down"))):  # fmt: skip
            button.setAccessibleName(words)
        self._show()

    def _lay_out(self) -> None:
        order = QHBoxLayout()
        for button in (self.up, self.down, self.remove, self.back):
            order.addWidget(button)
        order.addStretch(1)
        head = QFormLayout()
        head.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        named = QHBoxLayout()
        named.addWidget(self.title, 1)
        named.addWidget(self.minutes)
        head.addRow(self._labels["title"], named)
        head.addRow(self._labels["aim"], self.aim)
        end = QHBoxLayout()
        end.addWidget(self.preview)
        end.addStretch(1)
        end.addWidget(self.done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.add)
        layout.addWidget(self.steps)
        layout.addLayout(order)
        layout.addWidget(self._labels["words"])
        layout.addWidget(self.words)
        layout.addWidget(self.take)
        layout.addWidget(self.question)
        layout.addWidget(self._labels["notes"])
        layout.addWidget(self.notes)
        layout.addWidget(self.wrong)
        layout.addStretch(1)
        layout.addLayout(end)
        layout.addWidget(self.file)

    def _say(self, name: str, text: QPlainTextEdit) -> None:
        self._store.do(author.say, name, text.toPlainText()[:LONGEST_WORDS])

    def _say_of_all(self, name: str, value: str | int) -> None:
        self._store.do(author.say_of_all, name, value)

    def _show(self) -> None:
        now = self._store.state.authoring
        if now.draft is None or now.now is None:
            return
        for line, said in ((self.title, now.draft.title), (self.aim, now.draft.aim)):
            if line.text() != said:
                line.setText(said)
        with QSignalBlocker(self.minutes):
            self.minutes.setValue(now.draft.minutes)
        added = len(now.draft.steps) > self.steps.count()
        self.file.setText(tr("Kept in {file}", file=Path(now.file).name))
        self._show_steps(now.draft, now.step)
        for name, text in (("words", self.words), ("notes", self.notes)):
            said = str(now.now.get(name, ""))
            if text.toPlainText() != said:
                with QSignalBlocker(text):
                    text.setPlainText(said)
        asked = now.now.get("ask") or {}
        if (self.question.record() or {}) != asked:
            self.question.show_question(asked)
        self.up.setEnabled(now.step > 0)
        self.down.setEnabled(now.step < len(now.draft.steps) - 1)
        self.remove.setEnabled(len(now.draft.steps) > 1)
        self._show_wrong(now.draft, now.step)
        if added and self.isVisible():
            self.words.setFocus()  # a step that was just added wants its words

    def _show_steps(self, draft: Draft, step: int) -> None:
        with QSignalBlocker(self.steps):
            while self.steps.count() > len(draft.steps):
                self.steps.takeItem(self.steps.count() - 1)
            for number, each in enumerate(draft.steps):
                if number == self.steps.count():
                    self.steps.addItem(list_item(""))
                said = " ".join(str(each.get("words", "")).split()) or tr("no words yet")
                mark = " ?" if each.get("ask") else ""
                words = f"{number + 1}{mark}  {said}"
                if self.steps.item(number).text() != words:
                    self.steps.item(number).setText(words)
            self.steps.setCurrentRow(step)

    def _show_wrong(self, draft: Draft, step: int) -> None:
        """Say what keeps the step from being given, or is missing in it."""
        try:
            lesson_of("", draft).steps[step].state  # noqa: B018  it is kept
        except Refused as refusal:
            self.wrong.setText(sentence(refusal))
            self.wrong.show()
        else:
            said = [sentence(each) for each in lacking(draft.steps[step])]
            self.wrong.setText("\n".join(said))
            self.wrong.setVisible(bool(said))


def _button(action: QAction) -> ToolButton:
    button = ToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
