"""The sheet with the licences of what the program stands on, as the file that ships has them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from rnn_desk.assets_door import asset
from rnn_desk.qt.dialogs.sheet import Sheet
from rnn_desk.qt.style.words import tr

_MARGIN = 16

_COLUMNS, _LINES = 92, 36
"""Letters of the sheet's size at first: no line of a licence that was set for print is broken."""


class LicencesSheet(Sheet):
    """Its words can be selected and copied; they are in the language of their makers."""

    def title(self) -> str:
        return tr("Licences")

    def content(self) -> QWidget:
        return _Text(asset("notices.txt").read_text(encoding="utf-8"), self.title())


class _Text(QPlainTextEdit):
    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.document().setDocumentMargin(_MARGIN)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.setFont(font)

    def sizeHint(self) -> QSize:
        letters = self.fontMetrics()
        return QSize(_COLUMNS * letters.averageCharWidth(), _LINES * letters.lineSpacing())
