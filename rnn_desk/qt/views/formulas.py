"""Where the parts of a formula stand in its line, in parts of a letter."""

from __future__ import annotations

from rnn_desk.core.equations import Equation
from rnn_desk.core.frozen import frozen
from rnn_desk.qt.views.mathematics import advance

AROUND, THIN = 0.2, 0.1
"""Before and behind an operator; behind a function's name."""

DIGIT, DIGITS = 0.44, 4.6
"""What a digit below a part takes, and how many: a sign, a point, and three digits."""

_OPERATORS = ("+", r"\odot", r"\cdot")


@frozen
class Spot:
    """A part of a formula, and where its middle stands, from the start."""

    tex: str
    middle: float
    has_number: bool


def what_is_set(equations: tuple[Equation, ...]) -> list[tuple[str, list[tuple[str, bool]]]]:
    """What is set of them, and where there is a number: all but the numbers themselves."""
    return [
        (each.symbol, [(part.tex, part.number is None) for part in each.parts])
        for each in equations
    ]


def spots_of(equation: Equation) -> list[Spot]:
    """The parts from left to right."""
    spots, x = [], 0.0
    for part, width in zip(equation.parts, _widths(equation), strict=True):
        spots.append(Spot(part.tex, x + width / 2, part.number is not None))
        x += width
    return spots


def width_of(equation: Equation) -> float:
    """What all parts take."""
    return sum(_widths(equation))


def _widths(equation: Equation) -> list[float]:
    """What each part takes: the same whatever its number is, so that nothing moves while the
    numbers do."""
    return [
        max(advance(part.tex), 0.0 if part.number is None else DIGIT * DIGITS)
        + (2 * AROUND if part.tex in _OPERATORS else THIN if part.tex == r"\tanh" else 0.0)
        for part in equation.parts
    ]
