"""Opening the model that a command reads with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from rnn_desk.assets_door import default_model
from rnn_desk.commands.console import warn
from rnn_desk.core.errors import Refused

if TYPE_CHECKING:
    from rnn_desk.engine.reading.reader import Reader


def opened(model: Path | None, device: str) -> Reader:
    """The model, or the program's best where none is named, on the device; "auto" is the fastest.
    What is to be said of that device goes to stderr. Raises Refused."""
    return opened_because(model, device)[0]


def opened_because(model: Path | None, device: str) -> tuple[Reader, Refused | None]:
    """Likewise; and why on that device, where it was not named. Raises Refused."""
    from rnn_desk.app import chosen_readings
    from rnn_desk.engine.evaluation import (
        fastest_device,
        kept_speeds,
    )  # the runtime takes a while to load
    from rnn_desk.engine.foreign.opening import open_model

    # Small matrix products take longer on several cores than on one, by far when others are busy.
    threadpool_limits(1, user_api="blas")
    users_own = chosen_readings.users_own()
    chosen = chosen_readings.load(users_own)
    path = model or default_model()
    if device != "auto":
        reader = open_model(path, device, chosen=chosen)
        if reader.doubt is not None:
            warn(str(reader.doubt))
        return reader, None
    choice = fastest_device.fastest(
        open_model(path, "cpu", chosen=chosen), users_own.with_name(kept_speeds.FILE)
    )
    warn(f"{choice.reader.device.label}: {choice.why}")
    return choice.reader, choice.why
