"""A model that is ready to read: from a file to Traces.

One path for every model: open, take apart, probe once, then read. `open_reader` is the door.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from numpy.typing import NDArray

from rnn_desk.core.card import InputReading, presentable
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster, rasterise
from rnn_desk.core.trace import Array, BeliefKind, ModelIdentity, Target, Timings, Trace
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.checking import check
from rnn_desk.engine.graph.metadata import Facts, card_of, facts_of
from rnn_desk.engine.graph.model_file import read_model
from rnn_desk.engine.graph.rewriting import plainer
from rnn_desk.engine.graph.written_out import written_out
from rnn_desk.engine.reading.backward import Backward
from rnn_desk.engine.runtime.devices import CPU, Device
from rnn_desk.engine.runtime.fastest_form import start_fastest
from rnn_desk.engine.runtime.messages import cause, device_cause
from rnn_desk.engine.runtime.placement import doubt
from rnn_desk.engine.runtime.sessions import DeviceFailed, NotGranted
from rnn_desk.engine.signature.feeding import KINDS, covered_below_each, feed, probabilities
from rnn_desk.engine.signature.findings import Examined, Findings
from rnn_desk.engine.signature.inferred_card import Understood, understand
from rnn_desk.engine.signature.references import reference_digits
from rnn_desk.engine.states import watching
from rnn_desk.engine.states.layers import layer_trace, states_alone
from rnn_desk.engine.states.probe import Probe
from rnn_desk.engine.states.watching import Watchable

BATCH = 256
"""Pictures in one run when many are classified."""


class Reader:
    """One model on one device. `read` and `classify` may be called from any thread.

    Built by `open_reader`; `card`, `identity`, `device`, `layers` and `belief_kind` say what it is,
    `findings` on what evidence, `placement` which of its nodes run on the device and how exactly,
    `model_bytes` the graph that runs, `chosen_because` why there, where nobody named the device.
    The head, run on every row's state for the belief, is on the CPU always. Where the device fails
    twice, DeviceFailed is raised.
    """

    def __init__(
        self,
        understood: Understood,
        identity: ModelIdentity,
        device: Device,
        probe: Probe,
        watched: tuple[Watchable, ...] = (),
    ) -> None:
        self.findings = understood.findings
        self.card = understood.findings.card
        self.identity = identity
        dissected = probe.dissected
        self.layers = probe.layers
        self.turned = probe.turned
        self.why_no_states = probe.why_no_states
        self.dissected = dissected
        self.fingerprint = identity.sha256
        self.path = Path(identity.file)
        self.facts = Facts(0, None, {}, "")
        self.chosen_because: Refused | None = None
        self._under_way: set[ort.RunOptions] = set()
        self._gone = False
        self.belief_kind: BeliefKind = "covered" if probe.head is None else "head"
        self._input = dissected.input
        self._output = dissected.output
        self._head = probe.head
        self._top = dissected.recurrent[-1].y if dissected.recurrent else ""
        self.watched = watched
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
        return watching.find(self.dissected, self.card, self.turned, names)

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

    def give_up(self, for_good: bool = False) -> None:
        """Let every run that is under way end as soon as it can, with a Refused; and any later one
        of this very reader too, where it is for good."""
        self._gone = for_good
        for options in list(self._under_way):
            options.terminate = True

    def take_up(self) -> None:
        """Read again, after it was given up."""
        self._gone = False

    def read_drawing(self, drawing: Drawing) -> Trace:
        """The Trace of a drawing; its timings count the raster too. Raises Refused."""
        began = time.perf_counter()
        raster = rasterise(drawing, *self.card.frame)
        return self.read(raster, raster_ms=(time.perf_counter() - began) * 1e3)

    def read(self, raster: Raster, raster_ms: float = 0.0, glimpse: bool = False) -> Trace:
        """The Trace of one raster; a glimpse has no gates and no cell states, which take as long as
        the rest. Raises Refused where the model fails on it."""
        began = time.perf_counter()
        brought = self._tensors(raster.pixels)
        result = probabilities(brought[self._output], self.card.output)[0]
        belief = self._belief(raster.pixels, brought)
        ran = time.perf_counter()
        rows = self.card.side
        traced = states_alone if glimpse else layer_trace
        layers = tuple(traced(layer, brought, rows) for layer in self.layers)
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
            watched=tuple(each.taken(brought[each.name]) for each in self.watched),
            turned=self.turned,
        )

    def with_gradient(self, trace: Trace, target: Target) -> Trace:
        """This model's Trace with the gradient of log p of a class, or why there is none.

        A class that the model does not have stands for its answer.
        """
        if target == "answer" or target >= len(trace.classes):
            target = trace.answer
        try:
            if isinstance(self._backward, Refused):
                raise self._backward
            gradient = self._backward.gradient(trace, target)
        except Refused as refusal:
            return replace(trace, gradient=refusal)
        return replace(trace, gradient=gradient)

    def prepare_gradients(self) -> None:
        """Work out now what the first gradient needs."""
        _ = self._backward

    @cached_property
    def _backward(self) -> Backward | Refused:
        """Worked out when a gradient is first asked for: it takes some runs of the model."""
        try:
            return Backward(self.card, self.dissected, self.layers, self._tensors, self.read)
        except Refused as refusal:
            return refusal

    def classify(self, pixels: Array) -> Array:
        """Probabilities `[n, classes]` of pictures `[n, side, side]`. Raises Refused."""
        if not len(pixels):
            return np.zeros((0, len(self.card.classes)), np.float32)
        outputs = [run[0] for run in self._in_batches([self._output], pixels)]
        return probabilities(np.concatenate(outputs)[: len(pixels)], self.card.output)

    def head_on(self, states: Array) -> Array:
        """Probabilities `[n, classes]` of states `[n, units]` of the last layer, by the model's
        own head; only where `belief_kind` is "head". Raises Refused."""
        assert self._head is not None
        taken = self._head.get_inputs()[0]
        kind = KINDS.get(taken.type, np.float32)
        output = self._run(self._head, [self._output], {taken.name: states.astype(kind)})
        return probabilities(output[0], self.card.output)

    def top_states(self, pixels: Array) -> Array:
        """Hidden states of the last layer `[n, rows, units]` for `[n, side, side]` pictures.

        Needs at least one layer and one picture. Raises Refused.
        """
        layer, rows = self.layers[-1], pixels.shape[1]
        runs = [layer.states(run[0], rows) for run in self._in_batches([layer.operator.y], pixels)]
        return np.concatenate(runs)[: len(pixels)]

    def _tensors(self, pixels: Array) -> dict[str, NDArray[Any]]:
        """The model's output, and what its recurrent operators take in and bring out, by name."""
        fed = self._feed(pixels[None])
        brought = dict(zip(self._names, self._run(self._session, self._names, fed), strict=True))
        brought.setdefault(self._input, fed[self._input])
        return brought

    def _in_batches(self, names: list[str], pixels: Array) -> Iterator[list[NDArray[Any]]]:
        """The named tensors for all pictures, a batch at a time; the last may be filled up."""
        fixed = self.card.input.batch
        size = BATCH if fixed == "free" else fixed
        for first in range(0, len(pixels), size):
            yield self._run(self._session, names, self._feed(pixels[first : first + size]))

    def _belief(self, pixels: Array, brought: Mapping[str, NDArray[Any]]) -> Array:
        if self._head is not None:
            top = self.layers[-1]
            return self.head_on(top.by_row(brought[self._top][:, 0, 0], len(pixels)))
        return self.classify(covered_below_each(pixels, self.turned))

    def _bring_out(self, device: Device) -> None:
        """Start a session that gives what the operators take in and give out, and what is
        watched."""
        recurrent = self.dissected.recurrent
        wanted = [name for op in recurrent for name in (op.y, op.x)]
        wanted += [each.name for each in self.watched]
        self._whole = dissection.with_outputs(self.dissected.model, wanted)
        self._start(device)
        granted = {entry.name for entry in self._session.get_outputs()}
        self._names = [self._output, *(n for n in dict.fromkeys(wanted) if n in granted)]

    def _start(self, device: Device) -> None:
        fed = self._probe.fed
        started = start_fastest(self._whole.SerializeToString(), device, fed, self._written_out)
        self.device, self.model_bytes = device, started.model
        self._session, self.placement = started.session, started.placement
        if self.placement is not None:
            names = [self._output, *(op.y for op in self.dissected.recurrent)]
            run = self._run(self._session, names, fed)
            deviation = self._probe.deviation(dict(zip(names, run, strict=True)))
            self.placement = replace(self.placement, deviation=deviation)

    def _written_out(self) -> bytes | None:
        model = written_out(self._whole, self.dissected.recurrent, self._probe.value)
        return None if model is None else model.SerializeToString()

    def _feed(self, pixels: Array) -> dict[str, NDArray[Any]]:
        return {self._input: feed(pixels, self.card.input)}

    def _run(
        self, session: ort.InferenceSession, names: list[str], fed: Mapping[str, NDArray[Any]]
    ) -> list[NDArray[Any]]:
        options = ort.RunOptions()
        self._under_way.add(options)
        options.terminate = self._gone
        try:
            return list(session.run(names, dict(fed), options))
        except Exception as error:  # onnxruntime raises its own types, some bare
            if options.terminate:
                raise Refused(
                    "{file} took too long to read a picture, and was stopped: open another model",
                    file=self.identity.file,
                ) from error
            if session is self._session and self.device.name != CPU.name:
                return self._run_again(names, fed)
            raise Refused(
                "{file} failed while reading a picture: {reason}",
                file=self.identity.file,
                reason=cause(error),
            ) from error
        finally:
            self._under_way.discard(options)

    def _run_again(self, names: list[str], fed: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Once more on a device that has failed: it may have been short of memory for a moment."""
        try:
            return list(self._session.run(names, dict(fed)))
        except Exception as error:
            raise DeviceFailed(
                "{label} failed while reading a picture: {reason}",
                label=self.device.label,
                reason=device_cause(error),
            ) from error


def open_reader(
    path: Path,
    device: Device,
    examined: Examined | None = None,
    tell: Callable[[str], None] = lambda _: None,
    chosen: Mapping[str, InputReading] = MappingProxyType({}),
) -> Reader:
    """Open a model file on a device, taking it apart on the way. Raises Refused.

    A file without a card is tried on the reference digits. examined: what an examination has found,
    which then holds for these very bytes and is not worked out again. tell: hears of each stage by
    its name, "reading", "checking", "opening", "trying". chosen: what a person said of a file's
    input, by the SHA-256 of the file; it comes before the card and the trial.
    """
    tell("reading")
    file = read_model(path)
    if examined is not None and file.fingerprint != examined.fingerprint:
        raise Refused("{file} was changed while it was being opened: open it again", file=path)
    try:
        tell("checking")
        check(file.model)
        facts = facts_of(file.model, file.size)
        tell("opening")
        known = _told_by(file.model) if examined is None else examined.findings
        said = chosen.get(file.sha256)
        plain = plainer(file.model)
        understood = understand(plain, path.stem, reference_digits(), known, said, tell)
        card = understood.findings.card
        probe = Probe(card, dissection.dissect(understood.model))
        identity = ModelIdentity(card.name, path.name, file.sha256)
        watched = watching.proposed(probe.dissected, card, probe.turned, len(probe.layers))
        reader = Reader(understood, identity, device, probe, watched)
        reader.facts = facts
        blank = np.zeros((2, card.side, card.side), np.float32)
        trial = reader.read(Raster(blank[0]))
        several = reader.classify(blank)  # its batch may not be as free as its card says
        if not trial.probabilities.shape == several.shape[1:] == (len(card.classes),):
            raise Refused("its output does not have one number for each class of its card")
    except (NotGranted, DeviceFailed):
        raise  # the file is not at fault
    except (Refused, ValueError) as error:
        raise Refused("{file} cannot be used: {reason}", file=path, reason=error) from error
    reader.fingerprint = file.fingerprint
    reader.path = path
    return reader


def _told_by(model: onnx.ModelProto) -> Findings | None:
    """What the file's own card says, if it carries one. Raises Refused where it is no card."""
    card = card_of(model)
    return None if card is None else Findings(presentable(card))
