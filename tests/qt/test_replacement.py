"""An own model in place of one that is gone or refused, and what is said of it."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Opened
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.model import ModelRef
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.opening import Opening
from rnn_desk.qt.work.replacement import Replacement
from tests.helpers.told_processes import engine_of

INSTEAD = "It is no model; the program's own model reads instead"


def model(path, name):
    return SimpleNamespace(
        ref=ModelRef(path),
        card=SimpleNamespace(frame=(28, 0.7), name=name),
        same_as=lambda _: False,
    )


OWN, OTHER = model("own.onnx", "An own one"), model("other.onnx", "Another")


class Bench:
    """A replacement with all that it needs, and what it said."""

    def __init__(self):
        self.engine, self.processes = engine_of(lambda _: Opened(OWN, None, {}))
        self.models = LoadedModels(self.engine)
        self.opening = Opening(self.engine)
        self.replacement = Replacement(self.engine, self.models, self.opening)
        self.said = []
        self.replacement.said.connect(lambda why: self.said.append(str(why)))

    def refuse(self, path="bad.onnx"):
        """What was asked for first is refused."""
        self.opening.began.emit(Path(path))
        self.opening.refused.emit(Refused("It is no model"))


@pytest.fixture
def bench(qapp):  # noqa: ARG001  signals need the application
    bench = Bench()
    yield bench
    bench.engine.stop()


def test_an_own_model_reads_instead_and_says_so_again_once_it_does(bench, qapp):
    bench.refuse()
    bench.processes.answer()
    qapp.processEvents()
    assert bench.models.loaded == (OWN,)
    assert bench.said == [INSTEAD, INSTEAD]  # another model wipes what was said before


def test_an_own_model_reads_where_the_first_one_is_not_waited_for(bench, qapp):
    bench.opening.began.emit(Path("slow.onnx"))
    bench.opening.cancel()
    bench.processes.answer()
    qapp.processEvents()
    assert bench.models.loaded == (OWN,)
    words = "slow.onnx was not opened; the program's own model reads instead"
    assert bench.said == [words, words]


def test_it_is_not_said_of_a_model_that_was_chosen_meanwhile(bench, qapp):
    bench.refuse()
    bench.models.use((OTHER,))
    bench.processes.answer()
    qapp.processEvents()
    assert bench.models.loaded == (OTHER,)
    assert bench.said == [INSTEAD]


def test_where_another_reads_a_refused_one_is_replaced_by_none(bench):
    bench.models.use((OTHER,))
    bench.refuse()
    assert not bench.processes.asked
    assert bench.said == []


def test_of_what_is_being_replaced_the_first_reason_is_told_alone(bench, qapp):
    bench.models.use((OTHER,))
    for why in ("It crashed", "It is not open any more"):
        bench.engine.lost.emit((OTHER.ref,), Refused(why))
    first = "It crashed; the drawing is kept, and the program's own model reads on"
    assert bench.said == [first]
    while bench.processes.asked:
        bench.processes.answer()
        qapp.processEvents()
    assert bench.models.loaded == (OWN,)
    assert set(bench.said) == {first}


def test_the_first_of_two_reads_on_where_the_second_is_lost(bench):
    bench.models.use((OWN, OTHER))
    bench.engine.lost.emit((OTHER.ref,), Refused("It crashed"))
    assert bench.models.loaded == (OWN,)
    assert bench.said == ["It crashed; An own one reads on"]
    assert not bench.processes.asked


def test_where_no_own_model_can_be_had_either_that_is_said_and_it_is_tried_again(bench, qapp):
    bench.models.use((OTHER,))
    for _ in range(2):
        bench.engine.lost.emit((OTHER.ref,), Refused("It crashed"))
        bench.processes.answer(Failure(Cause.LOST, Refused("Nothing runs")))
        qapp.processEvents()
    crashed = "It crashed; the drawing is kept, and the program's own model reads on"
    assert bench.said == [crashed, "Nothing runs"] * 2
    bench.models.use((OWN,))  # chosen by a person: nothing is said of it
    assert len(bench.said) == 4
