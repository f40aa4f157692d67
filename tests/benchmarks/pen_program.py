"""The program as `pen_to_paint` measures it: its real window, a real model, nothing remembered.

    python -m tests.benchmarks.pen_program [--model MODEL] [--all-views] [--compare MODEL]

It takes its turns as `pen_hand.serve` tells. What it must know of the program's inside, beside how
a desk is opened, is in `Program`: which event of the pen was drawn last, and of which the window
was told a reading.
"""

from __future__ import annotations

import sys
from functools import partial

from rnn_desk.app.actions import draw
from rnn_desk.app.state import AppState, Personal, Views
from rnn_desk.core.drawing import Drawing
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.program import set_manners
from rnn_desk.qt.session import leave_start_up_be
from tests.benchmarks import pen_desk
from tests.benchmarks.pen_desk import DeskSubject, add_options

__all__ = ["Program", "add_options", "opened_desk"]


def _built(views: set[str]) -> Desk:
    """A desk that shows these views, and lets a model take as long as it may on a busy machine."""
    return Desk(AppState(views=Views(frozenset(views)), personal=Personal(seconds=600)))


opened_desk = partial(
    pen_desk.opened_desk, _built, leave_start_up_be, lambda desk: desk.models.loaded
)


class Program(DeskSubject):
    """An opened desk, as a subject for the hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._panels = {panel for panel in desk.window.panels if panel.takes_turns}
        self._given = dict.fromkeys(self._panels, -1)
        self._this_round: set[object] = set()
        self._whole = -1
        self._chosen = -1
        desk.window.turns.chosen.connect(self._choose)
        desk.window.turns.given.connect(self._note)

    def put(self, drawing: Drawing) -> None:
        self.desk.store.do(draw.put, drawing)

    def wanted(self) -> int:
        return self.desk.presenter.moment

    def shown(self) -> int:
        return self.desk.presenter.shown_moment

    def whole(self) -> int:
        """The newest of which every panel was given a reading, or one of a later event, in the last
        round of their turns that is over, with the gradients in it where they are wanted."""
        return min(self._whole, self.desk.presenter.whole_moment)

    def _choose(self, _: object) -> None:
        self._chosen = self.shown()

    def _note(self, panel: object) -> None:
        self._given[panel] = self._chosen
        self._this_round.add(panel)
        oldest = min(self._given.values())
        if self._this_round == self._panels or oldest == self.shown():
            self._whole = oldest
            self._this_round.clear()


if __name__ == "__main__":
    sys.exit(pen_desk.main(__doc__, set_manners, opened_desk, Program))
