"""The window itself: its size, its panels, its sheets; and anything on it, poked at blindly."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QSplitterHandle,
    QWidget,
)

from tests.monkey.acts.act import Act
from tests.monkey.acts.reading import turn
from tests.monkey.hand import NO_KEY, Hand, Pauses, alive, visible

SIZES = ((640, 420), (1024, 700), (1280, 760), (1366, 768), (1500, 940), (1920, 1080), (900, 1000))


def resize(hand: Hand) -> Pauses:
    """Other sizes, one after the other as a frame is dragged."""
    window = hand.window
    width, height = hand.dice.choice(SIZES)
    hand.tell(f"{width} × {height}")
    if hand.chance(0.4):
        before, steps = window.size(), 8
        for k in range(1, steps):
            part = k / steps
            window.resize(
                int(before.width() + part * (width - before.width())),
                int(before.height() + part * (height - before.height())),
            )
            yield 8
    window.resize(width, height)


def present(hand: Hand) -> None:
    """The full screen, or back."""
    hand.key(Qt.Key.Key_F11)


def state(hand: Hand) -> None:
    """As large as the screen, or small again, or away and back."""
    how = hand.dice.choice(("showMaximized", "showNormal", "showMinimized"))
    hand.tell(how)
    getattr(hand.window, how)()
    if how == "showMinimized":
        hand.window.showNormal()
    hand.window.activateWindow()


def dock(hand: Hand) -> None:
    """A panel opened, closed, brought to the front, or set free."""
    name = hand.one_of(list(hand.window.docks))
    assert name is not None
    holder = hand.window.docks[name]
    how = hand.dice.choice(("toggle", "raise", "float", "double click"))
    hand.tell(f"{name}: {how}")
    if how == "toggle":
        holder.toggleViewAction().trigger()
    elif how == "raise":
        holder.raise_()
    elif how == "float":
        holder.setFloating(not holder.isFloating())
    else:
        _double_click_title(holder)


def splitter(hand: Hand) -> Pauses:
    """The edge between two columns, dragged."""
    handle = hand.one_of(visible(hand.window, QSplitterHandle))
    if handle is not None:
        at = handle.rect().center()
        there = at + type(at)(hand.dice.randint(-400, 400), 0)
        yield from hand.drag(handle, [at, (at + there) / 2, there])


def sheet(hand: Hand) -> None:
    """Something on a sheet that is open: a button, a choice, a line of a table, or closed."""
    sheets = [s for s in QApplication.topLevelWidgets() if isinstance(s, QDialog) and s.isVisible()]
    found = hand.one_of(sorted(sheets, key=lambda s: s.windowTitle()))
    if found is None:
        hand.desk.actions["about_model"].trigger()
        return
    if hand.chance(0.2):
        hand.tell(f"closes {found.windowTitle()}")
        QTest.keyClick(found, Qt.Key.Key_Escape)
        return
    parts = [
        *visible(found, QAbstractButton),
        *visible(found, QComboBox),
        *visible(found, QAbstractItemView),
    ]
    part = hand.one_of(parts)
    if isinstance(part, QComboBox):
        turn(hand, part)
    elif isinstance(part, QAbstractButton):
        hand.tell(f"{found.windowTitle()}: {part.text()}")
        hand.click(part)
    elif isinstance(part, QAbstractItemView):
        hand.tell(f"{found.windowTitle()}: a list")
        hand.click(part.viewport(), hand.somewhere(part.viewport()))


def poke(hand: Hand) -> Pauses:
    """Any widget that is to be seen, pressed, turned, typed at."""
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    windows.sort(key=lambda w: (type(w).__name__, w.windowTitle()))
    window = hand.one_of(windows)
    if window is None:
        return
    widgets = [w for w in visible(window, QWidget) if w.isEnabled() and w.width() > 1]
    widget = hand.one_of(widgets)
    if widget is None:
        return
    how = hand.dice.choice(("click", "right", "double", "wheel", "drag", "key", "hover"))
    hand.tell(f"{how} {type(widget).__name__} {widget.accessibleName() or widget.objectName()}")
    at = hand.somewhere(widget)
    if how == "click":
        hand.click(widget, at)
    elif how == "right":
        hand.click(widget, at, Qt.MouseButton.RightButton)
    elif how == "double":
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, NO_KEY, at)
    elif how == "wheel":
        hand.wheel(widget, at, hand.dice.choice((-3, -1, 1, 3)))
    elif how == "drag":
        yield from hand.drag(widget, [at, hand.somewhere(widget), hand.somewhere(widget)])
    elif how == "hover":
        hand.hover(widget, at)
    elif alive(widget):
        keys = (Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_A)
        QTest.keyClick(widget, hand.dice.choice(keys))


def tab(hand: Hand) -> None:
    """The focus handed on by the key, and what has it then pressed."""
    for _ in range(hand.dice.choice((1, 3, 10))):
        hand.key(Qt.Key.Key_Tab)
    if hand.chance(0.3):
        hand.key(Qt.Key.Key_Space)


def _double_click_title(holder: QDockWidget) -> None:
    if holder.isVisible() and not holder.visibleRegion().isEmpty():
        at = holder.rect().topLeft() + type(holder.rect().topLeft())(30, 8)
        QTest.mouseDClick(holder, Qt.MouseButton.LeftButton, NO_KEY, at)


ACTS = (
    Act("resize", 3, resize),
    Act("present", 2, present),
    Act("state", 1, state),
    Act("dock", 3, dock),
    Act("splitter", 2, splitter),
    Act("sheet", 4, sheet),
    Act("poke", 8, poke),
    Act("tab", 2, tab),
)
