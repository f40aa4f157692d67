"""One reading of a model, held against pictures whose labels are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.errors import Refused
from rnn_desk.core.references import References
from rnn_desk.engine.input_spec.labelling import UNKNOWN, Labelling, assigned, usual
from rnn_desk.engine.input_spec.scoring import losses
from rnn_desk.engine.input_spec.trial import Trial
from rnn_desk.protocol.findings import Tried, Way

Namings = Mapping[str, Labelling | None]
"""For each output that could be the answer what its file says of its classes; None where that is
nothing."""

_AS_GOOD = 0.0175
"""Part of the pictures that counts for nothing, where one of two outputs has all its classes
named or counted."""

_SURPRISE, _STRIKING = 0.15, 0.75
"""Part of the pictures by which an order that the drawings alone say must do better than a usual
one, and that it must read: of few pictures, some order fits many."""


_NEVER_SAID = 0.08
"""Part of the pictures by which an order that lacks a digit must do better than one that has all:
a tenth, where that digit is never said."""


@dataclass(frozen=True, eq=False)
class Look:
    """How a way did on some pictures: the best of its outputs, and the labelling that fits it.

    right, count: of the drawings as they are, those that have one of its labels. losses, hits:
    of these drawings, and of the harder pictures that were shown beside them.
    """

    way: Way
    output: str = ""
    labelling: Labelling | None = None
    right: int = 0
    count: int = 0
    losses: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0), repr=False)
    hits: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_), repr=False)
    failed: Refused | None = None

    @property
    def part(self) -> float:
        """The part of the drawings that was read right, 0..1."""
        return self.right / self.count if self.count else 0.0

    @property
    def loss(self) -> float:
        """Mean of -log p of the right label, in nats, at the best temperature."""
        return float(self.losses.mean()) if len(self.losses) else np.inf

    @property
    def tried(self) -> Tried:
        """What is told of it."""
        labels: tuple[str, ...] = ()
        if self.labelling is not None and self.labelling.origin == "proposed":
            labels = self.labelling.labels
        failed = self.failed
        return Tried(self.way, self.output, self.right, self.count, self.loss, failed, labels)


def look(
    trial: Trial,
    way: Way,
    references: References,
    places: Sequence[int],
    namings: Namings,
    hard: Sequence[int] = (),
    any_order: bool = False,
) -> Look:
    """One way on the drawings at these places, and on the harder pictures at those; the best output
    counts, the first among equals.

    any_order: an order of the outputs that only these drawings say counts even where it reads few
    of them right.
    """
    labels = [references.labels[place] for place in places]
    try:
        answers = trial.run(way, references.pictures(way.frame, places))
        harder, hard_labels = references.hard_pictures(way.frame)
        chosen = [place for place in hard if place < len(harder)]
        hard_answers = trial.run(way, harder[chosen]) if chosen else {}
    except Refused as refusal:
        return Look(way, failed=refusal)
    both = labels + [hard_labels[place] for place in chosen]
    best = Look(way)
    for output, naming in namings.items():
        if output not in answers:
            continue
        values = answers[output]
        found = _best_labelling(naming, values, labels, best, any_order)
        if found is None:
            continue
        if output in hard_answers:
            values = np.concatenate([values, hard_answers[output]])
        truth = _outputs_of(both, found)
        known = truth >= 0
        hits = values[known].argmax(axis=1) == truth[known]
        count = int(known[: len(labels)].sum())
        told = losses(values[known], truth[known]) if known.any() else np.zeros(0)
        best = Look(way, output, found, int(hits[:count].sum()), count, told, hits)
    return best


def _best_labelling(
    naming: Labelling | None,
    values: NDArray[Any],
    labels: Sequence[str],
    before: Look,
    any_order: bool,
) -> Labelling | None:
    """What the outputs mean, if that reads more than an output before did, or as much and is
    plainer; at first, anything."""
    said = values.argmax(axis=1)

    def part(labelling: Labelling) -> float:
        truth = _outputs_of(labels, labelling)
        return float((said == truth).sum() / max((truth >= 0).sum(), 1))

    known = usual(values.shape[1]) if naming is None else (naming,)
    if not known:
        return None
    fewest = min(each.labels.count(UNKNOWN) for each in known)
    lacking = [_NEVER_SAID * (each.labels.count(UNKNOWN) > fewest) for each in known]
    parts = [part(each) - less for each, less in zip(known, lacking, strict=True)]
    most = max(parts)
    best = known[parts.index(most)]
    if naming is None and most < _STRIKING:
        found = assigned(values, labels)
        wanted = max(most + _SURPRISE, 0 if any_order else _STRIKING)
        if found is not None and found.free and part(found) > wanted:
            best, most = found, part(found)
    first = before.labelling is None
    plainer = not first and _proposed(before.labelling) and not _proposed(best)
    return best if first or most > before.part - (_AS_GOOD if plainer else 0) else None


def _proposed(labelling: Labelling | None) -> bool:
    return labelling is not None and labelling.origin == "proposed"


def _outputs_of(labels: Sequence[str], labelling: Labelling) -> NDArray[np.intp]:
    """The output that means each label, -1 where none does."""
    place = {label: k for k, label in enumerate(labelling.labels) if label != UNKNOWN}
    return np.array([place.get(label, -1) for label in labels], np.intp)
