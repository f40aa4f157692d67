"""`rnn-desk inspect`: what a model is, how it is fed and on what evidence, what of it is shown."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rnn_desk.app.answer_words import call_words, form_words, given_words
from rnn_desk.app.client import Client, Unanswered
from rnn_desk.app.input_words import english
from rnn_desk.app.model_names import model_file
from rnn_desk.app.report_page import page
from rnn_desk.app.requests import (
    Classify,
    FindWatchable,
    MakeReport,
    OpenWriter,
    ReadRaster,
    SaveCopy,
)
from rnn_desk.cli.arguments import MODEL, add_device, add_json, describe, wrong
from rnn_desk.cli.by_hand import Said, add_by_hand
from rnn_desk.cli.inspect_words import in_words, writer_in_words
from rnn_desk.cli.model_files import opened
from rnn_desk.cli.standard_streams import STREAM, as_input, as_output, check_output
from rnn_desk.core.console import note, table_lines, tell_json, tell_table, warn
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.core.number_words import digit_of
from rnn_desk.core.progress import Progress, progress
from rnn_desk.core.raster import Raster
from rnn_desk.core.references import reference_digits
from rnn_desk.core.trace import Trace
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.findings import Tried
from rnn_desk.protocol.model import Model, ModelRef, Watchable, WriterModel

_NOTHING_KNOWN: dict[str, Any] = {
    "name": None,
    "input": None,
    "classes": None,
    "reference_accuracy": None,
    "layers": [],
    "watched": [],
    "watchable": [],
    "evidence": [],
}


@dataclass(frozen=True)
class Wanted:
    """Files to be written beside the answer: a copy with its card, and a page on its errors."""

    copy: Path | None = None
    scaled: bool = False
    page: Path | None = None

    @property
    def to_stdout(self) -> bool:
        """Whether one of them goes to standard output, where the answer then has no place."""
        return STREAM in (self.copy, self.page)


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Tell a model's card, how it is fed, how well it reads the program's reference digits,\n"
        "and what of each recurrent layer can be shown: hidden states h, cell states c, gates.\n"
        "A file without a card is tried on those digits in every way that its input allows.\n"
        "A model that writes digits in place of reading them is told as what it is.\n"
        "What a person says of it, with --input, --labels and --set, comes before all that, and\n"
        "opens a file that is refused otherwise; --save keeps it in the copy's card.\n"
        "With --json a refused model is told as well, and the exit status is 1.",
        "rnn-desk inspect model.onnx\nrnn-desk inspect gru --json\n"
        "rnn-desk inspect model.onnx --save with-card.onnx\n"
        "rnn-desk inspect model.onnx --input NCHW,black_on_white --labels 1..9,0 --save mine.onnx\n"
        "rnn-desk inspect model.onnx --report why.html",
    )
    parser.add_argument(
        "file",
        type=model_file,
        metavar=MODEL,
        help="an ONNX file, - is standard input; or one of `rnn-desk models`",
    )
    add_by_hand(parser)
    parser.add_argument(
        "--save",
        type=Path,
        metavar="COPY.onnx",
        help="write a copy that carries its card, - is standard output",
    )
    parser.add_argument(
        "--scaled",
        action="store_true",
        help="let the copy take 0..1, white ink on black, and scale it itself",
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="OUT.html",
        help="write a page: how it reads other pens, places and sizes, and what it missed",
    )
    add_device(parser)
    add_json(parser, "one JSON object")


def _run(chosen: Namespace) -> None:
    wanted = Wanted(chosen.save, chosen.scaled, chosen.report)
    if wanted.to_stdout and (chosen.json or wanted.copy == wanted.page):
        raise wrong("standard output takes one answer: name a file for the others")
    if wanted.scaled and wanted.copy is None:
        raise wrong("--scaled is of the copy: name it with --save")
    check_output(wanted.copy or Path(), ".onnx")
    said = Said(chosen.input, chosen.labels, tuple(chosen.set))
    inspect(chosen.file, chosen.device or "cpu", chosen.json, wanted, said)


def inspect(
    model: Path,
    device: str,
    as_json: bool,
    wanted: Wanted = Wanted(),
    said: Said | None = None,
) -> None:
    """Tell what is known of a model, and write what else is wanted.

    Raises Refused; with `--json` the refusal is told as well.
    """
    try:
        with as_input(model) as file:
            found = _look_into(file, device, wanted, said)
    except Refused as refusal:
        if as_json:
            tell_json({"accepted": False, "reason": str(refusal), **_NOTHING_KNOWN})
        raise
    words_of = in_words if found["accepted"] else writer_in_words
    if as_json:
        tell_json(found)
    elif wanted.to_stdout:
        for words in table_lines(words_of(found, model)):
            note(words)
    else:
        tell_table(words_of(found, model))


def _look_into(file: Path, device: str, wanted: Wanted, said: Said | None) -> dict[str, Any]:
    """What is known of a model, which reads or writes; the files that are wanted are written.
    Raises Refused."""
    try:
        with (
            progress("opening the model") as line,
            opened(file, device, line, said) as (client, told),
        ):
            line.say("looking into it")
            why = None if told.why is None else str(told.why)
            found = {**_found(client, told.model), "device_reason": why}
            _write(client, told.model, wanted, line)
            return found
    except Unanswered as refusal:
        if refusal.cause is not Cause.WRITES:
            raise
    if wanted.copy is not None or wanted.page is not None:
        raise Refused("{file} writes digits: leave --save and --report out", file=file)
    with Client() as client:
        writer: WriterModel = client.call(OpenWriter(ModelRef(str(file))))
    return _found_writer(writer)


def _write(client: Client, model: Model, wanted: Wanted, line: Progress) -> None:
    """Write the files that are wanted. Raises Refused."""
    if wanted.copy is not None:
        if wanted.copy.exists() and wanted.copy.samefile(model.path):
            raise Refused(
                "{file} is the model itself: choose another name for the copy", file=wanted.copy
            )
        data: bytes = client.call(SaveCopy(model.ref, model, wanted.scaled))
        _write_file(wanted.copy, data, "written, with its card")
    if wanted.page is not None:
        line.say("measuring how it reads other pens")
        report = client.call(MakeReport(model.ref, model))
        _write_file(wanted.page, page(report).encode(), "written")


def _write_file(path: Path, data: bytes, done: str) -> None:
    with as_output(path, path.suffix) as target:
        write_whole(target, data)
    if path != STREAM:
        warn(f"{path} is {done}")


def reference_accuracy(client: Client, model: Model) -> float | None:
    """The part of the shipped reference digits that the model reads as labelled.

    None where one of them is of no class that the model knows.
    """
    if model.findings.evidence:
        return model.findings.reference_accuracy
    digits = reference_digits()
    names = [digit_of(name) or name for name in model.card.classes]
    if not set(digits.labels) <= set(names):
        return None
    pictures = digits.pictures(model.card.frame, range(len(digits.drawings)))
    answers = client.call(Classify(model.ref, model, pictures)).argmax(axis=1)
    right = [names[k] == label for k, label in zip(answers, digits.labels, strict=True)]
    return float(np.mean(right))


def _found(client: Client, model: Model) -> dict[str, Any]:
    """What `--json` prints of an accepted model."""
    card, told = asdict(model.card), model.facts
    unchecked = model.findings.unchecked
    return {
        "accepted": True,
        "reason": None,
        "name": model.card.name,
        "kind": model.card.kind,
        "inferred": model.card.inferred,
        "said": model.ref.by_hand is not None,
        "input": {**card["input"], "side": model.card.side},
        "output": model.card.output if model.card.classes else None,
        "words": {
            "answer": form_words(english, model.card),
            "given": given_words(model.card),
            "calls": call_words(english, model.card),
        },
        "classes": list(model.card.classes),
        "reference_accuracy": reference_accuracy(client, model),
        "unchecked": None if unchecked is None else str(unchecked),
        "evidence": [_tried(tried) for tried in model.findings.evidence],
        "layers": _layers(client, model),
        "watched": [_tensor(each) for each in model.watched],
        "watchable": [_tensor(each) for each in client.call(FindWatchable(model.ref, model))],
        "read_by": "columns" if model.turned else "rows",
        "why_no_states": str(model.why_no_states) if model.why_no_states else None,
        "belief": model.belief_kind,
        "opset": told.opset,
        "operators": dict(told.operators),
        "exporter": told.exporter,
        "parameters": told.parameters,
        "size": told.size,
        "sha256": model.ref.sha256,
        "device": model.device.name,
        "device_label": model.device.label,
        "placement": None if model.placement is None else model.placement.record,
        "card": card,
    }


def _found_writer(writer: WriterModel) -> dict[str, Any]:
    """What `--json` prints of a model that writes: it is no reader, and so not accepted as one."""
    card, told = asdict(writer.card), writer.facts
    return {
        "accepted": False,
        "reason": "it writes digits and reads none",
        **_NOTHING_KNOWN,
        "name": writer.card.name,
        "kind": writer.card.kind,
        "classes": list(writer.card.classes),
        "layers": [
            {**layer, "shows": ["h", "c"], "why_no_gates": None, "between": None}
            for layer in card["recurrent_layers"]
        ],
        "opset": told.opset,
        "operators": dict(told.operators),
        "exporter": told.exporter,
        "parameters": told.parameters,
        "size": told.size,
        "sha256": writer.ref.sha256,
        "card": card,
    }


def _tried(tried: Tried) -> dict[str, Any]:
    return {
        "input": {**asdict(tried.way.input), "side": tried.way.side},
        "right": tried.right,
        "count": tried.count,
        "loss": tried.loss if np.isfinite(tried.loss) else None,
        "failed": None if tried.failed is None else str(tried.failed),
    }


def _layers(client: Client, model: Model) -> list[dict[str, Any]]:
    """Each recurrent operator, and what of it a Trace shows: h, c and the gates by name."""
    blank = Raster(np.zeros((model.card.side, model.card.side), np.float32))
    traced: Trace = client.call(ReadRaster(model.ref, model, blank))
    return [
        {
            "op": layer.op,
            "units": seen.units,
            "direction": layer.direction,
            "shows": list(seen.quantities),
            "why_no_gates": str(seen.why_no_gates) if seen.why_no_gates else None,
            "between": str(seen.between) if seen.between else None,
        }
        for place, (layer, seen) in enumerate(zip(model.layers, traced.layers, strict=True))
        # Of the two directions of one operator, the first tells all.
        if place == 0 or layer.number != model.layers[place - 1].number
    ]


def _tensor(tensor: Watchable) -> dict[str, Any]:
    """A tensor that can be shown beside the rows."""
    return {
        "name": tensor.name,
        "op": tensor.op,
        "kind": tensor.kind,
        "shape": list(tensor.shape),
        "weights": tensor.weights,
    }
