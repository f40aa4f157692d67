"""A model in parts, so that something can be done to its states and gates while it reads.

The recurrent operators are cut out of its graph: each is run in NumPy, by the same cell that its
gates are replayed with, and the rest of the graph, between them and after, stays the model's own
and runs in onnxruntime.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array
from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.recurrence import TOLERANCE, Replay, Surgery, forward, tolerance
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.core.raster import Raster
from rnn_desk.core.references import reference_digits
from rnn_desk.core.trace import LayerTrace, Timings, Trace
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.inference.pieces import Between, in_pieces, nothing
from rnn_desk.engine.inference.reader import MANY, Reader
from rnn_desk.engine.input_spec.feeding import KINDS, covered_below_each, feed, probabilities
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.engine.states.layers import Layer, trace_of
from rnn_desk.engine.states.watching import taken


class CutUp:
    """A model in parts: its recurrent operators in NumPy, what is around them in onnxruntime.

    Its constructor raises Refused where an operator is none that is replayed here, or where a part
    of the graph does not follow from the picture and the operators before it.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._operators = _by_operator(reader.layers)
        dissected = reader.dissected
        if not self._operators:
            raise Refused("it has no recurrent layers")
        for layers in self._operators:
            if layers[0].why_not_plain is not None:
                raise layers[0].why_not_plain
        given = [dissected.input]
        self._sessions: list[ort.InferenceSession | None] = []
        for layers in self._operators:
            self._sessions.append(_part(dissected, given, layers[0].operator.x))
            given.extend(_outputs(dissected, layers[0].operator.y))
        self._sessions.append(_part(dissected, given, dissected.output))
        self._said = _part(dissected, given, dissected.said) if dissected.said else None
        self._watched = _part(dissected, given, *(each.name for each in reader.watched))

    def of(self, reader: Reader) -> CutUp:
        """The same parts for the same model on another device."""
        other = copy.copy(self)
        other._reader = reader
        return other

    def check(self, rasters: Sequence[Raster]) -> None:
        """With nothing done, the parts must do what the whole does. Raises Refused."""
        for raster in rasters:
            whole, parts = self._reader.read(raster), self.read(raster, Experiment())
            most = max(map(self._tolerance, self._reader.layers))
            same = np.allclose(parts.probabilities, whole.probabilities, atol=most) and all(
                np.allclose(a.h, b.h, atol=most)
                for a, b in zip(parts.layers, whole.layers, strict=True)
            )
            if not same:
                raise Refused("split into its parts, it does not give the whole network's answers")

    @staticmethod
    def _tolerance(layer: Layer) -> float:
        return TOLERANCE if layer.weights is None else tolerance(layer.weights.R)

    def read(self, raster: Raster, experiment: Experiment, raster_ms: float = 0.0) -> Trace:
        """The Trace of one raster. Raises Refused."""
        began = time.perf_counter()
        output, done, known = self._run(raster.pixels[None], experiment)
        reader = self._reader
        layers = tuple(
            _layer_trace(layer, x, replay, raster.side)
            for layer, (x, replay) in zip(reader.layers, done, strict=True)
        )
        if reader.belief_kind == "none":
            belief = np.zeros((raster.side, 0), np.float32)
        elif reader.belief_kind == "said":
            said = reader.dissected.said
            belief = reader.said_after(self._answers(self._said, [said], known)[0])
        elif reader.belief_kind == "head":
            belief = reader.head_on(layers[-1].h)
        else:
            covered = covered_below_each(raster.pixels, reader.orientation)
            belief = self.classify(covered, experiment)
        values = self._answers(self._watched, [each.name for each in reader.watched], known)
        watched = tuple(map(taken, reader.watched, values))
        run_ms = (time.perf_counter() - began) * 1e3
        return Trace(
            raster=raster,
            classes=reader.card.classes,
            probabilities=(
                probabilities(output, reader.card.output)[0]
                if reader.card.classes
                else np.zeros(0, np.float32)
            ),
            belief=belief,
            belief_kind=reader.belief_kind,
            layers=layers,
            model=reader.identity,
            device=CPU.label,
            timings=Timings(raster_ms, run_ms),
            watched=watched,
            orientation=reader.orientation,
            familiarity=reader.familiarity(known),
        )

    def classify(self, pixels: Array, experiment: Experiment, between: Between = nothing) -> Array:
        """Probabilities `[n, classes]` of pictures `[n, side, side]`. Raises Refused.

        between: called between pieces of the work.
        """
        outputs = [
            self._run(part, experiment)[0]
            for part in in_pieces(pixels, self._reader.card.input.batch, between)
        ]
        return probabilities(np.concatenate(outputs)[: len(pixels)], self._reader.card.output)

    def _run(
        self, pixels: Array, experiment: Experiment
    ) -> tuple[NDArray[Any], list[tuple[Array, Replay]], Mapping[str, NDArray[Any]]]:
        """The model's output; what each of its layers took in and did, its steps in the order of
        rows; what its operators gave, by name."""
        means = self._means if experiment.wants_means else [{} for _ in self._reader.layers]
        dissected, many = self._reader.dissected, len(pixels) > MANY
        known = {dissected.input: feed(pixels, self._reader.card.input)}
        found: list[tuple[Array, Replay]] = []
        for layers, session in zip(self._operators, self._sessions[:-1], strict=True):
            operator = layers[0].operator
            x = np.asarray(self._answers(session, [operator.x], known, many)[0], np.float32)
            done = [
                _forward(layer, x, pixels.shape[1], experiment.surgery(number, means[number]))
                for number, layer in enumerate(layers, len(found))
            ]
            known.update(_brought_out(dissected, layers, done))
            found.extend((x, replay) for replay in done)
        output = self._answers(self._sessions[-1], [dissected.output], known, many)[0]
        return output, found, known

    @cached_property
    def _means(self) -> list[dict[str, Array]]:
        """Each layer's gates' means over the rows of all reference digits, `[units]`."""
        digits = reference_digits()
        pixels = digits.pictures(self._reader.card.frame, range(len(digits.drawings)))
        sums = [dict[str, Array]() for _ in self._reader.layers]
        for part in in_pieces(pixels, self._reader.card.input.batch, nothing):
            for totals, (_, replay) in zip(sums, self._run(part, Experiment())[1], strict=True):
                for gate, values in replay.gates.items():
                    total = values[:, : len(part)].mean(axis=0).sum(axis=0)
                    totals[gate] = totals.get(gate, np.float32(0)) + total
        count = np.float32(len(pixels))
        return [{gate: total / count for gate, total in each.items()} for each in sums]

    def _answers(
        self,
        session: ort.InferenceSession | None,
        names: list[str],
        known: Mapping[str, NDArray[Any]],
        many: bool = False,
    ) -> list[NDArray[Any]]:
        if session is None:
            return [known[name] for name in names]
        fed = {}
        for entry in session.get_inputs():
            kind = KINDS.get(entry.type)
            value = known[entry.name]
            fed[entry.name] = value if kind is None else value.astype(kind, copy=False)
        return self._reader.runs.run(session, names, fed, many=many)


def _by_operator(layers: tuple[Layer, ...]) -> list[list[Layer]]:
    """The layers, those of one operator (its two directions) together."""
    found: list[list[Layer]] = []
    for layer in layers:
        if layer.index == 0:
            found.append([])
        found[-1].append(layer)
    return found


def _part(
    dissected: dissection.Dissected, given: list[str], *wanted: str
) -> ort.InferenceSession | None:
    """What makes the wanted ones of the tensors given; None where they are all among them."""
    if set(wanted) <= set(given):
        return None
    part = dissection.part_after(dissected.model, given, *wanted)
    around = {name for op in dissected.recurrent if op.y in given for name in op.states}
    if any(not around.isdisjoint(node.output) for node in part.graph.node):
        raise Refused("a part of it takes states that are not the layer's own output")
    return start(part.SerializeToString(), CPU)


def _outputs(dissected: dissection.Dissected, y: str) -> list[str]:
    """The names of an operator's outputs, Y, Y_h and Y_c, without those it has not."""
    node = next(node for node in dissected.model.graph.node if y in node.output)
    return [name for name in node.output if name]


def _forward(layer: Layer, x: Array, rows: int, wanted: Surgery) -> Replay:
    """One layer's recurrence, its rows in their order, whichever way it reads them.

    wanted: what is done to it, zeroed by rows.
    """
    assert layer.weights is not None
    cell = CELLS[layer.operator.op]
    surgery = Surgery(  # as far as this layer has it: it may be another model's experiment
        off=frozenset(unit for unit in wanted.off if unit < layer.operator.units),
        factors={gate: factor for gate, factor in wanted.factors.items() if gate in cell.gates},
        held={gate: at for gate, at in wanted.held.items() if gate in cell.gates},
        zeroed=layer.steps_after(wanted.zeroed, rows),
    )
    if not layer.reverse:
        return forward(cell, layer.weights, x, surgery)
    replay = forward(cell, layer.weights, x[::-1], surgery)
    gates = {name: values[::-1] for name, values in replay.gates.items()}
    return Replay(replay.h[::-1], gates, None if replay.c is None else replay.c[::-1])


def _brought_out(
    dissected: dissection.Dissected, layers: list[Layer], replays: list[Replay]
) -> dict[str, NDArray[Any]]:
    """The operator's outputs: Y `[rows, directions, n, units]`; Y_h and Y_c, the last ones read."""
    y = layers[0].operator.y
    node = next(node for node in dissected.model.graph.node if y in node.output)
    last = [0 if layer.reverse else -1 for layer in layers]
    made = [
        np.stack([replay.h for replay in replays], axis=1),
        np.stack([replay.h[at] for at, replay in zip(last, replays, strict=True)]),
        np.stack(
            [
                (replay.h if replay.c is None else replay.c)[at]
                for at, replay in zip(last, replays, strict=True)
            ]
        ),
    ]
    return {name: value for name, value in zip(node.output, made, strict=False) if name}


def _layer_trace(layer: Layer, x: Array, replay: Replay, rows: int) -> LayerTrace:
    """What one layer did with the first picture of a run."""

    def of_first(steps: Array) -> Array:
        return layer.of_first(steps, rows)

    gates = {name: of_first(values) for name, values in replay.gates.items()}
    c = None if replay.c is None else of_first(replay.c)
    return trace_of(layer, of_first(x), Replay(of_first(replay.h), gates, c), rows)
