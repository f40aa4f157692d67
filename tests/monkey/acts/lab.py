"""What is done in the lab: sliders, gates, units, rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSlider, QToolButton

from tests.monkey.acts.act import Act
from tests.monkey.acts.reading import drag_slider, turn
from tests.monkey.hand import Hand, Pauses, visible


def slider(hand: Hand) -> Pauses:
    """One of its sliders, dragged."""
    _open(hand)
    found = hand.one_of(visible(hand.window.panels.lab, QSlider))
    if found is not None:
        hand.tell(found.accessibleName())
        yield from drag_slider(hand, found)


def slider_by_keys(hand: Hand) -> None:
    """One of its sliders, by the keys."""
    _open(hand)
    found = hand.one_of(visible(hand.window.panels.lab, QSlider))
    if found is not None:
        hand.tell(found.accessibleName())
        found.setFocus()
        for _ in range(hand.dice.choice((1, 3, 12))):
            hand.key(hand.dice.choice((Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home)))


def choice(hand: Hand) -> None:
    """Another layer, or another gate, to be scaled."""
    _open(hand)
    found = hand.one_of(visible(hand.window.panels.lab, QComboBox))
    if found is not None:
        turn(hand, found)


def button(hand: Hand) -> None:
    """A button of its: cover, shuffle, switch off, forget, reset."""
    _open(hand)
    found = hand.one_of(visible(hand.window.panels.lab, QToolButton))
    if found is not None:
        hand.tell(found.text())
        hand.click(found)


def reset(hand: Hand) -> None:
    """Everything undone, by the note in the header where there is one."""
    note = hand.window.header.note
    if note.isVisible():
        hand.click(note.button)


def _open(hand: Hand) -> None:
    dock = hand.window.docks["lab"]
    if not dock.isVisible() or dock.visibleRegion().isEmpty():
        hand.key(Qt.Key.Key_L)


ACTS = (
    Act("lab-slider", 5, slider),
    Act("lab-keys", 2, slider_by_keys),
    Act("lab-choice", 2, choice),
    Act("lab-button", 5, button),
    Act("lab-reset", 2, reset),
)
