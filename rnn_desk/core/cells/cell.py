"""What a recurrent cell is, as data: all that the program does with a cell follows from it.

Formulas and the order of the gates in W, R and B: the ONNX operator specification (LSTM-14, GRU-14,
RNN-14). Shapes here are of one direction and one picture: W `[gates * units, inputs]`, R `[gates *
units, units]`, B `[2 * gates * units]` (input biases, then recurrent ones), x `[rows, inputs]`,
h `[rows, units]`.
"""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from itertools import groupby
from typing import Literal

from rnn_desk.core.arrays import Array
from rnn_desk.core.cells.expression import PLAIN, Activations, Expression, before
from rnn_desk.core.frozen import frozen

H_BEFORE = before("h")

GATES, CANDIDATE, OUTPUT = 0, 1, 2
"""The places of ONNX's activations f, g and h."""


@frozen(eq=False)
class Weights:
    """One direction of an operator: see this module's docstring for the shapes."""

    W: Array = field(repr=False)
    R: Array = field(repr=False)
    B: Array = field(repr=False)
    h0: Array = field(repr=False)
    c0: Array = field(repr=False)
    linear_before_reset: bool = False


@frozen
class Quantity:
    """A gate or a state in words: its letter, its English name, and what it says.

    signed: it runs from minus to plus; else from 0, shut, to 1, open.
    """

    letter: str
    name: str
    meaning: str
    signed: bool


@frozen
class Gate:
    """What has a block of rows in W, R and B: `activation(W x_t + R sees + b)`.

    sees: what R is multiplied with. through: the gate that R's product, its bias included, is
    multiplied by, "" for none. peephole: the state that it sees through a peephole where an
    operator has them. coupled: the gate that it is 1 minus of where an operator has `input_forget`.
    """

    letter: str
    name: str
    meaning: str
    activation: int = GATES
    sees: Expression = H_BEFORE
    through: str = ""
    peephole: str = ""
    coupled: str = ""


@frozen
class State:
    """A state, and how a row makes it anew.

    keeper: the gate that says, from 0 to 1, how much of it stays, if that is all there is to it.
    """

    letter: Literal["h", "c"]
    name: str
    meaning: str
    update: Expression
    keeper: str = ""


@frozen
class Group:
    """Gates that lie beside one another in W, R and B and see the same.

    runs: their letters, those of one activation together, with that activation's place.
    """

    first: int
    gates: tuple[Gate, ...]
    runs: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def sees(self) -> Expression:
        """What their recurrent weights are multiplied with."""
        return self.gates[0].sees

    @property
    def through(self) -> str:
        """The gate that their recurrent product is multiplied by, "" for none."""
        return self.gates[0].through

    @property
    def end(self) -> int:
        """The place of the block behind them."""
        return self.first + len(self.gates)


@frozen
class CellSpec:
    """A cell. A new one is a file of this folder that makes one, and a line in `CELLS`.

    blocks: the gates in the order in which they are shown, in lists and as equations; a state that
    is a gate too, as that of a plain RNN, is among them. stored: their letters as W, R and B have
    them. states: in the order of their computation, h last.
    activations: ONNX's names of f, g and h. peepholes: the letters of the gates as ONNX's input P
    has them. linear_before_reset: the cell that ONNX's attribute of that name makes of it.
    """

    name: str
    blocks: tuple[Gate, ...]
    stored: str
    states: tuple[State, ...]
    activations: tuple[str, ...]
    peepholes: str = ""
    linear_before_reset: CellSpec | None = None

    def of(self, weights: Weights) -> CellSpec:
        """The variant that these weights are of."""
        variant = self.linear_before_reset
        return variant if variant is not None and weights.linear_before_reset else self

    @cached_property
    def gates(self) -> tuple[str, ...]:
        """The letters of what is between the states, as it is shown in lists."""
        states = {state.letter for state in self.states}
        return tuple(gate.letter for gate in self.blocks if gate.letter not in states)

    @cached_property
    def keeps_c(self) -> bool:
        """Whether there is a cell state beside the hidden one."""
        return any(state.letter == "c" for state in self.states)

    @property
    def keeper(self) -> str:
        """The gate that says how much of the cell's memory stays, "" where none does so alone."""
        return self.states[0].keeper

    @cached_property
    def functions(self) -> Activations:
        """The activations."""
        return tuple(PLAIN[name] for name in self.activations)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The gates as they are stored, those together that one product serves."""
        found, first = [], 0
        stored = [self.gate(letter) for letter in self.stored]
        for _, beside in groupby(stored, key=lambda gate: (gate.sees, gate.through)):
            gates = tuple(beside)
            runs = tuple(
                (activation, tuple(gate.letter for gate in run))
                for activation, run in groupby(gates, key=lambda gate: gate.activation)
            )
            found.append(Group(first, gates, runs))
            first += len(gates)
        return tuple(found)

    def gate(self, letter: str) -> Gate:
        """The gate of that letter."""
        return next(gate for gate in self.blocks if gate.letter == letter)

    def quantity(self, letter: str) -> Quantity | None:
        """The gate or state of that letter in words."""
        for state in self.states:
            if state.letter == letter:
                return Quantity(letter, state.name, state.meaning, signed=True)
        for gate in self.blocks:
            if gate.letter == letter:
                signed = gate.activation != GATES
                return Quantity(letter, gate.name, gate.meaning, signed)
        return None


HIDDEN = "what the next row and the next layer get to see"
"""What a hidden state is, in every cell."""
