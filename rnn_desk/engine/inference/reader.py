"""A model that is ready to read: from pictures to Traces."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import Familiarity, Known
from rnn_desk.core.raster import Raster, rasterise
from rnn_desk.core.trace import BeliefKind, ModelIdentity, Target, Timings, Trace
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.decomposed import decomposed
from rnn_desk.engine.inference.backward import Backward
from rnn_desk.engine.inference.pieces import Between, in_pieces, nothing
from rnn_desk.engine.input_spec.feeding import KINDS, covered_below_each, feed, probabilities
from rnn_desk.engine.input_spec.forms import belief
from rnn_desk.engine.runtime.fastest_variant import start_fastest
from rnn_desk.engine.runtime.runs import Runs, Tensors
from rnn_desk.engine.runtime.sessions import DeviceFailed
from rnn_desk.engine.states import watching
from rnn_desk.engine.states.layers import layer_trace
from rnn_desk.engine.states.path import path_of
from rnn_desk.engine.states.probe import Probe
from rnn_desk.protocol.devices import Device, doubt
from rnn_desk.protocol.findings import Findings
from rnn_desk.protocol.model import Facts, Watchable

MANY = 64
"""Pictures from which on there are many: more than one digit's belief takes, a picture a row."""


@dataclass(frozen=True)
class Origin:
    """The file that a model came from: see `ModelFile` for the hashes."""

    path: Path
    sha256: str
    fingerprint: str
    facts: Facts


class Reader:
    """One model on one device. `read` and `classify` may be called from any thread.

    Built by `open_reader`. `origin` is its file; `card`, `identity`, `layers` and `belief_kind` say
    what it is, `findings` on what evidence; `device` where it runs, `placement` which of its nodes
    run there and how exactly, `model_bytes` the graph that runs; `watched` what its Traces show
    beside the states; `known` what digits do to its states, where that was worked out, or why it
    was not. Through `runs` goes whatever is run of it: ending those ends its readings.
    The head, run on every row's state for the belief, is on the CPU always.
    """

    def __init__(
        self,
        origin: Origin,
        findings: Findings,
        probe: Probe,
        device: Device,
        watched: tuple[Watchable, ...] = (),
    ) -> None:
        self.origin = origin
        self.findings = findings
        self.card = findings.card
        self.identity = ModelIdentity(self.card.name, origin.path.name, origin.sha256)
        self.dissected = probe.dissected
        self.layers = probe.layers
        self.turned = probe.turned
        self.orientation = probe.orientation
        self.why_no_states = probe.why_no_states
        self.belief_kind: BeliefKind = "covered" if probe.head is None else "head"
        if self.card.form == "states":
            self.belief_kind = "none"
        elif probe.dissected.said:
            self.belief_kind = "said"
        self.watched = watched
        self.path = path_of(probe.dissected, probe.layers)
        self.known: Known | Refused | None = None
        self.runs = Runs(origin.path.name)
        self._probe = probe
        self._bring_out(device)

    def on(self, device: Device) -> Reader:
        """The same model on another device. Raises Refused."""
        other = copy.copy(self)
        other._start(device)
        return other

    @cached_property
    def watchable(self) -> tuple[Watchable, ...]:
        """Every tensor that could be watched; worked out when it is first asked for."""
        names = watching.all_names(self.dissected)
        return watching.find(self.dissected, self.card, self.orientation, names)

    def watching(self, watched: Sequence[Watchable]) -> Reader:
        """The same model, whose Traces show these tensors. Raises Refused."""
        other = copy.copy(self)
        other.watched = tuple(watched)
        other._bring_out(self.device)
        return other

    @property
    def doubt(self) -> Refused | None:
        """What is to be said of its device, where that computes less exactly than the CPU."""
        return doubt(self.device.label, self.placement)

    def read_drawing(self, drawing: Drawing) -> Trace:
        """The Trace of a drawing; its timings count the raster too. Raises Refused."""
        began = time.perf_counter()
        raster = rasterise(drawing, *self.card.frame)
        return self.read(raster, raster_ms=(time.perf_counter() - began) * 1e3)

    def read(self, raster: Raster, raster_ms: float = 0.0) -> Trace:
        """The Trace of one raster. Raises Refused where the model fails on it."""
        began = time.perf_counter()
        brought = self._tensors(raster.pixels)
        result, belief = self._answer(raster.pixels, brought)
        ran = time.perf_counter()
        rows = self.card.side
        layers = tuple(layer_trace(layer, brought, rows) for layer in self.layers)
        replayed = time.perf_counter()
        return Trace(
            raster=raster,
            classes=self.card.classes,
            probabilities=result,
            belief=belief,
            belief_kind=self.belief_kind,
            layers=layers,
            model=self.identity,
            device=self.device.label,
            timings=Timings(raster_ms, (ran - began) * 1e3, (replayed - ran) * 1e3),
            watched=tuple(watching.taken(each, brought[each.name]) for each in self.watched),
            orientation=self.orientation,
            familiarity=self.familiarity(brought),
        )

    def with_gradient(self, trace: Trace, target: Target) -> Trace:
        """This model's Trace with the gradient of log p of a class, or why there is none.

        A class that the model does not have stands for its answer. Raises DeviceFailed.
        """
        try:
            if not trace.classes:
                raise Refused("it gives states and no answer")
            if target == "answer" or target >= len(trace.classes):
                target = trace.answer
            if isinstance(self._backward, Refused):
                raise self._backward
            gradient = self._backward.gradient(trace, target, self.runs.run)
        except DeviceFailed:
            raise  # says nothing of the model, and another device is to be tried
        except Refused as refusal:
            return replace(trace, gradient=refusal)
        return replace(trace, gradient=gradient)

    @cached_property
    def _backward(self) -> Backward | Refused:
        """Worked out when a gradient is first asked for: it takes some runs of the model."""
        try:
            return Backward(
                self.card, self.dissected, self.layers, self._tensors, self.read, self.runs.run
            )
        except DeviceFailed:
            raise  # on another device it may come to its end
        except Refused as refusal:
            return refusal

    def classify(self, pixels: Array, between: Between = nothing) -> Array:
        """Probabilities `[n, classes]` of pictures `[n, side, side]`. Raises Refused.

        between: called between pieces of the work, if there is anything else to be done.
        """
        self.card.check_answers(self.origin.path.name)
        if not len(pixels):
            return np.zeros((0, len(self.card.classes)), np.float32)
        outputs = [run[0] for run in self._in_batches([self.dissected.output], pixels, between)]
        return probabilities(np.concatenate(outputs)[: len(pixels)], self.card.output)

    def head_on(self, states: Array) -> Array:
        """Probabilities `[n, classes]` of states `[n, units]` of the last layer, by the model's
        own head; only where `belief_kind` is "head". Raises Refused."""
        head = self._probe.head
        assert head is not None
        taken = head.get_inputs()[0]
        kind = KINDS.get(taken.type, np.float32)
        fed: Tensors = {taken.name: states.astype(kind)}
        output = self.runs.run(head, [self.dissected.output], fed)
        return probabilities(output[0], self.card.output)

    def top_states(self, pixels: Array, between: Between = nothing) -> Array:
        """Hidden states of the last layer `[n, rows, units]` for `[n, side, side]` pictures.

        Needs at least one layer and one picture. Raises Refused.
        """
        layer, rows = self.layers[-1], pixels.shape[1]
        batches = self._in_batches([layer.operator.y], pixels, between)
        runs = [layer.states(run[0], rows) for run in batches]
        return np.concatenate(runs)[: len(pixels)]

    def judged(
        self, pixels: Array, between: Between = nothing
    ) -> tuple[Array, Array | Refused | None]:
        """Probabilities `[n, classes]` of pictures `[n, side, side]`, and how familiar each is,
        `[n]`, 0..1, or why that cannot be had. Raises Refused."""
        if not isinstance(self.known, Known):
            return self.classify(pixels, between), self.known
        if not len(pixels):
            return self.classify(pixels), np.zeros(0, np.float32)
        answers, paths = self.with_paths(pixels, between)
        found = self.known.values(self.known.judge.scores(self.known.chart.points(paths)))
        return answers, found.astype(np.float32)

    def with_paths(self, pixels: Array, between: Between = nothing) -> tuple[Array, Array]:
        """Probabilities `[n, classes]`, and paths `[n, steps, units]` (see `states.path`) of at
        least one picture `[n, side, side]`. Raises Refused."""
        names = [self.dissected.output, *self.path.names]
        runs = list(self._in_batches(names, pixels, between))
        count, rows = len(pixels), self.card.side
        outputs = np.concatenate([run[0] for run in runs])[:count]
        answers = probabilities(outputs, self.card.output)
        taken = [dict(zip(names, run, strict=True)) for run in runs]
        paths = [self.path.of(brought, rows) for brought in taken]
        return answers, np.concatenate(paths)[:count]

    def familiarity(self, brought: Mapping[str, NDArray[Any]]) -> Familiarity | Refused | None:
        """How familiar one picture's reading is. brought: its tensors, by name."""
        if not isinstance(self.known, Known):
            return self.known
        return self.known.of(self.path.of(brought, self.card.side)[:1])[0]

    def _tensors(self, pixels: Array) -> dict[str, NDArray[Any]]:
        """The model's output, and what its recurrent operators take in and bring out, by name."""
        fed = self._feed(pixels[None])
        brought = dict(zip(self._names, self._run(self._names, fed), strict=True))
        brought.setdefault(self.dissected.input, fed[self.dissected.input])
        return brought

    def _in_batches(
        self, names: list[str], pixels: Array, between: Between
    ) -> Iterator[list[NDArray[Any]]]:
        """The named tensors for all pictures, a batch at a time; the last may be filled up."""
        for part in in_pieces(pixels, self.card.input.batch, between):
            many = len(part) > MANY
            yield self.runs.run(self._session, names, self._feed(part), self.device, many)

    def _answer(self, pixels: Array, brought: Mapping[str, NDArray[Any]]) -> tuple[Array, Array]:
        """Probabilities `[classes]` of a picture, and the belief after each row; of no classes
        where there are none."""
        if self.belief_kind == "none":
            return np.zeros(0, np.float32), np.zeros((self.card.side, 0), np.float32)
        answers = probabilities(brought[self.dissected.output], self.card.output)
        pictures = 1 if self.card.input.batch == "free" else self.card.input.batch
        # of another number of answers all are handed on, and refused with other wrong shapes
        result = answers[0] if len(answers) == pictures else answers
        return result, self._belief(pixels, brought)

    def said_after(self, steps: NDArray[Any]) -> Array:
        """The belief `[rows, classes]` of what the model says of itself after each step, for the
        first picture; only where `belief_kind` is "said"."""
        return belief(steps[0], self.card.form, self.card.output, self.card.side)

    def _belief(self, pixels: Array, brought: Mapping[str, NDArray[Any]]) -> Array:
        if self.dissected.said:
            return self.said_after(brought[self.dissected.said])
        if self._probe.head is not None:
            top = self.layers[-1]
            return self.head_on(top.by_row(brought[top.operator.y][:, 0, 0], len(pixels)))
        return self.classify(covered_below_each(pixels, self.orientation))

    def _bring_out(self, device: Device) -> None:
        """Start a session that gives what the operators take in and give out, and what is
        watched."""
        recurrent = self.dissected.recurrent
        wanted = [name for op in recurrent for name in (op.y, op.x)]
        wanted += [each.name for each in self.watched]
        wanted += [*self.path.names, self.dissected.said]
        self._whole = dissection.with_outputs(self.dissected.model, wanted)
        self._start(device)
        granted = {entry.name for entry in self._session.get_outputs()}
        self._names = [self.dissected.output, *(n for n in dict.fromkeys(wanted) if n in granted)]

    def _start(self, device: Device) -> None:
        fed = self._probe.fed
        started = start_fastest(self._whole.SerializeToString(), device, fed, self._decomposed)
        self.device, self.model_bytes = device, started.model
        self._session, self.placement = started.session, started.placement
        if self.placement is not None:
            names = [self.dissected.output, *(op.y for op in self.dissected.recurrent)]
            run = self._run(names, fed)
            deviation = self._probe.deviation(dict(zip(names, run, strict=True)))
            self.placement = replace(self.placement, deviation=deviation)

    def _decomposed(self) -> bytes | None:
        model = decomposed(self._whole, self.dissected.recurrent, self._probe.value)
        return None if model is None else model.SerializeToString()

    def _feed(self, pixels: Array) -> dict[str, NDArray[Any]]:
        return {self.dissected.input: feed(pixels, self.card.input)}

    def _run(self, names: list[str], fed: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        return self.runs.run(self._session, names, fed, self.device)
