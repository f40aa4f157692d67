"""What all panels have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rnn_desk.core.trace import Trace
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.views.view import View


class Panel(View):
    """What stands in a panel: shows what it is handed, and computes nothing."""

    takes_turns = False
    """Whether it takes so long to show a reading that it takes turns with others (`Turns`)."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.traces: tuple[Trace, ...] = ()

    @property
    def least_width(self) -> int:
        """Pixels that it is to have at least where it was asked for, in letters as they are."""
        return self.minimumSizeHint().width()

    def serves(self, models: tuple[Model, ...]) -> bool:
        """Whether there is anything to show of these models."""
        return True

    def show_models(self, models: tuple[Model, ...]) -> None:
        """Other models read from now on; nothing has been read yet."""

    def prepare(self, traces: tuple[Trace, ...]) -> None:
        """Have what is long worked out of these Traces, which are to be shown next."""

    def show_traces(self, traces: tuple[Trace, ...]) -> None:
        """A new Trace of each model is to be shown, or none."""
        self.traces = traces
        self.update()

    def model_file(self) -> str:
        return self.traces[0].model.file if self.traces else ""
