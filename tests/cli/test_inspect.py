"""`rnn-desk inspect` on files of real exporters, as a person calls it."""

import json

import pytest

from rnn_desk.app import chosen_readings
from rnn_desk.assets_door import asset
from tests.helpers.model_files import ACCEPTED, FILES, TRUTH
from tests.models.check import CHANCE

KEYS = ("layout", "polarity", "reading", "batch", "dtype", "channels", "margin", "side")


@pytest.fixture(autouse=True)
def _no_choices(monkeypatch, tmp_path):
    monkeypatch.setattr(chosen_readings, "users_own", lambda: tmp_path / "readings.json")


@pytest.fixture
def inspected(told):
    """What the command says, and its status."""
    return lambda *words: told("inspect", *words)[:2]


@pytest.mark.slow
@pytest.mark.parametrize("name", ACCEPTED)
def test_every_file_is_told_as_its_maker_meant_it(inspected, name):
    status, out = inspected(FILES / name, "--json")
    found, truth = json.loads(out), TRUTH[name]
    assert (status, found["accepted"]) == (0, True)
    assert {key: found["input"][key] for key in KEYS} == {key: truth[key] for key in KEYS}
    assert found["classes"] == truth["classes"]
    if len(truth["classes"]) == 10:
        full = [e["right"] / e["count"] for e in found["evidence"] if e["count"] == 240]
        assert found["reference_accuracy"] >= max(full) - CHANCE


def test_the_evidence_is_in_the_table(inspected):
    _, out = inspected(FILES / "ts_lstm_black.onnx")
    assert "worked out by trying" in out
    assert "black ink on white" in out
    assert " of 240  NCHW, 0..1, black ink on white" in out
    assert "LSTM 1" in out


def test_a_refusal_is_told_as_json(inspected, tmp_path):
    path = tmp_path / "no_network.onnx"
    path.write_bytes(b"no network at all")
    status, out = inspected(path, "--json")
    found = json.loads(out)
    assert (status, found["accepted"]) == (1, False)
    assert "no_network.onnx" in found["reason"]


def test_a_saved_copy_is_opened_by_its_card(inspected, tmp_path):
    copy = tmp_path / "copy.onnx"
    inspected(FILES / "ts_lstm_columns.onnx", "--save", copy, "--scaled")
    _, out = inspected(copy, "--json")
    found = json.loads(out)
    assert found["evidence"] == []
    assert found["input"]["value_range"] == "0..1"
    assert found["input"]["reading"] == "columns"


def test_a_remembered_choice_is_used(inspected, tmp_path):
    path = FILES / "ts_lstm.onnx"
    _, out = inspected(path, "--json")
    first = json.loads(out)
    from rnn_desk.core.by_hand import by_hand_from

    record = {key: value for key, value in first["input"].items() if key != "side"}
    reading = by_hand_from({**record, "polarity": "black_on_white"})
    chosen_readings.remember(tmp_path / "readings.json", first["sha256"], reading)
    _, out = inspected(path, "--json")
    assert json.loads(out)["input"]["polarity"] == "black_on_white"
    chosen_readings.remember(tmp_path / "readings.json", first["sha256"], None)
    assert chosen_readings.load(tmp_path / "readings.json") == {}


def test_damaged_choices_are_left_out(tmp_path, caplog):
    path = tmp_path / "readings.json"
    for text in ("{", "[]", '{"a": 1}', '{"a": {"layout": "X"}}', "null", "[[1]]"):
        path.write_text(text)
        assert chosen_readings.load(path) == {}
    assert len(caplog.records) >= 5
    caplog.clear()


def test_a_page_on_its_errors_is_written(inspected, tmp_path):
    page = tmp_path / "why.html"
    status, _ = inspected(FILES / "ts_lstm.onnx", "--report", page)
    assert status == 0
    assert "thin pen" in page.read_text("utf-8")


@pytest.mark.parametrize(("option", "name"), [("--save", "copy.onnx"), ("--report", "why.html")])
def test_of_a_model_that_writes_there_is_no_copy_and_no_report(told, tmp_path, option, name):
    status, out, err = told("inspect", asset("models", "writer.onnx"), option, tmp_path / name)
    assert (status, out) == (1, "")
    assert "writes digits: leave --save and --report out" in err
    assert not (tmp_path / name).exists()
