"""The engine without a window, in whose place a test answers."""

import queue

import pytest

from rnn_desk.app import client as client_module
from rnn_desk.app import engines
from rnn_desk.app.client import Client, Unanswered
from rnn_desk.app.outcomes import Answered, Failure
from rnn_desk.app.requests import Bench, ListDevices
from rnn_desk.assets_door import asset
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.protocol import answers
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.requests import Ask
from tests.helpers.told_engine import OPENED, ToldProcess

CNN = asset("models", "cnn.onnx")
WHY = Refused("{file} is empty", file="a.onnx")


@pytest.fixture
def asked(monkeypatch):
    """What was asked; `says` has what is said to each."""

    class Answering(ToldProcess):
        says = ()

        def send(self, make):
            super().send(make)
            ask = self.write()[-1]
            if isinstance(ask, Ask):
                for message in Answering.says:
                    self.say(message(ask.number))

    monkeypatch.setattr(engines, "EngineProcess", Answering)
    return Answering


@pytest.fixture
def client(asked):
    asked.says = ()
    with Client() as client:
        yield client
    assert client._engines.processes() == []


def done(answer):
    return lambda number: answers.Done(number, answer)


def test_a_model_is_opened_as_it_is_said_to_be_fed(asked, client):
    asked.says = (done(OPENED),)
    opened = client.open(CNN, "cuda", {"ab" * 32: ByHand(InputReading())}, {"key": 1.5})
    assert opened.model.path == CNN
    (process,) = client._engines.processes()
    work = process.asks[0].work
    assert work.model.device == "cuda"
    assert work.chosen == {"ab" * 32: ByHand(InputReading())}
    assert work.speeds == {"key": 1.5}


def test_stages_and_parts_are_told_before_the_answer(asked, client):
    asked.says = (done(OPENED),)
    model = client.open(CNN).model
    asked.says = (
        lambda number: answers.Progress(number, "reading"),
        lambda number: answers.Part(number, answers.Benched(None, WHY)),
        done(answers.BenchDone("1.0")),
    )
    stages, parts = [], []
    assert client.call(Bench(model.ref, model), stages.append, parts.append) == "1.0"
    assert stages == ["reading"]
    assert list(map(str, parts)) == [str(WHY)]
    assert client.call(Bench(model.ref, model)) == "1.0"  # and nobody need hear of them


def test_why_there_is_no_answer_is_raised_with_its_cause(asked, client):
    asked.says = (lambda number: answers.Failed(number, Cause.DEVICE, WHY),)
    with pytest.raises(Unanswered) as caught:
        client.call(ListDevices())
    assert str(caught.value) == "a.onnx is empty"
    assert caught.value.cause is Cause.DEVICE


def test_a_wait_is_begun_anew_and_what_came_of_others_is_passed_over(asked, client, monkeypatch):
    outcomes = client._outcomes
    outcomes.put((99, Answered("of somebody else")))
    first = iter([queue.Empty])

    class Impatient:
        def get(self, timeout):
            for error in first:
                raise error
            return outcomes.get(timeout=timeout)

        def put(self, outcome):
            outcomes.put(outcome)

    monkeypatch.setattr(client, "_outcomes", Impatient())
    monkeypatch.setattr(client_module, "_GLANCE", 5.0)
    asked.says = (done(answers.Devices((), None, "1.0")),)
    assert client.call(ListDevices()).onnxruntime == "1.0"


@pytest.mark.parametrize("cause", Cause)
def test_of_what_is_lost_or_cancelled_nobody_need_be_told_by_whoever_asked(cause):
    assert Failure(cause, WHY).is_silent == (cause in (Cause.LOST, Cause.CANCELLED))
