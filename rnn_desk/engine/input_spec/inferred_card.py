"""What a model without a card is: its card worked out, with the evidence.

One path for every model: a file's own card, a person's choice and a guess differ only in how many
ways of feeding the model are tried.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto

from rnn_desk.core.card import InputReading, ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.references import References
from rnn_desk.engine.graph.called import rows_a_call
from rnn_desk.engine.graph.calls import check_states
from rnn_desk.engine.input_spec.answers import (
    Answers,
    Candidate,
    answers_in,
    classes_of_number,
    no_answer,
)
from rnn_desk.engine.input_spec.feeding import scaling
from rnn_desk.engine.input_spec.input_shape import Signature, signature
from rnn_desk.engine.input_spec.input_type import with_float_input
from rnn_desk.engine.input_spec.labelling import (
    DIGITS,
    Labelling,
    checkable,
    told,
    usual,
)
from rnn_desk.engine.input_spec.looks import Namings, look
from rnn_desk.engine.input_spec.normal_form import with_answer, with_tensors
from rnn_desk.engine.input_spec.outputs import best_scale, kind_of, softmax_twice
from rnn_desk.engine.input_spec.reading_order import reading_of
from rnn_desk.engine.input_spec.trial import Trial, answering, plain_reading, running
from rnn_desk.engine.input_spec.trials import GOOD_ENOUGH, SATISFIED, Found, Search
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.protocol.findings import Findings, Tried, Way

POLARITIES = {
    "white_on_black": Refused("white ink on black"),
    "black_on_white": Refused("black ink on white"),
}

_SEARCHED = (*range(9, 13), 36, 37, 46, 47, 62, 63)
"""Numbers of classes among which digits are looked for in every way: nothing beside them, or a
background, or letters too. Of letters alone there are 26, 27 or 52."""


@dataclass(frozen=True, eq=False)
class Understood:
    """A model in its normal form, with what is known of it."""

    findings: Findings
    model: ModelProto = field(repr=False)


@dataclass(frozen=True, eq=False)
class Asked:
    """A model whose possible answers are outputs `[N, classes]`, under trial."""

    model: ModelProto = field(repr=False)
    trial: Trial
    found: Signature
    answers: Answers

    @property
    def namings(self) -> Namings:
        """What the file says of the classes of each answer that is held against digits."""
        named = {each.name: _naming(each) for each in self.answers.candidates}
        counts = {each.name: len(each.classes) for each in self.answers.candidates}
        return {
            name: naming
            for name, naming in named.items()
            if (checkable(naming) if naming is not None else usual(counts[name]))
        }

    @property
    def only_digits(self) -> bool:
        """Whether some answer has the ten digits, and nothing else."""
        return len(DIGITS) in self._counts

    @property
    def goes_wide(self) -> bool:
        """Whether digits are looked for in every way that there is."""
        return any(each in _SEARCHED for each in self._counts)

    def search(
        self, references: References, tell: Callable[[str], None] = lambda _: None
    ) -> Search:
        """The search for how it wants its pictures. tell: see `Search`."""
        return Search(self.trial, self.found, references, self.namings, tell)

    @property
    def _counts(self) -> set[int]:
        """How many classes there are where digits are looked for."""
        return {len(each.classes) for each in self.answers.candidates if each.name in self.namings}


def understand(
    model: ModelProto,
    name: str,
    references: References,
    known: Findings | None = None,
    chosen: InputReading | None = None,
    tell: Callable[[str], None] = lambda _: None,
    wide: bool = True,
) -> Understood:
    """Work out what the model is. Raises Refused.

    name: for a model that has none. known: what its own card says, or was found out before, and is
    believed. chosen: what a person says of the input, believed too, and before that.
    tell: hears "trying" once the model has started, and "searching" whenever the search goes on
    where it takes longer. wide: whether ways of feeding it that are not usual are tried as well.
    """
    if not model.graph.output:
        raise Refused("it has no output")
    try:
        found = signature(model)
    except Refused:
        check_states(model)
        raise
    bare, found = with_float_input(with_tensors(model), found)
    trial = Trial(start(bare.SerializeToString(), CPU), found)
    tell("trying")
    if known is not None:
        card = replace(known.card, input=chosen or known.card.input)
        if card.answer and all(entry.name != card.answer for entry in bare.graph.output):
            found = running(trial, _fitting(found, card.input))
            asked = _asked(bare, trial, found, references, wide=True)
            bare, trial = asked.model, asked.trial
        return Understood(replace(known, card=card), _as_told(bare, trial, card))
    found = running(trial, found if chosen is None else _fitting(found, chosen))
    asked = _asked(bare, trial, found, references)
    if chosen is not None:
        evidence, labelling = _as_chosen(asked, references, chosen)
    elif asked.namings:
        search = asked.search(references, tell)
        evidence, labelling = search.usual()
        if (labelling is None or evidence[0].part < SATISFIED) and asked.goes_wide:
            if labelling is None:  # its answer may be of a form that few have
                wider = asked
                with suppress(Refused):
                    wider = _asked(bare, trial, found, references, wide=True)
                if wider.namings != asked.namings:
                    asked, search = wider, wider.search(references, tell)
                    evidence, labelling = search.usual()
            if wide:
                evidence, labelling = search.wide()
    else:
        evidence, labelling = (), None
    unchecked: Refused | None = None
    if labelling is None:
        if chosen is None and asked.only_digits:
            raise _unreadable(evidence, _says_the_same(asked, evidence[0], references))
        first = asked.answers.candidates[0]
        fit = asked.found.fits[0]
        way = Way(chosen or plain_reading(fit, found.dtype), fit.side)
        evidence, labelling = (Tried(way, first.name), *evidence), _naming(first) or _counted(first)
        unchecked = Refused(
            "its {count} classes are not the ten digits, so how it wants its pictures could not be "
            "checked",
            count=len(first.classes),
        )
    return settled(asked, name, labelling, evidence, unchecked, references)


def _as_chosen(asked: Asked, references: References, chosen: InputReading) -> Found:
    """The way that a person chose, before the usual ones."""
    namings = asked.namings
    if not namings:
        return (), None
    way = Way(chosen, asked.found.fits[0].side)
    everything = range(len(references.drawings))
    own = look(asked.trial, way, references, everything, namings)
    if own.labelling is not None and own.labelling.free and own.part < GOOD_ENOUGH:
        count = len(own.labelling.labels)
        own = look(asked.trial, way, references, everything, {own.output: usual(count)[0]})
    if own.failed is not None:
        raise own.failed
    others = asked.search(references).usual()[0]
    return (own.tried, *(tried for tried in others if not _same(tried.way, way))), own.labelling


def settled(
    asked: Asked,
    name: str,
    labelling: Labelling,
    evidence: tuple[Tried, ...],
    unchecked: Refused | None,
    references: References,
) -> Understood:
    """The card for the way that comes first, and the model with its answer first."""
    way, output = evidence[0].way, evidence[0].output
    said = asked.answers.named(output)
    assert said is not None
    pictures = references.pictures(way.frame, references.few)
    answer = asked.trial.run(way, pictures)[output]
    _check_finite(answer)
    shape = asked.trial.shapes(way, pictures[:1])[output]
    kind, scale = kind_of(answer), 1.0
    if not unchecked and softmax_twice(answer, kind):
        kind = "softmax_twice"
    if not unchecked and said.rough and kind == "logits":
        few = [references.labels[place] for place in references.few]
        known = [k for k, label in enumerate(few) if label in labelling.labels]
        scale = best_scale(answer[known], [labelling.labels.index(few[k]) for k in known])
    card = ModelCard(
        name=name,
        classes=labelling.names(said.classes),
        input=replace(way.input, reading=reading_of(asked.model, way)),
        side=way.side,
        output=kind,
        inferred=True,
        answer=output,
        form=said.form,
        rows_a_call=rows_a_call(asked.model),
        scale=scale,
        labels=labelling.origin,
    )
    findings = Findings(card, evidence, unchecked)
    return Understood(findings, with_answer(asked.model, output, shape, answer.shape[1], scale))


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


def _naming(said: Candidate) -> Labelling | None:
    """What the file says of the classes of an answer; None where that is nothing."""
    if said.classes == classes_of_number(len(said.classes)):
        return None
    return told(said.classes)


def _counted(said: Candidate) -> Labelling:
    return Labelling(said.classes, "counted")


def _fitting(found: Signature, chosen: InputReading) -> Signature:
    """The input with the fits that a reading means. Raises Refused where there is none."""
    wanted = (chosen.layout, chosen.channels, chosen.shape, chosen.fitted)
    fits = tuple(
        fit for fit in found.fits if (fit.layout, fit.channels, fit.shape, fit.fitted) == wanted
    )
    if not fits:
        raise Refused("its input cannot be fed as {layout}", layout=chosen.layout)
    return replace(found, fits=fits)


def _asked(
    model: ModelProto,
    trial: Trial,
    found: Signature,
    references: References,
    wide: bool = False,
) -> Asked:
    """The model with its possible answers written behind it. Raises Refused where it has none."""
    for fit in found.fits:
        way = Way(plain_reading(fit, found.dtype), fit.side)
        answers = answers_in(model, partial(trial.pair, way), fit.batch, wide)
        if not answers.candidates:
            continue
        if len(answers.model.graph.node) > len(model.graph.node):
            model = answers.model
            trial = Trial(start(model.SerializeToString(), CPU), found)
        return Asked(model, trial, answering(trial, found, references), answers)
    if not wide:
        return _asked(model, trial, found, references, wide=True)
    fit = found.fits[0]
    way = Way(plain_reading(fit, found.dtype), fit.side)
    raise no_answer(trial.outputs(way, 1) or {})


def _same(one: Way, other: Way) -> bool:
    """Whether two ways give the model the same numbers."""
    turned = [way.input.reading == "columns" for way in (one, other)]
    a, b = (replace(way.input, reading="rows") for way in (one, other))
    return turned[0] == turned[1] and a == b


def _says_the_same(asked: Asked, tried: Tried, references: References) -> bool:
    """Whether the answer to every picture is the same, fed in that way."""
    if tried.failed is not None:
        return False
    pictures = references.pictures(tried.way.frame, references.few)
    answer = asked.trial.run(tried.way, pictures)[tried.output]
    return bool((answer == answer[0]).all())


def _unreadable(evidence: tuple[Tried, ...], the_same: bool) -> Refused:
    if the_same:
        return Refused(
            "it gives every picture the same answer, as a network without trained weights does"
        )
    best = evidence[0]
    return Refused(
        "it does not read digits: of {count} input settings tried on the reference digits, the "
        "best ({way}) read {right} of {of} correctly",
        count=len(evidence),
        way=Refused(
            "{layout}, {range}, {polarity}",
            layout=best.way.input.layout,
            range=_range(best.way.input),
            polarity=POLARITIES[best.way.input.polarity],
        ),
        right=best.right,
        of=best.count,
    )


def _range(reading: InputReading) -> str:
    if reading.value_range != "scaled":
        return reading.value_range
    factor, term = (each.ravel()[0] for each in scaling(reading))
    return f"{term:.4g}..{factor + term:.4g}"
