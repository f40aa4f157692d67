"""Widgets, actions and tooltips whose words are words, whatever file they come from.

Qt guesses. What looks like HTML in a label or a tooltip is HTML to it, pictures of this machine and
all; an "&" in a button or a menu underlines the next letter; "[*]" in a title stands for unsaved
changes. A model's name may hold all three, so these widgets are made here and nowhere else.
"""

from __future__ import annotations

from html import escape
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtGui import QAction, QActionGroup, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QTableWidgetItem,
    QTextBrowser,
    QToolButton,
    QToolTip,
    QWidget,
)

from rnn_desk.core.plain import one_line, plain

_KEPT = "\n\t"
"""Ends of lines, and what sets a menu's words apart from the figure at its right edge."""


_NARROWEST = 200
"""Pixels that words which wrap want at least: one endless word makes no window wider."""


class Label(QLabel):
    """Says its words as they are."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)

    def setText(self, words: str) -> None:
        super().setText(plain(words, _KEPT))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self.wordWrap() and hint.width() > _NARROWEST:
            return QSize(_NARROWEST, hint.height())
        return hint


class ToolButton(QToolButton):
    """A button in which "&" is a letter like others."""

    def setText(self, words: str) -> None:
        super().setText(_with_ampersands(words))

    def setMenu(self, menu: QMenu) -> None:
        super().setMenu(menu)
        menu.aboutToHide.connect(self._go_out)

    def _go_out(self) -> None:
        """Be lit up no more: the pointer left while the menu had it, and Qt was not told."""
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        self.update()


class PushButton(QPushButton):
    """Likewise, in sheets."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)

    def setText(self, words: str) -> None:
        super().setText(_with_ampersands(words))


class CheckBox(QCheckBox):
    """Likewise, with a tick."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)

    def setText(self, words: str) -> None:
        super().setText(_with_ampersands(words))


class Action(QAction):
    """An action whose words are its tooltip too, until it gets another one."""

    def __init__(self, words: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setText(words)

    def setText(self, words: str) -> None:
        super().setText(_with_ampersands(words))
        set_tip(self, words)


def add_action(to: QMenu | QActionGroup, words: str) -> Action:
    """Add an action of these words to a menu, or to a choice."""
    action = Action(words, to)
    to.addAction(action)
    return action


def add_menu(to: QMenu, words: str) -> QMenu:
    """Add a menu of these words to a menu."""
    menu = QMenu(_with_ampersands(words), to)
    to.addMenu(menu)
    return menu


def table_item(words: str) -> QTableWidgetItem:
    """A cell of a table."""
    return QTableWidgetItem(plain(words))


def list_item(words: str) -> QListWidgetItem:
    """An entry of a list."""
    return QListWidgetItem(plain(words))


class OwnPage(QTextBrowser):
    """A page of the program's own, as HTML: no word of it comes from a file that somebody opened.
    It loads nothing, and no link in it is followed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHtml(html)

    def loadResource(self, _kind: int, _address: object) -> None:
        return None


class Tipped(Protocol):
    """Whatever has a tooltip."""

    def setToolTip(self, words: str, /) -> None:
        """Have Qt show this while the pointer rests on it."""
        ...


def set_tip(of: Tipped, words: str) -> None:
    """Give a widget, an action or a cell its tooltip."""
    of.setToolTip(_as_tip(words))


def show_tip(at: QPoint, words: str, of: QWidget) -> None:
    """Show a tooltip at that place of the screen, or none for no words."""
    QToolTip.showText(at, _as_tip(words), of)


def set_title(of: QWidget, words: str, marks_changes: bool = False) -> None:
    """Give a window its title. marks_changes: Qt is to show there whether it is modified."""
    mark = "[*]" if marks_changes else ""
    of.setWindowTitle(one_line(words).replace("[*]", "[*][*]") + mark)


def _with_ampersands(words: str) -> str:
    return plain(words, _KEPT).replace("&", "&&")


def _as_tip(words: str) -> str:
    """Words that Qt takes for HTML, as the HTML of these words; all others as they are."""
    words = plain(words, _KEPT)
    if not Qt.mightBeRichText(words):
        return words
    return f'<p style="white-space: pre; margin: 0">{escape(words)}</p>'
