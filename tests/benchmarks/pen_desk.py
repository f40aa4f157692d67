"""What the program as it is measured has in common in every checkout that it can be measured in."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sized
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from rnn_desk.assets_door import default_model
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, Stroke
from rnn_desk.qt.desk import Desk
from tests.benchmarks.pen_hand import SIZE, Strokes, Subject, rest, serve


class DeskSubject:
    """An opened desk, but for what is told of its readings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view, self.paper = desk.window, desk.window.canvas

    def clear(self) -> None:
        self.desk.actions["clear"].trigger()

    def replace(self, strokes: Strokes) -> None:
        self.put(Drawing(tuple(Stroke(np.array(each) * CANVAS_SIZE) for each in strokes)))

    def put(self, drawing: Drawing) -> None:
        """Put it on the canvas."""
        raise NotImplementedError

    def place(self, x: float, y: float) -> QPointF:
        sheet = self.paper.sheet()
        return QPointF(sheet.x() + x * sheet.width(), sheet.y() + y * sheet.height())


def opened_desk(
    build: Callable[[set[str]], Desk],
    mapped_too: Callable[..., object],
    loaded: Callable[[Desk], Sized],
    model: Path | None = None,
    all_views: bool = False,
    compare: Path | None = None,
    writing: bool = False,
) -> Desk:
    """A shown desk whose models have been opened and whose map of states is there: start-up is
    over.

    build: makes a desk that shows these views and lets a model take long. mapped_too: what the
    program does once there is the map. loaded: the models that read.
    """
    desk = build({"gradient", "saliency"} if all_views else set())
    desk.window.resize(*SIZE)
    desk.window.show()
    refused: list[object] = []
    for source in (desk.presenter, desk.choice):
        source.refused.connect(refused.append)
    mapped: list[object] = []
    desk.survey.mapped.connect(mapped.append)
    desk.survey.mapped.connect(mapped_too)

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
        wait_for(lambda: len(loaded(desk)) == 2)
    if writing:
        desk.actions["writing"].trigger()
        wait_for(lambda: desk.writer.settled)
    return desk


def add_options(parser: argparse.ArgumentParser) -> None:
    """What is shown while it is measured."""
    parser.add_argument("--all-views", action="store_true", help="gradient and saliency too")
    parser.add_argument("--compare", type=Path, metavar="MODEL", help="a second model beside")
    parser.add_argument("--writing", action="store_true", help="endings while it is drawn")


def main(
    about: str,
    set_manners: Callable[[QApplication], None],
    opened: Callable[..., Desk],
    subject: Callable[[Desk], Subject],
) -> int:
    """Open it, and draw whenever told to."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    add_options(parser)
    parser.add_argument("--model", type=Path, help="the one that reads (the program's own)")
    options: Any = parser.parse_args()
    app = QApplication(sys.argv[:1])
    set_manners(app)
    told = {"writing": True} if options.writing else {}
    desk = opened(options.model, options.all_views, options.compare, **told)
    serve(subject(desk))
    desk.stop()  # a window that is closed asks what becomes of the drawing
    return 0
