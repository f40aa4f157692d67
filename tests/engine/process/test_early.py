"""A model that is opened before it is asked for is there when it is."""

from __future__ import annotations

import pytest

from rnn_desk.assets_door import asset
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.engine.inference import from_file
from rnn_desk.engine.process import models as module
from rnn_desk.engine.process.models import Models
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.requests import Open

PATH = str(asset("models", "lstm.onnx"))


@pytest.fixture
def opened(monkeypatch):
    """The files that were read, in their order."""
    paths = []

    def noted(path, *others, **more):
        paths.append(str(path))
        return from_file.open_reader(path, *others, **more)

    monkeypatch.setattr(module, "open_reader", noted)
    return paths


def ask(models, **more):
    return models.open(Open(ModelRef(PATH), **more), lambda _: None)[0]


def test_it_is_read_once_and_is_what_it_would_have_been(opened):
    early, late = Models(), Models()
    early.open_early(PATH)
    assert ask(early) == ask(late)
    assert opened == [PATH, PATH]
    ask(early)
    assert opened == [PATH] * 3  # who asks by its name alone may mean what lies there now


def test_one_that_is_to_be_read_otherwise_is_read_anew(opened):
    models = Models()
    models.open_early(PATH)
    sha256 = ask(Models()).sha256
    opened.clear()
    ask(models, chosen={sha256: ByHand(InputReading())})
    assert opened == [PATH]


def test_one_that_nobody_asked_for_is_let_go(opened):
    models = Models()
    models.open_early(PATH)
    models.keep(())
    ask(models)
    assert opened == [PATH, PATH]


def test_what_is_refused_is_refused_when_it_is_asked_for(opened, tmp_path):
    models, path = Models(), str(tmp_path / "none.onnx")
    models.open_early(path)
    with pytest.raises(Refused):
        models.open(Open(ModelRef(path)), lambda _: None)
    assert opened == [path, path]
