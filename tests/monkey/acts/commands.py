"""The table of actions: each by its key, by its menu, or as a button would."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from rnn_desk.app.action_table import action_table
from tests.monkey.acts.act import Act
from tests.monkey.hand import LEFT, NO_KEY, Hand, Pauses, visible

NOT_PLAYED = ("quit",)
"""It is the last one, and the monkey's own."""


def action(hand: Hand) -> None:
    """Any action of the table, by a key where it has one, else as its entry does it."""
    spec = hand.one_of([spec for spec in action_table() if spec.name not in NOT_PLAYED])
    assert spec is not None
    hand.tell(spec.name)
    found = hand.desk.actions[spec.name]
    if spec.keys and hand.chance(0.7):
        hand.keys(found.shortcut())
    else:
        found.trigger()  # does nothing where it is disabled


def menu_bar(hand: Hand) -> Pauses:
    """A way through the menus along the top."""
    bar = hand.window.menuBar()
    never = [hand.desk.actions[name] for name in NOT_PLAYED]
    title = hand.one_of(bar.actions())
    if title is None:
        return
    hand.tell(f"menu “{title.text()}”")
    QTest.mouseClick(bar, LEFT, NO_KEY, bar.actionGeometry(title).center())
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        yield from hand.choose(menu, never)


def button_menu(hand: Hand) -> Pauses:
    """A way through the menu of a button: models, comparing, lessons, devices."""
    buttons = [b for b in visible(hand.window, QToolButton) if isinstance(b.menu(), QMenu)]
    button = hand.one_of(buttons)
    if button is not None:
        hand.tell(f"button “{button.text()}”")
        menu = button.menu()
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        yield from hand.choose(menu)


def theme(hand: Hand) -> None:
    """Other colours."""
    _of(hand, "theme")


def language(hand: Hand) -> None:
    """Another language."""
    _of(hand, "language")


def escape(hand: Hand) -> None:
    """The key that ends things."""
    hand.key(Qt.Key.Key_Escape)


def _of(hand: Hand, choice: str) -> None:
    spec = hand.one_of([spec for spec in action_table() if spec.one_of == choice])
    assert spec is not None
    hand.tell(spec.name)
    hand.desk.actions[spec.name].trigger()


ACTS = (
    Act("action", 16, action),
    Act("menu-bar", 4, menu_bar),
    Act("button-menu", 4, button_menu),
    Act("theme", 2, theme),
    Act("language", 2, language),
    Act("escape", 3, escape),
)
