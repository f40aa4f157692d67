"""What a person says of a model's file: how it is fed, what its classes are called, what else it is
given. It comes before the file's own card, and before what is found by trying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from math import isfinite
from typing import Any

from rnn_desk.core.card import (
    LARGEST_SIDE,
    MAX_CLASSES,
    SMALLEST_SIDE,
    InputReading,
    ModelCard,
    reading_from,
)
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen

_FIELDS = frozenset(("input", "side", "classes", "given"))

_MOST_GIVEN = 64
"""Inputs beside the picture that a model may have."""


@frozen
class ByHand:
    """What is said; whatever is not, is found out.

    input: None for what is found. side: of the picture, 0 for what is found. classes: their names,
    none for those found. given: the value of each other input, by its name.
    """

    input: InputReading | None = None
    side: int = 0
    classes: tuple[str, ...] = ()
    given: tuple[tuple[str, float], ...] = ()

    @property
    def record(self) -> dict[str, Any]:
        """As JSON has it; what is not said is left out."""
        told = {**asdict(self), "given": dict(self.given)}
        return {name: value for name, value in told.items() if value}

    def over(self, card: ModelCard) -> ModelCard:
        """The card with what is said in place of what it had. Raises Refused."""
        card = replace(card, input=self.input or card.input, side=self.side or card.side)
        if not self.classes:
            return card
        if len(self.classes) != len(card.classes):
            raise Refused(
                "it has {count} classes, and {said} are named",
                count=len(card.classes),
                said=len(self.classes),
            )
        return replace(card, classes=self.classes, labels="named")


def by_hand_from(record: Any) -> ByHand:
    """What such a record says; one of an input alone, as older versions wrote it, too. Raises
    Refused and TypeError where it is none."""
    if not isinstance(record, Mapping):
        raise TypeError
    if not record.keys() & _FIELDS:
        return ByHand(reading_from(record))
    if record.keys() - _FIELDS:
        raise TypeError
    told = record.get("input")
    side, classes, given = record.get("side", 0), record.get("classes", []), record.get("given", {})
    if not isinstance(classes, list | tuple) or not isinstance(given, Mapping):
        raise TypeError
    if len(classes) > MAX_CLASSES or not all(isinstance(name, str) for name in classes):
        raise TypeError
    if len(given) > _MOST_GIVEN or not all(isinstance(name, str) for name in given):
        raise TypeError
    if not all(type(value) in (int, float) and isfinite(value) for value in given.values()):
        raise TypeError
    if type(side) is not int or (side and not SMALLEST_SIDE <= side <= LARGEST_SIDE):
        raise TypeError
    return ByHand(
        None if told is None else reading_from(told), side, tuple(classes), tuple(given.items())
    )
