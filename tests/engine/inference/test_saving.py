"""A copy with a card: read as the original is, with nothing tried."""

import numpy as np
import onnx
import onnxruntime as ort
import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.saving import copy_of
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers.model_files import FILES

NAMES = [
    "ts_lstm_columns.onnx",
    "ts_lstm_uint8.onnx",
    "ts_lstm_black.onnx",
    "hand_lstm_lengths.onnx",
    "dynamo_lstm_external.onnx",
    "sklearn_logistic_words.onnx",
    "ts_cnn_rgb_batch1.onnx",
]


def save_copy(source, reader, target, scaled=False):
    card, model = copy_of(source, reader, scaled)
    onnx.save(model, target)
    return card


@pytest.mark.parametrize("scaled", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_the_copy_answers_as_the_model_does(tmp_path, name, scaled):
    original = open_reader(FILES / name, CPU)
    card = save_copy(FILES / name, original, tmp_path / "copy.onnx", scaled)
    copy = open_reader(tmp_path / "copy.onnx", CPU)
    assert copy.card == card
    assert copy.findings.evidence == ()
    pictures = reference_digits().pictures(original.card.frame, range(0, 240, 12))
    np.testing.assert_allclose(copy.classify(pictures), original.classify(pictures), atol=1e-5)
    assert copy.card.classes == original.card.classes
    if scaled:
        assert (copy.card.input.value_range, copy.card.input.dtype) == ("0..1", "float32")
        assert copy.card.input.polarity == "white_on_black"


def test_any_runtime_can_run_the_copy_on_pictures_of_0_to_1(tmp_path):
    path = FILES / "ts_lstm_black.onnx"
    reader = open_reader(path, CPU)
    save_copy(path, reader, tmp_path / "copy.onnx", scaled=True)
    onnx.checker.check_model(onnx.load(tmp_path / "copy.onnx"))
    session = ort.InferenceSession(tmp_path / "copy.onnx", providers=["CPUExecutionProvider"])
    pictures = reference_digits().pictures(reader.card.frame, range(20))
    said = session.run(None, {session.get_inputs()[0].name: pictures[:, None]})[0]
    assert (said.argmax(1) == reader.classify(pictures).argmax(1)).all()


def test_a_model_that_changed_meanwhile_is_not_copied(tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes((FILES / "ts_lstm.onnx").read_bytes())
    reader = open_reader(path, CPU)
    path.write_bytes((FILES / "ts_lstm_black.onnx").read_bytes())
    with pytest.raises(Refused, match="changed"):
        save_copy(path, reader, tmp_path / "copy.onnx")
