"""What a model without a card is: its card worked out, with the evidence.

One path for every model: a file's own card, a person's choice and a guess differ only in how many
ways of feeding the model are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto

from rnn_desk.core.card import InputReading, ModelCard, Reading
from rnn_desk.core.errors import Refused
from rnn_desk.core.references import References
from rnn_desk.engine.graph.called import rows_a_call
from rnn_desk.engine.graph.calls import check_states
from rnn_desk.engine.graph.rewriting import RECURRENT
from rnn_desk.engine.input_spec.answers import DIGITS, Answers, Candidate, answers_in
from rnn_desk.engine.input_spec.input_shape import Fit, Signature, signature
from rnn_desk.engine.input_spec.normal_form import with_answer, with_tensors
from rnn_desk.engine.input_spec.outputs import best_scale, kind_of, softmax_twice
from rnn_desk.engine.input_spec.trials import (
    GOOD_ENOUGH,
    Trial,
    measure,
    plain_reading,
    recognise,
    running,
)
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.protocol.findings import Findings, Tried, Way

POLARITIES = {
    "white_on_black": Refused("white ink on black"),
    "black_on_white": Refused("black ink on white"),
}
_RECURRENT = {*RECURRENT, "DynamicQuantizeLSTM", "Loop", "Scan"}
_PRODUCTS = {"MatMul", "Gemm", "MatMulInteger", "FusedMatMul", "DynamicQuantizeMatMul"}


@dataclass(frozen=True, eq=False)
class Understood:
    """A model in its normal form, with what is known of it."""

    findings: Findings
    model: ModelProto = field(repr=False)


def understand(
    model: ModelProto,
    name: str,
    references: References,
    known: Findings | None = None,
    chosen: InputReading | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Understood:
    """Work out what the model is. Raises Refused.

    name: for a model that has none. known: what its own card says, or was found out before, and is
    believed. chosen: what a person says of the input, believed too, and before that.
    tell: hears "trying" once the model has started.
    """
    if not model.graph.output:
        raise Refused("it has no output")
    try:
        found = signature(model)
    except Refused:
        check_states(model)
        raise
    bare = with_tensors(model)
    trial = Trial(start(bare.SerializeToString(), CPU), found)
    tell("trying")
    if known is not None:
        card = replace(known.card, input=chosen or known.card.input)
        if card.answer and all(entry.name != card.answer for entry in bare.graph.output):
            bare, trial = _with_answers(bare, trial, found, chosen, wide=True)[:2]
        return Understood(replace(known, card=card), _as_told(bare, trial, card))
    whole = bare
    bare, trial, answers = _with_answers(whole, trial, found, chosen)
    if not answers.candidates:
        bare, trial, answers = _with_answers(whole, trial, found, chosen, wide=True)
    found = replace(found, fits=_fitting(found, chosen) or running(trial, found, references))
    outputs = {each.name: each.digits for each in answers.candidates}
    labelled = {output: labels for output, labels in outputs.items() if set(labels) == DIGITS}
    unchecked: Refused | None = None
    evidence: tuple[Tried, ...]
    if chosen is not None:
        way = Way(chosen, found.fits[0].side)
        everything = range(len(references.drawings))
        own = measure(trial, way, references, everything, labelled or outputs)
        others = recognise(trial, found, references, labelled) if labelled else ()
        evidence = (own, *(tried for tried in others if not _same(tried.way, way)))
    elif labelled:
        evidence = recognise(trial, found, references, labelled)
        if evidence[0].part < GOOD_ENOUGH:  # its answer may be of a form that few have
            bare, trial, answers = _with_answers(whole, trial, found, chosen, wide=True)
            outputs = {each.name: each.digits for each in answers.candidates}
            labelled = {name: labels for name, labels in outputs.items() if set(labels) == DIGITS}
            evidence = recognise(trial, found, references, labelled)
        if evidence[0].part < GOOD_ENOUGH:
            raise _unreadable(evidence)
    else:
        fit = found.fits[0]
        evidence = (Tried(Way(plain_reading(fit, found.dtype), fit.side), next(iter(outputs))),)
    if not labelled:
        unchecked = Refused(
            "its {count} classes are not the ten digits, so how it wants its pictures could not be "
            "checked",
            count=len(next(iter(outputs.values()))),
        )
    best = evidence[0]
    if best.failed is not None:
        raise best.failed
    output = best.output or next(iter(outputs))
    answer = answers.named(output)
    assert answer is not None
    return _settled(bare, trial, name, best.way, answer, evidence, unchecked, references)


def _settled(
    bare: ModelProto,
    trial: Trial,
    name: str,
    way: Way,
    said: Candidate,
    evidence: tuple[Tried, ...],
    unchecked: Refused | None,
    references: References,
) -> Understood:
    """The card for a way that was taken, and the model with its answer first."""
    output = said.name
    pictures = references.pictures(way.frame, references.few)
    answer = trial.run(way, pictures)[output]
    _check_finite(answer)
    shape = trial.shapes(way, pictures[:1])[output]
    kind, scale = kind_of(answer), 1.0
    if not unchecked and softmax_twice(answer, kind):
        kind = "softmax_twice"
    if not unchecked and said.rough and kind == "logits":
        truth = [said.digits.index(references.labels[place]) for place in references.few]
        scale = best_scale(answer, truth)
    card = ModelCard(
        name=name,
        classes=said.classes,
        input=replace(way.input, reading=_reading(bare, way)),
        side=way.side,
        output=kind,
        inferred=True,
        answer=output,
        form=said.form,
        rows_a_call=rows_a_call(bare),
        scale=scale,
    )
    findings = Findings(card, evidence, unchecked)
    return Understood(findings, with_answer(bare, output, shape, answer.shape[1], scale))


def _as_told(bare: ModelProto, trial: Trial, card: ModelCard) -> ModelProto:
    """A model that is fed as its card says; its first output of as many numbers is the answer."""
    way = Way(card.input, card.side)
    pictures = np.stack([np.tri(card.side, dtype=np.float32)] * 2)
    try:
        answers = trial.run(way, pictures)
    except Refused as refusal:
        raise Refused(
            "it does not take pictures as its model card says: {reason}", reason=refusal
        ) from refusal
    for output, answer in answers.items():
        fits = card.form == "states" or answer.shape[1] == len(card.classes)
        if fits and card.answer in ("", output):
            _check_finite(answer)
            shape = trial.shapes(way, pictures[:1])[output]
            return with_answer(bare, output, shape, answer.shape[1], card.scale)
    raise Refused("its output does not have one number for each class of its card")


def _check_finite(answer: NDArray[Any]) -> None:
    """Raises Refused where an answer is not all numbers."""
    if np.isnan(answer).any():
        raise Refused("its answer to a picture is not a number: its weights are damaged")


def _fitting(found: Signature, chosen: InputReading | None) -> tuple[Fit, ...]:
    """The one fit that a person's choice means; none without a choice. Raises Refused."""
    if chosen is None:
        return ()
    for fit in found.fits:
        if (fit.layout, fit.channels) == (chosen.layout, chosen.channels):
            return (fit,)
    raise Refused("its input cannot be fed as {layout}", layout=chosen.layout)


def _with_answers(
    model: ModelProto,
    trial: Trial,
    found: Signature,
    chosen: InputReading | None,
    wide: bool = False,
) -> tuple[ModelProto, Trial, Answers]:
    """The model with its possible answers written behind it, and under trial; as it was where
    nothing had to be written."""
    fits = _fitting(found, chosen) or found.fits
    for fit in fits:
        way = Way(plain_reading(fit, found.dtype), fit.side)
        answers = answers_in(model, partial(trial.outputs, way), wide)
        if answers.candidates:
            if len(answers.model.graph.node) > len(model.graph.node):
                trial = Trial(start(answers.model.SerializeToString(), CPU), found)
            return answers.model, trial, answers
    return model, trial, Answers(model, ())


def _same(one: Way, other: Way) -> bool:
    """Whether two ways give the model the same numbers."""
    turned = [way.input.reading == "columns" for way in (one, other)]
    a, b = (replace(way.input, reading="rows") for way in (one, other))
    return turned[0] == turned[1] and a == b


def _reading(model: ModelProto, way: Way) -> Reading:
    """What a step is: "whole" where nothing recurs; else as the pictures were given."""
    if way.input.layout in ("NFC", "FNC"):
        return "pixels"
    if way.input.reading == "columns" or _recurs(model, way.side):
        return way.input.reading
    return "whole"


def _recurs(model: ModelProto, steps: int) -> bool:
    """Whether the model has a recurrent operator, or a chain of matrix products as long as steps.

    The latter is what an exporter makes of a cell when it expands it, step after step.
    """
    graphs = [model.graph, *_inner(model.graph)]
    functions = [node for function in model.functions for node in function.node]
    nodes = [*functions, *(node for graph in graphs for node in graph.node)]
    if any(node.op_type in _RECURRENT for node in nodes):
        return True
    depth: dict[str, int] = {}
    for node in model.graph.node:
        before = max((depth.get(name, 0) for name in node.input), default=0)
        depth.update(dict.fromkeys(node.output, before + (node.op_type in _PRODUCTS)))
    return max(depth.values(), default=0) >= steps


def _inner(graph: GraphProto) -> Iterable[GraphProto]:
    for node in graph.node:
        for attribute in node.attribute:
            for inner in (attribute.g, *attribute.graphs):
                if inner.node:
                    yield inner
                    yield from _inner(inner)


def _unreadable(evidence: tuple[Tried, ...]) -> Refused:
    best = evidence[0]
    return Refused(
        "it does not read digits: of {count} input settings tried on the reference digits, the "
        "best ({way}) read {right} of {of} correctly",
        count=len(evidence),
        way=Refused(
            "{layout}, {range}, {polarity}",
            layout=best.way.input.layout,
            range=best.way.input.value_range,
            polarity=POLARITIES[best.way.input.polarity],
        ),
        right=best.right,
        of=best.count,
    )
