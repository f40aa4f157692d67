"""Engine processes that are asked, limited, ended and started again, in whose place a test speaks.

`tests/engine/process` does the same with real ones.
"""

import logging
import signal
import threading
from queue import Empty

import msgspec
import numpy as np
import pytest

from rnn_desk.app import engines
from rnn_desk.app.engines import MOST_TRIES, MOST_WORDS, OWN_MEBIBYTES, Engines
from rnn_desk.app.limits import Limits
from rnn_desk.app.outcomes import Answered, Failure, OnTheWay, PartOf
from rnn_desk.app.requests import (
    Bench,
    Draft,
    ListDevices,
    MapStates,
    MeasureSurprise,
    Open,
    OpenWriter,
    ReadRaster,
    Write,
)
from rnn_desk.assets_door import asset
from rnn_desk.core.errors import Refused
from rnn_desk.core.writing import WriterShape
from rnn_desk.protocol import answers
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.requests import Cancel, Keep
from rnn_desk.protocol.requests import Open as OpenWork
from tests.helpers.asking import PLAIN, Asking
from tests.helpers.told_engine import OPENED, ToldProcesses, reading

LIMITS = Limits(seconds=20.0, live_seconds=4.0, silent_seconds=30.0, mebibytes=1024)
OWN = asset("models", "cnn.onnx")
FILE = "/somewhere/mine.onnx"
KILL = -getattr(signal, "SIGKILL", signal.SIGTERM)
WHY = Refused("any shape")
WRITER = WriterShape(28, 10, 8)
PICTURES = np.zeros((2, 28, 28), np.float32)


@pytest.fixture
def told(monkeypatch):
    """The processes that were started."""
    processes = ToldProcesses()
    monkeypatch.setattr(engines, "EngineProcess", processes)
    monkeypatch.setattr(engines, "LOOK_SECONDS", 0.001)
    return processes


@pytest.fixture
def asking(told):
    made = Asking(LIMITS)
    yield made
    made.engines.close()
    assert all(process.killed or process.over for process in told)


def opened(asking, told, path=FILE):
    """The model of that file, open."""
    number = asking.ask(Open(ModelRef(str(path))))
    told[-1].hello()
    told[-1].done(OPENED)
    return asking.outcome(number).value.model


def read(model, **others):
    return ReadRaster(model.ref, model, PLAIN, **others)


def is_quiet(asking):
    with pytest.raises(Empty):
        asking.heard.get_nowait()
    return True


# Who is asked.


def test_the_programs_own_models_share_a_process_that_has_no_limit(asking, told):
    model = opened(asking, told, OWN)
    number = asking.ask(read(model))
    told[0].done(reading())
    assert asking.outcome(number).value.probabilities[3] == np.float32(0.1)
    asking.ask(ListDevices())
    opened(asking, told, asset("models", "gru.onnx"))
    assert [(each.mebibytes, each.patient) for each in told] == [(0, False)]


def test_a_file_of_somebody_elses_has_a_process_of_its_own_with_limits(asking, told):
    own, model = opened(asking, told, OWN), opened(asking, told)
    assert [each.mebibytes for each in told] == [0, LIMITS.mebibytes]
    assert asking.pids() == [1, 1]
    asking.ask(read(own))
    asking.ask(read(model))
    assert [len(each.asks) for each in told] == [2, 2]


def test_a_model_is_asked_of_where_it_is_open_however_often_it_was_opened(asking, told):
    first, second = opened(asking, told), opened(asking, told)
    assert first.ref == second.ref
    assert told[1].killed
    number = asking.ask(read(second))
    told[0].done(reading())
    assert isinstance(asking.outcome(number), Answered)


def test_a_file_whose_weights_are_others_now_is_asked_where_those_are(asking, told):
    """They lie beside it: its own hash is the same."""
    before = opened(asking, told)
    waits = asking.ask(ReadRaster(before.ref, before, PLAIN))
    number = asking.ask(Open(ModelRef(FILE)))
    told[1].hello()
    told[1].done(msgspec.structs.replace(OPENED, fingerprint="of others"))
    after = asking.outcome(number).value.model
    assert after.ref == before.ref
    assert told[0].killed
    assert asking.outcome(waits).cause is Cause.CANCELLED  # nobody wants it any more
    assert not asking.lost
    asking.ask(ReadRaster(after.ref, after, PLAIN))
    assert len(told[1].asks) == 2


def test_speed_is_measured_in_a_process_that_gives_way_and_ends(asking, told):
    model = opened(asking, told, OWN)
    number = asking.ask(Bench(model.ref, model))
    bench = told[-1]
    assert (bench.patient, bench.mebibytes) == (True, 0)
    bench.say(answers.Part(bench.asks[0].number, answers.Benched(None, WHY)))
    assert asking.heard.get_nowait()[1].value is not None
    bench.done(answers.BenchDone("1.0"))
    assert asking.outcome(number).value == "1.0"
    assert bench.killed
    assert not told[0].killed


def test_the_process_that_was_begun_already_is_the_first_one_alone(told):
    begun = object()
    made = Engines(lambda *_: None, limits=LIMITS, begun=begun)
    made.start()
    made.start()
    told[0].hello()
    told[0].end(KILL)
    made.close()
    assert [each.begun for each in told] == [begun, None]


# What comes back.


def test_words_on_the_way_and_parts_are_handed_on(asking, told):
    model = opened(asking, told, OWN)
    number = asking.ask(Bench(model.ref, model))
    process = told[-1]
    process.say(answers.Progress(process.asks[0].number, "reading"))
    process.say(answers.Part(number, answers.Benched(None, WHY)))
    kinds = [asking.heard.get_nowait() for _ in range(2)]
    assert [(n, type(outcome)) for n, outcome in kinds] == [(number, OnTheWay), (number, PartOf)]
    assert str(kinds[1][1].value) == str(WHY)


def test_of_what_nobody_asked_nothing_is_heard(asking, told):
    opened(asking, told, OWN)
    told[0].say(answers.Done(99, OPENED))
    told[0].say(answers.Part(99, OPENED))
    told[0].say(answers.Progress(99, "reading"))
    told[0].say(answers.Failed(99, Cause.REFUSED, WHY))
    told[0].say(answers.Failed(99, Cause.MEMORY, WHY))
    assert is_quiet(asking)
    assert not told[0].killed


def test_a_mistake_of_ours_is_logged_and_that_of_a_foreign_process_is_not(asking, told, caplog):
    opened(asking, told, OWN)
    opened(asking, told)
    told[1].say(answers.Logged("written by a stranger"))
    assert not caplog.records
    told[0].say(answers.Logged("Traceback"))
    assert "Traceback" in caplog.text
    caplog.clear()


def test_no_number_is_a_failure_of_the_reading_alone(asking, told):
    model = opened(asking, told)
    number = asking.ask(read(model))
    told[0].done(reading(np.nan))
    failure = asking.outcome(number)
    assert failure.cause is Cause.NUMBER
    assert "mine.onnx answers this picture with what is no number" in str(failure.why)
    assert not told[0].killed


def test_a_card_that_is_none_refuses_the_file(asking, told):
    number = asking.ask(Open(ModelRef(FILE)))
    told[0].done(msgspec.structs.replace(OPENED, known=Known("{}")))
    failure = asking.outcome(number)
    assert failure.cause is Cause.REFUSED
    assert told[0].killed  # it runs nothing that anybody wants


@pytest.mark.parametrize("cause", [Cause.REFUSED, Cause.DEVICE, Cause.CANCELLED])
def test_a_refusal_is_handed_on(asking, told, cause):
    model = opened(asking, told)
    number = asking.ask(read(model))
    told[0].fail(cause, WHY)
    failure = asking.outcome(number)
    assert (failure.cause, failure.why.template) == (cause, WHY.template)
    assert not told[0].killed


def test_a_mistake_of_our_own_process_is_a_sentence(asking, told):
    number = asking.ask(ListDevices())
    told[0].fail(Cause.MISTAKE, WHY)
    assert asking.outcome(number).cause is Cause.MISTAKE
    assert not told[0].killed


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause.MEMORY, ("more than 1024 MiB of memory", "more than 1024 MiB of memory")),
        (Cause.MISTAKE, ("cannot be understood", "no reader of digits answers")),
    ],
)
def test_a_file_that_is_too_much_for_its_process_is_given_up(asking, told, is_open, cause, words):
    if is_open:
        model = opened(asking, told)
        number = asking.ask(read(model))
    else:
        number = asking.ask(Open(ModelRef(FILE)))
    told[0].fail(cause, Refused("{reason}", reason="IndexError"))
    failure = asking.outcome(number)
    assert failure.cause is Cause.LOST
    assert words[is_open] in str(failure.why)
    assert "mine.onnx" in str(failure.why)
    assert told[0].killed
    assert bool(asking.lost) == is_open


def another_kind(process):
    process.done(answers.BenchDone("1"))


def another_shape(process):
    told = np.zeros(3, np.float32), np.zeros((28, 3), np.float32)
    process.done(answers.Reading(*told, (), (), reading().timings))


def flood(process):
    for _ in range(MOST_WORDS + 1):
        if not process.over:
            process.say(answers.Progress(process.asks[-1].number, "reading"))


@pytest.mark.parametrize("lie", [another_kind, another_shape, flood])
def test_a_model_whose_process_lies_is_lost(asking, told, lie):
    model = opened(asking, told)
    number = asking.ask(read(model))
    lie(told[0])
    failure = asking.outcome(number)
    assert failure.cause is Cause.LOST
    assert "mine.onnx answered with something that no reader of digits answers" in str(failure.why)
    assert asking.lost_refs() == [(model.ref,)]
    assert len(told) == 1
    assert asking.outcome(asking.ask(read(model))).cause is Cause.LOST


def test_what_is_answered_begins_the_count_of_words_anew(asking, told):
    model = opened(asking, told)
    for _ in range(3):
        number = asking.ask(read(model))
        for _ in range(MOST_WORDS - 10):
            told[0].say(answers.Progress(told[0].asks[-1].number, "reading"))
        told[0].done(reading())
        assert isinstance(asking.outcome(number), Answered)


def test_an_answer_that_cannot_be_taken_in_is_a_lie(asking, told, monkeypatch, caplog):
    model = opened(asking, told)
    monkeypatch.setattr(ReadRaster, "value", lambda *_: 1 / 0)
    number = asking.ask(read(model))
    told[0].done(reading())
    assert asking.outcome(number).cause is Cause.LOST
    assert "could not be taken in" in caplog.text
    caplog.clear()


# What is sent.


def test_a_request_that_cannot_be_made_is_answered(asking, told, monkeypatch, caplog):
    opened(asking, told, OWN)
    monkeypatch.setattr(ListDevices, "work", lambda _: 1 / 0)
    number = asking.ask(ListDevices())
    told[0].write()
    failure = asking.outcome(number)
    assert failure.cause is Cause.REFUSED
    assert "inside the program (ZeroDivisionError)" in str(failure.why)
    caplog.clear()


def test_a_request_that_is_refused_as_it_is_made_says_why(asking, told, monkeypatch, caplog):
    def refuse(_):
        raise WHY

    monkeypatch.setattr(ListDevices, "work", refuse)
    number = asking.ask(ListDevices())
    told[0].write()
    assert asking.outcome(number).why is WHY
    assert not caplog.records


def test_what_cannot_be_prepared_is_told_of_where_it_is_made(asking, told, monkeypatch):
    monkeypatch.setattr(ListDevices, "prepare", lambda _: 1 / 0)
    asking.ask(ListDevices())
    assert len(told[0].asks) == 1


def test_an_answer_may_have_as_many_bytes_as_what_was_asked_for(asking, told):
    model = opened(asking, told)
    before = told[0].most
    asking.ask(read(model))
    assert told[0].most == before  # nothing is due till it is sent
    told[0].write()
    assert told[0].most > before


def test_live_requests_are_sent_as_such(asking, told):
    model = opened(asking, told, OWN)
    asking.ask(read(model))
    asking.ask(MapStates(model.ref, model))
    assert [ask.live for ask in told[0].asks[1:]] == [True, False]


# What ends.


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ({"status": 3}, "makes the runtime crash (exit 3)"),
        ({"status": -11}, "makes the runtime crash (exit -11)"),
        ({"status": KILL}, "was ended from outside"),
        ({"status": KILL, "forced": True}, "makes the runtime crash"),
        ({"status": 3, "started": False}, "could not be started (exit 3)"),
        ({"status": None, "started": False}, "could not be started"),
    ],
)
def test_a_file_whose_process_ends_as_it_is_opened_is_told_of(asking, told, end, words):
    number = asking.ask(Open(ModelRef(FILE)))
    told[0].end(**end)
    failure = asking.outcome(number)
    assert failure.cause is Cause.LOST
    assert words in str(failure.why)
    assert ("mine.onnx" in str(failure.why)) == ("started" not in end)
    assert not asking.lost
    assert len(told) == 1


def test_a_crash_over_a_picture_costs_the_model(asking, told):
    own, model = opened(asking, told, OWN), opened(asking, told)
    number, other = asking.ask(read(model)), asking.ask(read(own))
    told[1].end(-11)
    assert "made its process crash over this picture (exit -11)" in str(asking.outcome(number).why)
    assert asking.lost_refs() == [(model.ref,)]
    told[0].done(reading())
    assert isinstance(asking.outcome(other), Answered)


def test_a_foreign_one_ended_from_outside_is_started_once_more_with_what_is_known(asking, told):
    model = opened(asking, told)
    number = asking.ask(read(model))
    told[0].write()
    told[0].end(KILL)
    opening, waiting = (ask for ask in told[1].asks)
    assert isinstance(opening.work, OpenWork)
    assert opening.work.known is not None
    assert opening.live
    assert waiting.number == number
    told[1].hello()
    told[1].done(OPENED, place=0)
    told[1].done(reading(), place=1)
    assert isinstance(asking.outcome(number), Answered)
    assert not asking.lost
    number = asking.ask(read(model))
    told[1].end(KILL)
    assert "mine.onnx was ended from outside" in str(asking.outcome(number).why)
    assert asking.lost_refs() == [(model.ref,)]
    assert len(told) == 2


def test_a_temporary_one_is_never_started_again(asking, told):
    model = opened(asking, told, OWN)
    number = asking.ask(Bench(model.ref, model))
    told[1].end(KILL)
    assert asking.outcome(number).cause is Cause.LOST
    assert len(told) == 2


@pytest.mark.parametrize("status", [3, -11, KILL])
def test_our_own_is_started_again_some_times_for_the_same_request(asking, told, status):
    number = asking.ask(ListDevices())
    for _ in range(MOST_TRIES):
        told[-1].hello()
        assert told[-1].asks[0].number == number
        told[-1].end(status)
    assert is_quiet(asking)
    told[-1].end(status)
    failure = asking.outcome(number)
    assert failure.cause is Cause.LOST
    assert f"ended {MOST_TRIES + 1} times (exit {status})" in str(failure.why)
    asking.ask(ListDevices())  # and who tries again is not told at once
    told[-1].end(status)
    assert is_quiet(asking)


def test_our_own_that_never_says_a_word_is_started_once_more(asking, told):
    number = asking.ask(ListDevices())
    told[0].end(3, started=False)
    assert is_quiet(asking)
    told[1].end(3, started=False)
    assert "could not be started (exit 3)" in str(asking.outcome(number).why)


def test_an_answer_ends_the_count_of_what_was_tried(asking, told):
    for _ in range(MOST_TRIES + 2):
        number = asking.ask(ListDevices())
        told[-1].end(KILL)
        told[-1].done(answers.Devices((), None, "1.0"))
        assert isinstance(asking.outcome(number), Answered)


def test_what_was_cancelled_is_not_asked_of_the_next_process(asking, told):
    stays, goes = asking.ask(ListDevices()), asking.ask(ListDevices())
    asking.engines.cancel(goes)
    told[0].end(KILL)
    assert asking.outcome(goes).cause is Cause.CANCELLED
    assert [ask.number for ask in told[1].asks] == [stays]


def test_what_was_meant_for_a_process_that_is_gone_is_not_made_for_it(asking, told):
    """Its writer may come to it later."""
    asking.ask(ListDevices())
    told[0].end(KILL)
    assert told[0].asks == []
    assert len(told[1].asks) == 1


def test_a_process_that_ends_when_it_is_no_ones_any_more_is_not_told_of(asking, told):
    model = opened(asking, told)
    asking.engines.keep((model.ref,))
    asking.engines.keep(())
    told[0].end(KILL)
    assert is_quiet(asking)
    assert not asking.lost
    assert len(told) == 1


# What is cancelled, kept and closed.


def test_own_work_that_is_cancelled_goes_on_till_its_process_says_so(asking, told):
    number = asking.ask(ListDevices())
    asking.engines.cancel(number)
    assert told[0].write()[-1] == Cancel(number)
    assert not told[0].killed
    told[0].fail(Cause.CANCELLED, WHY)
    assert asking.outcome(number).cause is Cause.CANCELLED


@pytest.mark.parametrize("what", ["opening", "measuring"])
def test_what_a_process_is_there_for_alone_is_ended_with_it(asking, told, what):
    if what == "opening":
        number = asking.ask(Open(ModelRef(FILE)))
    else:
        model = opened(asking, told, OWN)
        number = asking.ask(Bench(model.ref, model))
    asking.engines.cancel(number)
    assert asking.outcome(number).cause is Cause.CANCELLED
    assert told[-1].killed


def test_what_nobody_asked_cannot_be_cancelled(asking, told):
    model = opened(asking, told)
    asking.engines.cancel(99)
    assert not told[0].killed
    assert model.ref in asking.engines._foreign[0].models


def test_models_that_nobody_keeps_have_no_process(asking, told, monkeypatch):
    own, model = opened(asking, told, OWN), opened(asking, told)
    asking.engines.keep((own.ref,))  # the other one was just opened, and is yet to be taken
    assert told[0].write()[-1] == Keep((own.ref,))
    assert not told[1].killed
    asking.engines.keep((own.ref, model.ref))
    number = asking.ask(read(model))
    asking.engines.keep((own.ref,))
    assert told[1].killed
    assert asking.outcome(number).cause is Cause.CANCELLED
    assert not asking.lost
    failure = asking.outcome(asking.ask(read(model)))
    assert "mine.onnx is not open any more" in str(failure.why)
    assert asking.lost_refs() == [(model.ref,)]
    monkeypatch.setattr(engines, "TAKING_SECONDS", 0.0)
    model = opened(asking, told)
    asking.engines.keep((own.ref,))
    assert told[2].killed


def test_nothing_is_let_go_where_nobody_ever_says_what_is_kept(asking, told, monkeypatch):
    monkeypatch.setattr(engines, "TAKING_SECONDS", 0.0)
    model = opened(asking, told)
    asking.engines._let_go()
    asking.ask(read(model))
    assert not told[0].killed


def test_nothing_is_heard_once_all_is_closed(told):
    asking = Asking(LIMITS)
    number = asking.ask(ListDevices())
    told[0].write()
    asking.engines.close()
    assert told[0].killed
    assert told[0].joined
    told[0].say(answers.Done(number, answers.Devices((), None, "1.0")))
    told[0].end(KILL)
    asking.ask(ListDevices())
    asking.engines.start()
    assert is_quiet(asking)
    assert len(told) == 1


def test_nothing_is_told_with_the_lock_held(asking, told):
    """Or whoever hears of it could not ask from another thread, and wait for that."""
    held = []

    def asks_elsewhere(*_):
        asked = threading.Thread(target=asking.engines.processes, daemon=True)
        asked.start()
        asked.join(2)
        held.append(asked.is_alive())

    asking.engines._heard = asking.engines._lost = asks_elsewhere
    number = asking.ask(Open(ModelRef(FILE)))
    asking.engines.cancel(number)
    asking.ask(Open(ModelRef(FILE)))
    told[-1].done(OPENED)
    model = next(iter(asking.engines._foreign[0].models.values()))
    asking.ask(read(model))
    told[-1].end(-11)
    asking.ask(read(model))
    assert len(held) == 6
    assert not any(held)


# What is watched.


def test_a_picture_that_takes_too_long_costs_the_model(asking, told):
    model = opened(asking, told)
    number = asking.ask(read(model))
    told[0].write()
    told[0].cpu = 4.5
    failure = asking.outcome(number)
    assert "mine.onnx computed for more than 4 s over one picture" in str(failure.why)
    assert told[0].killed


def test_so_it_is_with_a_model_of_our_own(asking, told):
    model = opened(asking, told, OWN)
    number = asking.ask(read(model))
    told[0].write()
    told[0].cpu = 4.5
    assert "cnn.onnx computed for more than 4 s" in str(asking.outcome(number).why)


def test_a_file_that_is_never_understood_is_given_up(asking, told):
    number = asking.ask(Open(ModelRef(FILE)))
    told[0].hello()
    told[0].write()
    told[0].cpu = 20.5
    failure = asking.outcome(number)
    assert "was not understood within 20 s of computing" in str(failure.why)


def test_a_process_that_takes_too_much_memory_is_ended(asking, told):
    model = opened(asking, told)
    number = asking.ask(read(model))
    told[0].bytes = (LIMITS.mebibytes + OWN_MEBIBYTES) * 2**20
    told[0].write()
    told[0].bytes += 1
    assert "more than 1024 MiB of memory" in str(asking.outcome(number).why)
    assert asking.lost_refs() == [(model.ref,)]


def test_an_idle_file_is_watched_too(asking, told):
    lost = threading.Event()
    asking.engines._lost = lambda *_: lost.set()
    opened(asking, told)
    told[0].bytes = 2**40
    assert lost.wait(10)


def test_a_process_that_is_held_up_blames_no_file(told):
    asking = Asking(Limits(silent_seconds=0.05))
    model = opened(asking, told)
    number = asking.ask(read(model))
    told[0].write()
    failure = asking.outcome(number)
    assert "neither computed nor answered for 0.05 s" in str(failure.why)
    assert "mine.onnx" not in str(failure.why)
    asking.engines.close()


class Watched:
    """Engines that look at a process when a test has them look."""

    def __init__(self, told):
        self.told = told
        self.asking = Asking(LIMITS)
        self.engines = self.asking.engines

    def look(self):
        """Whether the process is still there afterwards."""
        for home in self.engines._homes():
            self.engines._look_at(home)
        return not self.told[-1].killed


@pytest.fixture
def watched(told, monkeypatch):
    monkeypatch.setattr(Engines, "_watch", lambda _: None)
    made = Watched(told)
    yield made
    made.engines.close()


def test_what_has_not_been_sent_takes_no_time_of_the_processs(watched):
    model = opened(watched.asking, watched.told)
    watched.asking.ask(read(model))
    watched.told[0].cpu = 100.0
    assert watched.look()


def test_a_picture_is_not_blamed_for_what_was_computed_before_the_last_answer(watched):
    model, process = opened(watched.asking, watched.told), watched.told[0]
    watched.asking.ask(read(model))
    watched.asking.ask(read(model))
    process.write()
    process.cpu = 3.0
    process.done(reading(), place=1)
    process.cpu = 6.5
    assert watched.look()
    process.cpu = 7.5
    assert not watched.look()


@pytest.mark.parametrize(
    ("request_of", "seconds", "word"),
    [
        (OpenWriter, 20.0, "was not understood within 20 s"),
        (lambda ref: Write(ref, WRITER, Draft(label=3)), 20.0, "more than 20 s over what it was"),
        (lambda ref: MeasureSurprise(ref, PICTURES), 40.0, "more than 40 s over what it was"),
    ],
)
def test_a_writer_that_takes_too_long_is_ended(watched, request_of, seconds, word):
    number = watched.asking.ask(request_of(ModelRef(FILE)))
    process = watched.told[0]
    process.hello()
    process.write()
    process.cpu = seconds - 0.5
    assert watched.look()
    process.cpu = seconds + 0.5
    assert not watched.look()
    assert word in str(watched.asking.outcome(number).why)


def test_a_start_is_nobodys_request(watched):
    watched.asking.ask(Open(ModelRef(FILE)))
    process = watched.told[0]
    process.write()
    process.cpu = 15.0
    process.hello()
    process.cpu = 34.0
    assert watched.look()
    process.cpu = 35.5
    assert not watched.look()


def test_what_a_process_took_before_is_not_laid_to_what_is_being_sent(watched):
    """It is looked at just then, by a process that has computed for long."""
    model = opened(watched.asking, watched.told)
    process = watched.told[0]

    def cpu_seconds():
        process.cpu_seconds = lambda: 100.0
        watched.look()
        return 100.0

    watched.asking.ask(read(model))
    process.cpu_seconds = cpu_seconds
    process.write()
    assert watched.look()


def test_a_process_that_computes_or_is_asked_nothing_is_not_silent(watched, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(engines.time, "monotonic", lambda: now[0])
    model = opened(watched.asking, watched.told)
    now[0] += 1000
    assert watched.look()
    watched.asking.ask(read(model))
    process = watched.told[0]
    process.write()
    for _ in range(3):
        now[0] += LIMITS.silent_seconds
        process.cpu += 0.1
        assert watched.look()
    now[0] += LIMITS.silent_seconds
    assert watched.look()
    now[0] += 1
    assert not watched.look()


def test_a_process_that_rested_for_long_is_not_silent_before_it_has_been_asked(
    watched, monkeypatch
):
    now = [100.0]
    monkeypatch.setattr(engines.time, "monotonic", lambda: now[0])
    model = opened(watched.asking, watched.told, OWN)
    now[0] += 1000  # nobody looks at it: it is the program's own
    watched.asking.ask(read(model))
    assert watched.look()  # the message is being made
    watched.told[0].write()
    assert watched.look()
    now[0] += LIMITS.silent_seconds + 1
    assert not watched.look()


def test_a_measurement_may_be_silent(watched, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(engines.time, "monotonic", lambda: now[0])
    model = opened(watched.asking, watched.told, OWN)
    watched.asking.ask(Bench(model.ref, model))
    watched.told[1].write()
    now[0] += 1000
    assert watched.look()


def test_whoever_asks_while_the_watch_rests_wakes_it(told, monkeypatch):
    monkeypatch.setattr(engines, "IDLE_SECONDS", 600.0)
    asking = Asking(Limits(live_seconds=4.0))
    while not asking.engines._rests:
        asking.engines._watcher.join(0.001)
    model_number = asking.ask(Open(ModelRef(FILE)))
    told[0].write()
    told[0].cpu = 20.5
    assert isinstance(asking.outcome(model_number), Failure)
    asking.engines.close()


def test_what_ends_is_logged_for_whoever_looks_into_it(asking, told, caplog):
    caplog.set_level(logging.INFO)
    number = asking.ask(Open(ModelRef(FILE)))
    told[0].say(answers.Done(number, answers.BenchDone("1")))
    asking.outcome(number)
    assert "BenchDone where Opened is due" in caplog.text
