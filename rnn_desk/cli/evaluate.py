"""`rnn-desk evaluate`: how well a model reads labelled digits, and which it misreads."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.app.model_names import model_file
from rnn_desk.cli.answered import Answered, answers, as_json
from rnn_desk.cli.arguments import MODEL, add_device, add_json, describe, whole_number
from rnn_desk.cli.labelled import class_of, labelled_digits
from rnn_desk.cli.model_files import opened
from rnn_desk.core.console import tell, tell_json, tell_table, warn
from rnn_desk.core.errors import Refused
from rnn_desk.core.plain import counted, one_line, plain
from rnn_desk.core.progress import progress
from rnn_desk.protocol.devices import CPU_NAME
from rnn_desk.protocol.judged import occurring

_LISTED = 20
"""Misread digits that are named where nobody says how many."""

_LONGEST = 12
"""Characters of a class at the head of a column."""


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Read labelled digits and tell which part of them is read as labelled, what is taken for\n"
        "what, and which digits are misread, those that the model is surest of first. The data:\n"
        "  drawings (.jsonl), each with its label\n"
        "  IDX images as MNIST's, their labels in the file beside them, or in --labels FILE\n"
        "  a folder with a folder of pictures for each class, named as the class is\n"
        "  a folder with such IDX files: its test set\n"
        "A digit with no ink counts as misread. What has no label, or one that the model does not\n"
        "know, is left out, and counted. What cannot be read is named; the exit status is then 1.",
        "rnn-desk evaluate gru drawings.jsonl\n"
        "rnn-desk evaluate mine.onnx t10k-images-idx3-ubyte.gz\n"
        "rnn-desk evaluate mine.onnx pictures/ --json > answer.json",
    )
    parser.add_argument(
        "model",
        type=model_file,
        metavar=MODEL,
        help="one of `rnn-desk models`, or an ONNX file",
    )
    parser.add_argument(
        "data", type=Path, metavar="DATA", help="a file or a folder, - is standard input"
    )
    parser.add_argument("--labels", type=Path, metavar="FILE", help="labels of IDX images")
    parser.add_argument(
        "--misread",
        type=whole_number(0),
        default=_LISTED,
        metavar="N",
        help=f"how many of the misread digits are named ({_LISTED}); --json names all",
    )
    add_device(parser)
    add_json(parser, "one JSON object")


def _run(chosen: Namespace) -> int:
    device = chosen.device or CPU_NAME
    return evaluate(chosen.model, chosen.data, chosen.labels, device, chosen.misread, chosen.json)


@dataclass(frozen=True, eq=False)
class _Misread:
    """A digit that was not read as labelled. label: None where it has no ink."""

    file: Path
    index: int
    truth: str
    label: str | None
    sure: float


@dataclass(eq=False)
class _Score:
    """What came of the digits so far.

    confusion: `[classes, classes]`, a row what is labelled so, a column what is read so. count: of
    all that count, those with no ink too.
    """

    classes: tuple[str, ...]
    confusion: NDArray[np.int64] = field(init=False)
    count: int = 0
    empty: int = 0
    unlabelled: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    misread: list[_Misread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.confusion = np.zeros((len(self.classes), len(self.classes)), np.int64)

    @property
    def right(self) -> int:
        """How many are read as labelled."""
        return int(self.confusion.trace())

    def add(self, answered: Answered) -> None:
        """Count one digit with its answer."""
        digit, probabilities = answered.digit, answered.probabilities
        if digit.label is None:
            self.unlabelled += 1
            return
        truth = class_of(digit.label, self.classes)
        if truth is None:
            self.unknown[digit.label] += 1
            return
        self.count += 1
        label, sure = None, 0.0
        if probabilities is None:
            self.empty += 1
        else:
            read = int(probabilities.argmax())
            self.confusion[truth, read] += 1
            label, sure = self.classes[read], float(probabilities[read])
            if read == truth:
                return
        misread = _Misread(digit.file, digit.index, self.classes[truth], label, sure)
        self.misread.append(misread)


def evaluate(
    model: Path, data: Path, labels: Path | None, device: str, listed: int, as_object: bool
) -> int:
    """Tell how well the model reads the digits of the data; 1 where some could not be read.

    listed: how many of the misread digits are named. Raises Refused where the model cannot be
    opened, or there is nothing that counts.
    """
    refused = 0
    with (
        progress("opening the model") as line,
        opened(model, device, line) as (client, told),
    ):
        line.say("reading")
        card = told.model.card
        card.check_answers(told.model.ref.file)
        score = _Score(card.classes)
        digits = labelled_digits(data, labels, card)
        for number, answer in enumerate(answers(digits, client, told.model), start=1):
            line.count(number)
            if isinstance(answer, Refused):
                refused += 1
                warn(str(answer))
            else:
                score.add(answer)
        for words in _left_out(score):
            warn(words)
        if not score.count and refused:
            return 1  # why, is said
        if not score.count:
            raise Refused(
                "{file} holds no digit that can be judged: `rnn-desk evaluate -h` says how labels "
                "are given",
                file=data,
            )
    if as_object:
        tell_json(_record(card.name, told.model.ref.sha256, data, score, refused))
    else:
        _tell(card.name, data, score, listed)
    return 1 if refused else 0


def _left_out(score: _Score) -> Iterator[str]:
    if score.unlabelled:
        yield f"{counted(score.unlabelled, 'digit')} left out: no label says what it should be"
    if score.unknown:
        names = ", ".join(one_line(name) for name in list(score.unknown)[:10])
        count = counted(score.unknown.total(), "digit")
        yield f"{count} left out: the model knows no class {names}"


def _record(model: str, sha256: str, data: Path, score: _Score, refused: int) -> dict[str, Any]:
    classes = [as_json(name) for name in score.classes]
    return {
        "model": model,
        "sha256": sha256,
        "data": str(data),
        "count": score.count,
        "right": score.right,
        "accuracy": score.right / score.count,
        "classes": classes,
        "confusion": score.confusion.tolist(),
        "misread": [
            {
                "file": str(each.file),
                "index": each.index,
                "truth": as_json(each.truth),
                "label": None if each.label is None else as_json(each.label),
                "probability": None if each.label is None else round(each.sure, 7),
            }
            for each in score.misread
        ],
        "empty": score.empty,
        "left_out": {
            "unlabelled": score.unlabelled,
            "unknown_label": score.unknown.total(),
            "unreadable": refused,
        },
    }


def _tell(model: str, data: Path, score: _Score, listed: int) -> None:
    share = score.right / score.count
    tell(
        f"{one_line(model)} on {plain(str(data))}: {score.right:,} of {score.count:,} read as "
        f"labelled ({share:.2%})"
    )
    tell("")
    tell("what is labelled so, line by line, is read so, column by column")
    _tell_confusion(score)
    surest = sorted(score.misread, key=lambda each: -each.sure)
    if not surest or not listed:
        return
    tell("")
    heading = ("misread", "index", "labelled", "reads", "sure")
    tell_table([heading, *map(_line, surest[:listed])])
    if (more := len(surest) - listed) > 0:
        tell(f"and {counted(more, 'other')}, see --misread and --json")


def _line(each: _Misread) -> tuple[str, ...]:
    reads, sure = ("-", "no ink") if each.label is None else (each.label, f"{each.sure:.1%}")
    return str(each.file), str(each.index), each.truth, reads, sure


def _tell_confusion(score: _Score) -> None:
    """The classes that the data has, and those that something was read as."""
    confusion = score.confusion
    of = confusion.sum(axis=1)
    shown = occurring(confusion)
    names = {k: one_line(score.classes[k], _LONGEST) for k in shown}
    rows = [["", *(names[k] for k in shown), "right"]]
    for k in shown:
        cells = [f"{confusion[k, j]:,}" if confusion[k, j] else "." for j in shown]
        right = f"{confusion[k, k] / of[k]:.2%}" if of[k] else ""
        rows.append([names[k], *cells, right])
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    for row in rows:
        tell("  ".join(word.rjust(w) for word, w in zip(row, widths, strict=True)).rstrip())
