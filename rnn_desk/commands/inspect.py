"""`rnn-desk inspect`: what a model file is, how it is fed, and what of it can be shown."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_desk.assets_door import asset
from rnn_desk.commands.console import tell_json, tell_table
from rnn_desk.commands.models import opened
from rnn_desk.core.drawing import Drawing, read_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster, rasterise

if TYPE_CHECKING:
    from rnn_desk.engine.reader import Reader

_NOTHING_KNOWN: dict[str, Any] = {
    "name": None,
    "input": None,
    "classes": None,
    "reference_accuracy": None,
    "layers": [],
}


def inspect(model: Path, device: str, as_json: bool) -> None:
    """Tell what is known of a model. Raises Refused; with `--json` the refusal is told as well."""
    try:
        found = _found(opened(model, device), model)
    except Refused as refusal:
        if as_json:
            tell_json({"accepted": False, "reason": str(refusal), **_NOTHING_KNOWN})
        raise
    if as_json:
        tell_json(found)
    else:
        tell_table(_lines(found, model))


def reference_accuracy(reader: Reader) -> float | None:
    """The part of the shipped reference digits that the model reads as labelled.

    None where there are none, or where one of them is of no class that the model knows.
    """
    path = asset("reference", "digits.jsonl")
    drawings = [d for d in read_drawings(path) if isinstance(d, Drawing)] if path.is_file() else []
    labels = [str(drawing.label) for drawing in drawings]
    if not labels or not set(labels) <= set(reader.card.classes):
        return None
    pixels = np.array([rasterise(drawing, *reader.card.frame).pixels for drawing in drawings])
    answers = reader.classify(pixels).argmax(axis=1)
    names = [reader.card.classes[answer] for answer in answers]
    right = [name == label for name, label in zip(names, labels, strict=True)]
    return float(np.mean(right))


def _found(reader: Reader, model: Path) -> dict[str, Any]:
    """What `--json` prints of an accepted model."""
    card = asdict(reader.card)
    return {
        "accepted": True,
        "reason": None,
        "name": reader.card.name,
        "input": card["input"],
        "classes": list(reader.card.classes),
        "reference_accuracy": reference_accuracy(reader),
        "layers": _layers(reader),
        "belief": reader.belief_kind,
        "opset": _opset(model),
        "size": model.stat().st_size,
        "sha256": reader.identity.sha256,
        "device": reader.device.name,
        "card": card,
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
        }
        for layer, seen in zip(reader.layers, traced, strict=True)
        if layer.index == 0  # of the two directions of one operator, the first tells all
    ]


def _opset(model: Path) -> int | None:
    """The version of ONNX's standard operators that the file was made for."""
    import onnx  # takes a while to load

    imports = onnx.load_model(model, load_external_data=False).opset_import
    return next((entry.version for entry in imports if entry.domain in ("", "ai.onnx")), None)


_BELIEF = {
    "head": "after each row, the network's own head applied to that row's state",
    "covered": "after each row, the network's answer to the picture covered below that row",
}


def _lines(found: dict[str, Any], model: Path) -> list[tuple[str, str]]:
    """What is found, as words in two columns."""
    card, fed = found["card"], found["input"]
    side, accuracy = card["side"], found["reference_accuracy"]
    ink = "white ink on black" if fed["polarity"] == "white_on_black" else "black ink on white"
    origin = "worked out by trying" if card["inferred"] else "from its model card"
    size = f"{found['size'] / 1e6:.2f} MB, opset {found['opset']}"
    lines = [
        ("model", found["name"]),
        ("file", f"{model}, {size}"),
        ("sha256", found["sha256"]),
        (
            "input",
            f"{side} x {side} as {fed['layout']}, {fed['dtype']}, {fed['value_range']}, {ink}, "
            f"batch {fed['batch']}, read by {fed['reading']} ({origin})",
        ),
        ("classes", " ".join(found["classes"])),
        ("reference", "not measured" if accuracy is None else f"{accuracy:.1%} of the own digits"),
        ("belief", _BELIEF[found["belief"]]),
    ]
    for number, layer in enumerate(found["layers"], start=1):
        what = f"{layer['op']}, {layer['units']} units, {layer['direction']}"
        shows = ", ".join(layer["shows"])
        why = f" (no gates: {layer['why_no_gates']})" if layer["why_no_gates"] else ""
        lines.append((f"layer {number}", f"{what}; shows {shows}{why}"))
    if not found["layers"]:
        lines.append(("layers", "none is recurrent"))
    lines.extend((f"on {name}", f"{part:.2%}") for name, part in card["accuracies"].items())
    lines.append(("licence", card["licence"] or "not told"))
    return lines
