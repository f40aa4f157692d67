"""The answers that a model's outputs may hold, told by what they are in a run.

An output that is a vector for each picture is an answer as it is. Any other is looked at for the
forms that an answer may have (`core.card.Form`): each that fits is a candidate, written behind the
graph as `[N, classes]`, so that it is tried as a vector would be. Which of them is the answer, the
reference digits tell.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper

from rnn_desk.core.card import MAX_CLASSES, Form
from rnn_desk.core.errors import Refused
from rnn_desk.core.number_words import digit_of
from rnn_desk.engine.graph.called import EVERY
from rnn_desk.engine.graph.dissection import STEPS
from rnn_desk.engine.graph.nodes import Nodes
from rnn_desk.engine.input_spec.forms import Lies, Written
from rnn_desk.engine.input_spec.outputs import classes_of, words_in, words_of

DIGITS = frozenset("0123456789")

_FEWEST = 2
_MOST_RANKED = 20
"""Labels that a list of the likeliest ones has at most."""

Run = Callable[[], tuple[dict[str, Any], dict[str, Any]] | None]
"""The outputs of two runs that differ in their last picture, which the second has not, or has
another for it where the batch is fixed; None where the model fails."""


@dataclass(frozen=True)
class Candidate:
    """One possible answer, `[N, classes]`: the tensor's name, its form, its classes' names.

    rough: its numbers say which class is the likeliest, and not by how much.
    """

    name: str
    form: Form
    classes: tuple[str, ...]
    rough: bool = False

    @property
    def digits(self) -> list[str]:
        """The digits that its classes mean, their names where they mean none."""
        return [digit_of(name) or name for name in self.classes]


@dataclass(frozen=True)
class Answers:
    """A model whose candidates are all outputs `[N, classes]`."""

    model: ModelProto
    candidates: tuple[Candidate, ...]

    def named(self, name: str) -> Candidate | None:
        """The candidate of that name."""
        return next((each for each in self.candidates if each.name == name), None)


def answers_in(
    model: ModelProto, run: Run, batch: int | Literal["free"], wide: bool = False
) -> Answers:
    """The candidates among the outputs of a model.

    batch: how many pictures it takes at once. wide: those too that are unlikely, for when the
    others do not read digits.
    """
    ran = run()
    if ran is None:
        return Answers(model, ())
    model = copy.deepcopy(model)
    outputs = dict(_outputs(model, *ran, None if batch == "free" else batch))
    pairs = _pairs(outputs)
    stepped = {name: lies for name, lies in outputs.items() if name.startswith(EVERY)}
    used = {*pairs.values(), *stepped}
    alone = {name: lies for name, lies in outputs.items() if name not in used}
    vectors = _vectors(model, {n: lies for n, lies in alone.items() if n not in pairs})
    found = [*_by_step(model, stepped, False), *vectors]
    # Whole numbers may be labels, of which there are as many as of digits by chance.
    if wide or not any(set(each.digits) >= DIGITS and not each.rough for each in vectors):
        found += _columns(model, alone)
        found += _tops(model, outputs, pairs)
        if wide or not vectors:
            found += _by_step(model, alone, wide)
        if wide:
            found += _smallest(model, alone)
        found += _labels(model, alone)
        found += _labels_by_step(model, alone)
    return Answers(model, tuple(found))


def _outputs(
    model: ModelProto, several: Mapping[str, Any], fewer: Mapping[str, Any], fixed: int | None
) -> Iterator[tuple[str, Lies]]:
    """How each output lies, sequences of tensors as one tensor; those that hold nothing that could
    be an answer left out."""
    for entry in list(model.graph.output):
        value, other = several.get(entry.name), fewer.get(entry.name)
        name = entry.name
        if isinstance(value, list) and isinstance(other, list):
            if not all(isinstance(part, np.ndarray) for part in (*value, *other)) or not value:
                continue
            if len({(part.shape, part.dtype) for part in value}) != 1:
                continue
            value, other = np.stack(value), np.stack(other) if other else value
            name = _stacked(model, entry.name)
        if isinstance(value, np.ndarray) and isinstance(other, np.ndarray) and value.size:
            yield name, Lies.of(value, other, fixed)


def _stacked(model: ModelProto, output: str) -> str:
    """Write a sequence's tensors as one, along a new first axis."""
    return Nodes(model, f"desk_stacked_{output}").node(
        "ConcatFromSequence", output, axis=0, new_axis=1
    )


def _vectors(model: ModelProto, outputs: Mapping[str, Lies]) -> list[Candidate]:
    """Outputs that are a vector for each picture, in whatever order of axes and type."""
    told = {entry.name for entry in model.graph.output}
    found = []
    for output, lies in outputs.items():
        if len(lies.rest) != 1 or lies.kind not in "fiub" or not _fits(lies.sizes[0]):
            continue
        count = lies.sizes[0]
        name = output
        if not lies.plain or output not in told:
            name = _name("vector", output)
            Written(model, name).vector(output, lies, name)
            _bring_out(model, name)
        found.append(Candidate(name, "vector", classes_of(model, count), lies.kind in "iu"))
    return found


def _columns(model: ModelProto, outputs: Mapping[str, Lies]) -> list[Candidate]:
    """Outputs of one number for each picture, an output for each class."""
    names = [name for name, lies in outputs.items() if not lies.rest and lies.kind == "f"]
    if not _fits(len(names)):
        return []
    name = _name("columns", names[0])
    written = Written(model, name)
    parts = [written.canonical(each, outputs[each], ()) for each in names]
    written.nodes.node("Concat", *parts, output=name, axis=1)
    _bring_out(model, name)
    classes = classes_of(model, len(names))
    told = [_last_number(each) for each in names]
    if len({word for word in told if word}) == len(names):
        classes = tuple(told)
    return [Candidate(name, "columns", words_of(classes))]


def _last_number(name: str) -> str:
    """The digit that an output's name ends with, in figures or as a word; "" where it has none."""
    parts = re.findall(r"[a-z]+|\d+", name.lower())
    return (digit_of(parts[-1]) or parts[-1]) if parts else ""


def _pairs(outputs: Mapping[str, Lies]) -> dict[str, str]:
    """Lists of the likeliest classes, with the output that has their numbers."""
    found: dict[str, str] = {}
    for places, lies in outputs.items():
        values = [n for n, o in outputs.items() if o.kind == "f" and o.shape == lies.shape]
        if len(lies.rest) < 2 and _ranks(lies.values) and len(values) == 1:
            found[places] = values[0]
    return found


def _ranks(value: NDArray[Any]) -> bool:
    """Whether it has, for each picture, some different whole numbers that may be classes."""
    if value.dtype.kind not in "iu":
        return False
    rows = value.reshape(len(value) if value.ndim else 1, -1)
    fits = rows.min() >= 0 and rows.max() < MAX_CLASSES and rows.shape[1] <= _MOST_RANKED
    return bool(fits and all(len(set(row.tolist())) == len(row) for row in rows))


def _tops(
    model: ModelProto, outputs: Mapping[str, Lies], pairs: Mapping[str, str]
) -> list[Candidate]:
    """The likeliest classes, with their numbers or without."""
    found = []
    for places, lies in outputs.items():
        paired = places in pairs
        if not paired and (len(lies.rest) != 1 or not _ranks(lies.values)):
            continue
        form: Form = "top" if paired else "ranked"
        count = _classes_beyond(int(lies.values.max()))
        name = _name(form, places)
        written = Written(model, name)
        if paired:
            written.top(places, lies, pairs[places], outputs[pairs[places]], count)
        else:
            written.ranked(places, lies, count)
        _bring_out(model, name)
        found.append(Candidate(name, form, classes_of(model, count), not paired))
    return found


def _by_step(model: ModelProto, outputs: Mapping[str, Lies], wide: bool) -> list[Candidate]:
    """Outputs that are an answer after each step: the last counts; or a blank is among them."""
    found = []
    for output, lies in outputs.items():
        if len(lies.rest) != 2 or lies.kind not in "fiub":
            continue
        for steps, classes in (lies.rest, lies.rest[::-1]):
            count = lies.shape[classes]
            if not _fits(count):
                continue
            names = classes_of(model, count)
            ways: list[tuple[str, Form, int]] = [("last", "last", -1)]
            if wide:
                ways.append(("mean", "mean", -1))
            if count > len(DIGITS):
                ways += [("ctc_first", "ctc", 0), ("ctc_last", "ctc", count - 1)]
                first = np.take(lies.values, [0], steps).argmax(axis=classes)
                ways = [way for way in ways if (first == way[2]).all()] or ways
            for label, form, blank in ways:
                name = _name(f"{label}_of_{classes}", output)
                Written(model, name).by_step(output, lies, (steps, classes), form, blank, STEPS)
                _bring_out(model, name)
                _bring_out(model, name + STEPS)
                kept = [word for k, word in enumerate(names) if k != blank]
                if form == "ctc" and names == classes_of_number(count):
                    kept = list(classes_of_number(count - 1))
                found.append(Candidate(name, form, tuple(kept)))
    return found


def classes_of_number(count: int) -> tuple[str, ...]:
    """The names of classes of which nothing is said."""
    return tuple(str(number) for number in range(count))


def _smallest(model: ModelProto, outputs: Mapping[str, Lies]) -> list[Candidate]:
    """The same vectors, as distances."""
    found = []
    for output, lies in outputs.items():
        if len(lies.rest) == 1 and lies.kind in "fiu" and _fits(lies.sizes[0]):
            name = _name("smallest", output)
            written = Written(model, name)
            vector = written.canonical(output, lies, lies.rest)
            written.nodes.node("Neg", vector, output=name)
            _bring_out(model, name)
            classes = classes_of(model, lies.sizes[0])
            found.append(Candidate(name, "smallest", classes, rough=True))
    return found


def _labels(model: ModelProto, outputs: Mapping[str, Lies]) -> list[Candidate]:
    """Outputs that are the label alone."""
    found = []
    for output, lies in outputs.items():
        if lies.rest or lies.kind == "b":
            continue
        name = _name("label", output)
        values = lies.values
        if lies.kind in "OU":
            words = words_in(model, [str(each) for each in values.ravel()])
            if len({digit_of(word) for word in words} & DIGITS) < len(DIGITS):
                words = tuple(dict.fromkeys((*sorted(DIGITS), *words)))
            classes = words_of(words)
            Written(model, name).words(output, lies, words)
        else:
            numbers = values.astype(np.float64)
            if not np.array_equal(numbers, np.rint(numbers)) or numbers.min() < 0:
                continue
            if numbers.max() >= MAX_CLASSES:
                continue
            classes = classes_of(model, _classes_beyond(int(numbers.max())))
            Written(model, name).label(output, lies, len(classes))
        _bring_out(model, name)
        found.append(Candidate(name, "label", classes, rough=True))
    return found


def _labels_by_step(model: ModelProto, outputs: Mapping[str, Lies]) -> list[Candidate]:
    """Outputs that are a label after each step: the last counts."""
    found = []
    for output, lies in outputs.items():
        if len(lies.rest) != 1 or lies.kind not in "iu" or _ranks(lies.values):
            continue
        highest = int(lies.values.max())
        if lies.values.min() < 0 or not _FEWEST <= highest + 1 <= MAX_CLASSES:
            continue
        name = _name("labels", output)
        count = _classes_beyond(highest)
        Written(model, name).labels(output, lies, count, STEPS)
        _bring_out(model, name)
        _bring_out(model, name + STEPS)
        found.append(Candidate(name, "last", classes_of(model, count), rough=True))
    return found


def no_answer(outputs: Mapping[str, Any]) -> Refused:
    """Why no answer is found in such outputs of a run."""
    told = [
        f"{name} {' x '.join(map(str, shape))}" if (shape := getattr(value, "shape", ())) else name
        for name, value in outputs.items()
    ]
    return Refused(
        "none of its outputs ({outputs}) is an answer: a reader gives a number for each class, the "
        "likeliest classes, or one of these after each row",
        outputs=", ".join(told),
    )


def _classes_beyond(highest: int) -> int:
    """How many classes there are, if the highest that was seen is this: ten at least."""
    return max(len(DIGITS), highest + 1)


def _fits(count: int) -> bool:
    return _FEWEST <= count <= MAX_CLASSES


def _name(form: str, output: str) -> str:
    return f"desk_{form}_{output}"


def _bring_out(model: ModelProto, name: str) -> None:
    model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
