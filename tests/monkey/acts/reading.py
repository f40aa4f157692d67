"""Rows, units, bars, maps: pointed at, clicked, dragged over, played through."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QSlider

from rnn_desk.qt.views.view import View
from tests.monkey.acts.act import Act
from tests.monkey.hand import Hand, Pauses, alive, visible


def hover(hand: Hand) -> Pauses:
    """The pointer across a view."""
    view = hand.one_of(visible(hand.window, View))
    if view is None:
        return
    hand.tell(view.accessibleName())
    at = hand.somewhere(view)
    for _ in range(hand.dice.choice((1, 3, 12))):
        if not alive(view):
            return
        hand.hover(view, at)
        at += QPoint(hand.dice.randint(-30, 30), hand.dice.randint(-30, 30))
        at = QPoint(min(max(at.x(), 0), view.width() - 1), min(max(at.y(), 0), view.height() - 1))
        yield hand.dice.choice((0, 0, 10))


def click_row(hand: Hand) -> None:
    """A click into a row view, where rows and units are pinned."""
    view = hand.one_of(hand.window.reading.rows.views())
    if view is not None:
        at = hand.somewhere(view)
        hand.tell(f"{view.accessibleName()} at {at.x()}, {at.y()}")
        hand.click(view, at)


def rows_by_keys(hand: Hand) -> None:
    """Keys that move through the rows and the units."""
    keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown)
    for _ in range(hand.dice.choice((1, 1, 4, 30))):
        hand.key(hand.dice.choice(keys))


def row_slider(hand: Hand) -> Pauses:
    """The slider below the rows, dragged."""
    yield from drag_slider(hand, hand.window.reading.slider)


def bar(hand: Hand) -> None:
    """A click on a class's bar."""
    answer = hand.one_of([view for view in hand.window.answers if view.isVisible()])
    if answer is not None:
        hand.click(answer, hand.somewhere(answer))


def state_map(hand: Hand) -> None:
    """A click on the map, most of all where the nearest digits stand."""
    hand.window.docks["map"].raise_()
    view = hand.window.panels.map
    at = hand.somewhere(view)
    if hand.chance(0.7):
        at.setX(int(view.width() * (0.75 + 0.25 * hand.dice.random())))
    hand.click(view, at)


def cover(hand: Hand) -> Pauses:
    """Rows covered, or uncovered, by dragging over their numbers."""
    gutter = hand.window.reading.rows.gutter
    yield from hand.drag(gutter, [hand.somewhere(gutter) for _ in range(4)])


def play(hand: Hand) -> Pauses:
    """The reading played for a while."""
    hand.key(Qt.Key.Key_Space)
    yield hand.dice.choice((0, 50, 400))
    if hand.chance(0.4):
        hand.key(Qt.Key.Key_Space)


def speed(hand: Hand) -> None:
    """Another speed."""
    turn(hand, hand.window.reading.speed_choice)


def view_menu(hand: Hand) -> Pauses:
    """An entry of a view's own menu: another quantity, another order, a copy, a file."""
    view = hand.one_of(visible(hand.window, View))
    if view is None:
        return
    hand.tell(view.accessibleName())
    at = view.rect().center()
    reason = QContextMenuEvent.Reason
    how = hand.dice.choice((reason.Mouse, reason.Keyboard))
    QApplication.sendEvent(view, QContextMenuEvent(how, at, view.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        yield from hand.choose(menu)


def drag_slider(hand: Hand, slider: QSlider) -> Pauses:
    """The handle from where it is to some other places."""
    span = slider.maximum() - slider.minimum()
    part = (slider.value() - slider.minimum()) / max(1, span)
    across = slider.orientation() == Qt.Orientation.Horizontal
    length = (slider.width() if across else slider.height()) - 1
    places = [part, *(hand.dice.random() for _ in range(hand.dice.choice((1, 3, 15))))]
    if not across:
        places = [1 - place for place in places]
    middle = slider.rect().center()
    along = [int(place * length) for place in places]
    points = [QPoint(x, middle.y()) if across else QPoint(middle.x(), x) for x in along]
    if slider.isVisible() and slider.isEnabled():
        yield from hand.drag(slider, points)


def turn(hand: Hand, choice: QComboBox) -> None:
    """Another entry of a choice, by the wheel or by the keys."""
    place = hand.dice.random()
    if choice.count() and choice.isVisible() and choice.isEnabled():
        wanted = int(place * choice.count())
        hand.tell(choice.itemText(wanted))
        choice.setFocus()
        hand.wheel(choice, choice.rect().center(), choice.currentIndex() - wanted)


ACTS = (
    Act("hover", 8, hover),
    Act("click-row", 6, click_row),
    Act("rows-by-keys", 5, rows_by_keys),
    Act("row-slider", 2, row_slider),
    Act("bar", 3, bar),
    Act("state-map", 3, state_map),
    Act("cover", 2, cover),
    Act("play", 3, play),
    Act("speed", 1, speed),
    Act("view-menu", 5, view_menu),
)
