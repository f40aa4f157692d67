"""The program from Python, as `import rnn_desk` gives it."""

import subprocess
import sys

import numpy as np
import pytest

import rnn_desk
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import write_drawings
from rnn_desk.core.raster import rasterise
from tests.models.manifest import FILES

DIGITS = asset("reference", "digits.jsonl")


@pytest.fixture(autouse=True)
def _shared_engines(monkeypatch, engines):
    """A reader of this test's own, which asks the processes that tests share."""
    from rnn_desk import api
    from rnn_desk.app import client

    monkeypatch.setattr(client, "Engines", engines.make)
    api._reader.cache_clear()
    yield
    api._reader.cache_clear()


def test_every_number_of_a_reading_is_there(own_drawings):
    seven = next(d for d in own_drawings if d.label == 7)
    trace = rnn_desk.read(seven, model="lstm")
    assert isinstance(trace, rnn_desk.Trace)
    assert trace.classes[trace.answer] == "7"
    assert trace.layers[0].h.shape == (28, 128)
    assert set(trace.layers[0].gates) == {"i", "o", "f", "g"}
    assert np.allclose(trace.belief[-1], trace.probabilities, atol=1e-5)


def test_a_file_a_drawing_and_a_picture_of_one_digit_read_alike(own_drawings, tmp_path):
    seven = next(d for d in own_drawings if d.label == 7)
    write_drawings(tmp_path / "some.jsonl", [own_drawings[0], seven])
    by_file = rnn_desk.read(str(tmp_path / "some.jsonl"), "gru", index=1)
    by_drawing = rnn_desk.read(seven, asset("models", "gru.onnx"))
    assert np.array_equal(by_file.probabilities, by_drawing.probabilities)
    paper = 255 - np.rint(rasterise(seven).pixels.repeat(4, 0).repeat(4, 1) * 255)
    by_picture = rnn_desk.read(paper.astype(np.uint8), "gru")
    assert by_picture.answer == by_drawing.answer == 7


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("absent.png",), "absent.png does not exist: check the name"),
        ((DIGITS, "grü"), "There is no model grü: choose from champion, lstm, gru"),
        ((np.zeros((28, 28), np.float32),), "a picture is an array of uint8"),
        ((np.zeros(28, np.uint8),), "a picture is an array of uint8"),
        ((DIGITS, DIGITS), "digits.jsonl"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(given, words):
    with pytest.raises(rnn_desk.Refused) as refused:
        rnn_desk.read(*given)
    assert words in str(refused.value)


def test_a_digit_that_the_file_does_not_have_is_refused():
    with pytest.raises(rnn_desk.Refused, match="has no digit 240: it holds 240"):
        rnn_desk.read(DIGITS, index=240)


def test_the_digits_of_a_picture_have_numbers(own_drawings, tmp_path):
    """As those of `trace --index` are."""
    from PIL import Image

    two = [255 - rasterise(own_drawings[k]).pixels.repeat(4, 0).repeat(4, 1) * 255 for k in (0, 24)]
    Image.fromarray(np.hstack(two).astype(np.uint8)).save(tmp_path / "two.png")
    read = [rnn_desk.read(tmp_path / "two.png", "lstm", index=k) for k in (0, 1)]
    assert [each.answer for each in read] == [own_drawings[k].label for k in (0, 24)]
    with pytest.raises(rnn_desk.Refused, match="has no digit 2: it holds 2"):
        rnn_desk.read(tmp_path / "two.png", "lstm", index=2)


ENDS = """
import psutil, sys
import rnn_desk
assert not {"numpy", "PySide6", "msgspec"} & set(sys.modules)  # until it is asked for something
rnn_desk.read(sys.argv[1], "gru")
assert not {"onnxruntime", "onnx", "PySide6"} & set(sys.modules)
print(*(child.pid for child in psutil.Process().children()))
"""


def test_nothing_is_imported_before_it_is_needed_and_no_process_is_left():
    import psutil

    done = subprocess.run(
        [sys.executable, "-c", ENDS, str(DIGITS)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    [child] = map(int, done.stdout.split())
    assert not psutil.pid_exists(child)


GOES_ON = """
import psutil, sys
import rnn_desk
first = rnn_desk.read(sys.argv[1], sys.argv[2])
children = psutil.Process().children()
for child in children:
    child.kill()
psutil.wait_procs(children, timeout=20)
again = rnn_desk.read(sys.argv[1], sys.argv[2])
assert (first.probabilities == again.probabilities).all()
print(len(children))
"""


def test_a_model_whose_process_was_ended_is_opened_again():
    foreign = FILES / "ts_lstm.onnx"
    words = [sys.executable, "-c", GOES_ON, str(DIGITS), str(foreign)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 1


def test_what_is_not_there_is_no_attribute():
    assert {"read", "Refused", "Trace", "__version__"} <= set(dir(rnn_desk))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        rnn_desk.nothing  # noqa: B018
