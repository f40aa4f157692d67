"""A model under trial: run on pictures fed in one way or another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array
from rnn_desk.core.card import Dtype, InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.core.references import References
from rnn_desk.engine.input_spec.feeding import feed, is_whole
from rnn_desk.engine.input_spec.input_shape import Fit, Signature, tiers
from rnn_desk.engine.input_spec.outputs import vectors
from rnn_desk.engine.runtime.messages import cause
from rnn_desk.protocol.findings import Way

_MOST_NUMBERS = 2**21
"""Numbers of the pictures in one run."""

_AT_ONCE = 256
_TOGETHER = 3
"""Pictures that are read at once, and one by one, to tell whether that is the same."""

_GUESSES = 4
"""Fits that run, of sides that a file leaves open, that are tried further."""

_APART = 0.05
"""Part of the span of its answers by which a model that counts in 8 bits answers otherwise, once
the pictures beside a picture are others."""


class Trial:
    """A model under trial: a session of it, and how its input is called."""

    def __init__(self, session: ort.InferenceSession, found: Signature) -> None:
        self._session = session
        self._input = found.name
        self._names = [entry.name for entry in session.get_outputs()]

    def run(self, way: Way, pixels: Array) -> dict[str, NDArray[Any]]:
        """Every output that is a vector a picture, `[n, classes]` each. Raises Refused."""
        batch = way.input.batch
        one = way.side**2 * way.input.channels
        size = max(2, min(_AT_ONCE, _MOST_NUMBERS // one)) if batch == "free" else batch
        parts: list[dict[str, NDArray[Any]]] = []
        for first in range(0, len(pixels), size):
            part = pixels[first : first + size]
            fed = feed(part, way.input)
            parts.append(vectors(self._once(fed), size if batch != "free" else len(part)))
        names = [name for name in parts[0] if all(name in part for part in parts)]
        return {
            name: np.concatenate([part[name] for part in parts])[: len(pixels)] for name in names
        }

    def pair(self, way: Way) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Every output of two runs on different pictures, the last of which the second has not; of
        a batch that is fixed, it is blank there. None where the first fails."""
        several = self.outputs(way, _TOGETHER)
        if several is None:
            return None
        if way.input.batch == "free":
            return several, self.outputs(way, _TOGETHER - 1) or several
        try:
            return several, self._once(feed(_different(way, way.input.batch)[:-1], way.input))
        except Refused:
            return several, several

    def outputs(self, way: Way, count: int) -> dict[str, Any] | None:
        """Every output of a run on so many pictures, all different; None where it fails."""
        try:
            return self.ran(way, count)
        except Refused:
            return None

    def ran(self, way: Way, count: int) -> dict[str, Any]:
        """The same. Raises Refused."""
        batch = way.input.batch
        size = count if batch == "free" else batch
        return self._once(feed(_different(way, size), way.input))

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


def _different(way: Way, count: int) -> Array:
    """So many pictures, all different; of fewer, the first ones of more."""
    dice = np.random.default_rng(0)
    return dice.uniform(0, 1, (count, way.side, way.side)).astype(np.float32)


def plain_reading(fit: Fit, dtype: Dtype) -> InputReading:
    """The plainest reading for pictures that fit so."""
    return InputReading(
        layout=fit.layout,
        value_range="0..255" if is_whole(dtype) and dtype != "bool" else "0..1",
        batch=fit.batch,
        dtype=dtype,
        channels=fit.channels,
        shape=fit.shape,
        fitted=fit.fitted,
    )


def running(trial: Trial, found: Signature) -> Signature:
    """The input with the fits with which the model runs: the most usual ones that do; all that are
    less usual are its `more`. Raises Refused where none does."""
    good: list[tuple[bool, Fit]] = []
    why: Refused | None = None
    left = list(tiers(found.fits))
    while left and not any(fit.batch == "free" for _, fit in good):
        if good and left[0][0].guessed:
            break
        for fit in left.pop(0):
            try:
                ran = _run(trial, fit, found.dtype)
            except Refused as refusal:
                why = why or refusal
                continue
            good.append((ran != fit, ran))
            if fit.guessed and len(good) == _GUESSES:
                break
    if not good:
        raise why or Refused("its input takes no picture")
    # One that was declared free and is not is less usual than one that was not.
    good.sort(key=lambda pair: (pair[1].batch != "free", pair[0]))
    free = any(fit.batch == "free" for _, fit in good)
    rest = tuple(fit for tier in left for fit in tier if fit.batch == "free" or not free)
    return replace(found, fits=tuple(fit for _, fit in good), more=rest)


def _run(trial: Trial, fit: Fit, dtype: Dtype) -> Fit:
    """The fit, with a batch of one where pictures are not taken together. Raises Refused."""
    way = Way(plain_reading(fit, dtype), fit.side)
    if fit.batch != "free":
        trial.ran(way, 1)
        return fit
    single = replace(fit, batch=1)
    try:
        several, fewer = trial.ran(way, 3), trial.ran(way, 2)
    except Refused as refusal:
        if trial.outputs(Way(plain_reading(single, dtype), fit.side), 1) is None:
            raise refusal from refusal
        return single
    return fit if any(_size(several[k]) != _size(fewer[k]) for k in several) else single


def _size(value: Any) -> Any:
    return value.shape if isinstance(value, np.ndarray) else len(value)


def answering(trial: Trial, found: Signature, references: References) -> Signature:
    """The input with the fits that give an answer to each picture: one by one, where that answer
    is another when others are read beside it. Raises Refused where none does."""
    good: list[Fit] = []
    why: Refused | None = None
    for fit in found.fits:
        try:
            good.append(_answered(trial, fit, found.dtype, references))
        except Refused as refusal:
            why = why or refusal
    if not good:
        raise why or _no_vector()
    good.sort(key=lambda fit: fit.batch != "free")
    return replace(found, fits=tuple(good))


def _answered(trial: Trial, fit: Fit, dtype: Dtype, references: References) -> Fit:
    """Raises Refused."""
    way = Way(plain_reading(fit, dtype), fit.side)
    pictures = references.pictures(way.frame, references.few[:_TOGETHER])
    if fit.batch != "free":
        _answers(trial, way, pictures)
        return fit
    single = Way(replace(way.input, batch=1), fit.side)
    together = _answers(trial, way, pictures)
    try:
        alone = _answers(trial, single, pictures)
    except Refused:
        return fit  # of one picture it may answer in another form
    same = all(_as_good(together[name], alone[name]) for name in together if name in alone)
    return fit if same else replace(fit, batch=1)


def _answers(trial: Trial, way: Way, pictures: Array) -> dict[str, NDArray[Any]]:
    answers = trial.run(way, pictures)
    if not answers:
        raise _no_vector()
    return answers


def _no_vector() -> Refused:
    return Refused(
        "none of its outputs has one vector of numbers for each picture, such as a number for "
        "each class"
    )


def _as_good(one: NDArray[Any], other: NDArray[Any]) -> bool:
    if one.shape != other.shape:
        return False
    return bool(np.allclose(one, other, rtol=0, atol=_APART * max(float(np.ptp(one)), 1e-30)))
