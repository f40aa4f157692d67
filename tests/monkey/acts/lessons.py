"""Lessons, from any step to any step."""

from __future__ import annotations

from PySide6.QtCore import Qt

from rnn_desk.app.lessons import lessons
from tests.monkey.acts.act import Act
from tests.monkey.hand import Hand, Pauses


def begin(hand: Hand) -> Pauses:
    """A lesson, and at once some steps on."""
    lesson = hand.one_of(lessons())
    assert lesson is not None
    steps = hand.dice.choice((0, 0, 1, len(lesson.steps) - 1, 20))
    hand.tell(f"{lesson.name}, {steps} steps on")
    hand.desk.actions[f"lesson_{lesson.name}"].trigger()
    for _ in range(steps):
        yield hand.dice.choice((0, 0, 30, 300))
        hand.desk.actions["lesson_next"].trigger()


def step(hand: Hand) -> None:
    """On, or back, by the strip's buttons or by the Page keys."""
    strip, forward = hand.window.lesson, hand.chance(0.7)
    if strip.isVisible():
        hand.tell("on" if forward else "back")
        if hand.chance(0.5):
            hand.key(Qt.Key.Key_PageDown if forward else Qt.Key.Key_PageUp)
        else:
            hand.click(strip.next if forward else strip.back)


def close(hand: Hand) -> None:
    """The lesson is over."""
    if hand.window.lesson.isVisible():
        hand.click(hand.window.lesson.close_button)


ACTS = (
    Act("lesson", 2, begin),
    Act("lesson-step", 5, step),
    Act("lesson-close", 2, close),
)
