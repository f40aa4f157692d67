"""What the views are told, against an engine that answers when it is told."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pytest

from rnn_desk.app.outcomes import Failure
from rnn_desk.core.drawing import Drawing, Stroke
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.core.orientation import UPRIGHT
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.model import ModelRef
from rnn_desk.qt.work import presenter as module
from rnn_desk.qt.work.baselines import Baselines
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.presenter import Presenter
from tests.helpers.told_processes import engine_of

NOTHING = Experiment()


@dataclass(frozen=True, eq=False)
class Reading:
    """As much of a Trace as the presenter looks at."""

    of: Drawing
    model: str
    gradient: object
    raster: object = field(default_factory=lambda: SimpleNamespace(is_blank=False))
    timings: object = field(default_factory=lambda: SimpleNamespace(total=1.0))


def reading(request):
    gradient = request.source.original if request.gradient is not None and request.whole else None
    return Reading(request.source.original, request.ref.path, gradient)


def model(path):
    card = SimpleNamespace(frame=(28, 0.7))
    return SimpleNamespace(ref=ModelRef(path), card=card, orientation=UPRIGHT, is_own=True)


class Bench:
    """A presenter with all that it needs, and what it showed."""

    def __init__(self):
        self.engine, self.processes = engine_of(reading)
        self.models = LoadedModels(self.engine)
        self.presenter = Presenter(self.engine, self.models, Baselines(self.engine))
        self.shown = []
        self.gradient_of = None
        self.presenter.shown.connect(lambda shown: self.shown.append(shown.traces))

    def show(self, drawing, experiment=NOTHING):
        self.presenter.show(drawing, experiment, self.gradient_of)


@pytest.fixture
def bench(qapp):  # noqa: ARG001  timers need the application
    bench = Bench()
    yield bench
    bench.engine.stop()


def drawn(length):
    """A stroke of so many points, which grows from its first one."""
    return Drawing((Stroke(np.arange(2.0 * length).reshape(length, 2)),))


def go_round(bench, qapp):
    """What is handed on is painted, and after that the next is asked for."""
    qapp.processEvents()
    while not bench.engine.jobs.is_painted:
        qapp.processEvents()


def test_a_reading_made_for_its_time_is_timed_and_not_shown_again(bench, qapp):
    bench.models.use((model("a.onnx"),))
    bench.show(drawn(2))
    go_round(bench, qapp)
    bench.processes.answer()
    go_round(bench, qapp)
    before, timed = list(bench.shown), []
    bench.presenter.timed.connect(timed.append)
    for _ in range(2):
        bench.presenter.read_again()
        assert bench.presenter.settled  # nobody waits for it
        bench.processes.answer()
        go_round(bench, qapp)
    assert timed == [1.0, 1.0]
    assert bench.shown == before


def test_no_reading_is_made_for_its_time_while_another_tells_it(bench, qapp):
    timed = []
    bench.presenter.timed.connect(timed.append)
    bench.models.use((model("a.onnx"),))
    bench.show(drawn(2))
    go_round(bench, qapp)
    bench.presenter.read_again()
    assert len(bench.processes.asked) == 1
    bench.processes.answer()
    go_round(bench, qapp)
    bench.presenter.read_again()
    longer = drawn(3)
    bench.show(longer)
    bench.processes.answer()  # what was asked for its time is not wanted any more
    go_round(bench, qapp)
    assert len(timed) == 1
    bench.processes.answer()
    go_round(bench, qapp)
    assert len(timed) == 2
    assert bench.presenter.trace.of is longer


def test_nothing_is_waited_for_once_an_empty_sheet_is_shown(bench):
    """Whoever waits for a reading, as a lesson's step does, is told of no other one."""
    settled = []
    bench.models.use((model("a.onnx"),))
    bench.presenter.shown.connect(lambda _: settled.append(bench.presenter.settled))
    bench.show(drawn(2))
    bench.show(Drawing())
    assert settled[-1]
    assert bench.shown[-1] == ()


def test_a_second_model_that_has_not_read_shows_nothing(bench, qapp, qtbot):
    """Its reading of what lay there before is not left standing."""
    bench.models.use((model("a.onnx"), model("b.onnx")))
    bench.show(drawn(2))
    go_round(bench, qapp)
    for _ in range(2):
        bench.processes.answer()
    go_round(bench, qapp)
    assert [trace.model for trace in bench.shown[-1]] == ["a.onnx", "b.onnx"]
    longer = drawn(3)
    bench.show(longer)
    go_round(bench, qapp)
    bench.processes.answer()
    qtbot.waitUntil(lambda: bench.presenter.trace.of is longer)  # it waits no longer for the other
    bench.processes.answer(Failure(Cause.REFUSED, Refused("no")))
    go_round(bench, qapp)
    assert [trace.model for trace in bench.shown[-1]] == ["a.onnx"]
    assert bench.presenter.settled


def test_while_the_pen_moves_the_last_gradient_is_shown_and_at_rest_the_newest(bench, qapp, qtbot):
    bench.models.use((model("a.onnx"),))
    bench.gradient_of = "answer"
    drawings = [drawn(length) for length in range(2, 6)]
    for drawing in drawings:
        bench.show(drawing)
        go_round(bench, qapp)
        bench.processes.answer()
        go_round(bench, qapp)
    assert [shown[0].of for shown in bench.shown[-4:]] == drawings
    first = bench.presenter.trace.gradient
    assert first is drawings[0]
    assert not bench.presenter.settled
    assert bench.presenter.whole_moment < bench.presenter.shown_moment
    qtbot.waitUntil(lambda: bool(bench.processes.asked))
    bench.processes.answer()
    go_round(bench, qapp)
    assert bench.presenter.trace.gradient is drawings[-1]
    assert bench.presenter.settled
    assert bench.presenter.whole_moment == bench.presenter.shown_moment


def test_models_have_their_gradients_in_turn(bench, qapp, monkeypatch):
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: clock.now))
    bench.models.use((model("a.onnx"), model("b.onnx")))
    bench.gradient_of = "answer"
    with_gradient = []
    for length in range(2, 40):
        drawing = drawn(length)
        bench.show(drawing)
        go_round(bench, qapp)
        clock.now += 0.01
        while bench.processes.asked:
            bench.processes.answer()
        go_round(bench, qapp)
        shown = bench.shown[-1]
        assert [trace.of for trace in shown] == [drawing, drawing]
        with_gradient.append([trace.gradient is drawing for trace in shown])
    assert with_gradient[0] == [True, True]  # there was none before
    assert [True, True] not in with_gradient[1:]
    seconds = 0.01 * len(with_gradient)
    for count in map(sum, zip(*with_gradient, strict=True)):
        assert count >= 0.7 * seconds * 1000 / module.GRADIENT_MS


def test_another_drawing_never_has_the_gradient_of_the_last_one(bench, qapp):
    bench.models.use((model("a.onnx"),))
    bench.gradient_of = "answer"
    for drawing in (drawn(2), Drawing((Stroke(np.array([[9.0, 9.0], [1.0, 1.0]])),))):
        bench.show(drawing)
        go_round(bench, qapp)
        bench.processes.answer()
        go_round(bench, qapp)
        assert bench.presenter.trace.gradient is bench.presenter.trace.of


def test_what_changes_at_once_is_asked_for_once(bench, qapp):
    """As undo changes the drawing, what is done to it and what gradients are of."""
    bench.models.use((model("a.onnx"),))
    bench.show(drawn(2))
    go_round(bench, qapp)
    bench.processes.answer()
    go_round(bench, qapp)
    before = bench.presenter.moment
    bench.gradient_of = 3
    other = Drawing((Stroke(np.array([[9.0, 9.0], [1.0, 1.0]])),))
    bench.show(other, Experiment(noise=0.5))
    go_round(bench, qapp)
    assert bench.presenter.moment == before + 1
    (request,) = [asked for _, asked in bench.processes.asked]
    assert request.source.original is other
    assert (request.experiment.noise, request.gradient) == (0.5, 3)
    bench.show(other, Experiment(noise=0.5))
    assert bench.presenter.moment == before + 1
