"""Opening the model that a command reads with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from rnn_desk.assets_door import default_model
from rnn_desk.commands.console import warn

if TYPE_CHECKING:
    from rnn_desk.engine.reader import Reader


def opened(model: Path | None, device: str) -> Reader:
    """The model, or the program's best where none is named, on the device; "auto" is the fastest,
    and the reason goes to stderr. Raises Refused."""
    from rnn_desk.engine import auto, choices  # the runtime takes a while to load
    from rnn_desk.engine.opening import open_model

    # Small matrix products take longer on several cores than on one, by far when others are busy.
    threadpool_limits(1, user_api="blas")
    users_own = choices.users_own()
    chosen = choices.load(users_own)
    path = model or default_model()
    if device != "auto":
        reader = open_model(path, device, chosen=chosen)
        if reader.doubt is not None:
            warn(str(reader.doubt))
        return reader
    choice = auto.fastest(open_model(path, "cpu", chosen=chosen), users_own.with_name(auto.FILE))
    warn(f"{choice.reader.device.label}: {choice.why}")
    choice.reader.chosen_because = choice.why
    return choice.reader
