"""A model that is fed as a person says: what there is to choose from, and what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from onnx import ModelProto, ValueInfoProto

from rnn_desk.core.arrays import Array
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.core.references import References, references_for
from rnn_desk.engine.input_spec.answers import DIGITS, answers_in, no_answer
from rnn_desk.engine.input_spec.extras import extras_of, given_values, with_values
from rnn_desk.engine.input_spec.feeding import feed
from rnn_desk.engine.input_spec.inferred_card import Asked, Understood, settled
from rnn_desk.engine.input_spec.input_shape import Fit, Signature, _dims, _dtype, fits
from rnn_desk.engine.input_spec.input_type import with_float_input
from rnn_desk.engine.input_spec.judged import judged
from rnn_desk.engine.input_spec.labelling import told
from rnn_desk.engine.input_spec.normal_form import with_tensors
from rnn_desk.engine.input_spec.trial import Trial, plain_reading
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.protocol.by_hand import Extra
from rnn_desk.protocol.findings import Tried, Way
from rnn_desk.protocol.model import Port

_MOST_RUN = 8
"""Ways that are run to see how many classes there are."""


def ways_to_choose(model: ModelProto) -> tuple[Way, ...]:
    """In which ways pictures fit an input, the plainest first; none where they fit nowhere."""
    for entry in _inputs(model):
        dtype = _dtype(entry)
        if dtype is not None and (found := fits(_dims(entry), dtype)):
            return tuple(Way(plain_reading(fit, dtype), fit.side) for fit in found)
    return ()


def extras_to_choose(model: ModelProto) -> tuple[Extra, ...]:
    """The inputs beside the picture, each with the value that is proposed for it. Raises
    Refused."""
    ports = {entry.name: _port(entry) for entry in _inputs(model)}
    return tuple(Extra(ports[each.name], each.dtype, each.proposed) for each in extras_of(model))


def classes_to_choose(model: ModelProto, ways: Sequence[Way]) -> tuple[str, ...]:
    """The classes as the file names them, or counted, fed in the plainest way that runs; none where
    it runs in none, or gives no answer."""
    given = with_values(model, next(given_values(model, {})))
    for way in ways[:_MOST_RUN]:
        try:
            candidates = asked_so(given, way).answers.candidates
        except Refused:
            continue
        digits = (each for each in candidates if set(each.digits) >= DIGITS)
        return next(digits, candidates[0]).classes
    return ()


def understood_as_said(
    model: ModelProto,
    name: str,
    references: References,
    said: ByHand,
    tell: Callable[[str], None] = lambda _: None,
) -> Understood:
    """The model, fed as the person says and in no other way. Raises Refused.

    It is measured on the reference drawings where its classes are digits or letters, and used
    however that comes out.
    """
    assert said.input is not None
    way, wanted = Way(said.input, said.side), len(said.classes)
    asked = asked_so(model, way, wanted)
    tell("trying")
    fitting = (each for each in asked.answers.candidates if len(each.classes) == wanted)
    answer = next(fitting, asked.answers.candidates[0])
    if said.classes and len(answer.classes) == wanted:
        answer = replace(answer, classes=said.classes)
    unchecked: Refused | None = None
    tried = Tried(way, answer.name)
    drawings = references_for(answer.classes)
    if drawings is not None:
        everything = range(len(drawings.drawings))
        tried = judged(asked.trial, way, answer.name, answer.classes, drawings, everything)
    else:
        unchecked = Refused(
            "its {count} classes are not the ten digits, so how it wants its pictures could not be "
            "checked",
            count=len(answer.classes),
        )
    asked = replace(asked, answers=replace(asked.answers, candidates=(answer,)))
    made = settled(asked, name, told(answer.classes), (tried,), unchecked, references)
    card = replace(said, input=None, side=0).over(made.findings.card)
    return replace(made, findings=replace(made.findings, card=replace(card, inferred=False)))


def asked_so(model: ModelProto, way: Way, wanted: int = 0) -> Asked:
    """The model fed so, under trial with every answer that it may give. Raises Refused where it
    does not run so, or gives none.

    wanted: of how many classes it should be, if that is said.
    """
    if not model.graph.output:
        raise Refused("it has no output")
    found = _signature(model, way.input, way.side)
    bare, found = with_float_input(with_tensors(model), found)
    trial = Trial(start(bare.SerializeToString(), CPU), found)
    trial.run(way, np.zeros((1, way.side, way.side), np.float32))  # what is wrong is said here
    answers = answers_in(bare, partial(trial.pair, way), way.input.batch)
    if not any(wanted in (0, len(each.classes)) for each in answers.candidates):
        answers = answers_in(bare, partial(trial.pair, way), way.input.batch, wide=True)
    if len(answers.model.graph.node) > len(bare.graph.node):
        trial = Trial(start(answers.model.SerializeToString(), CPU), found)
    given = trial.run(way, np.zeros((2, way.side, way.side), np.float32))
    there = tuple(each for each in answers.candidates if each.name in given)
    if not there:
        raise no_answer(given)
    return Asked(answers.model, trial, found, replace(answers, candidates=there))


def as_seen(pixels: Array, reading: InputReading) -> tuple[Array, float, float]:
    """A picture `[side, side]` as the model gets it, `[channels, rows, columns]`, 0 what black
    becomes and 1 what white does; and the numbers that these become."""
    plain = replace(reading, layout="NCHW", batch="free", dtype="float32")
    paper, ink = (1.0, 0.0) if reading.polarity == "black_on_white" else (0.0, 1.0)
    given = np.stack([np.full_like(pixels, paper), np.full_like(pixels, ink), pixels])
    black, white, picture = feed(given, plain)
    low = black.mean(axis=(1, 2), keepdims=True)
    high = white.mean(axis=(1, 2), keepdims=True)
    span = np.where(high == low, 1.0, high - low)
    seen = np.clip((picture - low) / span, 0, 1).astype(np.float32)
    return seen, float(low.mean()), float(high.mean())


def _signature(model: ModelProto, reading: InputReading, side: int) -> Signature:
    """The input that takes pictures in that layout. Raises Refused."""
    fit = Fit(reading.layout, side, reading.channels, reading.batch)
    inputs = _inputs(model)
    for entry in inputs:
        dims = _dims(entry)
        if _dtype(entry) == reading.dtype and (dims is None or len(dims) == len(reading.layout)):
            return Signature(entry.name, reading.dtype, (fit,))
    raise Refused("its input cannot be fed as {layout}", layout=reading.layout)


def _inputs(model: ModelProto) -> list[ValueInfoProto]:
    constants = {tensor.name for tensor in model.graph.initializer}
    return [entry for entry in model.graph.input if entry.name not in constants]


def _port(entry: ValueInfoProto) -> Port:
    dims = _dims(entry)
    shape = None if dims is None else tuple("?" if d is None else str(d) for d in dims)
    return Port(entry.name, shape)
