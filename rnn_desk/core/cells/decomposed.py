"""A cell's step in plain ONNX operators, as data: `engine` makes nodes of it, and this is no onnx.

All tensors are `[1, N, ...]`. Names of what a step is given: `x0`, `x1`, ... for each group of
gates `W x_t + b` of this step; `R0`, ... its recurrent weights, transposed; `b0`, ... its recurrent
bias where that is not in `x0`; `h_before` and `c_before`. It makes `h`, and `c`.
"""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.core.cells.cell import CellSpec
from rnn_desk.core.frozen import frozen


@frozen
class Operator:
    """One ONNX operator. sizes: of a Split along the last axis, in parts of the units."""

    op: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    sizes: tuple[int, ...] = ()


def step(cell: CellSpec) -> tuple[Operator, ...]:
    """The operators of one step, in the order of computation."""
    made: list[Operator] = []

    def emit(op: str, *inputs: str) -> str:
        output = f"t{len(made)}"
        made.append(Operator(op, inputs, (output,)))
        return output

    def split(tensor: str, names: tuple[str, ...], sizes: tuple[int, ...]) -> None:
        made.append(Operator("Split", (tensor,), names, sizes))

    def name_last(letter: str) -> None:
        made[-1] = replace(made[-1], outputs=(letter,))

    for number, group in enumerate(cell.groups):
        weighed = emit("MatMul", group.sees.write(emit, cell.activations), f"R{number}")
        if group.through:
            weighed = emit("Mul", group.through, emit("Add", weighed, f"b{number}"))
        weighed = emit("Add", f"x{number}", weighed)
        runs = [f"run{number}_{place}" for place in range(len(group.runs))]
        if len(runs) > 1:
            split(weighed, tuple(runs), tuple(len(letters) for _, letters in group.runs))
        else:
            runs = [weighed]
        for run, (activation, letters) in zip(runs, group.runs, strict=True):
            bent = emit(cell.activations[activation], run)
            if len(letters) > 1:
                split(bent, letters, (1,) * len(letters))
            else:
                name_last(letters[0])
    for state in cell.states:
        if state.letter not in cell.stored:
            state.update.write(emit, cell.activations)
            name_last(state.letter)
    return tuple(made)
