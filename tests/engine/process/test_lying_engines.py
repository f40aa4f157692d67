"""Engine processes that lie, flood, fall silent or cannot live: each comes to one sentence."""

import os
import signal
import sys
import threading
import time

import pytest

from rnn_desk.app import engines
from rnn_desk.app.limits import Limits
from rnn_desk.app.outcomes import Answered
from rnn_desk.app.requests import ListDevices, MapStates, Open, ReadRaster
from rnn_desk.assets_door import asset
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.model import ModelRef
from tests.helpers import models
from tests.helpers.asking import PLAIN, SECONDS, Asking, Children

LIMITS = Limits(seconds=20.0, live_seconds=4.0, silent_seconds=1.5, mebibytes=1024)
FILE = ModelRef("/somewhere/model.onnx")
RNN = asset("models", "rnn.onnx")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")


class Lying:
    """Starts engine processes that do this."""

    def __init__(self, monkeypatch, tmp_path):
        self._patch, self._file = monkeypatch, tmp_path / "starts"

    def __call__(self, act):
        command = [sys.executable, "-m", "tests.helpers.liar", act, str(self._file)]
        self._patch.setattr("rnn_desk.app.engine_process.engine_command", lambda: command)

    @property
    def starts(self):
        return len(self._file.read_text().splitlines()) if self._file.exists() else 0


@pytest.fixture
def lying(monkeypatch, tmp_path):
    return Lying(monkeypatch, tmp_path)


def until(holds):
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


LIES = ["nonsense", "gigabyte", "another_kind", "flood", "flood_of_strangers"]


@pytest.mark.parametrize("lie", LIES)
def test_a_file_whose_process_lies_is_named_and_started_no_more(asking, lying, lie):
    lying(lie)
    failure = asking.outcome(asking.ask(Open(FILE)))
    assert failure.cause is Cause.LOST
    assert "something that no reader of digits answers" in str(failure.why)
    assert "model.onnx" in str(failure.why)
    assert lying.starts == 1
    assert not asking.pids()


@pytest.mark.parametrize("lie", LIES)
def test_a_model_that_begins_to_lie_is_lost_and_not_taken_for_killed(asking, lying, tmp_path, lie):
    """Its process is killed for it, which is not the same as being killed from outside."""
    model = asking.open(models.saved(tmp_path, models.recurrent()))
    lying(lie)
    os.kill(asking.pids()[-1], signal.SIGKILL)  # from outside: another one is started, and lies
    failure = asking.read(model)
    assert "something that no reader of digits answers" in str(failure.why)
    assert asking.lost_refs() == [(model.ref,)]
    assert lying.starts == 1
    assert asking.read(model).cause is Cause.LOST  # it is not open any more


def test_a_file_whose_process_hangs_up_is_not_taken_for_killed_from_outside(asking, lying):
    lying("deaf_and_dumb")
    failure = asking.outcome(asking.ask(Open(FILE)))
    assert "makes the runtime crash" in str(failure.why)


def test_the_own_process_that_ends_again_and_again_comes_to_a_sentence(asking, lying):
    lying("leave")
    for round_ in (1, 2):  # and somebody who tries again is not told at once
        failure = asking.outcome(asking.ask(ListDevices()))
        assert failure.cause is Cause.LOST
        assert "ended 4 times (exit 3)" in str(failure.why)
        assert lying.starts == round_ * (1 + engines.MOST_TRIES)


def test_a_process_that_cannot_live_is_not_started_without_end(asking, lying):
    """Though nobody asks anything of it."""
    children = Children()
    lying("short_lived")
    asking.engines.start()
    until(lambda: lying.starts == 1 + engines.MOST_TRIES and not asking.pids())
    assert not children.left()


def test_a_process_that_never_begins_is_ended_and_blames_no_file(asking, lying):
    lying("unborn")
    failure = asking.outcome(asking.ask(Open(FILE)))
    assert "neither computed nor answered" in str(failure.why)
    assert "model.onnx" not in str(failure.why)


def test_what_was_cancelled_is_not_asked_again_of_the_next_process(asking, lying):
    lying("wait")
    number = asking.ask(ListDevices())
    until(lambda: None not in asking.pids() and asking.pids())
    asking.engines.cancel(number)
    os.kill(asking.pids()[0], signal.SIGKILL)
    assert asking.outcome(number).cause is Cause.CANCELLED
    assert not asking.engines._own.asked


def test_a_request_that_no_frame_can_hold_is_answered(asking):
    failure = asking.outcome(asking.ask(Open(ModelRef("/somewhere/\udcff.onnx"))))
    assert failure.cause is Cause.REFUSED
    assert "inside the program" in str(failure.why)
    assert not asking.pids()


# With the engine itself.


def test_own_work_that_is_cancelled_ends_and_its_process_lives_on(asking):
    model = asking.open(RNN)
    (pid,) = asking.pids()
    number = asking.ask(MapStates(model.ref, model))
    asking.engines.cancel(number)
    assert asking.outcome(number).cause is Cause.CANCELLED
    assert isinstance(asking.read(model), Answered)
    assert asking.pids() == [pid]


def test_a_file_that_is_opened_twice_runs_in_one_process(asking, tmp_path):
    path = models.saved(tmp_path, models.recurrent())
    first, second = asking.open(path), asking.open(path)
    assert first.ref == second.ref
    until(lambda: len(asking.pids()) == 1)
    assert isinstance(asking.read(second), Answered)
    asking.engines.keep((first.ref,))
    asking.engines.keep(())
    assert not asking.pids()


def test_a_model_that_was_opened_and_never_taken_is_let_go_in_time(asking, tmp_path, monkeypatch):
    asking.open(models.saved(tmp_path, models.recurrent()))
    asking.engines.keep(())
    assert len(asking.pids()) == 1
    monkeypatch.setattr(engines, "TAKING_SECONDS", 0.0)
    until(lambda: not asking.pids())
    assert not asking.lost


def test_where_nobody_ever_says_what_is_kept_all_is(asking, tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "TAKING_SECONDS", 0.0)
    model = asking.open(models.saved(tmp_path, models.recurrent()))
    asking.engines._let_go()
    assert isinstance(asking.read(model), Answered)


def test_two_files_are_kept_while_a_third_is_opened(asking, tmp_path):
    refs = []
    for seed in range(3):
        model = models.recurrent(seed=seed)
        refs.append(asking.open(models.saved(tmp_path, model, name=f"{seed}.onnx")).ref)
        asking.engines.keep(refs[-3:-1])  # as the one before was taken, and this one not yet
        assert len(asking.pids()) == len(refs)
    asking.engines.keep((refs[0], refs[2]))
    assert len(asking.pids()) == 2


def test_whoever_waits_for_a_model_that_is_let_go_is_told(asking, tmp_path):
    model = asking.open(models.saved(tmp_path, models.recurrent()))
    asking.engines.keep((model.ref,))
    os.kill(asking.pids()[-1], signal.SIGSTOP)
    number = asking.ask(ReadRaster(model.ref, model, PLAIN))
    asking.engines.keep(())
    assert asking.outcome(number).cause is Cause.CANCELLED
    assert not asking.lost


def test_nothing_is_told_with_the_lock_held(tmp_path):
    """Or whoever hears of it could not ask from another thread, and wait for that."""
    free = []

    def asks_elsewhere(number, outcome):
        asked = threading.Thread(target=asking.engines.processes, daemon=True)
        asked.start()
        asked.join(2)
        free.append((type(outcome).__name__, asked.is_alive()))
        asking.heard.put((number, outcome))

    asking = Asking(LIMITS)
    asking.engines._heard = asks_elsewhere
    model = asking.open(models.saved(tmp_path, models.recurrent()))
    opening = asking.ask(Open(FILE))
    asking.engines.cancel(opening)
    asking.outcome(opening)
    asking.engines.keep((model.ref,))
    os.kill(asking.pids()[-1], signal.SIGSTOP)
    waiting = asking.ask(ReadRaster(model.ref, model, PLAIN))
    asking.engines.keep(())
    asking.outcome(waiting)
    asking.read(model)  # it is not open any more
    asking.engines.close()
    assert len(free) >= 4
    assert not any(held for _, held in free), free
