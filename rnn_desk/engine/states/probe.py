"""One run of a model on the CPU, when it is opened, that finds out how its states can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import NodeProto

from rnn_desk.core.card import ModelCard
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.cells.nonstandard import Attributes, activations
from rnn_desk.core.cells.recurrence import tolerance
from rnn_desk.core.errors import Refused
from rnn_desk.core.orientation import Orientation
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.checking import graphs_in, nodes
from rnn_desk.engine.graph.recurrent import RecurrentOp, is_recurrent
from rnn_desk.engine.input_spec.feeding import feed, probabilities
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.messages import cause
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.engine.states.layers import Layer, NonstandardCell
from rnn_desk.engine.states.row_steps import ends_of_rows
from rnn_desk.engine.states.sequences import with_sequences
from rnn_desk.protocol.devices import Deviation

_AXES_OF_Y = 4

_FEWEST_STATES = 3
"""Different numbers; fewer may be the same as some of the states by chance."""


class Probe:
    """What one run on the CPU finds out: the operators' weights, and where the head begins.

    Exporters may compute an operator's weights in the graph, so they are brought out by a run.
    """

    def __init__(self, card: ModelCard, dissected: dissection.Dissected) -> None:
        dissected = with_sequences(card, dissected)
        self._card = card
        self.dissected = dissected
        model = dissected.model
        wanted = [
            name
            for op in dissected.recurrent
            for name in (op.w, op.r, op.b, op.h0, op.c0, op.x, op.y, _peepholes(op))
            if name and not dissection.constant(model, name)
        ]
        wanted.extend(dissected.downstream)
        session = start(dissection.with_outputs(model, wanted).SerializeToString(), CPU)
        pixels = np.tri(card.side, dtype=np.float32)[None]  # any picture whose rows all differ
        self.fed = {dissected.input: feed(pixels, card.input)}
        """What the run was fed with."""
        names = [entry.name for entry in session.get_outputs()]
        try:
            self._values = dict(zip(names, session.run(names, self.fed), strict=True)) | self.fed
        except Exception as error:  # onnxruntime raises its own types, some bare
            raise Refused("it fails on a picture: {reason}", reason=cause(error)) from error
        self._spread = {
            op.y: self._ends_of(session, op)
            for op in dissected.recurrent
            if not (self._apart(op) or self._by_row(op))
        }
        by_row = [op for op in dissected.recurrent if self._spread.get(op.y, True)]
        self.layers = tuple(
            layer for number, op in enumerate(by_row, start=1) for layer in self._layers(number, op)
        )
        self.turned = self._turned(session)
        self.orientation = Orientation(card.input.turn, self.turned)
        self.why_no_states = None if self.layers else self._why_no_states()
        self.head = self._find_head()

    @property
    def gives_states(self) -> bool:
        """Whether the answer is states of its recurrent layers, number for number."""
        dissected = self.dissected
        value = np.asarray(self._values[dissected.said or dissected.output])
        states = [self._values[op.y] for op in dissected.recurrent]
        states += [self._values[name] for name in self._last_states() if name in self._values]
        if not states or len(np.unique(value)) < _FEWEST_STATES:
            return False
        return bool(np.isin(value, np.concatenate([each.ravel() for each in states])).all())

    def _last_states(self) -> list[str]:
        """What the operators bring out beside all their states."""
        ys = {op.y for op in self.dissected.recurrent}
        made = [node for node in self.dissected.model.graph.node if not ys.isdisjoint(node.output)]
        return [name for node in made for name in node.output if name]

    def deviation(self, brought: Mapping[str, NDArray[Any]]) -> Deviation:
        """How far another device's run is from this one: the answer and states, fed with `fed`."""

        def furthest(one: NDArray[Any], other: NDArray[Any]) -> float:
            return float(abs(one.astype(np.float64) - other).max())

        output, kind = self.dissected.output, self._card.output
        there, here = (probabilities(v[output], kind) for v in (brought, self._values))
        states = [op.y for op in self.dissected.recurrent]
        return Deviation(
            furthest(there, here),
            max((furthest(brought[name], self._values[name]) for name in states), default=0.0),
        )

    def _layers(self, number: int, op: RecurrentOp) -> list[Layer]:
        """The layer, or its two directions, of one operator."""
        both = op.direction == "bidirectional"
        layers = []
        for index in range(2 if both else 1):
            reverse = op.direction == "reverse" or index == 1
            name = f"{op.op} {number}" + (" ↑" if reverse else " ↓" if both else "")
            weights = self._weights(op, index) if op.nonstandard is None else None
            apart = self._apart(op)
            nonstandard = None if apart else self._nonstandard_cell(op, index)
            why = None
            if op.nonstandard is not None and nonstandard is None:
                words = Refused("the operator has {odd}", odd=op.nonstandard)
                why = words if op.w else op.nonstandard
            steps = self.steps(op)
            ends = self._spread[op.y][index][0] if op.y in self._spread else ()
            layers.append(
                Layer(name, op, index, reverse, weights, why, nonstandard, steps, apart, ends)
            )
        return layers

    def steps(self, op: RecurrentOp) -> int:
        """How many time steps the operator takes."""
        return len(self._values[op.y])

    def _by_row(self, op: RecurrentOp) -> bool:
        """Whether its steps are the rows, or the pixels one by one."""
        return self.steps(op) in (self._card.side, self._card.side**2)

    def _apart(self, op: RecurrentOp) -> bool:
        """Whether it takes each row for a picture of its own, in a batch of so many."""
        shape, batch = self._values[op.y].shape, self._card.input.batch
        return len(shape) == 4 and shape[2] == self._card.side * (1 if batch == "free" else batch)

    def _ends_of(
        self, session: ort.InferenceSession, op: RecurrentOp
    ) -> tuple[tuple[tuple[int, ...], bool], ...]:
        """For each direction, after which step each row has been read, and whether rows are
        columns; none where the steps of one do not run along the rows."""
        if len(self._values[op.y].shape) != _AXES_OF_Y:
            return ()
        found = []
        for index in range(2 if op.direction == "bidirectional" else 1):

            def states(picture: NDArray[np.float32], index: int = index) -> NDArray[np.float32]:
                fed = {self.dissected.input: feed(picture[None], self._card.input)}
                (y,) = session.run([op.y], fed)
                return np.asarray(y[:, index, 0])

            reverse = op.direction == "reverse" or index == 1
            found.append(ends_of_rows(states, self._card.side, reverse))
        known = [ends for ends in found if ends is not None]
        return tuple(known) if len(known) == len(found) else ()

    def _turned(self, session: ort.InferenceSession) -> bool:
        """Whether its steps are columns: a change at an edge changes fewest states along it."""
        if not self.layers:
            return self._card.input.reading == "columns"
        if self.layers[0].ends:
            return self._spread[self.layers[0].operator.y][0][1]
        layer, side = self.layers[0], self._card.side
        grey = np.random.default_rng(0).uniform(0.2, 0.8, (side, side)).astype(np.float32)

        def states(picture: NDArray[np.float32]) -> NDArray[np.float32]:
            fed = {self.dissected.input: feed(picture[None], self._card.input)}
            (y,) = session.run([layer.operator.y], fed)
            return np.asarray(layer.states(y, side)[0])

        def fewest(across: bool) -> int:
            counts = []
            for edge in (0, side - 1):
                picture = grey.T.copy() if across else grey.copy()
                picture[edge] = 1 - picture[edge]
                changed = states(picture.T if across else picture) != plain
                counts.append(int(changed.any(axis=1).sum()))
            return min(counts)

        plain = states(grey)
        return fewest(across=True) < fewest(across=False)

    def _why_no_states(self) -> Refused:
        if self.dissected.recurrent:
            return Refused(
                "its recurrent layers take {steps} steps, which are not the rows of the picture",
                steps=self.steps(self.dissected.recurrent[0]),
            )
        if any(node.op_type == "If" and _recurs(node) for node in self.dissected.model.graph.node):
            return Refused(
                "its recurrent layer is within a branch of an If, and which one is taken changes "
                "from picture to picture"
            )
        if any(node.op_type in ("Loop", "Scan") for node in self.dissected.model.graph.node):
            return Refused("it has a loop, but no state in it is passed from row to row")
        return Refused(
            "it has no recurrent layer, and its other operators pass no state from row to row"
        )

    def _nonstandard_cell(self, op: RecurrentOp, index: int) -> NonstandardCell | None:
        """For an operator beyond the plain cell; None where it cannot be replayed, or is plain."""
        attributes = op.attributes
        if op.nonstandard is None or attributes is None:
            return None
        made = activations(attributes.activations, attributes.alphas, attributes.betas)
        if made is None:
            return None
        count = len(made) // (2 if op.direction == "bidirectional" else 1)
        done = Attributes(
            made[count * index : count * (index + 1)],
            np.inf if attributes.clip is None else float(attributes.clip),
            self.value(attributes.peepholes)[index] if attributes.peepholes else None,
            attributes.coupled,
        )
        return NonstandardCell(
            self._weights(op, index), done, Refused("the operator has {odd}", odd=op.nonstandard)
        )

    def _weights(self, op: RecurrentOp, index: int) -> Weights:
        w, r = self.value(op.w)[index], self.value(op.r)[index]
        b = self.value(op.b)[index] if op.b else np.zeros(2 * len(w), np.float32)
        zeros = np.zeros(op.units, np.float32)
        h0 = self.value(op.h0)[index, 0] if op.h0 else zeros
        c0 = self.value(op.c0)[index, 0] if op.c0 else zeros
        return Weights(w, r, b, h0, c0, op.linear_before_reset)

    def value(self, name: str) -> NDArray[Any]:
        """A constant, or a tensor that the run brought out."""
        if name in self._values:
            return np.asarray(self._values[name])
        return dissection.constant_value(self.dissected.model, name)

    def _find_head(self) -> ort.InferenceSession | None:
        """The network's head, if it is fed by nothing but the last row's state of the top layer.

        The tensor that holds that state is found by its value; what follows it is then tried on
        every row's state at once, and must give the model's own answer for the last row.
        """
        dissected = self.dissected
        if not dissected.recurrent or dissected.recurrent[-1].direction != "forward":
            return None
        states = self._values[dissected.recurrent[-1].y]
        if states.ndim != 4 or states.shape[1:3] != (1, 1) or not self.layers:
            return None
        if self.layers[-1].operator is not dissected.recurrent[-1]:
            return None
        states = states[:, 0, 0]
        answer = self._values[dissected.output]
        for name in reversed(dissected.downstream):
            value = self._values.get(name)
            if not isinstance(value, np.ndarray) or value.shape != (1, states.shape[1]):
                continue
            if not np.array_equal(value[0], states[-1]):
                continue
            try:
                cut = dissection.part_after(dissected.model, [name], dissected.output)
                session = start(cut.SerializeToString(), CPU)
                output = session.run([dissected.output], {name: states})[0]
            except Exception:  # noqa: BLE001  no head here: the next tensor may have one
                continue
            if output.shape == (len(states), *answer.shape[1:]) and np.allclose(
                output[-1], answer[0], atol=tolerance(states)
            ):
                return session
        return None


def _recurs(node: NodeProto) -> bool:
    """Whether a recurrent operator is within it."""
    return any(is_recurrent(inner) for graph in graphs_in(node) for inner in nodes(graph))


def _peepholes(op: RecurrentOp) -> str:
    return op.attributes.peepholes if op.attributes else ""
