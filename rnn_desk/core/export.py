"""A Trace as a file: NPZ for NumPy, CSV for a spreadsheet, JSON for everything else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.core.json_text import json_text
from rnn_desk.core.trace import GradientTrace, Trace


def save_trace(trace: Trace, path: Path) -> None:
    """Write every number of a Trace, in the form that the file's suffix names. Raises Refused."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise Refused("{file} should end in .npz, .csv or .json", file=path)
    write_whole(path, form(trace))


def arrays_of(trace: Trace) -> dict[str, NDArray[np.float32]]:
    """All that a Trace holds, each array by its name.

    `pixels` [side, side], `probabilities` [classes], `belief` [rows, classes]; for each layer,
    counted from 1, `layer1/h`, `layer1/c`, `layer1/gates/i` and so on, [rows, units]; and where
    the gradient was asked for, `saliency` [side, side] and `gradient/layer1` [rows, units]. Other
    tensors are `watched1` and so on, [rows, features] or [maps, height, width].
    """
    arrays = {
        "pixels": trace.raster.pixels,
        "probabilities": trace.probabilities,
        "belief": trace.belief,
    }
    for number, layer in enumerate(trace.layers, start=1):
        arrays[f"layer{number}/h"] = layer.h
        if layer.c is not None:
            arrays[f"layer{number}/c"] = layer.c
        for gate, values in layer.gates.items():
            arrays[f"layer{number}/gates/{gate}"] = values
    for number, watched in enumerate(trace.watched, start=1):
        arrays[f"watched{number}"] = watched.values
    if isinstance(trace.gradient, GradientTrace):
        if trace.gradient.saliency is not None:
            arrays["saliency"] = trace.gradient.saliency
        for number, gradient in enumerate(trace.gradient.layers, start=1):
            arrays[f"gradient/layer{number}"] = gradient
    return arrays


def about(trace: Trace) -> dict[str, Any]:
    """What the arrays are of: model, device, classes, layers, how belief was had, timings."""
    told = {
        "model": asdict(trace.model),
        "device": trace.device,
        "classes": trace.classes,
        "belief_kind": trace.belief_kind,
        "layers": [
            {"name": layer.name, "op": layer.op, "direction": layer.direction}
            for layer in trace.layers
        ],
        "watched": [{"name": each.name, "kind": each.kind} for each in trace.watched],
        "turned": trace.turned,
        "timings_ms": asdict(trace.timings),
    }
    if isinstance(trace.gradient, GradientTrace):
        told["gradient_of"] = trace.classes[trace.gradient.target]
    return told


def as_csv(table: list[list[str]]) -> bytes:
    """Lines of cells as CSV in UTF-8, with the mark by which a spreadsheet knows it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    return text.getvalue().encode("utf-8-sig")


def _npz(trace: Trace) -> bytes:
    """The arrays, and `about` as JSON text. Needs no pickle to be read."""
    arrays: Mapping[str, np.ndarray] = {
        **arrays_of(trace),
        "about": np.array(json_text(about(trace))),
    }
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    return packed.getvalue()


def _csv(trace: Trace) -> bytes:
    """A line a row read, a column a number; units and pixels counted from 1, as in the window.

    What has no rows, such as a saliency of another height, is in the other forms only.
    """
    classes = trace.classes
    columns: list[NDArray[np.str_]] = []
    heads = ["row"]
    for name, values in {**arrays_of(trace), "pixels": trace.seen}.items():
        if values.ndim == 2 and len(values) == trace.rows:
            parts = classes if name == "belief" else range(1, values.shape[1] + 1)
            heads += [f"{name}/{part}" for part in parts]
            columns.append(_shortest(values))
    rows = np.hstack(columns).tolist()
    return as_csv([heads, *([str(number), *row] for number, row in enumerate(rows, start=1))])


def _json(trace: Trace) -> bytes:
    """One object: `about`, and each array under its name as nested lists."""
    arrays = {name: _shortest(a).astype(float).tolist() for name, a in arrays_of(trace).items()}
    return json_text({"about": about(trace), **arrays}).encode()


def _shortest(values: NDArray[np.float32]) -> NDArray[np.str_]:
    """Each number in the fewest digits that give the same float32 again."""
    return values.astype(np.float32).astype(np.str_)


_FORMS: Mapping[str, Callable[[Trace], bytes]] = {".npz": _npz, ".csv": _csv, ".json": _json}
