"""A Trace as a file: NPZ, for NumPy and whatever reads it."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from rnn_desk.core.files import write_whole
from rnn_desk.core.trace import Trace


def trace_to_npz(trace: Trace, path: Path) -> None:
    """Write a Trace: `pixels`, `probabilities`, `belief`, and `layer1/h`, `layer1/c`,
    `layer1/gates/i` and so on for each layer; `about` is JSON text with the names.

    Needs no pickle to be read. Raises Refused where the file cannot be written.
    """
    arrays: dict[str, np.ndarray] = {
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
    about = {
        "model": asdict(trace.model),
        "device": trace.device,
        "classes": trace.classes,
        "belief_kind": trace.belief_kind,
        "layers": [
            {"name": layer.name, "op": layer.op, "direction": layer.direction}
            for layer in trace.layers
        ],
        "timings_ms": asdict(trace.timings),
    }
    arrays["about"] = np.array(json.dumps(about, ensure_ascii=False))
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    write_whole(path, packed.getvalue())
