"""Digits for whoever has no pen at hand: the reference drawings, label after label."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_desk.core.drawing import CANVAS_SIZE, Drawing
from rnn_desk.core.references import reference_digits


class ReferenceDigits:
    """One of them after the other, round and round."""

    def __init__(self) -> None:
        self._drawings: Sequence[Drawing] = ()
        self._next = 0

    def next(self) -> Drawing:
        """The first drawing of each label, then the second of each. Raises Refused."""
        if not self._drawings:
            self._drawings = _in_turns()
        drawing = self._drawings[self._next % len(self._drawings)]
        self._next += 1
        return drawing.resized(CANVAS_SIZE)


def _in_turns() -> list[Drawing]:
    seen: dict[str, int] = {}
    places = []
    digits = reference_digits()
    for drawing, label in zip(digits.drawings, digits.labels, strict=True):
        seen[label] = seen.get(label, 0) + 1
        places.append((seen[label], label, drawing))
    places.sort(key=lambda place: place[:2])
    return [drawing for *_, drawing in places]
