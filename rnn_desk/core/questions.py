"""What a lesson asks, and what is right: worked out from the models' readings, by rule.

A question's answer is the name of a rule wherever there is one, so that it is still right when the
model is trained anew, or another digit is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from rnn_desk.core.familiarity import Familiarity
from rnn_desk.core.frozen import frozen
from rnn_desk.core.landmarks import ROWS
from rnn_desk.core.trace import GradientTrace, Trace

Kind = Literal["class", "row", "yes", "which", "draw"]
"""What is to be answered: a class by its name; a row; yes or no; which of two; or by drawing."""

Answer: TypeAlias = str | int | bool
"""A class's name, a row or one of two counted from 0, or yes."""

HIDEABLE = ("answer", "belief", "states", "weights", "gradient", "unread")
"""What a step can hide: the answer and its bars, the belief row by row, the layers' states, what
else is watched, the gradients, and in every view the rows not read yet."""

INKED_ROWS = 3
"""Rows with ink that have to be read before a guess counts as one."""

SURE = 0.9
"""More than this of the whole for one class is sure."""


@frozen(eq=False)
class Readings:
    """What is asked about: the models' readings of what is drawn, the first model's first.

    row: the row looked at, None for the whole picture. label: what the drawing is meant as, ""
    where nobody said. beside: the readings of networks whose gradients alone are laid over the
    first model's.
    """

    traces: tuple[Trace, ...]
    row: int | None = None
    label: str = ""
    beside: tuple[Trace, ...] = ()


@frozen
class Task:
    """What has to be so of a person's own drawing, where it is said.

    reads: what the first model takes it for. beside: likewise the second one. doubted: whether it
    is unlike all that was learnt. settles: the first and the last row, counted from 0, at which the
    answer may settle.
    """

    reads: str = ""
    beside: str = ""
    doubted: bool | None = None
    settles: tuple[int, int] | None = None

    def is_done(self, readings: Readings) -> bool:
        """Whether all of it is so."""
        traces = readings.traces
        if not traces or (self.beside and len(traces) < 2):
            return False
        first = traces[0]
        at = first.settled_row
        return (
            self.reads in ("", _name(first))
            and (not self.beside or self.beside == _name(traces[1]))
            and self.doubted in (None, first.doubted)
            and (self.settles is None or (at is not None and _within(at, self.settles)))
        )


@frozen
class Question:
    """What is asked. words: the question itself. then: what is said once it is answered.

    answer: the right answer, or `rule`'s, whose name is one of the rules of this kind. of: what the
    two are called that are chosen from, "" for the models' names. within: how many rows beside the
    right one are right too.
    """

    kind: Kind
    words: str
    rule: str = ""
    answer: Answer | None = None
    of: tuple[str, str] = ("", "")
    within: int = 0
    task: Task = Task()
    then: str = ""

    def truth(self, readings: Readings) -> Answer | None:
        """What is right of these readings; None where it cannot be told."""
        if not readings.traces or not self.rule:
            return self.answer
        return RULES[self.kind][self.rule](readings)

    def is_right(self, given: Answer, truth: Answer) -> bool:
        """Whether what was given is the truth, or near enough."""
        if self.kind == "row":
            return abs(int(given) - int(truth)) <= self.within
        return given == truth


def _name(trace: Trace) -> str:
    return trace.classes[trace.answer]


def _within(row: int, ends: tuple[int, int]) -> bool:
    return ends[0] <= row <= ends[1]


def _answer(of: Readings) -> str:
    """What the first model takes the drawing for."""
    return _name(of.traces[0])


def _beside(of: Readings) -> str | None:
    """What the second model takes it for."""
    return _name(of.traces[1]) if len(of.traces) > 1 else None


def _second(of: Readings) -> str:
    """The second most probable class."""
    first = of.traces[0]
    return first.classes[int(first.probabilities.argsort()[-2])]


def _so_far(of: Readings) -> str:
    """The class that is ahead after the row looked at."""
    first, row = of.traces[0], of.row
    parts = first.probabilities if row is None else first.belief[row]
    return first.classes[int(parts.argmax())]


def _is_read(of: Readings) -> bool | None:
    """Whether the first model takes it for what it is meant as."""
    return None if not of.label else _answer(of) == of.label


def _beside_is_read(of: Readings) -> bool | None:
    """Whether the second model does."""
    return None if not of.label or len(of.traces) < 2 else _beside(of) == of.label


def _either_is_read(of: Readings) -> bool | None:
    """Whether any of the models takes it for what it is meant as."""
    return None if not of.label else any(_name(trace) == of.label for trace in of.traces)


def _agree(of: Readings) -> bool | None:
    """Whether both models take it for the same."""
    return None if len(of.traces) < 2 else _answer(of) == _beside(of)


def _stays(of: Readings) -> bool:
    """Whether the class that is ahead after the row looked at is the answer in the end."""
    return _so_far(of) == _answer(of)


def _wavers(of: Readings) -> bool:
    """Whether, after the first rows with ink, another class is ever ahead than in the end."""
    first = of.traces[0]
    winners = first.belief.argmax(axis=1)
    inked = first.seen.any(axis=1).cumsum() >= INKED_ROWS
    return bool((winners[inked] != winners[-1]).any())


def _doubted(of: Readings) -> bool | None:
    """Whether it is unlike all that the first model has learnt."""
    first = of.traces[0]
    return first.doubted if isinstance(first.familiarity, Familiarity) else None


def _sure(of: Readings) -> bool:
    """Whether the first model gives one class nearly all."""
    return bool(of.traces[0].probabilities.max() > SURE)


def _own_weights(of: Readings) -> bool | None:
    """Whether each row has weights of its own: no, where all its states follow from one set."""
    layers = of.traces[0].layers
    replayed = bool(layers) and all(layer.came_in is not None for layer in layers)
    return False if replayed else None


def _surer(of: Readings) -> int | None:
    """Which of two models gives its answer the larger part."""
    return _larger(of, lambda trace: float(trace.probabilities.max()))


def _sooner(of: Readings) -> int | None:
    """Whose answer settles at an earlier row."""
    return _larger(of, lambda trace: -float(ROWS["settled"](trace)))


def _reader(of: Readings) -> int | None:
    """Which of two models alone takes it for what it is meant as."""
    read = [bool(of.label) and _name(trace) == of.label for trace in of.traces]
    return read.index(True) if len(read) == 2 and sum(read) == 1 else None


def _more_familiar(of: Readings) -> int | None:
    """To which of two models it is more familiar."""
    if any(not isinstance(trace.familiarity, Familiarity) for trace in of.traces):
        return None

    def familiar(trace: Trace) -> float:
        assert isinstance(trace.familiarity, Familiarity)
        return trace.familiarity.value

    return _larger(of, familiar)


def _steeper(of: Readings) -> int | None:
    """At which of the first and the last row the gradient by the first layer's states is larger."""
    gradient = of.traces[0].gradient
    if not isinstance(gradient, GradientTrace):
        return None
    first, *_, last = gradient.state_norms[0]
    return int(last > first)


def _more_left(of: Readings) -> int | None:
    """Whose first layer has more left of the last row's gradient, at the row looked at or else half
    way: the first model's, or that of the last network laid over it."""
    left = [_part_left(trace, of.row) for trace in (*of.traces[:1], *of.beside[-1:])]
    if len(left) < 2 or None in left or left[0] == left[1]:
        return None
    return int(left[1] > left[0])  # type: ignore[operator]


def _part_left(trace: Trace, row: int | None) -> float | None:
    """The part of the last row's gradient that a network's first layer has at that row."""
    if not isinstance(trace.gradient, GradientTrace):
        return None
    norms = trace.gradient.state_norms[0]
    row = len(norms) // 2 - 1 if row is None else row
    return float(norms[row] / norms[-1]) if norms[-1] > 0 else None


def _direction(of: Readings) -> int | None:
    """Which rows the last layer has read at any row: those above, or those below."""
    layers = of.traces[0].layers
    return int(layers[-1].direction == "reverse") if layers else None


def _own_belief(of: Readings) -> int | None:
    """When the first model gives a belief of its own: after each row, or after the last alone."""
    kind = of.traces[0].belief_kind
    return None if kind == "none" else int(kind == "covered")


def _larger(of: Readings, number: Callable[[Trace], float]) -> int | None:
    if len(of.traces) < 2:
        return None
    first, second = map(number, of.traces[:2])
    return None if first == second else int(second > first)


def _row_rule(name: str) -> Callable[[Readings], int]:
    return lambda of: ROWS[name](of.traces[0])


RULES: Mapping[Kind, Mapping[str, Callable[[Readings], Answer | None]]] = {
    "class": {"answer": _answer, "beside": _beside, "second": _second, "so far": _so_far},
    "row": {name: _row_rule(name) for name in ROWS},
    "yes": {
        "read": _is_read,
        "beside read": _beside_is_read,
        "either read": _either_is_read,
        "agree": _agree,
        "stays": _stays,
        "wavers": _wavers,
        "doubted": _doubted,
        "sure": _sure,
        "own weights": _own_weights,
    },
    "which": {
        "surer": _surer,
        "sooner": _sooner,
        "reader": _reader,
        "more familiar": _more_familiar,
        "steeper": _steeper,
        "more left": _more_left,
        "direction": _direction,
        "own belief": _own_belief,
    },
    "draw": {},
}
"""Rules for the right answer, by the kind of question."""

HIDES: Mapping[Kind, frozenset[str]] = {
    "class": frozenset({"answer", "belief"}),
    "row": frozenset({"answer", "belief"}),
    "yes": frozenset({"answer", "belief"}),
    "which": frozenset({"answer", "belief"}),
    "draw": frozenset(),
}
"""What is hidden till a question is answered, where its step says nothing else."""
