"""Opening the model that a command reads with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from rnn_desk.assets_door import default_model

if TYPE_CHECKING:
    from rnn_desk.engine.reader import Reader


def opened(model: Path | None, device: str) -> Reader:
    """The model, or the program's best where none is named, on the device. Raises Refused."""
    from rnn_desk.engine import choices  # the runtime takes a while to load
    from rnn_desk.engine.opening import open_model

    # Small matrix products take longer on several cores than on one, by far when others are busy.
    threadpool_limits(1, user_api="blas")
    chosen = choices.load(choices.users_own())
    return open_model(model or default_model(), device, chosen=chosen)
