"""`rnn-desk classify`: what the model reads in files full of digits.

A digit with no ink is answered too, and not guessed: with `--json` its `label` and `probabilities`
are null and it carries `"empty": true`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.app.client import Client, Unanswered
from rnn_desk.app.requests import Open, ReadMany
from rnn_desk.commands.arguments import add_device, add_json, add_model, describe
from rnn_desk.commands.console import tell, tell_json, warn
from rnn_desk.commands.digits import Digit, digits_of
from rnn_desk.commands.models import opened
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import DOUBTED_BELOW
from rnn_desk.core.plain import one_line, plain
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.devices import CPU_NAME
from rnn_desk.protocol.model import Model

AT_ONCE = 1024
"""Digits read together: enough to keep the runtime busy, few enough that answers flow."""


@dataclass(frozen=True)
class Answer:
    """A digit; its probabilities `[classes]`, or None where there is no ink to read; how familiar
    it is, None where that cannot be had; the name of the device that read it."""

    digit: Digit
    probabilities: NDArray[np.float32] | None
    familiarity: float | None
    device: str

    @property
    def doubted(self) -> bool | None:
        """Whether it is unlike anything that the model has learnt; None where that is not known."""
        return None if self.familiarity is None else self.familiarity < DOUBTED_BELOW


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Read every digit of the files: pictures (PNG, JPEG, BMP, GIF, WebP; one digit each),\n"
        "MNIST's IDX images and drawings (.jsonl), the latter two packed with gzip or not. What a\n"
        "file is, is found by its content. A file or line that cannot be read is named, and the\n"
        "others are answered; the exit status is then 1.\n\n"
        'With --json each digit is one line {"file", "index", "label", "probabilities": [...],\n'
        '"familiarity", "doubted"}; index counts the digits of a file from 0. Familiarity is 0 to\n'
        "1, more is more familiar; below 0.5 the model's states are unlike those of any digit\n"
        "that it knows: the answer is doubted, and its label a guess. Both are null where a model\n"
        "gives no measure of it. Where there is no ink, label and probabilities are null and\n"
        'there is "empty": true.',
        "rnn-desk classify digit.png\n"
        "rnn-desk classify drawings.jsonl --json > answers.jsonl\n"
        "rnn-desk classify t10k-images-idx3-ubyte.gz --model mine.onnx",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="pictures or drawings")
    add_model(parser)
    add_device(parser)
    add_json(parser, "one JSON object a digit, a line each")


def _run(chosen: Namespace) -> int:
    return classify(chosen.files, chosen.model, chosen.device, chosen.json)


def classify(files: Sequence[Path], model: Path | None, device: str | None, as_json: bool) -> int:
    """Tell what each digit of the files is, in their order; 1 where one could not be read.

    device: None is the CPU; where one was asked for, each answer in JSON names the one that read.
    Raises Refused where the model cannot be opened, or fails.
    """
    refused = False
    with opened(model, device or CPU_NAME) as (client, told):
        classes = told.model.card.classes
        table = None if as_json else _Table(files, classes)
        for answer in _answers(files, client, told.model):
            if isinstance(answer, Refused):
                refused = True
                warn(str(answer))
            elif table is not None:
                table.tell(answer)
            else:
                record = _record(answer, classes)
                tell_json(record if device is None else {**record, "device": answer.device})
    if table is not None:
        table.tell_summary()
    return 1 if refused else 0


def _answers(files: Sequence[Path], client: Client, model: Model) -> Iterator[Answer | Refused]:
    """Every digit of the files with its answer, or what was refused, in order.

    A device that fails leaves the rest to the CPU.
    """
    frame, side = model.card.frame, model.card.side
    digits = (digit for file in files for digit in digits_of(file, frame))
    while batch := list(islice(digits, AT_ONCE)):
        inked = [d for d in batch if isinstance(d, Digit) and not d.raster.is_blank]
        pictures = [digit.raster.pixels for digit in inked]
        pixels = np.array(pictures, np.float32).reshape(-1, side, side)  # also where there are none
        try:
            found = client.call(ReadMany(model.ref, model, pixels))
        except Unanswered as failure:
            if failure.cause is not Cause.DEVICE:
                raise
            warn(f"{failure}; the CPU reads now")
            model = client.call(Open(model.ref.on(CPU_NAME), before=model)).model
            found = client.call(ReadMany(model.ref, model, pixels))
        familiar: Sequence[float | None] = [None] * len(inked)
        if isinstance(found.familiarity, np.ndarray):
            familiar = found.familiarity.tolist()
        read = dict(
            zip(map(id, inked), zip(found.probabilities, familiar, strict=True), strict=True)
        )
        for item in batch:
            if isinstance(item, Refused):
                yield item
            else:
                yield _checked(Answer(item, *read.get(id(item), (None, None)), model.device.name))


def _checked(answer: Answer) -> Answer | Refused:
    """The answer, refused where the model calculated itself into infinity."""
    if answer.probabilities is not None and not np.isfinite(answer.probabilities).all():
        return Refused(
            "{file}, digit {index}: the model's answer is not a number",
            file=answer.digit.file,
            index=answer.digit.index,
        )
    return answer


def _record(answer: Answer, classes: Sequence[str]) -> dict[str, Any]:
    """The answer as `--json` prints it. A class that is a number is one, as in drawing files."""
    digit, probabilities = answer.digit, answer.probabilities
    where = {"file": str(digit.file), "index": digit.index}
    if probabilities is None:
        return {**where, "label": None, "probabilities": None, "empty": True}
    name = classes[int(probabilities.argmax())]
    return {
        **where,
        "label": int(name) if name.isascii() and name.isdecimal() else name,
        "probabilities": [round(float(p), 7) for p in probabilities],
        "familiarity": None if answer.familiarity is None else round(answer.familiarity, 4),
        "doubted": answer.doubted,
    }


class _Table:
    """The answers as a table for people, told line by line as they come."""

    def __init__(self, files: Iterable[Path], classes: Sequence[str]) -> None:
        self._classes = classes
        self._file = max(4, *(len(plain(str(file))) for file in files))
        self._class = max(5, *(len(name) for name in classes))
        self._labelled = self._right = self._told = 0

    def tell(self, told: Answer) -> None:
        """One digit's line, below the heading where it is the first."""
        digit, probabilities = told.digit, told.probabilities
        if not self._told:
            self._line("file", "index", "reads", "sure", "next")
        self._told += 1
        answer, sure, others = "-", "", "no ink"
        if probabilities is not None:
            best, *rest = np.argsort(-probabilities, kind="stable")
            answer, sure = self._classes[best], f"{probabilities[best]:.1%}"
            others = f"{self._classes[rest[0]]} {probabilities[rest[0]]:.1%}" if rest else ""
        if digit.label is not None:
            self._labelled += 1
            self._right += answer == digit.label
            others += "" if answer == digit.label else f"   labelled {one_line(digit.label)}"
        if told.doubted:
            others += f"   unlike anything it has learnt (familiarity {told.familiarity:.2f})"
        self._line(plain(str(digit.file)), str(digit.index), answer, sure, others)

    def tell_summary(self) -> None:
        """How many of the labelled digits were read as labelled, where there are several."""
        if self._labelled > 1:
            share = self._right / self._labelled
            tell(f"{self._right:,} of {self._labelled:,} read as labelled ({share:.2%})")

    def _line(self, file: str, index: str, answer: str, sure: str, others: str) -> None:
        columns = f"{file:<{self._file}}  {index:>6}  {answer:>{self._class}}  {sure:>6}  {others}"
        tell(columns.rstrip())
