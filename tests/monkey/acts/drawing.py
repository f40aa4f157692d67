"""The pen, the eraser, the finger; what was drawn taken back, replayed, and drawn again."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest

from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, read_drawings
from tests.helpers import pen
from tests.monkey.acts.act import Act
from tests.monkey.hand import LEFT, NO_KEY, Hand, Pauses

INTERRUPTED = 0.03
"""How often something else happens between two points of a stroke."""


@cache
def _digits() -> tuple[Drawing, ...]:
    read = read_drawings(asset("reference", "digits.jsonl"))
    return tuple(drawing.resized(CANVAS_SIZE) for drawing in read if isinstance(drawing, Drawing))


def digit(hand: Hand) -> Pauses:
    """A reference digit, stroke by stroke."""
    drawing = hand.one_of(_digits())
    assert drawing is not None
    hand.tell(f"a {drawing.label}")
    for stroke in drawing.strokes:
        yield from _stroke(hand, [(x, y) for x, y in stroke.points.tolist()])


def scribble(hand: Hand) -> Pauses:
    """A stroke to and fro, up to all over the sheet."""
    count = hand.dice.choice((1, 2, 5, 20, 20, 60, 200))
    hand.tell(f"{count} points")
    yield from _stroke(hand, _wild(hand, count))


def erase(hand: Hand) -> Pauses:
    """The right button over the sheet."""
    yield from _stroke(hand, _wild(hand, hand.dice.choice((1, 5, 20))), Qt.MouseButton.RightButton)


def stylus(hand: Hand) -> Pauses:
    """A stroke with pressure, or with the stylus's other end."""
    canvas, kinds = hand.window.canvas, QEvent.Type
    eraser = hand.chance(0.3)
    end = QPointingDevice.PointerType.Eraser if eraser else QPointingDevice.PointerType.Pen
    hand.tell("its other end" if eraser else "its tip")
    points = _wild(hand, hand.dice.choice((2, 10, 40)))
    for place, point in enumerate(points):
        kind = kinds.TabletMove if place else kinds.TabletPress
        pen.tablet(canvas, kind, pen.on_widget(canvas, *point), hand.dice.random(), end)
        yield hand.dice.choice((0, 0, 8))
    pen.tablet(canvas, kinds.TabletRelease, pen.on_widget(canvas, *points[-1]), 0.0, end)


def finger(hand: Hand) -> Pauses:
    """A stroke with a finger."""
    canvas, screen = hand.window.canvas, QTest.createTouchDevice()
    points = _wild(hand, hand.dice.choice((1, 8, 25)))
    for place, point in enumerate(points):
        touch = QTest.touchEvent(canvas, screen)
        (touch.move if place else touch.press)(0, pen.place_of(canvas, *point), canvas)
        touch.commit()
        yield hand.dice.choice((0, 0, 8))
    QTest.touchEvent(canvas, screen).release(0, pen.place_of(canvas, *points[-1]), canvas).commit()


def undo(hand: Hand) -> None:
    """Some steps back."""
    _several(hand, "undo")


def redo(hand: Hand) -> None:
    """Some steps again."""
    _several(hand, "redo")


def clear(hand: Hand) -> None:
    """An empty sheet."""
    hand.key(Qt.Key.Key_Delete)


def next_digit(hand: Hand) -> None:
    """Reference digits by their key, one or many."""
    for _ in range(hand.dice.choice((1, 1, 1, 2, 9))):
        hand.key(Qt.Key.Key_D)


def replay(hand: Hand) -> Pauses:
    """The strokes once more, for a while."""
    hand.key(Qt.Key.Key_R)
    yield hand.dice.choice((0, 40, 300))
    if hand.chance(0.5):
        hand.key(Qt.Key.Key_R)


def _several(hand: Hand, name: str) -> None:
    count = hand.dice.choice((1, 1, 2, 3, 8))
    hand.tell(f"{count} times")
    for _ in range(count):
        hand.keys(hand.desk.actions[name].shortcut())


def _wild(hand: Hand, count: int) -> list[tuple[float, float]]:
    """Points that wander, sometimes beyond the edge of the sheet."""
    x, y = hand.dice.uniform(0, CANVAS_SIZE), hand.dice.uniform(0, CANVAS_SIZE)
    step = hand.dice.choice((4.0, 25.0, 150.0))
    points = []
    for _ in range(count):
        points.append((x, y))
        x = min(max(x + hand.dice.uniform(-step, step), -40), CANVAS_SIZE + 40)
        y = min(max(y + hand.dice.uniform(-step, step), -40), CANVAS_SIZE + 40)
    return points


def _stroke(hand: Hand, points: list[tuple[float, float]], button: Qt.MouseButton = LEFT) -> Pauses:
    """One stroke with the mouse; sometimes something else happens in the middle of it."""
    canvas = hand.window.canvas
    place = _on(hand, points[0])
    QTest.mousePress(canvas, button, NO_KEY, place)
    for point in points[1:]:
        if hand.chance(0.5):
            yield hand.dice.choice((0, 4, 8))
        if hand.chance(INTERRUPTED):
            hand.meanwhile()
        place = _on(hand, point)
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, button, NO_KEY, place)


def _on(hand: Hand, point: tuple[float, float]) -> QPoint:
    return pen.place_of(hand.window.canvas, *point)


ACTS = (
    Act("digit", 8, digit),
    Act("scribble", 8, scribble),
    Act("erase", 4, erase),
    Act("stylus", 3, stylus),
    Act("finger", 2, finger),
    Act("undo", 6, undo),
    Act("redo", 4, redo),
    Act("clear", 2, clear),
    Act("next-digit", 4, next_digit),
    Act("replay", 3, replay),
)
