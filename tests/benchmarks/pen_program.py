"""The program as `pen_to_paint` measures it: its real window, a real model, nothing remembered.

    python -m tests.benchmarks.pen_program [--model MODEL] [--all-views] [--compare MODEL]

It takes its turns as `pen_hand.serve` tells. What it must know of the program's inside, beside how
a desk is opened, is in `Program`: which event of the pen was drawn last, and of which the window
was told a reading.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from rnn_desk.assets_door import default_model
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, Stroke
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.program import leave_start_up_be, set_manners
from rnn_desk.qt.state.settings import Settings
from tests.benchmarks.pen_hand import SIZE, Strokes, rest, serve


class Program:
    """An opened desk, as a subject for the hand."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view, self.paper = desk.window, desk.window.canvas
        self._panels = {panel for panel in desk.window.panels if panel.takes_turns}
        self._given = dict.fromkeys(self._panels, -1)
        self._this_round: set[object] = set()
        self._whole = -1
        desk.window.turns.given.connect(self._note)

    def clear(self) -> None:
        self.desk.document.clear()

    def replace(self, strokes: Strokes) -> None:
        made = tuple(Stroke(np.array(each) * CANVAS_SIZE) for each in strokes)
        self.desk.document.replace(Drawing(made))

    def place(self, x: float, y: float) -> QPointF:
        sheet = self.paper.sheet()
        return QPointF(sheet.x() + x * sheet.width(), sheet.y() + y * sheet.height())

    def wanted(self) -> int:
        return self.desk.presenter.moment

    def shown(self) -> int:
        return self.desk.presenter.shown_moment

    def whole(self) -> int:
        """The newest of which every panel was given a reading, or one of a later event, in the last
        round of their turns that is over."""
        return self._whole

    def _note(self, panel: object) -> None:
        self._given[panel] = self.shown()
        self._this_round.add(panel)
        oldest = min(self._given.values())
        if self._this_round == self._panels or oldest == self.shown():
            self._whole = oldest
            self._this_round.clear()


def opened_desk(
    model: Path | None = None, all_views: bool = False, compare: Path | None = None
) -> Desk:
    """A shown desk whose models have been opened and whose map of states is there: start-up is
    over."""
    settings = Settings(examination_seconds="600")  # as long as a busy machine may take
    if all_views:
        settings = replace(settings, gradient="shown", overlay="saliency")
    desk = Desk(settings, None)
    desk.window.resize(*SIZE)
    desk.window.show()
    refused: list[object] = []
    for source in (desk.presenter, desk.choice):
        source.refused.connect(refused.append)
    mapped: list[object] = []
    desk.survey.mapped.connect(mapped.append)
    desk.survey.mapped.connect(leave_start_up_be)

    def wait_for(there: Callable[[], bool]) -> None:
        while not there():
            rest(0.01)
            if refused:
                desk.stop()
                raise SystemExit(str(refused[0]))

    desk.open_model(model or default_model())
    wait_for(lambda: bool(mapped))
    if compare is not None:
        desk.open_model(compare, 1)
        wait_for(lambda: len(desk.models.loaded) == 2)
    return desk


def add_options(parser: argparse.ArgumentParser) -> None:
    """What is shown while it is measured."""
    parser.add_argument("--all-views", action="store_true", help="gradient and saliency too")
    parser.add_argument("--compare", type=Path, metavar="MODEL", help="a second model beside")


def main() -> int:
    """Open it, and draw whenever told to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_options(parser)
    parser.add_argument("--model", type=Path, help="the one that reads (the program's own)")
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    set_manners(app)
    desk = opened_desk(options.model, options.all_views, options.compare)
    serve(Program(desk))
    desk.window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
