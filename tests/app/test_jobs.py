"""Which requests are sent, and which answers are taken: with a fake engine, in milliseconds."""

from dataclasses import field

import pytest

from rnn_desk.app.jobs import Jobs
from rnn_desk.app.outcomes import Answered, Failure, OnTheWay, PartOf
from rnn_desk.app.requests import Request
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.protocol.answers import Cause


@frozen
class Live(Request):
    """What a `Read` is to the jobs. opened: the model, which tells pipes apart, not requests."""

    ref: str = "lstm on cpu"
    sheet: int = 0
    gradient: int | None = None
    opened: object = field(default="lstm", compare=False)

    live = True

    @property
    def model(self):
        return self.opened


@frozen
class Long(Request):
    """What takes long, as a report does."""

    what: str = "report"


class FakeEngine:
    """Keeps what it is asked; a test answers when it likes."""

    def __init__(self):
        self.asked = {}
        self.cancelled = []

    def ask(self, number, slot, request):
        self.asked[number] = slot, request

    def cancel(self, number):
        self.cancelled.append(number)

    @property
    def newest(self):
        return max(self.asked)


class Desk:
    """Jobs over the fake engine, and what their slots were told."""

    def __init__(self, engine=None):
        self.engine = engine or FakeEngine()
        self.jobs = Jobs(self.engine)
        self.told = []

    def slot(self, name="read", **options):
        def tell(kind):
            return lambda request, what: self.told.append((kind, request, what))

        others = {kind: tell(kind) for kind in ("failed", "progressed", "part")}
        return self.jobs.slot(name, tell("answered"), **others, **options)

    def answer(self, number=None, value="answer"):
        self.jobs.hear(number or self.engine.newest, Answered(value))

    def fail(self, number=None, cause=Cause.REFUSED):
        self.jobs.hear(number or self.engine.newest, Failure(cause, Refused("it was stopped")))

    @property
    def requests(self):
        return [request for _, request in self.engine.asked.values()]

    @property
    def moments(self):
        return [request.moment for request in self.requests]

    @property
    def answers(self):
        return [(request, value) for kind, request, value in self.told if kind == "answered"]

    @property
    def kinds(self):
        return [kind for kind, _, _ in self.told]


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def slot(desk):
    return desk.slot()


def test_what_is_wanted_is_asked_once_and_its_answer_handed_on(desk, slot):
    slot.want(Live())
    slot.want(Live())
    assert desk.engine.asked == {1: ("read", Live())}
    desk.answer(value="seven")
    assert desk.answers == [(Live(), "seven")]
    slot.want(Live())
    assert len(desk.engine.asked) == 1


@pytest.mark.parametrize(
    "newer",
    [
        Live(sheet=1),
        Live(gradient=3),
        Live(ref="lstm on cuda"),
        Live(ref="gru", opened="gru"),
        None,
    ],
    ids=["another sheet", "another class", "another device", "another model", "nothing"],
)
@pytest.mark.parametrize("moment", [0, 5])
def test_an_answer_to_what_is_not_wanted_any_more_is_dropped(desk, slot, newer, moment):
    slot.want(Live(moment=moment))
    slot.want(newer)
    desk.answer(1)
    desk.jobs.hear(1, OnTheWay("late"))
    assert desk.told == []
    if newer is not None:
        desk.answer(value="newer")
        assert desk.answers == [(newer, "newer")]


def test_a_failure_of_what_is_not_wanted_any_more_is_dropped(desk, slot):
    slot.want(Live())
    slot.want(Live(sheet=1))
    desk.fail(1)
    assert desk.told == []
    assert not slot.settled


def test_an_older_moment_of_the_same_sheet_is_shown_and_the_newest_asked_for(desk, slot):
    for moment in range(5):
        slot.want(Live(moment=moment))
    assert desk.moments == [0]  # the others wait for the answer
    desk.answer()
    assert desk.answers == [(Live(), "answer")]
    assert desk.moments == [0, 4]
    desk.answer()
    assert [request.moment for request, _ in desk.answers] == [0, 4]
    assert desk.moments == [0, 4]
    assert slot.settled


def test_two_moments_of_a_sheet_are_never_under_way_at_once(desk, slot):
    """So none can come after a newer one, also where the model was opened anew meanwhile."""
    slot.want(Live(moment=5))
    slot.want(Live("gru", opened="gru", moment=6))
    slot.want(Live(moment=7, opened="reopened"))
    assert desk.moments == [5, 6]
    desk.answer(1, 5)
    assert desk.moments == [5, 6, 7]
    desk.answer(3, 7)
    slot.want(Live(moment=6))
    desk.answer(2, 6)
    assert [value for _, value in desk.answers] == [5, 7]


def test_long_work_under_way_is_not_asked_twice(desk, slot):
    slot.want(Long())
    slot.want(Long())
    assert len(desk.engine.asked) == 1


def test_an_answer_to_a_newer_moment_than_the_wanted_one_is_taken(desk, slot):
    slot.want(Live(moment=7))
    slot.want(Live(moment=3))  # the animation was put back
    desk.answer(1)
    assert len(desk.answers) == 1
    assert slot.settled
    assert len(desk.engine.asked) == 1


def test_an_answer_is_heard_once(desk, slot):
    slot.want(Live())
    desk.answer(1)
    desk.answer(1)
    desk.fail(1)
    desk.answer(99)
    assert desk.kinds == ["answered"]


def test_a_failure_is_kept_until_the_request_changes(desk, slot):
    slot.want(Live())
    desk.fail(cause=Cause.NUMBER)
    assert desk.kinds == ["failed"]
    assert slot.outcome.cause is Cause.NUMBER
    assert slot.settled
    slot.want(Live())
    assert len(desk.engine.asked) == 1
    slot.want(Live(sheet=1))
    assert slot.outcome is None
    assert len(desk.engine.asked) == 2


def test_more_ink_tries_again_and_shows_the_failure_meanwhile(desk, slot):
    slot.want(Live())
    desk.fail()
    slot.want(Live(moment=1))
    assert desk.moments == [0, 1]
    assert isinstance(slot.outcome, Failure)
    desk.answer()
    assert isinstance(slot.outcome, Answered)


def test_what_failed_and_what_was_answered_is_asked_again_where_it_is_wanted_anew(desk, slot):
    slot.want(Long())
    desk.fail()
    assert slot.has_failed
    slot.want_anew(Long())
    assert not slot.has_failed
    assert not slot.settled
    desk.answer()
    assert not slot.has_failed
    slot.want_anew(Long())
    assert slot.outcome is None
    desk.answer(value="another")
    assert desk.requests == [Long()] * 3
    assert desk.engine.cancelled == []
    assert desk.kinds == ["failed", "answered", "answered"]
    assert slot.settled


@pytest.mark.parametrize("request_", [Long(), Live()], ids=["long", "live"])
def test_what_is_under_way_is_cancelled_where_it_is_wanted_anew(desk, slot, request_):
    """It may rest on what does not count among requests: the choices for a file's input."""
    slot.want_anew(request_)
    slot.want_anew(request_)
    assert desk.engine.cancelled == [1]
    desk.answer(1, "the first")
    desk.answer(2, "the second")
    assert desk.answers == [(request_, "the second")]


def test_parts_and_words_on_the_way_come_through_until_the_answer(desk, slot):
    slot.want(Long())
    desk.jobs.hear(1, OnTheWay("reading"))
    desk.jobs.hear(1, PartOf(1))
    desk.jobs.hear(1, PartOf(2))
    assert not slot.settled
    assert slot.outcome is None
    desk.answer(1)
    desk.jobs.hear(1, PartOf(3))
    assert desk.kinds == ["progressed", "part", "part", "answered"]


def test_long_work_that_is_not_wanted_any_more_is_cancelled(desk, slot):
    slot.want(Long())
    slot.want(Long("another"))
    assert desk.engine.cancelled == [1]
    slot.want(None)
    assert desk.engine.cancelled == [1, 2]
    for number in (1, 2):
        desk.jobs.hear(number, PartOf("late"))
        desk.fail(number, Cause.CANCELLED)
    assert desk.told == []
    assert slot.settled


def test_live_work_is_not_cancelled_for_newer_but_for_nothing(desk, slot):
    slot.want(Live())
    slot.want(Live(sheet=1))
    assert desk.engine.cancelled == []
    slot.want(None)
    assert desk.engine.cancelled == [1]


def test_what_was_answered_is_not_cancelled(desk, slot):
    slot.want(Long())
    desk.answer()
    slot.want(None)
    assert desk.engine.cancelled == []


def test_long_work_wanted_again_after_it_was_cancelled_is_asked_again(desk, slot):
    for what in ("a", "b", "a"):
        slot.want(Long(what))
    assert desk.requests == [Long("a"), Long("b"), Long("a")]
    desk.fail(1, Cause.CANCELLED)
    desk.fail(2, Cause.CANCELLED)
    assert desk.told == []
    desk.answer(3)
    assert desk.answers == [(Long("a"), "answer")]


def test_a_live_request_wanted_again_takes_the_answer_that_is_under_way(desk, slot):
    a, b = Live("a", opened="a"), Live("b", opened="b")
    for request in (a, b, a):
        slot.want(request)
    assert desk.requests == [a, b]
    desk.answer(1)
    desk.answer(2)
    assert [request for request, _ in desk.answers] == [a]
    assert slot.settled


def test_a_live_request_that_gave_way_and_is_wanted_again_is_asked_again(desk, slot):
    a, b = Live("a", opened="a"), Live("b", opened="b")
    for request in (a, b, a):
        slot.want(request)
    desk.answer(2)
    desk.fail(1, Cause.CANCELLED)  # b took its place before it was begun
    assert desk.told == []
    assert desk.requests == [a, b, a]
    desk.answer(3)
    assert [request for request, _ in desk.answers] == [a]


def test_what_is_stopped_though_nothing_newer_was_asked_is_a_failure(desk, slot):
    slot.want(Live())
    desk.fail(cause=Cause.CANCELLED)
    assert desk.kinds == ["failed"]
    assert len(desk.engine.asked) == 1  # or a process that lies would be asked for ever


def test_a_model_that_hangs_does_not_hold_up_another(desk, slot):
    slot.want(Live("hangs", opened="hangs"))
    slot.want(Live("reads", opened="reads"))
    desk.answer(2)
    assert [request.ref for request, _ in desk.answers] == ["reads"]
    assert slot.settled
    desk.fail(1, Cause.LOST)
    assert desk.kinds == ["answered"]


def test_another_sheet_waits_for_the_same_model(desk, slot):
    slot.want(Live())
    slot.want(Live(sheet=1))
    slot.want(Live(sheet=2))
    assert desk.requests == [Live()]
    desk.answer(1)
    assert desk.told == []
    assert desk.requests == [Live(), Live(sheet=2)]
    desk.answer(2)
    assert desk.answers == [(Live(sheet=2), "answer")]


def test_two_slots_do_not_wait_for_each_other(desk, slot):
    beside = desk.slot("beside")
    slot.want(Live())
    beside.want(Live("gru", opened="gru"))
    assert {name for name, _ in desk.engine.asked.values()} == {"read", "beside"}
    desk.answer(2, "beside")
    assert beside.settled
    assert not slot.settled
    assert not desk.jobs.settled
    desk.answer(1, "read")
    assert [value for _, value in desk.answers] == ["beside", "read"]
    assert desk.jobs.settled


def test_another_device_is_asked_at_once_for_the_same_sheet(desk, slot):
    slot.want(Live(sheet=4, moment=9))
    desk.answer(value="cpu")
    slot.want(Live("lstm on cuda", 4, opened="on cuda", moment=9))
    assert slot.outcome is None
    desk.answer(value="cuda")
    assert [value for _, value in desk.answers] == ["cpu", "cuda"]


def test_what_is_wanted_while_it_is_painted_is_asked_for_after_that(desk):
    slot = desk.slot(paced=True)
    slot.want(Live())
    desk.answer(value=0)
    desk.jobs.unpainted()
    for moment in (1, 2):
        slot.want(Live(moment=moment))
        assert desk.moments == [0]
        assert not slot.settled
        assert not desk.jobs.settled
    desk.jobs.painted()
    assert desk.moments == [0, 2]  # the newest of them
    desk.answer(value=2)
    assert [value for _, value in desk.answers] == [0, 2]
    assert slot.settled
    desk.jobs.painted()
    assert desk.moments == [0, 2]
    slot.want(Live(moment=3))  # nothing is to be painted: it is asked for at once
    assert desk.moments == [0, 2, 3]


def test_an_answer_that_comes_while_something_else_is_painted_is_handed_on(desk):
    slot = desk.slot(paced=True)
    slot.want(Live())
    desk.jobs.unpainted()
    desk.answer()
    assert desk.kinds == ["answered"]


def test_a_slot_that_is_not_paced_does_not_wait_for_paint(desk, slot):
    desk.jobs.unpainted()
    slot.want(Live())
    desk.answer()
    assert desk.kinds == ["answered"]


def test_what_is_wanted_no_more_once_it_is_painted_is_not_asked_for(desk):
    slot = desk.slot(paced=True)
    desk.jobs.unpainted()
    slot.want(Live())
    slot.want(None)
    desk.jobs.painted()
    assert not desk.engine.asked


def test_it_is_settled_where_nothing_is_wanted_or_all_was_answered(desk, slot):
    assert desk.jobs.settled
    slot.want(Live())
    assert not desk.jobs.settled
    desk.answer()
    assert desk.jobs.settled
    slot.want(Live(moment=1))
    assert not desk.jobs.settled
    slot.want(None)
    assert desk.jobs.settled


def test_what_is_wanted_anew_after_nothing_is_asked_anew(desk, slot):
    slot.want(Live())
    desk.answer()
    slot.want(None)
    assert slot.outcome is None
    slot.want(Live())
    assert len(desk.engine.asked) == 2


def test_to_stop_is_to_want_nothing(desk, slot):
    report = desk.slot("report")
    slot.want(Live())
    report.want(Long())
    desk.jobs.stop()
    assert desk.engine.cancelled == [1, 2]
    desk.answer(1)
    desk.answer(2)
    assert desk.told == []
    assert desk.jobs.settled


def test_an_answer_may_change_what_is_wanted(desk):
    def answered(request, value):
        desk.told.append(("answered", request, value))
        slot.want(None)

    slot = desk.jobs.slot("open", answered)
    slot.want(Long())
    desk.answer()
    assert slot.wanted is None
    assert slot.settled
    assert desk.engine.cancelled == []
    slot.want(Long())
    assert len(desk.engine.asked) == 2


class HastyEngine(FakeEngine):
    """Knows at once that it cannot: what is asked is not open any more."""

    def ask(self, number, slot, request):
        super().ask(number, slot, request)
        self.jobs.hear(number, Failure(Cause.LOST, Refused("it is not there any more")))


def test_a_failure_that_comes_while_it_is_asked_for_is_heard():
    engine = HastyEngine()
    desk = Desk(engine)
    engine.jobs = desk.jobs
    slot = desk.slot()
    slot.want(Live())
    assert desk.kinds == ["failed"]
    assert slot.settled
    slot.want(Live(sheet=1))
    assert desk.kinds == ["failed", "failed"]
