"""A cell's equations with the numbers of one unit at one row, and what each of its gates weighs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.cells.cell import H_BEFORE, CellSpec, Gate, Weights
from rnn_desk.core.cells.expression import TEX, Expression, Symbol
from rnn_desk.core.equations import Equation, Part, Sum, UnitAt, affine, scaled


def sums(
    cell: CellSpec,
    weights: Weights,
    x: Array,
    before: Array,
    gates: Mapping[str, Array],
    unit: int,
) -> dict[str, Sum]:
    """What each gate of one unit weighs at one moment, by its letter: x `[inputs]`, the hidden
    states before `[units]`, gates of `[units]`."""
    units = len(weights.W) // len(cell.stored)
    b_input, b_recurrent = weights.B.reshape(2, -1)
    values = {**gates, "h_before": before}
    found = {}
    for block, letter in enumerate(cell.stored):
        gate, at = cell.gate(letter), block * units + unit
        seen = gate.sees.value(values, cell.functions)
        bias, recurrent = float(b_input[at]), float(b_recurrent[at])
        found[letter] = (
            Sum(weights.W[at], x, weights.R[at], seen, bias, float(gates[gate.through][unit]),
                recurrent)
            if gate.through
            else Sum(weights.W[at], x, weights.R[at], seen, bias + recurrent)
        )  # fmt: skip
    return found


def equations(cell: CellSpec, at: UnitAt) -> tuple[Equation, ...]:
    """The cell's equations, from the gates to the new hidden state, with one unit's numbers."""
    numbers = {**at.gates, "h": at.h, "c": at.c, "h_before": at.h_before, "c_before": at.c_before}
    values: dict[str, Any] = {name: np.float64(number) for name, number in numbers.items()}
    found = [_of_gate(cell, gate, values, at.sums) for gate in cell.blocks]
    gates = {gate.letter for gate in cell.blocks}
    for state in cell.states:
        if state.letter not in gates:
            parts = state.update.parts(values, cell.functions, cell.activations)
            expected = float(state.update.value(values, cell.functions))
            value = float(values[state.letter])
            parts = scaled(parts, expected, value)
            symbol = Symbol(state.letter).tex
            found.append(Equation(state.name, symbol, parts, value, meaning=state.meaning))
    return tuple(found)


def _of_gate(
    cell: CellSpec, gate: Gate, values: Mapping[str, Array], sums: Mapping[str, Sum]
) -> Equation:
    """`sigma(W x_t + U h_(t-1) + b)`, or what else the gate is."""
    total, value = sums.get(gate.letter), float(values[gate.letter])
    inner = _weighed(cell, gate, values, total)
    parts = (Part(TEX[cell.activations[gate.activation]]), Part("("), *inner, Part(")"))
    if total is not None:
        function = cell.functions[gate.activation]
        parts = scaled(parts, float(function(np.asarray(total.total))), value)
    symbol = Symbol(gate.letter).tex
    return Equation(gate.name, symbol, parts, value, gate.letter, gate.meaning)


def _weighed(
    cell: CellSpec, gate: Gate, values: Mapping[str, Array], total: Sum | None
) -> tuple[Part, ...]:
    """What the gate weighs; letters carry the gate's, if it is one and no state."""
    letter = gate.letter if gate.letter in cell.gates else ""
    if gate.through:
        given, plus, _, _, b = affine(letter, total)
        number = None if total is None else float(values[gate.through])
        weighed = Part(f"(U_{letter} h_{{t-1}} + b_u)", None if total is None else total.recurrent)
        through = Part(Symbol(gate.through).tex, number)
        return (given, plus, through, Part(r"\odot"), weighed, plus, b)
    return affine(letter, total, _tex(gate.sees))


def _tex(seen: Expression) -> str:
    """What a gate's recurrent weights are multiplied with, in one piece."""
    parts = seen.parts({}, (), ())
    tex = " ".join(part.tex for part in parts)
    return tex if seen == H_BEFORE else f"({tex})"
