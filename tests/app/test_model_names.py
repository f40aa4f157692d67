"""Models as a person names them."""

from pathlib import Path

import pytest

from rnn_desk.app.model_names import model_file, model_names
from rnn_desk.assets_door import writer_model
from rnn_desk.core.errors import Refused


def test_a_bundled_model_goes_by_its_name_though_a_file_is_called_like_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("gru").touch()
    assert model_file("gru").name == "gru.onnx"
    assert model_file("./gru") == Path("./gru")
    assert model_file("writer") == writer_model()


@pytest.mark.parametrize("text", ["mine.onnx", "folder/mine", "-", ""])
def test_anything_that_can_be_a_file_is_one(text):
    assert model_file(text) == Path(text)


def test_a_file_that_is_there_needs_no_ending(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine").touch()
    assert model_file("mine") == Path("mine")


def test_a_name_that_nobody_has_is_refused_with_those_there_are():
    with pytest.raises(Refused) as refused:
        model_file("gur")
    assert "There is no model gur" in str(refused.value)
    assert "gru" in str(refused.value)
    assert "gru" in model_names()
    assert not any("learning" in name for name in model_names())
