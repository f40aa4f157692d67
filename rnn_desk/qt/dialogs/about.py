"""The sheet on the program: what it is, which version, and where it keeps what it writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from rnn_desk import __version__
from rnn_desk.qt.dialogs.licences import LicencesSheet
from rnn_desk.qt.dialogs.sheet import Sheet, Sheets
from rnn_desk.qt.style.icons import app_icon
from rnn_desk.qt.style.plain import Label, PushButton
from rnn_desk.qt.style.words import tr

ICON = 64
"""Pixels of the program's icon."""


class AboutSheet(Sheet):
    """Its paths can be selected and copied."""

    def __init__(
        self, settings: Path | None, logs: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        self._settings = settings
        self._logs = logs
        self.sheets = Sheets({"licences": lambda: LicencesSheet(self)})
        super().__init__(parent)

    def title(self) -> str:
        return tr("About RNN Desk")

    def content(self) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(22, 18, 22, 18)
        grid.setHorizontalSpacing(18)
        icon = Label()
        icon.setPixmap(app_icon().pixmap(ICON))
        icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(icon, 0, 0)
        words = QVBoxLayout()
        name = Label(f"RNN Desk {__version__}")
        name.setObjectName("name")
        words.addWidget(name)
        words.addWidget(
            Label(
                tr(
                    "Draw a digit and watch a recurrent network read it, one row of pixels at a "
                    "time."
                )
            )
        )
        words.addWidget(Label(tr("Free software under the MIT licence.")))
        words.addSpacing(10)
        self.licences = PushButton(tr("Licences of what it stands on…"))
        self.licences.clicked.connect(lambda: self.sheets.show("licences"))
        words.addWidget(self.licences, 0, Qt.AlignmentFlag.AlignLeft)
        words.addSpacing(10)
        words.addWidget(_path(tr("Settings: {path}", path=_where(self._settings))))
        for log in self._logs:
            words.addWidget(_path(tr("Log: {path}", path=log)))
        grid.addLayout(words, 0, 1)
        return body


def _where(path: Path | None) -> str:
    return tr("not kept") if path is None else str(path)


def _path(words: str) -> Label:
    label = Label(words)
    label.setObjectName("muted")
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
