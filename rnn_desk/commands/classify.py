"""`rnn-desk classify`: what the model reads in files full of digits.

A digit with no ink is answered too, and not guessed: with `--json` its `label` and `probabilities`
are null and it carries `"empty": true`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.app.client import Client, Unanswered
from rnn_desk.app.requests import Classify, Open
from rnn_desk.commands.arguments import add_device, add_json, add_model, describe
from rnn_desk.commands.console import tell, tell_json, warn
from rnn_desk.commands.digits import Digit, digits_of
from rnn_desk.commands.models import opened
from rnn_desk.core.errors import Refused
from rnn_desk.core.plain import one_line, plain
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.devices import CPU_NAME
from rnn_desk.protocol.model import Model

AT_ONCE = 1024
"""Digits read together: enough to keep the runtime busy, few enough that answers flow."""

Answer = tuple[Digit, NDArray[np.float32] | None, str]
"""A digit, its probabilities `[classes]`, or None where there is no ink to read, and the name of
the device that read it."""


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Read every digit of the files: pictures (PNG, JPEG, BMP, GIF, WebP, TIFF, AVIF, HEIC; of\n"
        "one or several digits), MNIST's IDX images and drawings (.jsonl), the latter two packed\n"
        "with gzip or not. What a file is, is found by its content. A file or line that cannot be\n"
        "read is named, and the others are answered; the exit status is then 1.\n\n"
        'With --json each digit is one line {"file", "index", "label", "probabilities": [...]};\n'
        "index counts the digits of a file from 0, those of a picture in reading order. box says\n"
        "where in the picture it was found: [left, top, right, bottom] in pixels. With --split a\n"
        "drawing's digits are told apart too: index is the drawing's, part counts its digits, and\n"
        "box is in its units. Where there is no ink, label and probabilities are null, and there\n"
        'is "empty": true.',
        "rnn-desk classify digit.png\n"
        "rnn-desk classify drawings.jsonl --json > answers.jsonl\n"
        "rnn-desk classify t10k-images-idx3-ubyte.gz --model mine.onnx",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="pictures or drawings")
    add_model(parser)
    add_device(parser)
    parser.add_argument(
        "--split", action="store_true", help="tell the digits of a drawing apart too"
    )
    add_json(parser, "one JSON object a digit, a line each")


def _run(chosen: Namespace) -> int:
    return classify(chosen.files, chosen.model, chosen.device, chosen.json, chosen.split)


def classify(
    files: Sequence[Path], model: Path | None, device: str | None, as_json: bool, split: bool
) -> int:
    """Tell what each digit of the files is, in their order; 1 where one could not be read.

    split: tell the digits of a drawing apart.
    device: None is the CPU; where one was asked for, each answer in JSON names the one that read.
    Raises Refused where the model cannot be opened, or fails.
    """
    refused = False
    with opened(model, device or CPU_NAME) as (client, told):
        classes = told.model.card.classes
        table = None if as_json else _Table(files, classes)
        for answer in _answers(files, client, told.model, split):
            if isinstance(answer, Refused):
                refused = True
                warn(str(answer))
            elif table is not None:
                table.tell(*answer[:2])
            else:
                digit, probabilities, ran_on = answer
                record = _record(digit, probabilities, classes)
                tell_json(record if device is None else {**record, "device": ran_on})
    if table is not None:
        table.tell_summary()
    return 1 if refused else 0


def _answers(
    files: Sequence[Path], client: Client, model: Model, split: bool
) -> Iterator[Answer | Refused]:
    """Every digit of the files with its answer, or what was refused, in order.

    A device that fails leaves the rest to the CPU.
    """
    frame, side = model.card.frame, model.card.side
    digits = (digit for file in files for digit in digits_of(file, frame, split))
    while batch := list(islice(digits, AT_ONCE)):
        inked = [d for d in batch if isinstance(d, Digit) and not d.raster.is_blank]
        pictures = [digit.raster.pixels for digit in inked]
        pixels = np.array(pictures, np.float32).reshape(-1, side, side)  # also where there are none
        try:
            found = client.call(Classify(model.ref, model, pixels))
        except Unanswered as failure:
            if failure.cause is not Cause.DEVICE:
                raise
            warn(f"{failure}; the CPU reads now")
            model = client.call(Open(model.ref.on(CPU_NAME), before=model)).model
            found = client.call(Classify(model.ref, model, pixels))
        probabilities = dict(zip(map(id, inked), found, strict=True))
        for item in batch:
            if isinstance(item, Refused):
                yield item
            else:
                yield _checked(item, probabilities.get(id(item)), model.device.name)


def _checked(
    digit: Digit, probabilities: NDArray[np.float32] | None, device: str
) -> Answer | Refused:
    """The answer, refused where the model calculated itself into infinity."""
    if probabilities is not None and not np.isfinite(probabilities).all():
        return Refused(
            "{file}, digit {index}: the model's answer is not a number",
            file=digit.file,
            index=digit.index,
        )
    return digit, probabilities, device


def _record(
    digit: Digit, probabilities: NDArray[np.float32] | None, classes: Sequence[str]
) -> dict[str, Any]:
    """The answer as `--json` prints it. A class that is a number is one, as in drawing files."""
    where: dict[str, Any] = {"file": str(digit.file), "index": digit.index}
    if digit.part is not None:
        where["part"] = digit.part
    if (box := digit.box) is not None:
        where["box"] = [round(at, 1) for at in (box.left, box.top, box.right, box.bottom)]
    if probabilities is None:
        return {**where, "label": None, "probabilities": None, "empty": True}
    name = classes[int(probabilities.argmax())]
    return {
        **where,
        "label": int(name) if name.isascii() and name.isdecimal() else name,
        "probabilities": [round(float(p), 7) for p in probabilities],
    }


class _Table:
    """The answers as a table for people, told line by line as they come."""

    def __init__(self, files: Iterable[Path], classes: Sequence[str]) -> None:
        self._classes = classes
        self._file = max(4, *(len(plain(str(file))) for file in files))
        self._class = max(5, *(len(name) for name in classes))
        self._labelled = self._right = self._told = 0

    def tell(self, digit: Digit, probabilities: NDArray[np.float32] | None) -> None:
        """One digit's line, below the heading where it is the first."""
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
        index = str(digit.index) if digit.part is None else f"{digit.index}.{digit.part}"
        self._line(plain(str(digit.file)), index, answer, sure, others)

    def tell_summary(self) -> None:
        """How many of the labelled digits were read as labelled, where there are several."""
        if self._labelled > 1:
            share = self._right / self._labelled
            tell(f"{self._right:,} of {self._labelled:,} read as labelled ({share:.2%})")

    def _line(self, file: str, index: str, answer: str, sure: str, others: str) -> None:
        columns = f"{file:<{self._file}}  {index:>6}  {answer:>{self._class}}  {sure:>6}  {others}"
        tell(columns.rstrip())
