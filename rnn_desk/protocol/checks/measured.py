"""What was measured of a model over the reference digits, or of a device."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.alphabet import character_of
from rnn_desk.core.plain import one_line
from rnn_desk.core.references import reference_digits, references_for
from rnn_desk.core.state_map import References, StateMap
from rnn_desk.protocol import answers
from rnn_desk.protocol.checks.arrays import SURE, NotFinite, check_name, check_shape
from rnn_desk.protocol.devices import DeviceFigures
from rnn_desk.protocol.model import Model
from rnn_desk.protocol.report import Missed, Report, Right
from rnn_desk.protocol.sentences import ProtocolError

MOST_BATCH = 2**20
"""Digits that are measured together."""


def report_of(model: Model, told: answers.Reported) -> Report:
    """The report, with its drawings. Raises ProtocolError."""
    digits = references_for(model.card.classes)
    if digits is None:
        raise ProtocolError("a report on a model that is measured by nothing")
    labels = tuple(character_of(name) or name for name in model.card.classes)
    if told.confusion.shape != (len(labels), len(labels)) or told.confusion.min() < 0:
        raise ProtocolError("a confusion matrix of other labels")
    if not all(0 <= condition.part <= 1 for condition in told.conditions) or not told.conditions:
        raise ProtocolError("a part that is none")
    for miss in told.missed:
        if not (0 <= miss.place < len(digits.drawings) and one_line(miss.said) == miss.said):
            raise ProtocolError("a digit that is none of the reference digits")
        if not (0 <= miss.sure <= SURE and 0 <= miss.truth <= SURE):
            raise ProtocolError("a probability that is none")
    missed = tuple(
        Missed(digits.drawings[m.place], digits.labels[m.place], m.said, m.sure, m.truth)
        for m in told.missed
    )
    wrong = {miss.place for miss in told.missed}
    others = (k for k in range(len(digits.drawings)) if k not in wrong)
    right = tuple(Right(digits.drawings[k], digits.labels[k], digits.labels[k]) for k in others)
    return Report(
        model.card.name,
        labels,
        len(digits.drawings),
        told.conditions,
        told.confusion,
        missed,
        model.findings.evidence,
        right,
    )


def map_of(model: Model, told: answers.MappedStates) -> StateMap | None:
    """The state map, None for a model without states. Raises ProtocolError."""
    if not model.layers:
        return None
    digits = reference_digits()
    count, side, units = len(told.chosen), model.card.side, model.layers[-1].units
    if not all(0 <= place < len(digits.drawings) for place in told.chosen) or not count:
        raise ProtocolError("a digit that is none of the reference digits")
    for array, shape in (
        (told.pictures, (count, side, side)),
        (told.states, (count, side, units)),
        (told.mean, (units,)),
        (told.axes, (2, units)),
        (told.paths, (count, side, 2)),
    ):
        check_shape(array, shape)
        if not np.isfinite(array).all():
            raise NotFinite("its states are no numbers")
    if not 0 <= told.share <= SURE:
        raise NotFinite("its states are no numbers")
    places = list(told.chosen)
    references = References(
        tuple(digits.labels[k] for k in places),
        tuple(digits.drawings[k] for k in places),
        told.pictures,
        told.states,
    )
    return StateMap(references, told.mean, told.axes, told.paths, told.share)


def check_figures(figures: DeviceFigures) -> DeviceFigures:
    """Figures of a device that can be divided by and shown. Raises ProtocolError."""
    told = [figures.load_ms, *(each.first_ms for each in figures.batches)]
    spreads = [each.spread for each in figures.batches] + list(figures.stages.values())
    told += [milliseconds for spread in spreads for milliseconds in (spread.p50, spread.p99)]
    if not all(0 <= milliseconds < 1e9 for milliseconds in told):
        raise ProtocolError("a time that is none")
    if not all(each.spread.p50 > 0 for each in figures.batches):
        raise ProtocolError("a run that took no time")
    if not all(0 < each.batch <= MOST_BATCH for each in figures.batches):
        raise ProtocolError("a batch of no size")
    for name in (figures.device.name, figures.device.label, *figures.stages):
        check_name(name)
    return figures
