"""`rnn-desk inspect`: what a model is, how it is fed and on what evidence, what of it is shown."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_desk.commands.arguments import Commands, add_device, add_json, command
from rnn_desk.commands.console import tell_json, tell_table, warn
from rnn_desk.commands.inspect_words import in_words
from rnn_desk.commands.models import opened_because
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.core.raster import Raster

if TYPE_CHECKING:
    from rnn_desk.engine.reading.reader import Reader
    from rnn_desk.protocol.findings import Tried
    from rnn_desk.protocol.model import Watchable

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


def declare(commands: Commands[ArgumentParser]) -> None:
    """Its arguments and its help."""
    parser = command(
        commands,
        "inspect",
        _run,
        "what a model is, and what of it can be shown",
        "Tell a model's card, how it is fed, how well it reads the program's reference digits,\n"
        "and what of each recurrent layer can be shown: hidden states h, cell states c, gates.\n"
        "A file without a card is tried on those digits in every way that its input allows.\n"
        "With --json a refused model is told as well, and the exit status is 1.",
        "rnn-desk inspect model.onnx\nrnn-desk inspect model.onnx --json\n"
        "rnn-desk inspect model.onnx --save with-card.onnx\n"
        "rnn-desk inspect model.onnx --report why.html",
    )
    parser.add_argument("file", type=Path, metavar="MODEL", help="an ONNX file")
    parser.add_argument(
        "--save", type=Path, metavar="COPY.onnx", help="write a copy that carries its card"
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
    inspect(chosen.file, chosen.device or "cpu", chosen.json, wanted)


def inspect(model: Path, device: str, as_json: bool, wanted: Wanted = Wanted()) -> None:
    """Tell what is known of a model, and write what else is wanted.

    Raises Refused; with `--json` the refusal is told as well.
    """
    try:
        reader, why = opened_because(model, device)
        found = {**_found(reader), "device_reason": None if why is None else str(why)}
        _write(model, reader, wanted)
    except Refused as refusal:
        if as_json:
            tell_json({"accepted": False, "reason": str(refusal), **_NOTHING_KNOWN})
        raise
    if as_json:
        tell_json(found)
    else:
        tell_table(in_words(found, model))


def _write(model: Path, reader: Reader, wanted: Wanted) -> None:
    """Write the files that are wanted. Raises Refused."""
    if wanted.copy is not None:
        from rnn_desk.engine.foreign.saving import save_copy

        save_copy(model, reader, wanted.copy, wanted.scaled)
        warn(f"{wanted.copy} is written, with its card.")
    if wanted.page is not None:
        from rnn_desk.app.report_page import page
        from rnn_desk.engine.evaluation.report import report

        write_whole(wanted.page, page(report(reader)).encode())
        warn(f"{wanted.page} is written.")


def reference_accuracy(reader: Reader) -> float | None:
    """The part of the shipped reference digits that the model reads as labelled.

    None where one of them is of no class that the model knows.
    """
    from rnn_desk.core.references import reference_digits
    from rnn_desk.engine.signature.outputs import digit_of

    if reader.findings.evidence:
        return reader.findings.reference_accuracy
    digits = reference_digits()
    names = [digit_of(name) or name for name in reader.card.classes]
    if not set(digits.labels) <= set(names):
        return None
    pictures = digits.pictures(reader.card.frame, range(len(digits.drawings)))
    answers = reader.classify(pictures).argmax(axis=1)
    right = [names[k] == label for k, label in zip(answers, digits.labels, strict=True)]
    return float(np.mean(right))


def _found(reader: Reader) -> dict[str, Any]:
    """What `--json` prints of an accepted model."""
    card, told = asdict(reader.card), reader.origin.facts
    unchecked = reader.findings.unchecked
    return {
        "accepted": True,
        "reason": None,
        "name": reader.card.name,
        "inferred": reader.card.inferred,
        "input": {**card["input"], "side": reader.card.side},
        "output": reader.card.output,
        "classes": list(reader.card.classes),
        "reference_accuracy": reference_accuracy(reader),
        "unchecked": None if unchecked is None else str(unchecked),
        "evidence": [_tried(tried) for tried in reader.findings.evidence],
        "layers": _layers(reader),
        "watched": [_tensor(each) for each in reader.watched],
        "watchable": [_tensor(each) for each in reader.watchable],
        "read_by": "columns" if reader.turned else "rows",
        "why_no_states": str(reader.why_no_states) if reader.why_no_states else None,
        "belief": reader.belief_kind,
        "opset": told.opset,
        "operators": dict(told.operators),
        "exporter": told.exporter,
        "parameters": told.parameters,
        "size": told.size,
        "sha256": reader.identity.sha256,
        "device": reader.device.name,
        "device_label": reader.device.label,
        "placement": None if reader.placement is None else reader.placement.record,
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


def _layers(reader: Reader) -> list[dict[str, Any]]:
    """Each recurrent operator, and what of it a Trace shows: h, c and the gates by name."""
    blank = Raster(np.zeros((reader.card.side, reader.card.side), np.float32))
    traced = reader.read(blank).layers
    return [
        {
            "op": layer.operator.op,
            "units": seen.units,
            "direction": layer.operator.direction,
            "shows": list(seen.quantities),
            "why_no_gates": str(seen.why_no_gates) if seen.why_no_gates else None,
            "between": str(seen.between) if seen.between else None,
        }
        for layer, seen in zip(reader.layers, traced, strict=True)
        if layer.index == 0  # of the two directions of one operator, the first tells all
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
