"""`rnn-desk classify`: what the model reads in files full of digits.

A digit with no ink is answered too, and not guessed: with `--json` its `label` and `probabilities`
are null and it carries `"empty": true`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rnn_desk.app.client import Client
from rnn_desk.app.requests import MeasureSurprise, OpenWriter
from rnn_desk.assets_door import writer_model
from rnn_desk.cli.answered import Answered, answers, as_json
from rnn_desk.cli.arguments import add_device, add_json, add_model, describe, wrong
from rnn_desk.cli.digits import digits_of
from rnn_desk.cli.model_files import opened
from rnn_desk.core.console import tell, tell_json, warn
from rnn_desk.core.errors import Refused
from rnn_desk.core.plain import one_line, plain
from rnn_desk.core.progress import progress
from rnn_desk.core.raster import Raster
from rnn_desk.protocol.devices import CPU_NAME
from rnn_desk.protocol.model import Model, ModelRef, WriterModel


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Read every digit of the files: pictures (PNG, JPEG, BMP, GIF, WebP, TIFF, AVIF, HEIC; of\n"
        "one or several digits), MNIST's IDX images and drawings (.jsonl), the latter two packed\n"
        "with gzip or not. What a file is, is found by its content. A file or line that cannot be\n"
        "read is named, and the others are answered; the exit status is then 1.\n\n"
        'With --json each digit is one line {"file", "index", "label", "probabilities": [...],\n'
        '"familiarity", "doubted"}; index counts the digits of a file from 0, those of a picture\n'
        "in reading order, and box says where in the picture it was found: [left, top, right,\n"
        "bottom] in pixels. With --split a drawing's digits are told apart too: index is the\n"
        "drawing's, part counts its digits, and box is in its units. A drawing that says itself\n"
        'what it is has that as "truth". Familiarity is 0 to 1, more is more familiar; below 0.5\n'
        "the model's states are unlike those of any digit that it knows: the answer is doubted,\n"
        "and its label a guess. Both are null where a model gives no measure of it. A drawing\n"
        'that looks like several digits is doubted, and has as "apart" what each is read as.\n'
        'Where there is no ink, label and probabilities are null and there is "empty": true. With\n'
        "--nats it says too how unusual the digit is to the model that writes digits: its pixels'\n"
        "nats, summed.",
        "rnn-desk classify digit.png --model gru\n"
        "rnn-desk classify drawings.jsonl --json > answers.jsonl\n"
        "rnn-desk classify t10k-images-idx3-ubyte.gz --model mine.onnx\n"
        "cat digit.png | rnn-desk classify -",
    )
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="pictures or drawings, - is standard input",
    )
    add_model(parser)
    add_device(parser)
    parser.add_argument(
        "--split", action="store_true", help="tell the digits of a drawing apart too"
    )
    add_json(parser, "one JSON object a digit, a line each")
    parser.add_argument(
        "--nats", action="store_true", help="with --json: how unusual each digit is, in nats"
    )


def _run(chosen: Namespace) -> int:
    if chosen.nats and not chosen.json:
        raise wrong("--nats is told in JSON: name --json too")
    return classify(
        chosen.files, chosen.model, chosen.device, chosen.json, chosen.split, chosen.nats
    )


def classify(
    files: Sequence[Path],
    model: Path | None,
    device: str | None,
    as_lines: bool,
    split: bool,
    with_nats: bool = False,
) -> int:
    """Tell what each digit of the files is, in their order; 1 where one could not be read.

    split: tell the digits of a drawing apart.
    device: None is the CPU; where one was asked for, each answer in JSON names the one that read.
    with_nats: in JSON, how unusual the digit is to the model that writes.
    Raises Refused where the model cannot be opened, or fails.
    """
    refused, done = False, 0
    with (
        progress("opening the model") as line,
        opened(model, device or CPU_NAME, line) as (client, told),
    ):
        line.say("reading")
        card = told.model.card
        card.check_answers(told.model.ref.file)
        table = None if as_lines else _Table(files, card.classes)
        nats_of = _nats_of(client, told.model) if with_nats else None
        digits = (digit for file in files for digit in digits_of(file, card.frame, split))
        for answer in answers(digits, client, told.model):
            done += 1
            line.count(done)
            if isinstance(answer, Refused):
                refused = True
                warn(str(answer))
            elif table is not None:
                table.tell(answer)
            else:
                record = _record(answer, card.classes)
                if nats_of is not None:
                    inked = answer.probabilities is not None
                    record["nats"] = nats_of(answer.digit.raster) if inked else None
                tell_json(record if device is None else {**record, "device": answer.device})
    if table is not None:
        table.tell_summary()
    return 1 if refused else 0


def _record(answer: Answered, classes: Sequence[str]) -> dict[str, Any]:
    """The answer as `--json` prints it."""
    digit, probabilities = answer.digit, answer.probabilities
    where: dict[str, Any] = {"file": str(digit.file), "index": digit.index}
    if digit.part is not None:
        where["part"] = digit.part
    if (box := digit.box) is not None:
        where["box"] = [round(at, 1) for at in (box.left, box.top, box.right, box.bottom)]
    truth = {} if digit.label is None else {"truth": as_json(digit.label)}
    if probabilities is None:
        return {**where, "label": None, **truth, "probabilities": None, "empty": True}
    return {
        **where,
        "label": as_json(classes[int(probabilities.argmax())]),
        **truth,
        "probabilities": [round(float(p), 7) for p in probabilities],
        "familiarity": None if answer.familiarity is None else round(answer.familiarity, 4),
        "doubted": answer.doubted,
        **({"apart": [as_json(name) for name in answer.apart]} if answer.apart else {}),
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

    def tell(self, answered: Answered) -> None:
        """One digit's line, below the heading where it is the first."""
        digit, probabilities = answered.digit, answered.probabilities
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
        if answered.apart:
            digits = " and ".join(answered.apart)
            others += f"   looks like several digits, {digits}: --split reads them apart"
        elif answered.doubted:
            others += f"   unlike anything it has learnt (familiarity {answered.familiarity:.2f})"
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
