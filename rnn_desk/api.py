"""The program from Python: read a digit, and have every number of the reading.

    >>> import rnn_desk
    >>> trace = rnn_desk.read("seven.png", model="lstm")    # doctest: +SKIP
    >>> trace.layers[0].h.shape                             # doctest: +SKIP
    (28, 128)

Models run in a process beside this one, as they do for the window: it starts with the first
reading, keeps the models that were opened, and ends with this process.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rnn_desk.app import chosen_readings
from rnn_desk.app.client import Client, Unanswered
from rnn_desk.app.model_names import model_file
from rnn_desk.app.requests import ReadRaster
from rnn_desk.assets_door import default_model
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.picture import Original, picture_of, raster_of
from rnn_desk.core.trace import Trace
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.devices import CPU_NAME
from rnn_desk.protocol.model import Model
from rnn_desk.qt.images.originals import at_index, digits_in, originals_of

Source = str | os.PathLike[str] | Drawing | NDArray[np.uint8]
"""What is read: a file, strokes, or a picture as grey levels `[rows, columns]`, 255 is white."""


def read(
    source: Source,
    model: str | os.PathLike[str] | None = None,
    *,
    index: int = 0,
    device: str = CPU_NAME,
) -> Trace:
    """Read one digit: its probabilities, the belief after each row, and of each recurrent layer
    every state and gate.

    source: see `Source`; a file is a picture, drawings, or IDX images. model: a bundled one by its
    name (`rnn-desk models` lists them), an ONNX file, or None for the best that is bundled. index:
    which digit of a file, from 0. device: as `rnn-desk devices` names them. Raises Refused, whose
    text is one sentence that says what is wrong.
    """
    path = default_model() if model is None else model_file(os.fspath(model))
    return _reader().read(_original(source, index), path, device)


class _Reader:
    """The engine with the models that were opened, for one question at a time."""

    def __init__(self) -> None:
        self._client = Client()
        self._models: dict[tuple[Path, float, str], Model] = {}
        self._lock = threading.Lock()
        atexit.register(self._client.close)

    def read(self, original: Original, path: Path, device: str) -> Trace:
        """The reading of what a raster can be made of. Raises Refused."""
        with self._lock:
            try:
                return self._read(original, path, device)
            except Unanswered as failure:
                if failure.cause is not Cause.LOST:
                    raise
                self._models.clear()  # its process was ended, by whomever
                return self._read(original, path, device)

    def _read(self, original: Original, path: Path, device: str) -> Trace:
        model = self._opened(path, device)
        raster = raster_of(original, *model.card.frame)
        trace: Trace = self._client.call(ReadRaster(model.ref, model, raster))
        return trace

    def _opened(self, path: Path, device: str) -> Model:
        """The model, opened anew where its file is another than before."""
        try:
            changed = path.stat().st_mtime
        except OSError:
            changed = 0.0  # opening it says what is wrong
        known = (path.absolute(), changed, device)
        if known not in self._models:
            chosen = chosen_readings.load(chosen_readings.users_own())
            self._models[known] = self._client.open(path, device, chosen).model
        return self._models[known]


@cache
def _reader() -> _Reader:
    return _Reader()


def _original(source: Source, index: int) -> Original:
    if isinstance(source, Drawing):
        return source
    if isinstance(source, np.ndarray):
        if source.ndim != 2 or source.dtype != np.uint8 or not source.size:
            raise Refused("a picture is an array of uint8, [rows, columns], 0 black .. 255 white")
        return picture_of(source)
    path = Path(source)
    return cast(Original, at_index(_digits_of(path), index, path))  # mypy joins the two to object


def _digits_of(path: Path) -> Iterator[Original | Refused]:
    """The digits of a file, each with what is to be read of it."""
    for original in originals_of(path):
        if isinstance(original, Refused):
            yield original
        else:
            yield from digits_in(original)
