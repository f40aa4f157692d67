"""How long from a pen event until every view is painted, the pen moving at 120 Hz.

    python -m tests.benchmarks.pen_to_paint [--digits N] [--all-views] [--compare MODEL] [--json]

Real mouse events on the real window (on whatever platform QT_QPA_PLATFORM names), real model, the
views that a first start has. With --all-views also the gradient and the saliency; with --compare a
second model beside the first. An event counts as painted when the window has painted a reading of
the drawing as it was then, or of a later one: a glimpse, or a whole reading, of which `wholes`
tells how many there were (see `rnn_desk.qt.work.presenter`).
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from rnn_desk.assets_door import asset, default_model
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, read_drawings
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.program import leave_start_up_be, set_manners
from rnn_desk.qt.state.settings import Settings
from tests.helpers import pen

HERTZ = 120
FRAME_MS = 1000 / 60


class PaintWatch(QObject):
    """Tells when each round of painting of a window is over.

    It filters the events of that one window: an application that looked at all events of all
    widgets would slow down what is measured.
    """

    def __init__(self, window: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._painted = window, painted
        window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        self._window.event(event)  # it is painted in here
        self._painted()
        return True


def measure(
    drawings: list[Drawing],
    meanwhile: Callable[[Desk], object] = lambda _: None,
    all_views: bool = False,
    compare: Path | None = None,
) -> dict[str, float]:
    """Milliseconds from event to paint over all events of all drawings, one drawing after another.

    Each is drawn from its own points, resampled to 120 Hz of a hand's speed. What `meanwhile` makes
    of the desk, once its model is there, is kept until the end.
    """
    desk = opened_desk(all_views=all_views, compare=compare)
    window = desk.window
    kept = meanwhile(desk)
    waiting: dict[int, float] = {}
    taken: list[float] = []
    wholes: list[object] = []
    desk.presenter.shown.connect(lambda shown: shown.glimpse or wholes.append(shown))

    def painted() -> None:
        now = time.perf_counter()
        done = [number for number in waiting if number <= desk.presenter.shown_number]
        taken.extend((now - waiting.pop(number)) * 1e3 for number in done)

    watch = PaintWatch(window, painted)
    canvas = window.canvas
    for drawing in drawings:
        desk.document.clear()
        due = time.perf_counter()
        for stroke in drawing.strokes:
            points = [
                pen.on_widget(canvas, x, y) for x, y in stroke.points * (CANVAS_SIZE / drawing.size)
            ]
            for k, point in enumerate(points):
                due = max(due + 1 / HERTZ, time.perf_counter())
                rest(due - time.perf_counter())
                before = desk.presenter.number
                began = time.perf_counter()
                kind = QEvent.Type.MouseButtonPress if k == 0 else QEvent.Type.MouseMove
                _send(canvas, kind, point)
                if desk.presenter.number > before:
                    waiting[desk.presenter.number] = began
            _send(canvas, QEvent.Type.MouseButtonRelease, points[-1])
        until = time.perf_counter() + 2
        while waiting and time.perf_counter() < until:
            rest(0.005)
    window.removeEventFilter(watch)
    del kept
    lost = len(waiting)
    window.close()
    return {
        "events": len(taken),
        "not_painted": lost,
        "wholes": len(wholes),
        "p50_ms": float(np.percentile(taken, 50)),
        "p99_ms": float(np.percentile(taken, 99)),
        "max_ms": float(max(taken)),
        "within_a_frame": float(np.mean(np.array(taken) <= FRAME_MS)),
    }


def opened_desk(
    model: Path | None = None, all_views: bool = False, compare: Path | None = None
) -> Desk:
    """A shown desk whose models have been opened and whose map of states is there: start-up is
    over."""
    settings = Settings(examination_seconds="600")  # as long as a busy machine may take
    if all_views:
        settings = replace(settings, gradient="shown", overlay="saliency")
    desk = Desk(settings, None)
    desk.window.resize(1366, 768)
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
    parser.add_argument("--json", action="store_true")


def say(figures: dict[str, float], as_json: bool) -> None:
    """Print them."""
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for name, value in figures.items():
        sys.stdout.write(f"{name:>24} {value:10.3f}\n")


def rest(seconds: float) -> None:
    """Let Qt's event loop run so long, asleep where there is nothing to do, as in the program."""
    loop = QEventLoop()
    QTimer.singleShot(max(0, round(seconds * 1000)), loop.quit)
    loop.exec()


def _send(widget: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    button = Qt.MouseButton.LeftButton
    none = Qt.MouseButton.NoButton
    pressed = none if kind == QEvent.Type.MouseButtonRelease else button
    event = QMouseEvent(
        kind,
        at,
        widget.mapToGlobal(at),
        none if kind == QEvent.Type.MouseMove else button,
        pressed,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def some_drawings(count: int) -> list[Drawing]:
    """The first of the program's own digits."""
    entries = itertools.islice(read_drawings(asset("reference", "digits.jsonl")), count)
    return [drawing for drawing in entries if isinstance(drawing, Drawing)]


def main() -> int:
    """Run it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--digits", type=int, default=60, help="how many drawings (60)")
    add_options(parser)
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    set_manners(app)
    figures = measure(
        some_drawings(options.digits), all_views=options.all_views, compare=options.compare
    )
    say(figures, options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
