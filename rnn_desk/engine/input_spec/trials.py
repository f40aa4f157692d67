"""How a model wants its pictures, found by trying every reading on digits whose labels are known.

First each reading gets a few digits; those that do well get all of them. The best is proposed where
it is good enough. Readings that do as well, to within `TIE`, make no difference worth a question,
and the plainest of them is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, get_args

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array
from rnn_desk.core.card import Dtype, InputReading, Margin, Polarity, ValueRange
from rnn_desk.core.errors import Refused
from rnn_desk.core.references import References
from rnn_desk.engine.input_spec.feeding import feed, probabilities
from rnn_desk.engine.input_spec.input_shape import Fit, Signature
from rnn_desk.engine.input_spec.outputs import kind_of, vectors
from rnn_desk.engine.runtime.messages import cause
from rnn_desk.protocol.findings import Tried, Way

GOOD_ENOUGH = 0.5
"""Part of the reference digits; a model read wrongly gets 0.1 to 0.35 of them."""

TIE = 0.0175
"""Part of the reference digits that counts for nothing."""

_AS_SURE = (1.5, 0.1)
"""Factor, and nats, by which a way's loss may exceed the least and the way still do as well: where
answers do not change with the scale of the input, how sure the network is of them does."""

_NEVER = 1e-9
_BEHIND = 0.2
"""Part of the few digits by which a reading may lie behind the best, and still get them all."""

_MOST_IN_FULL = 8
_SATISFIED = 0.9
"""Above this, no other margin around the ink is tried."""

_AT_ONCE = 256

_USUAL: tuple[ValueRange, ...] = ("0..1", "0..255", "mnist", "-1..1", "0..16")

_SIDE_OF_0_TO_16 = 8
"""Pixels: the pictures of scikit-learn's digits, from which models of that side are made, count the
ink in each pixel from 0 to 16."""


class Trial:
    """A model under trial: a session of it, and how its input is called."""

    def __init__(self, session: ort.InferenceSession, found: Signature) -> None:
        self._session = session
        self._input = found.name
        self._names = [entry.name for entry in session.get_outputs()]

    def run(self, way: Way, pixels: Array) -> dict[str, NDArray[Any]]:
        """Every output that is a vector a picture, `[n, classes]` each. Raises Refused."""
        batch = way.input.batch
        size = _AT_ONCE if batch == "free" else batch
        parts: list[dict[str, NDArray[Any]]] = []
        for first in range(0, len(pixels), size):
            part = pixels[first : first + size]
            fed = feed(part, way.input)
            parts.append(vectors(self._once(fed), size if batch != "free" else len(part)))
        names = [name for name in parts[0] if all(name in part for part in parts)]
        return {
            name: np.concatenate([part[name] for part in parts])[: len(pixels)] for name in names
        }

    def outputs(self, way: Way, count: int) -> dict[str, Any] | None:
        """Every output of a run on so many pictures, all different; None where it fails."""
        batch = way.input.batch
        size = count if batch == "free" else batch
        dice = np.random.default_rng(0)
        pixels = dice.uniform(0, 1, (size, way.side, way.side)).astype(np.float32)
        try:
            return self._once(feed(pixels, way.input))
        except Refused:
            return None

    def shapes(self, way: Way, pixels: Array) -> dict[str, tuple[int, ...]]:
        """The shape of every output in one run."""
        outputs = self._once(feed(pixels, way.input))
        return {n: v.shape for n, v in outputs.items() if isinstance(v, np.ndarray)}

    def _once(self, fed: NDArray[Any]) -> dict[str, Any]:
        try:
            values = self._session.run(self._names, {self._input: fed})
        except Exception as error:  # onnxruntime raises its own types, some bare
            raise Refused("it fails on a picture: {reason}", reason=cause(error)) from error
        return dict(zip(self._names, values, strict=True))


def ways(found: Signature, margin: Margin = "mnist") -> Iterator[Way]:
    """Every way to feed an input of that signature, the plainest first."""
    whole = np.issubdtype(np.dtype(found.dtype), np.integer)
    polarities: tuple[Polarity, ...] = get_args(Polarity)
    for fit, turned, polarity in product(found.fits, (False, True), polarities):
        for span in value_ranges(fit.side, whole):
            yield Way(
                replace(
                    plain_reading(fit, found.dtype),
                    value_range=span,
                    polarity=polarity,
                    reading="columns" if turned else "rows",
                    margin=margin,
                ),
                fit.side,
            )


def value_ranges(side: int, whole: bool = False) -> tuple[ValueRange, ...]:
    """The ranges of values that pictures of that side come in, the plainest first.

    whole: as whole numbers only.
    """
    ranges: list[ValueRange] = ["0..255", "0..1", "0..16"] if whole else list(_USUAL)
    if side == _SIDE_OF_0_TO_16:
        ranges.remove("0..16")
        ranges.insert(ranges.index("0..255"), "0..16")
    return tuple(ranges)


def plain_reading(fit: Fit, dtype: Dtype) -> InputReading:
    """The plainest reading for pictures that fit so."""
    return InputReading(
        layout=fit.layout,
        value_range="0..255" if np.issubdtype(np.dtype(dtype), np.integer) else "0..1",
        batch=fit.batch,
        dtype=dtype,
        channels=fit.channels,
    )


def running(trial: Trial, found: Signature, references: References) -> tuple[Fit, ...]:
    """The fits with which the model runs and gives a vector a picture. Raises Refused."""
    good, why = [], None
    for fit in found.fits:
        way = Way(plain_reading(fit, found.dtype), fit.side)
        try:
            if trial.run(way, references.pictures(way.frame, references.few[:3])):
                good.append(fit)
        except Refused as refusal:
            why = why or refusal
    if good:
        return tuple(good)
    raise why or Refused(
        "none of its outputs has one vector of numbers for each picture, such as a number for "
        "each class"
    )


def recognise(
    trial: Trial, found: Signature, references: References, classes: Mapping[str, Sequence[str]]
) -> tuple[Tried, ...]:
    """Every way that was tried, the proposed one first, then by how well they did.

    classes: for each output that could be the answer, the label of each of its classes.
    """
    few = references.few
    first = [measure(trial, way, references, few, classes) for way in ways(found)]
    tried = _in_full(trial, first, references, classes)
    if tried[0].part < _SATISFIED:
        wide = [measure(trial, way, references, few, classes) for way in ways(found, "none")]
        if max(each.part for each in wide) > max(each.part for each in first):
            wide = _in_full(trial, wide, references, classes)
        if wide[0].count > len(few) and wide[0].part > tried[0].part + TIE:
            tried, wide = wide, tried
        tried = [tried[0], *sorted([*tried[1:], *wide], key=_rank)]
    return tuple(tried)


def measure(
    trial: Trial,
    way: Way,
    references: References,
    places: Sequence[int],
    classes: Mapping[str, Sequence[str]],
) -> Tried:
    """One way on the drawings at these places; the best output counts, the first among equals."""
    try:
        answers = trial.run(way, references.pictures(way.frame, places))
    except Refused as refusal:
        return Tried(way, failed=refusal)
    best = Tried(way)
    for output, labels in classes.items():
        if output not in answers:
            continue
        said = answers[output].argmax(axis=1)
        right = sum(
            labels[k] == references.labels[place] for k, place in zip(said, places, strict=True)
        )
        if right > best.right or not best.output:
            loss = _loss(answers[output], [labels.index(references.labels[p]) for p in places])
            best = Tried(way, output, right, len(places), loss)
    return best


def _in_full(
    trial: Trial,
    first: list[Tried],
    references: References,
    classes: Mapping[str, Sequence[str]],
) -> list[Tried]:
    """The same ways, those that do well on the few tried on all; the one to be taken first."""
    candidates = [tried.way for tried in first]
    best = max(tried.part for tried in first)
    promising = sorted(
        (t for t in first if t.count and t.part >= best - _BEHIND), key=lambda t: -t.part
    )[:_MOST_IN_FULL]
    everything = range(len(references.drawings))
    full = {
        tried.way: measure(trial, tried.way, references, everything, classes) for tried in promising
    }
    most = max((tried.part for tried in full.values()), default=0.0)
    as_good = [w for w in candidates if w in full and full[w].part >= most - TIE]
    surest = min((full[way].loss for way in as_good), default=0.0)
    as_good = [way for way in as_good if full[way].loss <= surest * _AS_SURE[0] + _AS_SURE[1]]
    results = [full.get(tried.way, tried) for tried in first]
    proposed = full[as_good[0]] if as_good else first[0]
    return [proposed, *sorted((t for t in results if t.way != proposed.way), key=_rank)]


def _loss(values: NDArray[Any], truth: list[int]) -> float:
    """Mean of -log p of the true classes, for an answer `[n, classes]` of whatever kind."""
    p = probabilities(values, kind_of(values))[np.arange(len(truth)), truth]
    return float(-np.log(np.clip(p, _NEVER, 1)).mean())


def _rank(tried: Tried) -> tuple[bool, float, int]:
    """Ways that ran before those that did not, then by their success, then by how sure it is."""
    return tried.failed is not None, -tried.part, -tried.count
