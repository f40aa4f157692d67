"""A model that reads letters, found by trying it on reference letters as others are on digits.

The way of feeding and the order of the labels are chosen on one half of the letters, and taken only
where the other half confirms them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from typing import get_args

from onnx import ModelProto

from rnn_desk.core.alphabet import LABEL_ORDERS, alphabet_of
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import ModelCard, Polarity
from rnn_desk.core.errors import Refused
from rnn_desk.core.orientation import Turn
from rnn_desk.core.references import References, reference_letters
from rnn_desk.engine.input_spec.answers import Answers
from rnn_desk.engine.input_spec.as_said import asked_so, understood_as_said, ways_to_choose
from rnn_desk.engine.input_spec.inferred_card import Understood
from rnn_desk.engine.input_spec.judged import judged
from rnn_desk.engine.input_spec.trial import Trial
from rnn_desk.engine.input_spec.ways import value_ranges
from rnn_desk.protocol.findings import Findings, Tried, Way

GOOD_ENOUGH = 0.4
"""Part of the reference letters: what reads handwriting reads more of them, and a network that
reads something else a tenth."""

_AS_GOOD = 0.02
"""Part of the letters that counts for nothing: then the surer way is taken."""

_MOST_IN_FULL = 6


Order = tuple[str, ...]
"""A name for each output."""


@dataclass(frozen=True, eq=False)
class _Fed:
    """A model whose pictures lie in its input so, and the answers that it may give."""

    plain: Way
    trial: Trial
    answers: Answers

    def measured(
        self, way: Way, orders: Sequence[Order], references: References, places: Sequence[int]
    ) -> list[tuple[_Fed, Tried, Order]]:
        """What a way comes to with each order of the labels; nothing where it does not run."""
        try:
            return [
                (self, judged(self.trial, way, each.name, order, references, places), order)
                for each in self.answers.candidates
                if len(each.classes) == len(orders[0])
                for order in orders
            ]
        except Refused:
            return []


def understood_by_letters(
    model: ModelProto, name: str, card: ModelCard, tell: Callable[[str], None]
) -> Understood | None:
    """The model, read as reference letters show that it wants to be; None where its classes can be
    no letters, or the letters are not read. Raises Refused.

    tell: hears "searching" before each layout that is tried.
    """
    orders = _orders(card)
    if not orders:
        return None
    references = reference_letters()
    choosing, confirming = _halves(references)
    found: list[tuple[_Fed, Tried, Order]] = []
    for plain in ways_to_choose(model):
        tell("searching")
        with suppress(Refused):
            asked = asked_so(model, plain, len(orders[0]))
            fed = _Fed(plain, asked.trial, asked.answers)
            for way in _ways(plain):
                found += fed.measured(way, orders, references, choosing[::2])
    found.sort(key=lambda each: (-each[1].part, each[1].loss))
    best = [
        measured
        for fed, tried, order in found[:_MOST_IN_FULL]
        for measured in fed.measured(tried.way, (order,), references, choosing)
    ]
    if not best:
        return None
    most = max(tried.part for _, tried, _ in best)
    near = [each for each in best if each[1].part >= most - _AS_GOOD]
    fed, chosen, order = min(near, key=lambda each: each[1].loss)
    way = chosen.way
    confirmed = fed.measured(way, (order,), references, confirming)
    if not confirmed or confirmed[0][1].part < GOOD_ENOUGH:
        return None
    made = understood_as_said(model, name, references, ByHand(way.input, way.side, order))
    labels = card.labels if order == card.classes else "proposed"
    own = made.findings.evidence
    others = tuple(tried for _, tried, _ in best if tried.way != way)
    known = replace(made.findings.card, inferred=True, labels=labels)
    return replace(made, findings=Findings(known, (*own, *others)))


def _orders(card: ModelCard) -> tuple[tuple[str, ...], ...]:
    """The orders that the labels may be in: as the file names them, or, where it does not, as data
    sets have so many letters."""
    if alphabet_of(card.classes) == "letters":
        return (card.classes,)
    count = len(card.classes)
    if card.classes != tuple(map(str, range(count))):
        return ()
    names = ("letters", "emnist_letters", "both_cases")
    orders = [LABEL_ORDERS[name] for name in names if len(LABEL_ORDERS[name]) == count]
    return (*orders, *((*order[1:], order[0]) for order in orders if order[0] == "-"))


def _halves(references: References) -> tuple[list[int], list[int]]:
    """Places of drawings to choose by, and of others to confirm by: of each letter as many."""
    places = range(len(references.drawings))
    return [k for k in places if k % 4 < 2], [k for k in places if k % 4 >= 2]


def _ways(plain: Way) -> Iterator[Way]:
    """The same pixels turned, and as other numbers."""
    turns: tuple[Turn, ...] = get_args(Turn)
    polarities: tuple[Polarity, ...] = get_args(Polarity)
    for columns, turn, polarity in product((False, True), turns, polarities):
        for span in value_ranges(plain.side, plain.input.dtype):
            reading = replace(
                plain.input,
                reading="columns" if columns else "rows",
                turn=turn,
                polarity=polarity,
                value_range=span,
            )
            yield Way(reading, plain.side)
