"""Sets the formulas of the cells ahead, so that no window waits for it.

    python -m tests.helpers.formulas

writes `assets/formulas.json`, which is part of the program: to be done again where a cell has other
equations, or ziamath sets them otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.one_unit import equations
from rnn_desk.core.equations import Sum, UnitAt
from rnn_desk.qt.views.equations import PRODUCTS
from rnn_desk.qt.views.mathematics import SET_AHEAD, set_by_ziamath

_SIGNS = ("=", "k", r"\cdot", "x", "h", "c", "x_t", "h_{t-1}", *PRODUCTS.values())
"""What stands around the equations: a scaled gate, terms, strips and columns."""


def pieces() -> list[str]:
    """Every piece of a formula that the window shows of the cells, in TeX."""
    return sorted({*_SIGNS, *_of_cells()})


def _of_cells() -> Iterator[str]:
    for cell in CELLS.values():
        yield from cell.gates
        for gate in cell.gates:
            yield from (f"W_{gate}", f"U_{gate}")
        for variant in filter(None, (cell, cell.linear_before_reset)):
            for at in _moments(cell.gates):
                for equation in equations(variant, at):
                    yield equation.symbol
                    yield from (part.tex for part in equation.parts)
    yield from ("W", "U")  # of a cell without gates


def _moments(gates: tuple[str, ...]) -> Iterator[UnitAt]:
    """A unit of which no sums are known, and one with a reset gate before and after the product."""
    known, none = dict.fromkeys(gates, 0.0), np.zeros(0, np.float32)
    yield UnitAt(0.0, 0.0, known)
    for through in (1.0, 0.5):
        total = Sum(none, none, none, none, 0.0, through)
        yield UnitAt(0.0, 0.0, known, sums=dict.fromkeys((*gates, "h"), total))


def main() -> None:
    """Write them."""
    formulas = {tex: set_by_ziamath(tex) for tex in pieces()}
    SET_AHEAD.write_text(json.dumps(formulas, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
