"""What is said of the reference digits where no engine process answers."""

from types import SimpleNamespace

import pytest

from rnn_desk.app.outcomes import Failure
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.model import ModelRef
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.reference_stats import ReferenceStats
from tests.helpers.told_processes import engine_of

GONE = Failure(Cause.LOST, Refused("The process ended"))


@pytest.mark.parametrize("is_own", [True, False])
def test_an_own_model_that_is_lost_is_told_of_and_another_is_replaced(qapp, is_own):
    engine, processes = engine_of()
    models = LoadedModels(engine)
    survey = ReferenceStats(engine, models)
    told = []
    survey.mapped.connect(lambda answer: told.append(("map", answer)))
    survey.judged.connect(lambda _, answer: told.append(("accuracy", answer)))
    model = SimpleNamespace(
        ref=ModelRef("a.onnx"),
        card=SimpleNamespace(frame=(28, 0.7)),
        is_own=is_own,
        same_as=lambda _: False,
    )
    models.use((model,))
    survey.try_out(Experiment(noise=0.1))
    while processes.asked:
        processes.answer(GONE)
        qapp.processEvents()
    assert told == ([("map", GONE.why), ("accuracy", GONE.why)] if is_own else [])
    engine.stop()


def test_the_same_model_chosen_again_is_tried_again(qapp):
    engine, processes = engine_of()
    models = LoadedModels(engine)
    survey = ReferenceStats(engine, models)
    survey.try_out(Experiment(noise=0.1))
    model = SimpleNamespace(
        ref=ModelRef("a.onnx"),
        card=SimpleNamespace(frame=(28, 0.7)),
        is_own=True,
        same_as=lambda other: other is not None,
    )
    models.use((model,))
    while processes.asked:
        processes.answer(GONE)
        qapp.processEvents()
    models.use((model,))
    assert {type(request).__name__ for _, request in processes.asked} == {
        "MapStates",
        "MeasureAccuracy",
    }
    engine.stop()
