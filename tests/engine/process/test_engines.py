"""Engine processes that are asked, limited, ended and started again: real ones."""

import os
import signal
import sys
import time
from queue import Empty

import numpy as np
import pytest

from rnn_desk.app.limits import Limits
from rnn_desk.app.outcomes import Answered
from rnn_desk.app.requests import ListDevices, MapStates, Open, Read, ReadRaster, Source
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import Trace
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.model import ModelRef
from tests.helpers import models
from tests.helpers.asking import PLAIN, SECONDS, Asking, Children
from tests.helpers.harmful import (
    before_the_picture,
    crash_for_some,
    endless_for_some,
    huge_products,
    more_answers_for_some,
    no_number_for_some,
    other_shape_for_some,
)

LIMITS = Limits(seconds=20.0, live_seconds=1.0, silent_seconds=2.0, mebibytes=1024)
LSTM = asset("models", "lstm.onnx")

INKED = Raster(np.ones((28, 28), np.float32))
"""What the models of `harmful` wait for."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")


@pytest.fixture
def foreign(tmp_path, asking):
    """Open a model of somebody else's that does something of its own on some pictures."""

    def opened(build=None):
        card = models.card(reading="whole")
        model = models.recurrent() if build is None else before_the_picture(build)
        return asking.open(models.saved(tmp_path, model, None if build is None else card))

    return opened


def test_an_own_model_is_opened_and_read(asking):
    model = asking.open(LSTM)
    trace = asking.read(model).value
    assert isinstance(trace, Trace)
    assert trace.layers[0].h.shape == (28, 128)
    assert len(asking.pids()) == 1


def test_what_is_no_number_is_a_sentence_and_the_model_stays(asking, foreign):
    model = foreign(no_number_for_some)
    failure = asking.read(model, INKED)
    assert failure.cause is Cause.NUMBER
    assert "no number" in str(failure.why)
    assert isinstance(asking.read(model), Answered)
    assert not asking.lost


def test_a_crash_costs_the_model_and_nothing_else(asking, foreign):
    own, model = asking.open(LSTM), foreign(crash_for_some)
    failure = asking.read(model, INKED)
    assert failure.cause is Cause.LOST
    assert "made its process crash over this picture" in str(failure.why)
    assert asking.lost_refs() == [(model.ref,)]
    assert isinstance(asking.read(own), Answered)
    assert asking.read(model).cause is Cause.LOST  # it is not open any more
    assert len(asking.pids()) == 1


def test_whoever_asks_of_what_was_let_go_hears_that_it_is_lost(asking, foreign):
    model = foreign()
    asking.engines.keep((model.ref,))
    asking.engines.keep(())
    assert not asking.lost
    failure = asking.read(model)
    assert failure.cause is Cause.LOST
    assert "open it again" in str(failure.why)
    assert asking.lost_refs() == [(model.ref,)]


@pytest.mark.parametrize("build", [other_shape_for_some, more_answers_for_some])
def test_an_answer_of_another_shape_costs_the_model_and_no_new_process(asking, tmp_path, build):
    model = asking.open(models.saved(tmp_path, build(), models.card(reading="whole")))
    assert isinstance(asking.read(model), Answered)
    failure = asking.read(model, INKED)
    assert failure.cause is Cause.LOST
    assert "something that no reader of digits answers" in str(failure.why)
    assert asking.lost_refs() == [(model.ref,)]
    assert not asking.pids()


def test_a_picture_that_never_ends_is_ended_by_its_processor_time(asking, foreign):
    model = foreign(endless_for_some)
    began = time.monotonic()
    failure = asking.read(model, INKED)
    assert failure.cause is Cause.LOST
    assert "computed for more than 1 s over one picture" in str(failure.why)
    assert time.monotonic() - began < 10


def test_a_process_that_is_held_up_is_not_blamed(asking, foreign):
    """It uses no processor time; what is said, once it has been silent for long, blames no file."""
    model = foreign()
    pid = asking.pids()[-1]
    os.kill(pid, signal.SIGSTOP)
    number, began = asking.ask(ReadRaster(model.ref, model, PLAIN)), time.monotonic()
    failure = asking.outcome(number)
    assert time.monotonic() - began > LIMITS.silent_seconds
    assert "neither computed nor answered" in str(failure.why)
    assert model.ref.file not in str(failure.why)


def test_an_own_process_that_is_killed_is_started_again_for_what_was_asked(asking):
    model = asking.open(LSTM)
    for _ in range(3):
        number = asking.ask(MapStates(model.ref, model))
        os.kill(asking.pids()[0], signal.SIGKILL)
        assert isinstance(asking.outcome(number), Answered)
        assert isinstance(asking.read(model), Answered)


def test_an_own_process_that_is_killed_as_it_starts_is_started_again(asking):
    number = asking.ask(ListDevices())
    killed = set()
    until = time.monotonic() + SECONDS
    while len(killed) < 2:
        assert time.monotonic() < until
        for process in asking.engines.processes():
            started = process._process
            if started is not None and not process.started and started.pid not in killed:
                os.kill(started.pid, signal.SIGKILL)
                killed.add(started.pid)
        time.sleep(0.005)
    assert isinstance(asking.outcome(number), Answered)


def test_a_foreign_one_killed_from_outside_is_started_once_more(asking, foreign):
    model = foreign()
    os.kill(asking.pids()[-1], signal.SIGKILL)
    assert isinstance(asking.read(model), Answered)
    assert isinstance(asking.read(model), Answered)
    assert not asking.lost
    os.kill(asking.pids()[-1], signal.SIGKILL)
    assert asking.read(model).cause is Cause.LOST
    assert asking.lost_refs()[:1] == [(model.ref,)]


def test_one_that_is_killed_over_the_same_picture_again_is_given_up(asking, foreign):
    model = foreign(endless_for_some)
    number = asking.ask(ReadRaster(model.ref, model, INKED))
    (home,) = asking.engines._foreign
    before = None
    for _ in range(2):
        until = time.monotonic() + SECONDS
        while asking.pids() in ([], [None], [before]) or list(home.asked) != [number]:
            assert time.monotonic() < until
            time.sleep(0.01)
        (before,) = asking.pids()
        os.kill(before, signal.SIGKILL)
    failure = asking.outcome(number)
    assert failure.cause is Cause.LOST
    assert "was ended from outside" in str(failure.why)
    assert not asking.pids()


def test_an_engine_that_cannot_start_blames_no_file(monkeypatch, tmp_path):
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    monkeypatch.setattr("rnn_desk.app.engine_process.engine_command", lambda: command)
    asking = Asking(LIMITS)
    for path in (LSTM, models.saved(tmp_path, models.recurrent())):
        failure = asking.outcome(asking.ask(Open(ModelRef(str(path)))))
        assert failure.cause is Cause.LOST
        assert "could not be started (exit 3)" in str(failure.why)
        assert path.name not in str(failure.why)
    asking.engines.close()


def test_what_is_being_opened_is_cancelled_at_once(asking, tmp_path):
    path = models.saved(tmp_path, before_the_picture(huge_products))
    number = asking.ask(Open(ModelRef(str(path))))
    asking.heard.get(timeout=SECONDS)  # a stage
    began = time.monotonic()
    asking.engines.cancel(number)
    assert asking.outcome(number).cause is Cause.CANCELLED
    assert time.monotonic() - began < 2
    assert not asking.pids()


def test_a_foreign_model_that_nobody_keeps_has_no_process(asking, foreign):
    model = foreign()
    asking.engines.keep(())  # somebody else's: it was just opened, and is yet to be taken
    assert len(asking.pids()) == 1
    asking.engines.keep((model.ref,))
    asking.engines.keep(())
    assert not asking.pids()


def test_closing_leaves_nothing_though_a_process_is_only_starting():
    children = Children()
    for _ in range(5):
        asking = Asking(LIMITS)
        asking.ask(ListDevices())
        asking.engines.close()
        assert not children.left()


def test_a_raster_that_cannot_be_made_is_no_fault_of_the_model(asking):
    model = asking.open(LSTM)

    class Broken(Source):
        @property
        def rastered(self):
            raise MemoryError

    broken = Broken(Drawing(), model.card.frame)
    failure = asking.outcome(asking.ask(Read(model.ref, model, broken)))
    assert failure.cause is Cause.REFUSED
    assert "inside the program" in str(failure.why)
    assert isinstance(asking.read(model), Answered)


def test_of_other_requests_nothing_is_heard_once_closed(asking):
    asking.ask(Open(ModelRef(str(LSTM))))
    asking.engines.close()
    while True:
        try:
            asking.heard.get(timeout=0.2)
        except Empty:
            break
    asking.ask(ListDevices())
    with pytest.raises(Empty):
        asking.heard.get(timeout=0.5)
