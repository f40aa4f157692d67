"""What the lessons say of the models that ship is so: when one is trained anew, this tells."""

import numpy as np
import pytest

from rnn_desk.app.lessons import read_lesson
from rnn_desk.assets_door import asset, bundled_lessons
from rnn_desk.core.lab import Experiment, altered
from rnn_desk.core.landmarks import keeper, kept_rows
from rnn_desk.core.raster import rasterise
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.graph.metadata import cards_of
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.lab import Lab
from rnn_desk.engine.runtime.devices import CPU

LESSONS = {lesson.name: lesson for lesson in map(read_lesson, bundled_lessons())}


@pytest.fixture(scope="module")
def opened():
    """Opens bundled models, each once; a test whose model is not bundled is left out."""
    readers = {}

    def opened(name):
        path = asset("models", f"{name}.onnx")
        if not path.is_file():
            pytest.skip(f"{name} is not bundled")
        if name not in readers:
            readers[name] = open_reader(path, CPU)
        return readers[name]

    return opened


@pytest.fixture(scope="module")
def digit():
    digits = reference_digits()

    def digit(name):
        label, _, style = name.partition(" ")
        return next(
            d for d in digits.drawings if (str(d.label), d.extra["style"]) == (label, style)
        )

    return digit


def under(lab, drawing, experiment):
    raster = altered(rasterise(drawing), experiment, turned=lab.reader.turned)
    return lab.read(raster, experiment)


def read(reader, drawing, experiment=None):
    return under(Lab(reader), drawing, experiment or Experiment())


def test_rows_the_network_changes_its_mind_and_settles(opened, digit):
    trace = read(opened("lstm"), digit(LESSONS["rows"].steps[0].record["digit"]))
    winners = trace.belief.argmax(axis=1)
    assert trace.classes[trace.answer] == "9"
    assert (np.diff(winners[5:]) != 0).sum() >= 2
    assert 8 <= trace.settled_row <= 24


def test_rnn_without_its_past_the_answer_is_lost(opened, digit):
    step = next(step for step in LESSONS["rnn"].steps if step.state.lab.on)
    reader = opened("rnn")
    before, after = (
        read(reader, digit(step.record["digit"])),
        read(reader, digit(step.record["digit"]), step.state.lab),
    )
    assert before.classes[before.answer] == "4"
    assert after.classes[after.answer] != "4"
    assert not after.layers[0].h[13].any()


def test_gates_a_unit_keeps_something_for_ten_rows(opened, digit):
    step = next(step for step in LESSONS["gates"].steps if step.record.get("unit"))
    layer = read(opened("lstm"), digit(step.record["digit"])).layers[0]
    assert kept_rows(layer)[keeper(layer)] >= 9
    unit = keeper(layer)
    f = layer.gates["f"][:, unit]
    assert max(np.prod(f[row : row + 9]) for row in range(len(f) - 9)) >= 0.6
    comes_in = np.abs(layer.gates["i"][:, unit] * layer.gates["g"][:, unit])
    assert comes_in.max() > 0.3  # it is written to, and then for a while it is not
    assert min(comes_in[row : row + 6].max() for row in range(6, 20)) < 0.25


def test_gates_without_forget_gates_nothing_is_left(opened, digit):
    step = next(step for step in LESSONS["gates"].steps if step.state.lab.on)
    lab = Lab(opened("lstm"))
    accuracy = lab.accuracy(step.state.lab)
    assert accuracy.plain > 0.95
    assert accuracy.altered < 0.1
    pictures = lab._pixels()
    found = lab.classify(pictures, step.state.lab).argmax(axis=1)
    assert np.isin(found, (1, 7)).mean() > 0.9  # nearly always 1 or 7
    trace = under(lab, digit(step.record["digit"]), step.state.lab)
    assert trace.probabilities.max() < 0.5


def falls_by(reader, drawing):
    """How much smaller the gradient is in the first rows than in the last one."""
    trace = reader.with_gradient(reader.read_drawing(drawing), "answer")
    norms = trace.gradient.norms[0]
    return float(norms[-1] / np.median(norms[:8]))


def test_gradient_a_plain_rnns_vanishes_and_the_others_hold(opened, digit):
    drawing = digit(LESSONS["gradient"].steps[0].record["digit"])
    plain = falls_by(opened("rnn"), drawing)
    assert plain > 50
    for name in ("gru", "lstm"):
        assert falls_by(opened(name), drawing) < plain / 3, name


def test_gradient_an_lstms_holds_its_level(opened, digit):
    reader = opened("lstm")
    trace = reader.with_gradient(
        reader.read_drawing(digit(LESSONS["gradient"].steps[0].record["digit"])), "answer"
    )
    upper = trace.gradient.norms[0][4:20]
    assert upper.max() / upper.min() < 10


def test_cnn_covered_from_above_the_lstm_loses_more(opened):
    step = next(step for step in LESSONS["cnn"].steps if step.state.lab.covered)
    lstm, cnn = (Lab(opened(name)).accuracy(step.state.lab) for name in ("lstm", "cnn"))
    assert lstm.altered < cnn.altered < cnn.plain


def test_cnn_shuffled_both_are_lost_and_sure(opened, digit):
    step = next(step for step in LESSONS["cnn"].steps if step.state.lab.shuffle is not None)
    for name in ("lstm", "cnn"):
        lab = Lab(opened(name))
        assert lab.accuracy(step.state.lab).altered < 0.3, name
        trace = under(lab, digit(step.record["digit"]), step.state.lab)
        assert trace.classes[trace.answer] != "4", name
        assert trace.probabilities.max() > 0.5, name


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("learning/lstm-00000", 0.0, 0.4),
        ("learning/lstm-00060", 0.1, 0.7),
        ("learning/lstm-00200", 0.7, 1.0),
        ("learning/lstm-00550", 0.85, 1.0),
        ("learning/lstm-02200", 0.95, 1.0),
        ("lstm", 0.97, 1.0),
    ],
)
def test_learning_at_each_moment_it_reads_as_well_as_is_said(opened, name, least, most):
    reader = opened(name)
    assert least <= Lab(reader).accuracy(Experiment()).plain <= most
    path = asset("models", f"{name}.onnx")
    steps = name.partition("-")[2]
    if steps:
        training = cards_of([path])[path].training
        assert training.get("batch", 128) == 128


def test_learning_the_nine_is_a_four_first(opened, digit):
    step = LESSONS["learning"].steps[2]
    answers = []
    for name in ("learning/lstm-00200", "learning/lstm-00550"):
        trace = read(opened(name), digit(step.record["digit"]))
        answers.append((trace.classes[trace.answer], trace.probabilities.max() < 0.6))
    assert answers == [("4", True), ("9", False)]


def test_learning_before_it_the_belief_is_a_tenth_each(opened, digit):
    for name in ("9 big loop", "1 plain", "8 two circles"):
        belief = read(opened("learning/lstm-00000"), digit(name)).belief
        assert 0.05 < belief.min() < belief.max() < 0.2


def test_attention_weights_are_parts_of_one_and_differ_from_digit_to_digit(opened, digit):
    reader = opened("lstm-attention")
    columns = [
        next(w.values[:, 0] for w in read(reader, digit(name)).watched if w.weights)
        for name in dict.fromkeys(
            step.record["digit"]
            for step in LESSONS["attention"].steps
            if " " in step.record["digit"]
        )
    ]
    assert len(columns) == 2
    for column in columns:
        assert column.sum() == pytest.approx(1, abs=1e-4)
    assert np.abs(columns[0] - columns[1]).max() > 0.02


def test_both_ways_two_layers_read_one_picture(opened):
    assert [layer.reverse for layer in opened("bilstm").layers] == [False, True]
