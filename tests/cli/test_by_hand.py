"""`rnn-desk inspect` with what a person says: of a file that is refused, and of one that is not."""

import json

import pytest

from rnn_desk.app import chosen_readings
from tests.helpers.model_files import FILES

REFUSED = FILES / "ts_untrained.onnx"


@pytest.fixture(autouse=True)
def _no_choices(monkeypatch, tmp_path):
    monkeypatch.setattr(chosen_readings, "users_own", lambda: tmp_path / "readings.json")


@pytest.fixture
def inspected(told):
    """What the command says, and its status."""
    return lambda *words: told("inspect", *words)


def test_a_refused_file_opens_as_it_is_said_and_its_copy_keeps_that(inspected, tmp_path):
    copy = tmp_path / "copy.onnx"
    how = ["--input", "NHW,black_on_white,scale=2,offset=-1,turn=mirrored"]
    how += ["--labels", "1..9,0", "--save", copy]
    status, out, _ = inspected(REFUSED, *how)
    assert status == 0
    assert "(as was said)" in out
    assert "worked out by trying" not in out
    status, out, _ = inspected(copy, "--json")
    found = json.loads(out)
    assert status == 0
    assert found["classes"] == list("1234567890")
    fed = found["input"]
    assert (fed["polarity"], fed["value_range"], fed["turn"]) == (
        "black_on_white",
        "scaled",
        "mirrored",
    )
    assert (fed["scale"], fed["offset"]) == ([2.0], [-1.0])


@pytest.mark.slow
def test_other_labels_are_measured_by_what_they_say(inspected):
    _, out, _ = inspected(FILES / "ts_lstm.onnx", "--labels", "A..J", "--json")
    found = json.loads(out)
    assert found["classes"] == list("ABCDEFGHIJ")
    assert found["reference_accuracy"] is None
    assert found["unchecked"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--labels", "A..C", "--input", "NHW"], "it has 10 classes, and 3 are named"),
        (["--set", "temperature=1"], "has no input temperature beside the picture"),
        (["--input", "NFC"], "has no input that holds such pictures"),
    ],
)
def test_what_cannot_be_so_is_refused_with_the_reason(inspected, words, why):
    status, _, err = inspected(REFUSED, *words)
    assert status == 1
    assert why in err


@pytest.mark.parametrize(
    "words",
    [
        ["--input", "sideways"],
        ["--input", "turn=sideways"],
        ["--input", "side=large"],
        ["--input", "colour=red"],
        ["--set", "temperature"],
        ["--set", "temperature=warm"],
        ["--labels", "a,,b"],
    ],
)
def test_what_says_nothing_is_wrong_usage(inspected, capsys, words):
    with pytest.raises(SystemExit) as ended:
        inspected(REFUSED, *words)
    assert ended.value.code == 2
    assert "error" in capsys.readouterr().err
