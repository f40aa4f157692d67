"""`rnn-desk classify`: what the model reads in files full of digits.

A digit with no ink is answered too, and not guessed: with `--json` its `label` and `probabilities`
are null and it carries `"empty": true`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.app.client import Client, Unanswered
from rnn_desk.app.requests import Classify, MeasureSurprise, Open, OpenWriter
from rnn_desk.assets_door import writer_model
from rnn_desk.commands.arguments import add_device, add_json, add_model, describe
from rnn_desk.commands.console import tell, tell_json, warn
from rnn_desk.commands.digits import Digit, digits_of
from rnn_desk.commands.models import opened
from rnn_desk.core.errors import Refused
from rnn_desk.core.plain import one_line, plain
from rnn_desk.core.raster import Raster
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.devices import CPU_NAME
from rnn_desk.protocol.model import Model, ModelRef, WriterModel

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
        "Read every digit of the files: pictures (PNG, JPEG, BMP, GIF, WebP; one digit each),\n"
        "MNIST's IDX images and drawings (.jsonl), the latter two packed with gzip or not. What a\n"
        "file is, is found by its content. A file or line that cannot be read is named, and the\n"
        "others are answered; the exit status is then 1.\n\n"
        'With --json each digit is one line {"file", "index", "label", "probabilities": [...]};\n'
        "index counts the digits of a file from 0. Where there is no ink, label and\n"
        'probabilities are null and there is "empty": true. With --nats it says too how unusual\n'
        "the digit is to the model that writes digits: its pixels' nats, summed.",
        "rnn-desk classify digit.png\n"
        "rnn-desk classify drawings.jsonl --json > answers.jsonl\n"
        "rnn-desk classify t10k-images-idx3-ubyte.gz --model mine.onnx",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="pictures or drawings")
    add_model(parser)
    add_device(parser)
    add_json(parser, "one JSON object a digit, a line each")
    parser.add_argument(
        "--nats", action="store_true", help="with --json: how unusual each digit is, in nats"
    )


def _run(chosen: Namespace) -> int:
    if chosen.nats and not chosen.json:
        raise Refused("--nats is told in JSON: name --json too")
    return classify(chosen.files, chosen.model, chosen.device, chosen.json, chosen.nats)


def classify(
    files: Sequence[Path],
    model: Path | None,
    device: str | None,
    as_json: bool,
    with_nats: bool = False,
) -> int:
    """Tell what each digit of the files is, in their order; 1 where one could not be read.

    device: None is the CPU; where one was asked for, each answer in JSON names the one that read.
    with_nats: in JSON, how unusual the digit is to the model that writes.
    Raises Refused where the model cannot be opened, or fails.
    """
    refused = False
    with opened(model, device or CPU_NAME) as (client, told):
        classes = told.model.card.classes
        table = None if as_json else _Table(files, classes)
        nats_of = _nats_of(client, told.model) if with_nats else None
        for answer in _answers(files, client, told.model):
            if isinstance(answer, Refused):
                refused = True
                warn(str(answer))
            elif table is not None:
                table.tell(*answer[:2])
            else:
                digit, probabilities, ran_on = answer
                record = _record(digit, probabilities, classes)
                if nats_of is not None:
                    record["nats"] = None if probabilities is None else nats_of(digit.raster)
                tell_json(record if device is None else {**record, "device": ran_on})
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
    where = {"file": str(digit.file), "index": digit.index}
    if probabilities is None:
        return {**where, "label": None, "probabilities": None, "empty": True}
    name = classes[int(probabilities.argmax())]
    return {
        **where,
        "label": int(name) if name.isascii() and name.isdecimal() else name,
        "probabilities": [round(float(p), 7) for p in probabilities],
    }


def _nats_of(client: Client, model: Model) -> Callable[[Raster], float]:
    """How unusual a raster of the model's is to the program's writer, its class not told.

    Raises Refused where the model's pictures are of another kind than the writer's.
    """
    writer: WriterModel = client.call(OpenWriter(ModelRef(str(writer_model()))))
    if model.card.frame != writer.card.frame:
        raise Refused(
            "{model} takes its pictures otherwise than the model that writes, so --nats says "
            "nothing of them: leave it out",
            model=model.ref.file,
        )

    def nats_of(raster: Raster) -> float:
        found = client.call(MeasureSurprise(writer.ref, raster.pixels[None]))
        return round(float(found.sum()), 2)

    return nats_of


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
        self._line(plain(str(digit.file)), str(digit.index), answer, sure, others)

    def tell_summary(self) -> None:
        """How many of the labelled digits were read as labelled, where there are several."""
        if self._labelled > 1:
            share = self._right / self._labelled
            tell(f"{self._right:,} of {self._labelled:,} read as labelled ({share:.2%})")

    def _line(self, file: str, index: str, answer: str, sure: str, others: str) -> None:
        columns = f"{file:<{self._file}}  {index:>6}  {answer:>{self._class}}  {sure:>6}  {others}"
        tell(columns.rstrip())
