"""What a step of one's own lesson asks: its kind, words, what is right, what is said then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from rnn_desk.qt.style.plain import Label
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr

KINDS = ("", "class", "row", "yes", "which", "draw")

_LONGEST = 600
_LEAST = 8
"""Characters that a choice has room for at least."""


class QuestionForm(Worded):
    """Shows the record of a question, and says what it is made into."""

    changed = Signal(object)
    """The record, or None for no question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = QComboBox()
        self.words, self.then = QLineEdit(), QLineEdit()
        self.answer = QComboBox()
        self.typed = QLineEdit()
        self.answer.setEditable(True)
        self.answer.setLineEdit(self.typed)
        for line in (self.words, self.then):
            line.setMaxLength(_LONGEST)
            line.textEdited.connect(lambda _: self._change())
        self.kind.activated.connect(lambda _: self._change_kind())
        self.answer.activated.connect(lambda _: self._change())
        self.typed.textEdited.connect(lambda _: self._change())
        for choice in (self.kind, self.answer):
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(_LEAST)
        self._names = [Label() for _ in range(4)]
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for label, field in zip(
            self._names, (self.kind, self.words, self.answer, self.then), strict=True
        ):
            form.addRow(label, field)
        self._asked: Mapping[str, Any] = {}
        self.set_words()

    def set_words(self) -> None:
        names = (tr("Question"), tr("It asks"), tr("Right is"), tr("Then it says"))
        fields = (self.kind, self.words, self.answer, self.then)
        for label, field, words in zip(self._names, fields, names, strict=True):
            label.setText(words)
            field.setAccessibleName(words)
        kinds = {
            "": tr("none"),
            "class": tr("which digit"),
            "row": tr("which row"),
            "yes": tr("yes or no"),
            "which": tr("which of two"),
            "draw": tr("to draw something"),
        }
        with QSignalBlocker(self.kind):
            self.kind.clear()
            for kind in KINDS:
                self.kind.addItem(kinds[kind], kind)
        self.show_question(self._asked)

    def show_question(self, asked: Mapping[str, Any]) -> None:
        """Show this question, {} for none."""
        self._asked = asked
        kind = str(asked.get("kind", ""))
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self._fill_answers(kind)
        self._set(self.words, str(asked.get("words", "")))
        self._set(self.then, str(asked.get("then", "")))
        answer = asked.get("reads" if kind == "draw" else "answer", "")
        place = self.answer.findData(answer)
        if place >= 0 and type(self.answer.itemData(place)) is type(answer):
            self.answer.setCurrentIndex(place)
            self.typed.setCursorPosition(0)
        else:
            self._set(self.typed, str(answer))
        for label, field in zip(self._names[1:], (self.words, self.answer, self.then), strict=True):
            label.setVisible(bool(kind))
            field.setVisible(bool(kind))

    def record(self) -> dict[str, Any] | None:
        """The question as it stands in a file."""
        kind = self.kind.currentData()
        if not kind:
            return None
        kept = {
            name: value
            for name, value in self._asked.items()
            if name not in ("kind", "words", "then", "answer", "reads")
        }
        same = kept if kind == self._asked.get("kind") else {}
        told: dict[str, Any] = {"kind": kind, "words": self.words.text(), **same}
        answer = self._answer(kind)
        if answer != "":
            told["reads" if kind == "draw" else "answer"] = answer
        if self.then.text():
            told["then"] = self.then.text()
        return told

    def _answer(self, kind: str) -> Any:
        text = self.answer.currentText().strip()
        place = self.answer.findText(text)
        if place >= 0:
            return self.answer.itemData(place)
        return int(text) if kind in ("row", "which") and text.isdecimal() else text

    def _fill_answers(self, kind: str) -> None:
        with QSignalBlocker(self.answer):
            self.answer.clear()
            for name, words in _answers(kind):
                self.answer.addItem(words, name)
            self.answer.setCurrentIndex(-1)

    def _set(self, line: QLineEdit, words: str) -> None:
        if line.text() != words:
            with QSignalBlocker(line):
                line.setText(words)
                line.setCursorPosition(0)

    def _change_kind(self) -> None:
        kind = self.kind.currentData()
        words = self.words.text()
        first = next((name for name, _ in _answers(kind)), "")
        asked = {"kind": kind, "words": words} if kind else {}
        if kind:
            asked["reads" if kind == "draw" else "answer"] = first
        self.show_question(asked)
        if kind:
            self.words.setFocus()
        self._change()

    def _change(self) -> None:
        record = self.record()
        self._asked = record or {}
        self.changed.emit(record)


def _answers(kind: str) -> list[tuple[Any, str]]:
    """What can be right: as a file has it, and in words. Whatever is worked out from the reading is
    right for any drawing."""
    there: dict[str, list[tuple[Any, str]]] = {
        "class": [
            ("answer", tr("what the network reads")),
            ("so far", tr("what it believes after the row looked at")),
            ("second", tr("its second guess")),
            ("beside", tr("what the second network reads")),
        ],
        "row": [
            ("settled", tr("the row from which on its answer stands")),
            ("unsettled", tr("the last row with another belief")),
            ("inked", tr("the row with the most ink")),
            ("forgets", tr("the row at which it forgets most")),
        ],
        "yes": [
            (True, tr("yes")),
            (False, tr("no")),
            ("sure", tr("whether it is sure")),
            ("stays", tr("whether its belief now is its answer in the end")),
            ("wavers", tr("whether its belief changes on the way")),
            ("read", tr("whether it reads what was meant")),
            ("agree", tr("whether both networks agree")),
            ("doubted", tr("whether it has never seen the like")),
        ],
        "which": [
            (1, tr("the first one")),
            (2, tr("the second one")),
            ("surer", tr("the one that is surer")),
            ("sooner", tr("the one that settles sooner")),
            ("reader", tr("the one that reads what was meant")),
        ],
        "draw": [(str(digit), tr("read as {label}", label=digit)) for digit in range(10)],
    }
    return there.get(kind, [])
