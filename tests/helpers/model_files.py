"""The model files of tests/models/files with the truth about them, and ways to feed them that owe
nothing to the program's own."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort

from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.runtime.devices import CPU

FILES = Path(__file__).parents[1] / "models" / "files"
TRUTH: dict[str, dict[str, Any]] = json.loads((FILES / "manifest.json").read_text("utf-8"))
ACCEPTED = sorted(name for name, truth in TRUTH.items() if truth["accepted"])
DIGITS = sorted(name for name in ACCEPTED if len(TRUTH[name]["classes"]) == 10)

_SHAPES = {
    "NHW": lambda x, n, s: x.reshape(n, s, s),
    "NCHW": lambda x, n, s: x.reshape(n, 1, s, s),
    "NHWC": lambda x, n, s: x.reshape(n, s, s, 1),
    "NF": lambda x, n, s: x.reshape(n, s * s),
    "HNW": lambda x, n, s: x.reshape(n, s, s).transpose(1, 0, 2),
    "NFC": lambda x, n, s: x.reshape(n, s * s, 1),
    "FNC": lambda x, n, s: x.reshape(n, s * s).T[..., None],
}
_RANGES = {
    "0..1": lambda x: x,
    "0..255": lambda x: 255 * x,
    "0..16": lambda x: 16 * x,
    "-1..1": lambda x: 2 * x - 1,
    "mnist": lambda x: (x - 0.1307) / 0.3081,
}


def open_as_told(name: str) -> Reader:
    """Open the file, fed as its maker says: no other settings are tried, which takes seconds."""
    path, truth = FILES / name, TRUTH[name]
    fields = InputReading.__dataclass_fields__.keys() & truth.keys()
    said = ByHand(InputReading(**{field: truth[field] for field in fields}), truth["side"])
    return open_reader(path, CPU, chosen={hashlib.sha256(path.read_bytes()).hexdigest(): said})


@cache
def session(name: str) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    return ort.InferenceSession(FILES / name, options, providers=["CPUExecutionProvider"])


def answers(name: str, pictures: np.ndarray, truth: dict[str, Any] | None = None) -> np.ndarray:
    """Which class `[n]` the file itself says, fed by onnxruntime as its maker meant it."""
    truth = truth or TRUTH[name]
    batch = len(pictures) if truth["batch"] == "free" else truth["batch"]
    found = []
    for first in range(0, len(pictures), batch):
        part = pictures[first : first + batch]
        missing = batch - len(part)
        part = np.concatenate([part, np.zeros((missing, *part.shape[1:]), np.float32)])
        found.append(_once(session(name), part, truth)[: batch - missing])
    return np.concatenate(found)


def _once(runtime: ort.InferenceSession, x: np.ndarray, truth: dict[str, Any]) -> np.ndarray:
    n, side = x.shape[:2]
    if truth["polarity"] == "black_on_white":
        x = 1 - x
    if truth["reading"] == "columns":
        x = np.swapaxes(x, 1, 2)
    x = _SHAPES[truth["layout"]](_RANGES[truth["value_range"]](x), n, side)
    if truth["channels"] == 3:
        axis = truth["layout"].index("C")
        x = np.concatenate([x] * 3, axis)
    if "int" in truth["dtype"]:
        x = np.round(x)
    fed = {}
    for entry in runtime.get_inputs():
        if entry.name == "lengths":
            fed[entry.name] = np.full(n, 28, np.int64)
        elif entry.name in ("h0", "c0"):
            fed[entry.name] = np.zeros((1, n, 24), np.float32)
        else:
            fed[entry.name] = np.ascontiguousarray(x.astype(truth["dtype"]))
    for value in runtime.run(None, fed):
        if isinstance(value, list):  # scikit-learn's dictionaries, a class and its probability
            order = truth["classes"]
            rows = [{str(key): p for key, p in row.items()} for row in value]
            return np.array([[row[name] for name in order] for row in rows]).argmax(1)
        if value.dtype.kind == "f":
            return value.reshape(n, -1).argmax(1)
    raise AssertionError("no answer")
