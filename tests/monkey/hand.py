"""The monkey's hand: the desk before it, the dice of the act under way, and what it can do with a
mouse and with keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from rnn_desk.qt.desk import Desk
from rnn_desk.qt.window.window import Window
from tests.helpers import pen
from tests.monkey.pantry import Pantry

T = TypeVar("T")

Pauses = Iterator[int]
"""Milliseconds, one after the other, for which an act lets the window go on."""

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Hand:
    """What an act is given. Each act has dice of its own, so that how often it throws them, which
    may hang on what is there, changes nothing for those after it."""

    def __init__(
        self,
        desk: Desk,
        pantry: Pantry,
        tell: Callable[[str], object],
        complain: Callable[[str, str], object],
    ) -> None:
        """tell: hears what the act does, in a few words. complain: hears of what must not be, in a
        line and in full."""
        self.desk = desk
        self.pantry = pantry
        self.dice = Random(0)
        self.tell = tell
        self.complain = complain
        self.others: Callable[[Random], None] = lambda _: None
        """Plays another, short act."""

    @property
    def window(self) -> Window:
        """The window."""
        return self.desk.window

    # Decisions.

    def chance(self, part: float) -> bool:
        """Whether it is to be, so often."""
        return self.dice.random() < part

    def one_of(self, things: Sequence[T]) -> T | None:
        """One of these, or None where there are none."""
        place = self.dice.random()  # thrown in either case
        return things[int(place * len(things))] if things else None

    def meanwhile(self) -> None:
        """Something else, in the middle of what is being done."""
        self.others(Random(self.dice.getrandbits(64)))

    def somewhere(self, widget: QWidget) -> QPoint:
        """A place within a widget."""
        x, y = self.dice.random(), self.dice.random()
        return QPoint(int(x * widget.width()), int(y * widget.height()))

    # The mouse.

    def hover(self, widget: QWidget, at: QPoint) -> None:
        """The mouse over a place, no button pressed."""
        pen.hover(widget, at)

    def click(
        self,
        widget: QWidget,
        at: QPoint | None = None,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """A click, in the middle where no place is said."""
        if widget.isVisible() and widget.isEnabled():
            QTest.mouseClick(widget, button, NO_KEY, at or widget.rect().center())

    def drag(self, widget: QWidget, places: Sequence[QPoint]) -> Pauses:
        """The left button pressed, moved from place to place, and let go."""
        QTest.mousePress(widget, LEFT, NO_KEY, places[0])
        for place in places[1:]:
            yield self.dice.choice((0, 0, 8))
            if not alive(widget):
                return
            QTest.mouseMove(widget, place)
        if alive(widget):
            QTest.mouseRelease(widget, LEFT, NO_KEY, places[-1])

    def wheel(self, widget: QWidget, at: QPoint, by: int) -> None:
        """So many notches of the wheel, upwards where it is more than none."""
        place = QPointF(at)
        event = QWheelEvent(
            place,
            widget.mapToGlobal(place),
            QPoint(),
            QPoint(0, 120 * by),
            Qt.MouseButton.NoButton,
            NO_KEY,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    # Keys.

    def keys(self, keys: QKeySequence) -> None:
        """A combination of keys, wherever the focus is."""
        QTest.keySequence(QApplication.focusWidget() or self.window, keys)

    def key(self, key: Qt.Key) -> None:
        """One key."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key)

    # Menus.

    def choose(self, menu: QMenu, never: Sequence[QAction] = ()) -> Pauses:
        """Walk through a menu that is open to one of its entries, and click it; or leave it."""
        yield self.dice.choice((0, 30))
        for _ in range(4):
            if not alive(menu) or not menu.isVisible():
                return
            entries = [a for a in menu.actions() if a.isVisible() and not a.isSeparator()]
            entry = self.one_of([a for a in entries if a not in never])
            if entry is None or self.chance(0.15):
                self.tell("leaves the menu")
                QTest.keyClick(menu, Qt.Key.Key_Escape)
                return
            self.tell(f"entry “{entry.text()}”" + ("" if entry.isEnabled() else " (disabled)"))
            below = entry.menu()
            QTest.mouseMove(menu, menu.actionGeometry(entry).center())
            QTest.mouseClick(menu, LEFT, NO_KEY, menu.actionGeometry(entry).center())
            yield self.dice.choice((0, 30))
            if not isinstance(below, QMenu):
                return
            menu = below


def alive(thing: object) -> bool:
    """Whether Qt still has it: what was pressed may be gone before it is let go."""
    import shiboken6

    return bool(shiboken6.isValid(thing))


def visible(window: QWidget, kind: type[T]) -> list[T]:
    """All widgets of a kind in a window that are to be seen, in the order in which Qt has them."""
    found = window.findChildren(kind)  # type: ignore[type-var]
    return [widget for widget in found if widget.isVisible()]  # type: ignore[attr-defined]
