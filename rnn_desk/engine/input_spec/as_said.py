"""A model that is fed as a person says: what there is to choose from, and what was chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from onnx import ModelProto, ValueInfoProto

from rnn_desk.core.arrays import Array
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.core.references import References
from rnn_desk.engine.input_spec.answers import answers_in, no_answer
from rnn_desk.engine.input_spec.extras import extras_of
from rnn_desk.engine.input_spec.feeding import feed
from rnn_desk.engine.input_spec.inferred_card import Asked, Understood, settled
from rnn_desk.engine.input_spec.input_shape import Fit, Signature, _dims, _dtype, fits
from rnn_desk.engine.input_spec.labelling import checkable, told
from rnn_desk.engine.input_spec.looks import look
from rnn_desk.engine.input_spec.normal_form import with_tensors
from rnn_desk.engine.input_spec.outputs import classes_of
from rnn_desk.engine.input_spec.trial import Trial, plain_reading
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.protocol.by_hand import Extra
from rnn_desk.protocol.findings import Tried, Way
from rnn_desk.protocol.model import Port


def ways_to_choose(model: ModelProto) -> tuple[Way, ...]:
    """In which ways pictures fit an input, the plainest first; none where they fit nowhere."""
    for entry in _inputs(model):
        dtype = _dtype(entry)
        if dtype is not None and (found := fits(_dims(entry), dtype)):
            return tuple(Way(plain_reading(fit, dtype), fit.side) for fit in found)
    return ()


def extras_to_choose(model: ModelProto) -> tuple[Extra, ...]:
    """The inputs beside the picture, each with the value proposed for it. Raises Refused."""
    ports = {entry.name: _port(entry) for entry in _inputs(model)}
    return tuple(Extra(ports[e.name], e.dtype, e.proposed) for e in extras_of(model))


def classes_to_choose(model: ModelProto) -> tuple[str, ...]:
    """The classes as the file names them, or counted; none where it does not say how many."""
    for output in model.graph.output:
        dims = _dims(output)
        if dims and dims[-1] is not None and dims[-1] > 1:
            return classes_of(model, dims[-1])
    return ()


def understood_as_said(
    model: ModelProto,
    name: str,
    references: References,
    said: ByHand,
    tell: Callable[[str], None] = lambda _: None,
) -> Understood:
    """The model, fed as the person says and in no other way. Raises Refused.

    It is measured on the reference digits where its classes are digits, and used however that
    comes out.
    """
    assert said.input is not None
    if not model.graph.output:
        raise Refused("it has no output")
    found = _signature(model, said.input, said.side)
    bare = with_tensors(model)
    trial = Trial(start(bare.SerializeToString(), CPU), found)
    tell("trying")
    way = Way(said.input, said.side)
    trial.run(way, references.pictures(way.frame, references.few[:3]))  # what is wrong is said here
    wanted = len(said.classes)
    answers = answers_in(bare, partial(trial.outputs, way))
    if not any(len(each.classes) == (wanted or len(each.classes)) for each in answers.candidates):
        answers = answers_in(bare, partial(trial.outputs, way), wide=True)
    if not answers.candidates:
        raise no_answer(trial.outputs(way, 1) or {})
    if len(answers.model.graph.node) > len(bare.graph.node):
        trial = Trial(start(answers.model.SerializeToString(), CPU), found)
    fitting = (each for each in answers.candidates if len(each.classes) == wanted)
    answer = next(fitting, answers.candidates[0])
    if said.classes and len(answer.classes) == wanted:
        answer = replace(answer, classes=said.classes)
    unchecked: Refused | None = None
    tried = Tried(way, answer.name)
    labelling = told(answer.classes)
    if checkable(labelling):
        everything = range(len(references.drawings))
        own = look(trial, way, references, everything, {answer.name: labelling})
        if own.failed is not None:
            raise own.failed
        tried = own.tried
    else:
        unchecked = Refused(
            "its {count} classes are not the ten digits, so how it wants its pictures could not be "
            "checked",
            count=len(answer.classes),
        )
    asked = Asked(answers.model, trial, found, replace(answers, candidates=(answer,)))
    made = settled(asked, name, labelling, (tried,), unchecked, references)
    card = replace(said, input=None, side=0).over(made.findings.card)
    return replace(made, findings=replace(made.findings, card=replace(card, inferred=False)))


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
