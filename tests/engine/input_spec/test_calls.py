"""Models of many calls, against the calls themselves."""

import numpy as np
import onnx
import onnxruntime as ort
import pytest

from rnn_desk.core.lab import Experiment
from rnn_desk.core.raster import Frame, Raster
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.graph.calls import call_of
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.lab import Lab
from rnn_desk.engine.runtime.devices import CPU
from tests.models.streaming import CALLS

ANSWERS = [name for name in CALLS if name != "states_alone"]
QUICK = ("operator", "four_rows")


@pytest.fixture(scope="module")
def digit():
    references = reference_digits()
    return references.pictures(Frame(), [3])[0]


def called(model, picture):
    """What each call answers, rows fed as the file's own inputs are."""
    call = call_of(model)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    shapes = {
        e.name: [n if isinstance(n, int) else 1 for n in e.shape] for e in session.get_inputs()
    }
    states = {name: np.zeros(shapes[name], np.float32) for name, _ in call.states}
    answers = []
    for rows in picture.reshape(call.calls, call.rows * call.side):
        names = [*call.answers, *(output for _, output in call.states)]
        fed = {call.part: rows.reshape(shapes[call.part]), **states}
        made = dict(zip(names, session.run(names, fed), strict=True))
        states = {name: made[output] for name, output in call.states}
        answers.append(made[call.answers[0]] if call.answers else states)
    return answers


def opened(name, folder):
    model = CALLS[name]()
    onnx.save(model, folder / f"{name}.onnx")
    return model, open_reader(folder / f"{name}.onnx", CPU)


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n in QUICK else pytest.mark.slow) for n in ANSWERS]
)
def test_a_model_of_many_calls_answers_as_they_do(name, tmp_path, digit):
    model, reader = opened(name, tmp_path)
    answers = called(model, digit)
    trace = reader.read(Raster(digit))
    assert reader.card.rows_a_call == call_of(model).rows
    last = answers[-1]
    assert trace.answer == (int(last[0]) if last.size == 1 else int(last.argmax()))
    layer = trace.layers[0]
    assert layer.op == "GRU"
    assert set(layer.gates) == {"z", "r", "n"}
    if last.size > 1:
        assert trace.belief_kind == "said"
        winners = [int(each.argmax()) for each in answers]
        assert trace.belief[:: 28 // len(answers)][-1].argmax() == winners[-1]
        ends = trace.belief[28 // len(answers) - 1 :: 28 // len(answers)]
        assert ends.argmax(axis=1).tolist() == winners
        assert not isinstance(reader.with_gradient(trace, "answer").gradient, Exception)
        off = Experiment(off=frozenset({(0, unit) for unit in range(64)}))
        changed = Lab(reader).read(Raster(digit), off)
        assert not np.allclose(changed.probabilities, trace.probabilities, atol=1e-3)


def test_states_that_come_out_are_those_of_the_calls(tmp_path, digit):
    model, reader = opened("states_alone", tmp_path)
    states = [each["hidden"].ravel() for each in called(model, digit)]
    trace = reader.read(Raster(digit))
    assert not trace.classes
    assert np.allclose(trace.layers[0].h, states, atol=1e-5)


def test_a_picture_with_states_beside_it_is_no_part_of_one():
    for shape in ([1, 28, 28], [1, "T", 28], [1, 14, 56]):
        model = CALLS["states_alone"]()
        part = model.graph.input[0].type.tensor_type.shape
        for dim, size in zip(part.dim, shape, strict=True):
            dim.Clear()
            if isinstance(size, int):
                dim.dim_value = size
            else:
                dim.dim_param = size
        assert call_of(model) is None
