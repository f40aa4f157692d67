"""Opening the model that a command reads with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rnn_desk.app import chosen_readings, speed_cache
from rnn_desk.app.client import Client
from rnn_desk.app.requests import Opened
from rnn_desk.assets_door import default_model
from rnn_desk.cli.by_hand import Said, by_hand
from rnn_desk.cli.standard_streams import as_input
from rnn_desk.core.console import warn
from rnn_desk.core.errors import Refused
from rnn_desk.core.progress import Progress
from rnn_desk.protocol.devices import AUTO


@contextmanager
def opened(
    model: Path | None, device: str, progress: Progress, said: Said | None = None
) -> Iterator[tuple[Client, Opened]]:
    """The engine, and the model that it has open for as long as the block lasts: the program's best
    where none is named, on the device; "auto" is the fastest. What is to be said of that device
    goes to stderr. Raises Refused.

    progress: hears what is done to open it. said: what the command line says of it, before what
    was said in the window.
    """
    users_own = chosen_readings.users_own()
    chosen = chosen_readings.load(users_own)
    kept = users_own.with_name(speed_cache.FILE)
    speeds = speed_cache.load_speeds(kept) if device == AUTO else {}
    with as_input(model or default_model()) as file, Client() as client:
        progress.say(f"opening {file.name}")
        if said is not None and said.anything:
            sha256, told = by_hand(said, client, file)
            chosen = {**chosen, sha256: told}
        answer = client.open(file, device, chosen, speeds)
        if device == AUTO:
            _keep(kept, answer, speeds)
            warn(f"{answer.model.device.label}: {answer.why}")
        elif answer.model.doubt is not None:
            warn(str(answer.model.doubt))
        yield client, answer


def _keep(kept: Path, answer: Opened, speeds: dict[str, float | None]) -> None:
    """Keep what was measured; where that cannot be, it is measured again."""
    if answer.speeds != speeds:
        try:
            speed_cache.save_speeds(kept, answer.speeds)
        except Refused as refusal:
            warn(str(refusal))
