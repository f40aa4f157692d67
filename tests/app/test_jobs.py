"""The one rule for stale answers, against an engine that answers when a test says so."""

from dataclasses import dataclass, field

import pytest

from rnn_desk.app.jobs import Jobs
from rnn_desk.app.outcomes import Answered, Failure, OnTheWay, PartOf
from rnn_desk.app.requests import Request
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.answers import Cause

WHY = Refused("it was stopped")


@dataclass(frozen=True)
class Long(Request):
    """Something that takes a while: no more than what is compared."""

    of: str = "A"
    wish: int = 0


@dataclass(frozen=True)
class Live(Request):
    """A reading: of a model, of a sheet, with the gradient of a class."""

    of: str = "A"
    sheet: int = 0
    gradient: str = ""
    opened: object = field(default="A", compare=False)

    live = True

    @property
    def model(self):
        return self.of


class FakeEngine:
    """Keeps what it is asked; `answer` and the like are the test's."""

    def __init__(self):
        self.asked = {}
        self.cancelled = []

    def ask(self, number, _, request):
        self.asked[number] = request

    def cancel(self, number):
        self.cancelled.append(number)
        del self.asked[number]


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def jobs(engine):
    return Jobs(engine)


@pytest.fixture
def answer(engine, jobs):
    """Answer what is under way for a request, the oldest first."""

    def say(request, outcome=None, moment=None):
        moment = request.moment if moment is None else moment
        for number, asked in engine.asked.items():
            if asked == request and asked.moment == moment:
                if not isinstance(outcome, OnTheWay | PartOf):
                    del engine.asked[number]
                jobs.hear(number, outcome or Answered((request, moment)))
                return
        raise AssertionError(f"{request} is not under way")

    return say


@pytest.fixture
def taken():
    return []


@pytest.fixture
def slot(jobs, taken):
    return jobs.slot(
        "one",
        lambda _, value: taken.append(value),
        failed=lambda _, failure: taken.append(failure.cause),
        progressed=lambda _, stage: taken.append(stage),
        part=lambda _, value: taken.append(value),
        paced=True,
    )


def test_what_is_wanted_is_asked_for_once_and_its_answer_taken(slot, engine, answer, taken):
    slot.want(Long())
    slot.want(Long())
    assert len(engine.asked) == 1
    assert not slot.settled
    answer(Long())
    assert taken == [(Long(), 0)]
    assert slot.settled
    slot.want(Long())
    assert not engine.asked


@pytest.mark.parametrize(
    "other", [Live("B"), Live(sheet=1), Live(gradient="7")], ids=["model", "sheet", "gradient"]
)
def test_an_answer_to_anything_else_than_is_wanted_is_dropped(slot, engine, answer, taken, other):
    slot.want(Live())
    slot.want(other)
    assert (other in engine.asked.values()) == (other.of != "A")  # a model is asked one thing
    answer(Live())
    assert not taken
    answer(other)
    assert taken == [(other, 0)]


def test_an_answer_of_a_moment_ago_is_the_newest_there_is(slot, engine, answer, taken):
    slot.want(Live(moment=1))
    slot.want(Live(moment=2))
    slot.want(Live(moment=3))
    assert len(engine.asked) == 1  # the next goes when the last has come back
    answer(Live(moment=1))
    assert [moment for _, moment in taken] == [1]
    assert not slot.settled
    answer(Live(moment=3))
    assert [moment for _, moment in taken] == [1, 3]
    assert slot.settled


def test_an_older_moment_never_comes_after_a_newer_one(slot, jobs, engine, taken):
    """As it may where a process was ended, and what it was asked is asked of another."""
    slot.want(Live(moment=5))
    (five,) = engine.asked
    slot.want(Live("B", moment=6))
    (six,) = set(engine.asked) - {five}
    slot.want(Live(moment=7))
    assert len(engine.asked) == 2  # the model is being asked already
    jobs.hear(five, Answered(5))
    (seven,) = set(engine.asked) - {five, six}
    jobs.hear(seven, Answered(7))
    slot.want(Live(moment=6))
    jobs.hear(six, Answered(6))
    assert taken == [5, 7]


def test_a_model_that_hangs_does_not_hold_another_up(slot, engine, answer, taken):
    slot.want(Live("hangs"))
    slot.want(Live("B"))
    assert set(engine.asked.values()) == {Live("hangs"), Live("B")}
    answer(Live("B"))
    assert taken == [(Live("B"), 0)]


def test_long_work_that_is_not_wanted_any_more_is_cancelled(slot, engine, taken):
    slot.want(Long("A"))
    slot.want(Long("B"))
    assert list(engine.asked.values()) == [Long("B")]
    assert engine.cancelled == [1]
    slot.want(None)
    assert not engine.asked
    assert slot.settled
    assert not taken


def test_what_is_wanted_again_after_it_was_cancelled_is_asked_for_again(slot, jobs, answer, taken):
    slot.want(Long("A"))
    slot.want(Long("B"))
    slot.want(Long("A"))
    jobs.hear(1, Failure(Cause.CANCELLED, WHY))  # of the first A: nobody waits for it
    assert not taken
    answer(Long("A"))
    assert taken == [(Long("A"), 0)]


def test_what_gave_way_to_another_model_and_is_wanted_after_all_is_asked_again(
    slot, engine, answer, taken
):
    """A process that has two requests of a slot before it answers the newer one alone."""
    slot.want(Live("A"))
    slot.want(Live("B"))
    slot.want(Live("A"))
    answer(Live("A"), Failure(Cause.CANCELLED, WHY))
    assert not taken
    answer(Live("A"))
    assert taken == [(Live("A"), 0)]
    assert set(engine.asked.values()) == {Live("B")}


def test_a_failure_is_kept_until_the_request_changes(slot, engine, answer, taken):
    slot.want(Live(moment=1))
    answer(Live(moment=1), Failure(Cause.REFUSED, WHY))
    assert taken == [Cause.REFUSED]
    assert slot.settled
    slot.want(Live(moment=1))
    assert not engine.asked
    slot.want(Live(moment=2))
    assert len(engine.asked) == 1


def test_a_failure_is_tried_again_when_somebody_says_so(slot, engine, answer, taken):
    slot.retry()
    slot.want(Long())
    slot.retry()
    assert len(engine.asked) == 1
    answer(Long(), Failure(Cause.LOST, WHY))
    slot.retry()
    answer(Long())
    assert taken == [Cause.LOST, (Long(), 0)]
    slot.retry()
    assert not engine.asked


def test_a_failure_of_what_is_not_wanted_is_dropped(slot, answer, taken):
    slot.want(Live())
    slot.want(Live(sheet=1))
    answer(Live(), Failure(Cause.NUMBER, WHY))
    assert not taken


def test_a_stream_is_heard_of_in_its_order(slot, answer, taken):
    slot.want(Long())
    answer(Long(), OnTheWay("reading"))
    answer(Long(), PartOf("first"))
    answer(Long(), PartOf("second"))
    assert not slot.settled
    answer(Long(), Answered("all"))
    assert taken == ["reading", "first", "second", "all"]


def test_nothing_of_a_stream_is_heard_that_is_not_wanted(slot, jobs, taken):
    slot.want(Long("A"))
    slot.want(Long("B"))
    jobs.hear(1, PartOf("of A"))
    jobs.hear(1, OnTheWay("of A"))
    assert not taken


def test_an_answer_not_yet_painted_gives_way_to_a_newer_one(slot, jobs, answer, taken):
    slot.want(Live(moment=1))
    answer(Live(moment=1))
    jobs.unpainted()
    for moment in (2, 3):
        slot.want(Live(moment=moment))
        answer(Live(moment=moment))
    assert [moment for _, moment in taken] == [1]
    assert not slot.settled
    jobs.painted()
    assert [moment for _, moment in taken] == [1, 3]
    assert slot.settled
    jobs.painted()
    assert len(taken) == 2


def test_what_waits_to_be_painted_is_gone_with_its_sheet(slot, jobs, answer, taken):
    jobs.unpainted()
    slot.want(Live())
    answer(Live())
    slot.want(Live(sheet=1))
    jobs.painted()
    assert not taken


def test_a_failure_takes_the_place_of_what_waits_to_be_painted(slot, jobs, answer, taken):
    jobs.unpainted()
    slot.want(Live(moment=1))
    answer(Live(moment=1))
    slot.want(Live(moment=2))
    answer(Live(moment=2), Failure(Cause.NUMBER, WHY))
    jobs.painted()
    assert taken == [Cause.NUMBER]


def test_a_slot_that_is_not_paced_waits_for_no_painting(jobs, answer, taken):
    slot = jobs.slot("two", lambda _, value: taken.append(value))
    jobs.unpainted()
    slot.want(Long())
    answer(Long(), Answered("at once"))
    assert taken == ["at once"]


def test_two_slots_are_two_questions(slot, jobs, answer, taken):
    other = jobs.slot("two", lambda _, value: taken.append(value))
    slot.want(Live("A", moment=1))
    other.want(Live("B", moment=1))
    answer(Live("B", moment=1), Answered("B"))
    assert other.settled
    assert not jobs.settled
    slot.want(Live("A", moment=2))
    answer(Live("A", moment=1), Answered("A"))
    assert taken == ["B", "A"]


def test_on_another_device_a_model_is_another_to_ask(slot, answer, taken):
    """Its name in requests changes; the sheet does not."""
    slot.want(Live("A on the CPU", moment=4))
    slot.want(Live("A on a GPU", moment=4))
    answer(Live("A on the CPU", moment=4), Answered("old"))
    answer(Live("A on a GPU", moment=4), Answered("new"))
    assert taken == ["new"]


def test_once_stopped_nothing_is_heard(slot, jobs, engine, taken):
    slot.want(Live())
    jobs.stop()
    jobs.hear(1, Answered("late"))
    assert engine.cancelled == [1]
    assert not taken
