"""The same for checkouts whose models run in the window's own process.

What `pen_program` is for this checkout, this is for an older one, and leans on its names alone.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from rnn_desk.qt.state.settings import Settings

from rnn_desk.app import leave_start_up_be, set_manners
from rnn_desk.core.drawing import Drawing
from rnn_desk.qt.desk import Desk
from tests.benchmarks import pen_desk
from tests.benchmarks.pen_desk import DeskSubject


def _built(views: set[str]) -> Desk:
    settings = Settings(
        examination_seconds="600",  # as long as a busy machine may take
        gradient="shown" if "gradient" in views else "hidden",
        overlay="saliency" if "saliency" in views else "none",
    )
    return Desk(settings, None)


opened_desk = partial(
    pen_desk.opened_desk, _built, leave_start_up_be, lambda desk: desk.models.readers
)


class Program(DeskSubject):
    """An opened desk, as a subject for the hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._whole = 0
        desk.presenter.shown.connect(self._told)

    def put(self, drawing: Drawing) -> None:
        self.desk.document.replace(drawing)

    def wanted(self) -> int:
        return self.desk.presenter.number

    def shown(self) -> int:
        return self.desk.presenter.shown_number

    def whole(self) -> int:
        return self._whole

    def _told(self, shown: Any) -> None:
        if not shown.glimpse:
            self._whole = self.shown()


if __name__ == "__main__":
    sys.exit(pen_desk.main(__doc__, set_manners, opened_desk, Program))
