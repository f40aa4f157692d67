"""Opening a model for use: examined in a process of its own first, unless it came with the program.

A file with a card is examined as any other: anybody can write a card into a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_desk.app.limits import Limits
from rnn_desk.assets_door import bundled_models
from rnn_desk.core.card import InputReading
from rnn_desk.engine.foreign.examiner import Examiner

if TYPE_CHECKING:  # the runtime is loaded while the examination has begun
    from rnn_desk.engine.reading.reader import Reader


def open_model(
    path: Path,
    device: str,
    limits: Limits | None = None,
    tell: Callable[[str], None] = lambda _: None,
    cancelled: Callable[[], bool] = bool,
    chosen: Mapping[str, InputReading] = MappingProxyType({}),
) -> Reader:
    """A model on the device of that name. `tell` hears of the stages by name.

    chosen: what a person said of a file's input, by the SHA-256 of the file.

    Raises Refused, or Cancelled once `cancelled` says so.
    """
    apart = nullcontext() if came_along(path) else Examiner()
    with apart as examiner:
        # The process needs a moment to start, and so does the runtime in this one.
        from rnn_desk.engine.reading.from_file import open_reader
        from rnn_desk.engine.runtime.devices import device_named

        wanted = device_named(device)
        examined = (
            None if examiner is None else examiner.examine(path, limits, tell, cancelled, chosen)
        )
    return open_reader(path, wanted, examined, tell, chosen)


def came_along(path: Path) -> bool:
    """Whether it is one of the program's own models."""
    return any(path.absolute() == own.absolute() for own in bundled_models())
