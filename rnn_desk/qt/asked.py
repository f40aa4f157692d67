"""What whoever starts the program asks of this run of it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from rnn_desk.app.documents.to_open import ToOpen, to_open
from rnn_desk.assets_door import default_model
from rnn_desk.core.frozen import frozen


@frozen
class Asked:
    """Nothing of it is remembered.

    files: opened at the start, whatever they are. model: reads from the start, before any that is
    among them.
    """

    files: tuple[Path, ...] = ()
    model: Path | None = None
    device: str | None = None
    language: str | None = None
    present: bool = False

    @cached_property
    def opened(self) -> ToOpen:
        """What is opened of it."""
        return to_open(self.files, [] if self.model is None else [self.model])

    @property
    def models(self) -> tuple[Path, ...]:
        """Those that read from the start: the program's own where none is asked for."""
        return self.opened.models or (default_model(),)
