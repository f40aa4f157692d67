"""How a lesson's questions are written as text; rows, and which of two, count from 1 there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnn_desk.app.text import Codec
from rnn_desk.core.questions import HIDEABLE, RULES, Answer, Kind, Question, Task

LONGEST = 600
"""Characters of a question, and of what is said once it is answered."""

_USUAL: Mapping[Kind, str] = {"class": "answer", "row": "settled"}
"""The rule where none is named."""

_MOST_ROWS = 4096

_KNOWN: Mapping[Kind, frozenset[str]] = {
    "class": frozenset({"answer"}),
    "row": frozenset({"answer", "within"}),
    "yes": frozenset({"answer"}),
    "which": frozenset({"answer", "of"}),
    "draw": frozenset({"reads", "beside", "doubted", "settles"}),
}
"""What a question of a kind may say, beside its words and what is said then."""


def _question(value: Any) -> Question | None:
    if value is None:
        return None
    kind: Kind = value["kind"]
    told = dict(value)
    if kind not in _KNOWN or set(told) - _KNOWN[kind] - {"kind", "words", "then"}:
        raise ValueError
    if kind == "draw":
        task = _task(told)
        return Question("draw", _words(told["words"]), task=task, then=_words(told.get("then", "")))
    said = told.get("answer", _USUAL.get(kind))
    by_rule = isinstance(said, str) and said in RULES[kind]
    first, second = told.get("of", ("", ""))
    return Question(
        kind,
        _words(told["words"]),
        rule=str(said) if by_rule else "",
        answer=None if by_rule else _answer(kind, said),
        of=(_words(first), _words(second)),
        within=_number(told.get("within", 0), 0, _MOST_ROWS),
        then=_words(told.get("then", "")),
    )


def _answer(kind: Kind, value: Any) -> Answer:
    if kind == "class" and isinstance(value, str) and value:
        return _words(value)
    if kind == "yes" and isinstance(value, bool):
        return value
    most = {"row": _MOST_ROWS, "which": 2}.get(kind, 0)
    return _number(value, 1, most) - 1


def _task(told: Mapping[str, Any]) -> Task:
    settles = told.get("settles")
    if settles is not None:
        first, last = settles
        first = _number(first, 1, _MOST_ROWS)
        settles = first - 1, _number(last, first, _MOST_ROWS) - 1
    doubted = told.get("doubted")
    if not isinstance(doubted, bool | None):
        raise ValueError
    task = Task(_words(told.get("reads", "")), _words(told.get("beside", "")), doubted, settles)
    if task == Task():
        raise ValueError
    return task


def _number(value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError
    return value


def _words(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError
    return " ".join(value.split())


def _write_question(question: Question | None) -> dict[str, Any] | None:
    if question is None:
        return None
    q, task = question, question.task
    place = q.answer
    if q.kind in ("row", "which") and place is not None:
        place = int(place) + 1
    told: dict[str, Any] = {
        "kind": q.kind,
        "words": q.words,
        "answer": q.rule or place,
        "of": list(q.of) if any(q.of) else None,
        "within": q.within or None,
        "reads": task.reads or None,
        "beside": task.beside or None,
        "doubted": task.doubted,
        "settles": None if task.settles is None else [row + 1 for row in task.settles],
        "then": q.then or None,
    }
    return {name: value for name, value in told.items() if value is not None}


QUESTION = Codec(_question, _write_question)
"""A question, `{kind, words, ...}`; or none."""


def _hidden(value: Any) -> frozenset[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not set(HIDEABLE).issuperset(value):
        raise ValueError
    return frozenset(value)


HIDDEN = Codec(_hidden, lambda names: None if names is None else sorted(names))
"""What a step hides, by the names of `core.questions.HIDEABLE`; None, what its question does."""
