"""The sheet with the teacher's guide, and a button that saves it as a page for the printer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnn_desk.app.guide_page import body, bundled_answers
from rnn_desk.app.lessons import lessons
from rnn_desk.qt.dialogs.sheet import Sheet
from rnn_desk.qt.style.plain import OwnPage, PushButton
from rnn_desk.qt.style.words import tr

_COLUMNS, _LINES = 84, 34
"""Letters of the sheet's size at first."""


class GuideSheet(Sheet):
    """Written from the lessons themselves; its words can be selected and copied."""

    def __init__(self, save: Callable[[], object], parent: QWidget | None = None) -> None:
        """save: has the guide saved as a page."""
        self._save = save
        super().__init__(parent)

    def title(self) -> str:
        return tr("Teacher's guide")

    def content(self) -> QWidget:
        whole = QWidget()
        text = _Text(body(lessons(), bundled_answers(), tr))
        text.setAccessibleName(self.title())
        export = PushButton(tr("Save as a page…"))
        export.clicked.connect(lambda *_: self._save())
        layout = QVBoxLayout(whole)
        layout.addWidget(text, 1)
        layout.addWidget(export, 0, Qt.AlignmentFlag.AlignLeft)
        return whole


class _Text(OwnPage):
    """The guide's words."""

    def sizeHint(self) -> QSize:
        letters = self.fontMetrics()
        return QSize(_COLUMNS * letters.averageCharWidth(), _LINES * letters.lineSpacing())
