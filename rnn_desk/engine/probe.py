"""One run of a model on the CPU, when it is opened, that finds out how its states can be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from rnn_desk.core.card import ModelCard
from rnn_desk.core.cells import Weights
from rnn_desk.core.errors import Refused
from rnn_desk.core.odd_cells import Ways, activations
from rnn_desk.engine import graph
from rnn_desk.engine.devices import CPU
from rnn_desk.engine.feeding import feed
from rnn_desk.engine.messages import cause
from rnn_desk.engine.sequences import with_sequences
from rnn_desk.engine.sessions import start

_HEAD_TOLERANCE = 1e-4


@dataclass(frozen=True, eq=False)
class Layer:
    """One direction of a recurrent operator that brings its states out, with its weights."""

    name: str
    operator: graph.RecurrentOp
    index: int
    reverse: bool
    weights: Weights | None = field(repr=False)
    why_no_gates: Refused | None = None
    odd: OddCell | None = field(default=None, repr=False)

    @property
    def why_not_plain(self) -> Refused | None:
        """Why it cannot be computed as a plain cell; None where it can."""
        return self.odd.words if self.odd is not None else self.why_no_gates


@dataclass(frozen=True, eq=False)
class OddCell:
    """What replays the gates of an operator that is not the plain cell; `words` say how it is."""

    weights: Weights
    ways: Ways
    words: Refused


class Probe:
    """What one run on the CPU finds out: the operators' weights, and where the head begins.

    Exporters may compute an operator's weights in the graph, so they are brought out by a run.
    """

    def __init__(self, card: ModelCard, dissected: graph.Dissected) -> None:
        dissected = with_sequences(card, dissected)
        self._card = card
        self.dissected = dissected
        model = dissected.model
        wanted = [
            name
            for op in dissected.recurrent
            for name in (op.w, op.r, op.b, op.h0, op.c0, op.x, op.y, _peepholes(op))
            if name and not graph.constant(model, name)
        ]
        wanted.extend(dissected.downstream)
        session = start(graph.with_outputs(model, wanted).SerializeToString(), CPU)
        pixels = np.tri(card.side, dtype=np.float32)[None]  # any picture whose rows all differ
        fed = {dissected.input: feed(pixels, card.input)}
        names = [entry.name for entry in session.get_outputs()]
        try:
            self._values = dict(zip(names, session.run(names, fed), strict=True)) | fed
        except Exception as error:  # onnxruntime raises its own types, some bare
            raise Refused("it fails on a picture: {reason}", reason=cause(error)) from error
        by_row = [op for op in dissected.recurrent if self._steps(op) in (card.side, card.side**2)]
        self.layers = tuple(
            layer for number, op in enumerate(by_row, start=1) for layer in self._layers(number, op)
        )
        self.why_no_states = None if self.layers else self._why_no_states()
        self.head = self._find_head()

    def _layers(self, number: int, op: graph.RecurrentOp) -> list[Layer]:
        """The layer, or its two directions, of one operator."""
        both = op.direction == "bidirectional"
        layers = []
        for index in range(2 if both else 1):
            reverse = op.direction == "reverse" or index == 1
            name = f"{op.op} {number}" + (" ↑" if reverse else " ↓" if both else "")
            weights = self._weights(op, index) if op.odd is None else None
            odd = self._odd_cell(op, index)
            why = None
            if op.odd is not None and odd is None:
                why = Refused("the operator has {odd}", odd=op.odd) if op.w else op.odd
            layers.append(Layer(name, op, index, reverse, weights, why, odd))
        return layers

    def _steps(self, op: graph.RecurrentOp) -> int:
        return len(self._values[op.y])

    def _why_no_states(self) -> Refused:
        if self.dissected.recurrent:
            return Refused(
                "its recurrent layers take {steps} steps, which are not the rows of the picture",
                steps=self._steps(self.dissected.recurrent[0]),
            )
        if any(node.op_type in ("Loop", "Scan") for node in self.dissected.model.graph.node):
            return Refused("it has a loop, and nothing in it goes from row to row")
        return Refused(
            "it has no recurrent layer, and no chain of {rows} states in single operations",
            rows=self._card.side,
        )

    def _odd_cell(self, op: graph.RecurrentOp, index: int) -> OddCell | None:
        """For an operator beyond the plain cell; None where it cannot be replayed, or is plain."""
        other = op.otherwise
        if op.odd is None or other is None:
            return None
        made = activations(other.activations, other.alphas, other.betas)
        if made is None:
            return None
        count = len(made) // (2 if op.direction == "bidirectional" else 1)
        ways = Ways(
            made[count * index : count * (index + 1)],
            np.inf if other.clip is None else float(other.clip),
            self._value(other.peepholes)[index] if other.peepholes else None,
            other.coupled,
        )
        return OddCell(
            self._weights(op, index), ways, Refused("the operator has {odd}", odd=op.odd)
        )

    def _weights(self, op: graph.RecurrentOp, index: int) -> Weights:
        w, r = self._value(op.w)[index], self._value(op.r)[index]
        b = self._value(op.b)[index] if op.b else np.zeros(2 * len(w), np.float32)
        zeros = np.zeros(op.units, np.float32)
        h0 = self._value(op.h0)[index, 0] if op.h0 else zeros
        c0 = self._value(op.c0)[index, 0] if op.c0 else zeros
        return Weights(w, r, b, h0, c0, op.linear_before_reset)

    def _value(self, name: str) -> NDArray[Any]:
        if name in self._values:
            return np.asarray(self._values[name])
        return graph.constant_value(self.dissected.model, name)

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
            if value is None or value.shape != (1, states.shape[1]):
                continue
            if not np.array_equal(value[0], states[-1]):
                continue
            try:
                cut = graph.part_after(dissected.model, [name], dissected.output)
                session = start(cut.SerializeToString(), CPU)
                output = session.run([dissected.output], {name: states})[0]
            except Exception:  # noqa: BLE001  no head here: the next tensor may have one
                continue
            if output.shape == (len(states), *answer.shape[1:]) and np.allclose(
                output[-1], answer[0], atol=_HEAD_TOLERANCE
            ):
                return session
        return None


def _peepholes(op: graph.RecurrentOp) -> str:
    return op.otherwise.peepholes if op.otherwise else ""
