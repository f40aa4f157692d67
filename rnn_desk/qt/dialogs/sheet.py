"""Sheets beside the window: they block nothing, Esc closes them, they speak the language of now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from rnn_desk.qt.style.plain import set_title

MOST = 0.98
"""The part of the screen that a sheet takes at most; what does not fit is scrolled."""


_BAR = 16
"""Pixels for the bar that scrolls."""


class Sheet(QDialog):
    """A subclass says what stands in it; it is built anew where its words or letters change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self._build()

    def title(self) -> str:
        """What the sheet is called."""
        raise NotImplementedError

    def content(self) -> QWidget:
        """What stands in it, with the words of now."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize() * MOST
        return (self._content.sizeHint() + QSize(_BAR, 2)).boundedTo(room)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._build()
        super().changeEvent(event)

    def _build(self) -> None:
        set_title(self, self.title())
        self._scroll.setAccessibleName(self.title())
        self._content = self.content()
        self._scroll.setWidget(self._content)
        self.resize(self.sizeHint())


class Sheets:
    """Those that are opened by name; each is open once."""

    def __init__(self, builders: Mapping[str, Callable[[], Sheet]]) -> None:
        self._builders = builders
        self.open: dict[str, Sheet] = {}

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What the actions of the sheets' names do."""
        return {name: partial(self.show, name) for name in self._builders}

    def show(self, name: str) -> None:
        """Open the sheet, or close it where it is open: its key does both."""
        sheet = self.open.get(name)
        if sheet is not None:
            sheet.close()
            return
        sheet = self._builders[name]()
        self.open[name] = sheet
        sheet.finished.connect(lambda _: self.open.pop(name, None))
        sheet.show()
        sheet.activateWindow()
