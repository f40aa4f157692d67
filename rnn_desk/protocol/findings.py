"""What was found out about a model's input and output, and on what evidence."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from rnn_desk.core.by_hand import ByHand, by_hand_from
from rnn_desk.core.card import InputReading, ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.raster import Frame


@frozen
class Way:
    """One complete way to feed a model: how pictures of `side` x `side` become its input."""

    input: InputReading
    side: int

    @property
    def frame(self) -> Frame:
        """Into what drawings are fitted."""
        return self.input.frame(self.side)


@frozen
class Tried:
    """What a way came to: `right` of `count` digits, by the output of that name.

    loss: mean of -log p of the right label, in nats, at the best temperature, over these and over
    harder pictures where it was given some.
    `failed` says why the model did not run so; then nothing was counted. labels: of each output,
    where the drawings told an order that the file does not say; "" where none is known.
    """

    way: Way
    output: str = ""
    right: int = 0
    count: int = 0
    loss: float = math.inf
    failed: Refused | None = None
    labels: tuple[str, ...] = ()

    @property
    def part(self) -> float:
        """The part of its digits that was read right, 0..1."""
        return self.right / self.count if self.count else 0.0


@frozen
class Findings:
    """What is known of a model.

    evidence: the ways that were tried, the one in use first; empty where a card said it.
    unchecked: why the reference digits could not tell, where they could not.
    """

    card: ModelCard
    evidence: tuple[Tried, ...] = ()
    unchecked: Refused | None = None

    @property
    def reference_accuracy(self) -> float | None:
        """The part of the reference digits that is read right, 0..1, if it was measured."""
        return self.evidence[0].part if self.evidence and not self.unchecked else None

    @property
    def best_accuracy(self) -> float:
        """The most of the reference digits that any way reads, of those tried on as many; 0..1."""
        if not self.evidence:
            return 0.0
        return max(tried.part for tried in self.evidence if tried.count == self.evidence[0].count)


@frozen
class Examined:
    """What was found, by the file's own card or by trying, and which bytes it holds for."""

    findings: Findings
    fingerprint: str


def readings_to_text(readings: Mapping[str, ByHand]) -> str:
    """What was said by the SHA-256 of their files, as JSON."""
    return json.dumps({key: value.record for key, value in readings.items()}, indent=1)


def readings_from_text(text: str) -> dict[str, ByHand]:
    """What `readings_to_text` was given; ValueError, TypeError or Refused where it is none."""
    record = json.loads(text)
    if not isinstance(record, dict):
        raise TypeError
    return {key: by_hand_from(value) for key, value in record.items()}
