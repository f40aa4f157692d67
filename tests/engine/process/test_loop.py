"""The engine process's loop, on this thread and with work that a test makes: what is answered in
which order, and that whatever goes wrong is an answer."""

from collections import deque

import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.engine.process.inbox import Inbox
from rnn_desk.engine.process.loop import Loop
from rnn_desk.engine.runtime.runs import OutOfMemory
from rnn_desk.engine.runtime.sessions import DeviceFailed, NotGranted
from rnn_desk.protocol.answers import BenchDone, Cause, Done, Failed, Logged, Part, Progress
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.requests import Ask, Cancel, Keep, ListDevices

WORK = ListDevices()


class FakeWorker:
    """Does what the test says for each piece of work, in the order in which it is begun."""

    def __init__(self):
        self.acts = deque()
        self.models = self
        self.kept = []

    def keep(self, refs):
        self.kept.append(tuple(refs))

    def answer(self, _, saying):
        act = self.acts.popleft() if self.acts else None
        if act is not None:
            act(saying)
        return BenchDone("1")


class Room:
    """A loop, what it is asked and what it has said."""

    def __init__(self):
        self.sent, self.said = deque(), []
        self.inbox = Inbox(self.hear)
        self.loop = Loop(self.inbox, self.said.append)
        self.worker = self.loop._worker = FakeWorker()

    def hear(self, wait):
        assert self.sent or not wait, "it would wait for ever"
        return self.sent.popleft() if self.sent else None

    def ask(self, number, slot="read", live=False):
        self.sent.append(Ask(number, slot, WORK, live))

    def cancel(self, number):
        self.sent.append(Cancel(number))

    def turn(self, *acts):
        self.worker.acts.extend(acts)
        self.loop.turn()

    @property
    def told(self):
        """Numbers of what was answered, with the cause where it failed, in their order."""
        return [
            each.number if isinstance(each, Done) else (each.number, each.cause)
            for each in self.said
            if isinstance(each, Done | Failed)
        ]


@pytest.fixture
def room():
    return Room()


STOPPED = Cause.CANCELLED


def test_live_requests_come_before_long_ones_and_long_ones_in_their_order(room):
    room.ask(1)
    room.ask(2)
    room.ask(3, live=True)
    for _ in range(3):
        room.turn()
    assert room.told == [3, 1, 2]


def test_of_a_slot_the_newest_live_request_is_answered_and_the_others_are_said_to_be_stopped(room):
    for number in (1, 2, 3):
        room.ask(number, live=True)
    room.ask(4, "beside", live=True)
    room.turn()
    room.turn()
    assert room.told == [3, (1, STOPPED), (2, STOPPED), 4]


def test_long_requests_of_a_slot_do_not_replace_each_other(room):
    room.ask(1)
    room.ask(2)
    room.turn()
    room.turn()
    assert room.told == [1, 2]


def test_live_requests_are_answered_between_the_pieces_of_long_work(room):
    order = []

    def long(saying):
        for piece in range(3):
            order.append(piece)
            room.ask(10 + piece, live=True)
            saying.between()

    room.ask(1)
    room.turn(long, *[lambda _, k=k: order.append(f"live {k}") for k in range(3)])
    assert order == [0, "live 0", 1, "live 1", 2, "live 2"]
    assert room.told == [10, 11, 12, 1]


def test_every_word_on_the_way_lets_live_requests_be_answered(room):
    def long(saying):
        saying.tell("reading")
        room.ask(2, live=True)
        saying.tell("checking")
        saying.part(BenchDone("a part"))

    room.ask(1)
    room.turn(long)
    assert [type(each) for each in room.said] == [Progress, Progress, Done, Part, Done]
    assert [each.number for each in room.said] == [1, 1, 2, 1, 1]


def test_long_work_that_comes_meanwhile_waits(room):
    def long(saying):
        room.ask(2)
        saying.between()
        assert room.told == []

    room.ask(1)
    room.turn(long)
    assert room.told == [1]
    room.turn()
    assert room.told == [1, 2]


def test_a_live_request_is_not_interrupted(room):
    def live(saying):
        room.ask(2, "beside", live=True)
        saying.between()
        saying.tell("reading")
        assert room.said == []

    room.ask(1, live=True)
    room.turn(live)
    room.turn()
    assert room.told == [1, 2]


def test_long_work_that_is_cancelled_ends_at_its_next_piece(room):
    def long(saying):
        saying.between()
        room.cancel(1)
        saying.between()
        raise AssertionError("it went on")

    room.ask(1)
    room.ask(2)
    room.turn(long)
    room.turn()
    assert room.told == [(1, STOPPED), 2]


def test_what_is_cancelled_before_it_begins_is_said_to_be_and_not_begun(room):
    room.ask(1)
    room.ask(2)
    room.ask(3, live=True)
    room.cancel(2)
    room.cancel(3)
    room.turn()
    assert sorted(room.told, key=str) == [(2, STOPPED), (3, STOPPED), 1]
    assert not room.worker.acts


def test_what_is_dropped_during_long_work_is_said_at_its_next_piece(room):
    def long(saying):
        room.ask(2)
        room.cancel(2)
        saying.between()
        assert room.told == [(2, STOPPED)]

    room.ask(1)
    room.turn(long)


def test_what_was_answered_can_no_longer_be_cancelled(room):
    """Or the engine would keep its number for ever."""
    room.ask(1)
    room.turn()
    room.cancel(1)
    assert not room.inbox._cancelled
    assert not room.inbox.is_cancelled(1)


def test_nothing_is_kept_of_what_was_cancelled_and_ended(room):
    def long(saying):
        room.cancel(1)
        saying.between()

    room.ask(1)
    room.turn(long)
    assert not room.inbox._begun
    assert not room.inbox.is_cancelled(1)


def test_models_are_let_go_before_the_next_work_and_once(room):
    room.sent.append(Keep((ModelRef("a"), ModelRef("b"))))
    room.sent.append(Keep((ModelRef("b"),)))
    room.ask(1)
    room.turn(lambda _: room.worker.kept.append("work"))
    room.ask(2)
    room.turn()
    assert room.worker.kept == [(ModelRef("b"),), "work"]


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (Refused("any shape"), Cause.REFUSED),
        (DeviceFailed("any shape"), Cause.DEVICE),
        (NotGranted("any shape"), Cause.NOT_GRANTED),
        (OutOfMemory("any shape"), Cause.MEMORY),
        (MemoryError(), Cause.MEMORY),
        (ZeroDivisionError(), Cause.MISTAKE),
        (RecursionError(), Cause.MISTAKE),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
@pytest.mark.parametrize("live", [True, False])
def test_an_exception_is_an_answer_and_the_next_request_is_answered(room, error, cause, live):
    def act(_):
        raise error

    room.ask(1, live=live)
    room.ask(2)
    room.turn(act)
    room.turn()
    assert room.told == [(1, cause), 2]
    (failed,) = (each for each in room.said if isinstance(each, Failed))
    if isinstance(error, Refused):
        assert failed.why is error
    logged = [each.text for each in room.said if isinstance(each, Logged)]
    assert bool(logged) == (cause is Cause.MISTAKE)
    assert all(type(error).__name__ in text for text in logged)


def test_a_live_request_that_fails_does_not_end_the_long_work_around_it(room):
    def long(saying):
        room.ask(2, live=True)
        saying.between()

    def fails(_):
        raise ValueError

    room.ask(1)
    room.turn(long, fails)
    assert room.told == [(2, Cause.MISTAKE), 1]


def test_an_answer_that_no_frame_can_hold_is_a_failure():
    room = Room()

    def say(message):
        if isinstance(message, Done):
            raise TypeError("it cannot cross")
        room.said.append(message)

    room.loop._say = say
    room.ask(1)
    room.turn()
    assert room.told == [(1, Cause.MISTAKE)]


def test_it_waits_for_a_request_where_there_is_none(room):
    room.sent = None
    heard = []

    def hear(wait):
        heard.append(wait)
        return Ask(1, "read", WORK) if wait else None

    room.inbox._hear = hear
    room.turn()
    assert room.told == [1]
    assert heard == [False, True, False, False]
