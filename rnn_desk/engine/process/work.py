"""What an engine process does for each kind of request."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod
from pathlib import Path

import numpy as np
import onnxruntime as ort

from rnn_desk.core import card as cards
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import Familiarity
from rnn_desk.core.raster import Raster
from rnn_desk.core.references import reference_digits, references_for
from rnn_desk.core.replayed import ReplayedLayer
from rnn_desk.core.state_map import fit
from rnn_desk.core.trace import GradientTrace, LayerTrace, Trace
from rnn_desk.core.writing import Wish, WrittenRow
from rnn_desk.engine.evaluation import bench
from rnn_desk.engine.evaluation.report import report
from rnn_desk.engine.graph.metadata import cards_of
from rnn_desk.engine.inference.by_hand import offered, tried_by_hand
from rnn_desk.engine.inference.pieces import PIECE_SECONDS, Between
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.inference.saving import copy_of
from rnn_desk.engine.inference.state_map import placed
from rnn_desk.engine.process.models import Models
from rnn_desk.engine.runtime import devices
from rnn_desk.engine.runtime.sessions import tried
from rnn_desk.engine.states import layers as opened_layers
from rnn_desk.protocol import answers, requests
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import Layer

_MOST_WEIGHTS = 2**25
"""A model with more recurrent weights than these tells none of them to the window, whose equations
of one unit then go without its sums."""

_MOST_REPLAYED = 2**21
"""The gates of a model with no more recurrent weights than these are replayed by whoever asked, in
a few milliseconds; a larger one's are replayed here."""


@dataclass(frozen=True)
class Saying:
    """How one piece of work is heard of while it goes on.

    between: lets live requests be answered; raises where the work is not wanted any more.
    """

    between: Between
    tell: Callable[[str], None]
    part: Callable[[answers.Answer], None]


class Worker:
    """Does the work, with the models that it has open."""

    def __init__(self) -> None:
        self.models = Models()

    @singledispatchmethod
    def answer(self, work: object, saying: Saying) -> answers.Answer:
        """The answer to one request. Raises Refused, and what the runtime raises."""
        raise TypeError(f"{type(work).__name__} is no work")

    @answer.register
    def _(self, work: requests.Read, saying: Saying) -> answers.Answer:
        lab = self.models.lab(work.model, saying.tell)
        trace = lab.read(Raster(np.array(work.pixels)), work.experiment)
        if work.gradient is not None:
            trace = lab.with_gradient(trace, work.gradient, work.experiment)
        return reading_of(trace, _weights(lab.reader) <= _MOST_REPLAYED)

    @answer.register
    def _(self, work: requests.Open, saying: Saying) -> answers.Answer:
        ref, choice = self.models.open(work, saying.tell)
        reader = self.models.reader(ref, saying.tell)
        return answers.Opened(
            reader.origin.sha256,
            reader.origin.fingerprint,
            Known.of(reader.findings),
            reader.origin.facts,
            layers_of(reader),
            reader.belief_kind,
            reader.turned,
            reader.why_no_states,
            reader.device,
            reader.placement,
            reader.watched,
            ref.by_hand,
            None if choice is None else choice.why,
            {} if choice is None else choice.speeds,
        )

    @answer.register
    def _(self, work: requests.Classify, saying: Saying) -> answers.Answer:
        reader = self.models.reader(work.model, saying.tell)
        if not work.familiar:
            return answers.Classified(reader.classify(work.pixels, saying.between))
        probabilities, familiarity = reader.judged(work.pixels)
        if isinstance(familiarity, Refused):
            return answers.Classified(probabilities, why_no_familiarity=familiarity)
        return answers.Classified(probabilities, familiarity)

    @answer.register
    def _(self, work: requests.MapStates, saying: Saying) -> answers.Answer:
        reader = self.models.reader(work.model, saying.tell)
        if not reader.layers:
            none = np.zeros(0, np.float32)
            return answers.MappedStates((), none, none, none, none, none, 0.0)
        places, references = placed(reader, saying.between)
        found = fit(references)
        return answers.MappedStates(
            places,
            references.pictures,
            references.states,
            found.mean,
            found.axes,
            found.paths,
            found.share,
        )

    @answer.register
    def _(self, work: requests.MeasureAccuracy, saying: Saying) -> answers.Answer:
        lab = self.models.lab(work.model, saying.tell)
        return answers.Measured(lab.accuracy(work.experiment, saying.between))

    @answer.register
    def _(self, work: requests.MakeReport, saying: Saying) -> answers.Answer:
        reader = self.models.reader(work.model, saying.tell)
        found = report(reader, saying.between)
        known = references_for(reader.card.classes)
        assert known is not None
        drawings = known.drawings
        places = {id(drawing): place for place, drawing in enumerate(drawings)}
        missed = tuple(
            answers.MissedAt(places[id(m.drawing)], m.said, m.sure, m.truth) for m in found.missed
        )
        return answers.Reported(found.conditions, found.confusion, missed)

    @answer.register
    def _(self, work: requests.FindWatchable, saying: Saying) -> answers.Answer:
        return answers.Watchables(self.models.reader(work.model, saying.tell).watchable)

    @answer.register
    def _(self, work: requests.SaveCopy, saying: Saying) -> answers.Answer:
        reader = self.models.reader(work.model, saying.tell)
        _, model = copy_of(Path(work.model.path), reader, work.scaled)
        return answers.Copied(np.frombuffer(model.SerializeToString(), np.uint8))

    @answer.register
    def _(self, work: requests.ReadCards, saying: Saying) -> answers.Answer:
        found = cards_of([Path(path) for path in work.paths])
        return answers.Cards({str(path): cards.to_json(card) for path, card in found.items()})

    @answer.register
    def _(self, work: requests.ListDevices, saying: Saying) -> answers.Answer:
        listed = []
        for device in devices.devices():
            listed.append(tried(device))
            saying.between()
        return answers.Devices(tuple(listed), devices.clash(), ort.__version__)

    @answer.register
    def _(self, work: requests.Bench, saying: Saying) -> answers.Answer:
        reader = self.models.reader(work.model, saying.tell)
        digits = reference_digits()
        drawings = [digits.drawings[place] for place in digits.few]
        pictures = digits.pictures(reader.card.frame, digits.few)
        if work.devices:
            wanted = [devices.device_named(name) for name in work.devices]
        else:
            wanted = [device for device in devices.devices() if tried(device).usable]
        for device in wanted:
            saying.tell(device.label)
            try:
                figures = bench.measure(
                    reader,
                    device,
                    pictures,
                    lambda there: map(there.read_drawing, drawings),
                    work.batches or bench.BATCHES,
                    work.seconds,
                )
            except Refused as refusal:
                saying.part(answers.Benched(None, refusal))
            else:
                saying.part(answers.Benched(figures))
            saying.between()
        return answers.BenchDone(ort.__version__)

    @answer.register
    def _(self, work: requests.LookInto, saying: Saying) -> answers.Answer:
        return answers.LookedInto(offered(Path(work.model.path)))

    @answer.register
    def _(self, work: requests.TryByHand, saying: Saying) -> answers.Answer:
        return answers.CameOf(tried_by_hand(work.model, work.pixels, saying.tell))

    @answer.register
    def _(self, work: requests.OpenWriter, saying: Saying) -> answers.Answer:
        writer = self.models.writer(work.model)
        card = cards.to_json(writer.card)
        return answers.WriterOpened(writer.sha256, writer.facts, card, writer.weights)

    @answer.register
    def _(self, work: requests.Write, saying: Saying) -> answers.Answer:
        wish = Wish(work.given, work.label, work.temperature, work.seed, work.count)
        rows: list[WrittenRow] = []
        began = time.perf_counter()
        for row in self.models.writer(work.model).write(wish):
            rows.append(row)
            if time.perf_counter() - began >= PIECE_SECONDS:
                saying.part(_rows_written(rows))
                rows, began = [], time.perf_counter()
            saying.between()
        if rows:
            saying.part(_rows_written(rows))
        return answers.Written()

    @answer.register
    def _(self, work: requests.MeasureSurprise, saying: Saying) -> answers.Answer:
        writer = self.models.writer(work.model)
        nats = np.empty_like(work.pixels)
        for place, picture in enumerate(work.pixels):
            nats[place] = writer.surprise(picture, work.label, between=saying.between)
            saying.between()
        return answers.Surprised(nats)


def reading_of(trace: Trace, to_be_replayed: bool) -> answers.Reading:
    """What is told of a trace; the picture is known on the other side.

    to_be_replayed: of a layer that can be, only what it is replayed from.
    """
    gradient, why = None, None
    if isinstance(trace.gradient, GradientTrace):
        told = trace.gradient
        gradient = answers.Gradient(
            told.target, told.layers, told.cells, told.saliency, told.why_no_saliency
        )
    elif trace.gradient is not None:
        why = trace.gradient
    familiarity = trace.familiarity
    why_unknown = familiarity if isinstance(familiarity, Refused) else None
    return answers.Reading(
        trace.probabilities,
        trace.belief,
        tuple(_told(layer, to_be_replayed) for layer in trace.layers),
        trace.watched,
        trace.timings,
        gradient,
        why,
        familiarity if isinstance(familiarity, Familiarity) else None,
        why_unknown,
    )


def _told(layer: LayerTrace, to_be_replayed: bool) -> LayerTrace | answers.States:
    if not isinstance(layer, ReplayedLayer):
        return layer
    return answers.States(layer.h, layer.x) if to_be_replayed else layer.worked_out()


def _rows_written(rows: Sequence[WrittenRow]) -> answers.RowsWritten:
    """Some rows together: each message costs the window as much as what it holds."""
    first, *_ = rows
    return answers.RowsWritten(
        first.row,
        np.stack([row.pixels for row in rows]),
        np.stack([row.chances for row in rows]),
        np.stack([row.h for row in rows]),
        np.stack([row.c for row in rows]),
    )


def layers_of(reader: Reader) -> tuple[Layer, ...]:
    """The model's layers, as the views know them."""
    weights_told = _weights(reader) <= _MOST_WEIGHTS
    operators: list[object] = []
    found = []
    for layer in reader.layers:
        if not operators or layer.operator is not operators[-1]:
            operators.append(layer.operator)
        found.append(_layer(layer, len(operators) - 1, reader.card.side, weights_told))
    return tuple(found)


def _layer(layer: opened_layers.Layer, number: int, side: int, weights_told: bool) -> Layer:
    known = layer.weights or (layer.nonstandard.weights if layer.nonstandard is not None else None)
    return Layer(
        layer.name,
        layer.operator.op,
        number,
        layer.operator.direction,
        layer.reverse,
        layer.operator.units,
        0 if known is None else known.W.shape[1],
        layer.weights if weights_told else None,
        None if layer.nonstandard is None else layer.nonstandard.words,
        layer.why_no_gates,
        layer.between(side),
    )


def _weights(reader: Reader) -> int:
    """How many recurrent weights the model has."""
    return sum(_size(layer.weights) for layer in reader.layers if layer.weights is not None)


def _size(weights: Weights) -> int:
    return int(weights.W.size + weights.R.size)
