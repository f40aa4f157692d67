"""What the lessons say of the models that ship is so: when one is trained anew, this tells."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_desk.app.codecs import reference_digit
from rnn_desk.app.lessons import read_lesson
from rnn_desk.assets_door import asset, bundled_lessons
from rnn_desk.core.lab import Experiment, altered
from rnn_desk.core.landmarks import LEFT_AT_MOST, forgets, forgetter, keeper, kept_rows
from rnn_desk.core.raster import rasterise
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.graph.metadata import cards_of
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.lab import Lab
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers import lesson_answers, task_drawings

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


@pytest.fixture(scope="module", params=[12, pytest.param(1, marks=pytest.mark.slow)])
def some(request):
    """Reference digits of every class: each twelfth, and all of them where there is time."""
    return reference_digits().drawings[:: request.param]


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
    raster = altered(rasterise(drawing), experiment, orientation=lab.reader.orientation)
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


def test_rnn_after_it_forgets_what_was_above_is_nowhere(opened, some):
    step = asked("rnn", 6)
    lab = Lab(opened("rnn"))
    for drawing in some:
        raster = rasterise(drawing)
        above = np.array(raster.pixels)
        above[:14] = above[13::-1]
        one, other = (
            lab.read(each, step.state.lab).belief
            for each in (raster, replace(raster, pixels=above))
        )
        assert np.allclose(one[14:], other[14:], atol=1e-5)


def test_rnn_all_states_follow_from_one_set_of_weights(some):
    assert set(truths(asked("rnn", 4), some)) == {False}


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


def test_gates_every_digit_has_a_row_where_a_unit_lets_go(opened):
    reader = opened("lstm")
    for drawing in reference_digits().drawings:
        trace = read(reader, drawing)
        layer, row = trace.layers[0], forgets(trace)
        unit = forgetter(layer)
        assert layer.gates["f"][row, unit] <= LEFT_AT_MOST
        assert abs(layer.c[row - 1, unit]) >= 1  # there was something to let go of


def held(step):
    return {(each.layer, each.gate, each.at) for each in step.state.lab.held}


def test_gates_without_forget_gates_nothing_is_left(opened, digit):
    step = next(step for step in LESSONS["gates"].steps if (0, "f", 0.0) in held(step))
    lab = Lab(opened("lstm"))
    accuracy = lab.accuracy(step.state.lab)
    assert accuracy.plain > 0.95
    assert f"{accuracy.altered * accuracy.count:.0f} are read" in step.state.teaching.ask.then
    parts = lab.classify(lab._pixels(), step.state.lab)
    assert np.isin(parts.argmax(axis=1), (1, 7)).mean() > 0.9  # 1 or 7 a little more
    assert np.median(parts.max(axis=1)) < 0.15  # and all of them about a tenth
    assert under(lab, digit(step.record["digit"]), step.state.lab).probabilities.max() < 0.15


def test_gates_with_forget_gates_that_do_not_move_most_digits_are_read(opened, digit):
    step = next(step for step in LESSONS["gates"].steps if (0, "f", "mean") in held(step))
    lab = Lab(opened("lstm"))
    accuracy = lab.accuracy(step.state.lab)
    assert 0.9 < accuracy.altered < accuracy.plain
    trace = under(lab, digit(step.record["digit"]), step.state.lab)
    assert trace.classes[trace.answer] == "0"
    for layer in trace.layers:
        assert 0.5 < layer.gates["f"].mean() < 0.75  # about half to two thirds open


@pytest.mark.parametrize(
    ("gate", "layer", "must_move"),
    [(gate, layer, gate == "g") for gate in "fiog" for layer in (0, 1)],
)
def test_gates_which_must_move_is_not_all_of_them(opened, gate, layer, must_move):
    lab = Lab(opened("lstm"))
    left = lab.accuracy(Experiment().with_held(layer, gate, "mean")).altered
    assert left < 0.2 if must_move else left > 0.9


@pytest.fixture(scope="module")
def parts_left(opened):
    """Of each network and layer, how much of the gradient is left at each row of each reference
    digit, of what it is at the last one: `[digits, rows]`."""

    def of(name):
        reader, found = opened(name), []
        for drawing in reference_digits().drawings:
            trace = reader.with_gradient(reader.read_drawing(drawing), "answer")
            norms = trace.gradient.state_norms
            found.append(norms / norms[:, -1:])
        return np.stack(found, axis=1)

    return {name: of(name) for name in ("rnn", "gru", "lstm")}


def test_gradient_a_plain_rnns_vanishes_and_the_others_hold(parts_left):
    medians = {name: np.median(left[0, :, 0]) for name, left in parts_left.items()}
    assert medians["rnn"] < 0.01
    assert medians["lstm"] > 10 * medians["rnn"]
    assert medians["gru"] > 10 * medians["rnn"]


def test_gradient_a_plain_rnns_line_is_nearly_always_left_of_the_others(parts_left):
    (rnn,), (gru,) = parts_left["rnn"], parts_left["gru"]
    for other in (parts_left["lstm"][0], gru):
        assert (rnn[:, 13] < other[:, 13]).mean() > 0.98


def test_gradient_more_is_left_in_an_lstms_first_layer(parts_left):
    first, second = parts_left["lstm"]
    assert (second[:, 13] < first[:, 13]).mean() > 0.95


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
        assert trace.classes[trace.answer] == "3", name
        assert trace.doubted == (name == "cnn")


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("learning/lstm-00000", 0.0, 0.4),
        ("learning/lstm-00060", 0.3, 0.5),
        ("learning/lstm-00200", 0.7, 1.0),
        ("learning/lstm-00550", 0.9, 1.0),
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


def test_learning_the_four_is_read_late_and_then_surely(opened, digit):
    named = LESSONS["learning"].steps[2].record["digit"]
    label = named.split()[0]
    right, sure = [], []
    for step in LESSONS["learning"].steps[:6]:
        trace = read(opened(step.record["model"]), digit(named))
        right.append(trace.classes[trace.answer] == label)
        sure.append(float(trace.probabilities.max()))
    assert right == [False, False, True, True, True, True]
    assert max(sure[:2]) < 0.2  # a guess
    assert sure[2] < 0.9 < sure[3]
    winners = read(opened("lstm"), digit(named)).belief.argmax(axis=1)
    assert {1, 7} <= set(winners[:12].tolist())  # and still it changes its mind


def test_learning_before_it_the_belief_is_a_tenth_each(opened, some):
    for drawing in some:
        belief = read(opened("learning/lstm-00000"), drawing).belief
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


def test_learning_so_many_test_digits_are_read(opened):
    for step, words in ((1, "four digits of ten"), (3, "Of 100 test digits 97")):
        lesson = LESSONS["learning"].steps[step]
        assert words in lesson.words
        card = opened(lesson.record["model"]).card
        assert round(card.accuracies["mnist_test"], 2) == {1: 0.40, 3: 0.97}[step]


def test_attention_covered_rows_had_no_weight_and_yet_the_answer_changes(opened, digit):
    step = next(step for step in LESSONS["attention"].steps if step.state.lab.covered)
    reader, rows = opened("lstm-attention"), sorted(step.state.lab.covered)
    before = read(reader, digit(step.record["digit"]))
    after = read(reader, digit(step.record["digit"]), step.state.lab)
    column = next(w.values[:, 0] for w in before.watched if w.weights)
    assert column[rows].sum() < 0.001
    assert (before.classes[before.answer], after.classes[after.answer]) == ("4", "7")


def test_both_ways_one_layer_reads_in_two_directions(opened):
    down, up = opened("bilstm").layers
    assert (down.reverse, up.reverse) == (False, True)
    assert down.operator is up.operator


def test_both_ways_the_way_up_knows_the_rows_below(opened, some):
    reader = opened("bilstm")
    for drawing in some:
        whole = read(reader, drawing)
        pixels = np.array(whole.raster.pixels)
        pixels[20:] = 0
        cut = reader.read(replace(whole.raster, pixels=pixels))
        (down, up), (down_cut, up_cut) = whole.layers, cut.layers
        assert np.allclose(down_cut.h[:20], down.h[:20])
        assert not np.allclose(up_cut.h[9], up.h[9])


def test_both_ways_what_is_asked_is_so_of_every_digit(some):
    assert set(truths(asked("both-ways", 2), some)) == {1}
    assert set(truths(asked("both-ways", 4), some)) == {1}


# What the lessons ask.


def asked(name, number):
    """The question of a lesson's step, counted from 1."""
    step = LESSONS[name].steps[number - 1]
    assert step.state.teaching.ask is not None
    return step


def truths(step, drawings):
    """What is right of these drawings, in place of the step's own."""
    ask = step.state.teaching.ask
    return [ask.truth(lesson_answers.readings_of(step, drawing)) for drawing in drawings]


def test_what_is_right_is_worked_out_wherever_one_reading_can_tell():
    """The writer is asked hundreds of times for its two: `test_writing_claims`."""
    typed = {
        (lesson.name, number)
        for lesson, number, step in lesson_answers.questions()
        if step.state.teaching.ask.answer is not None
    }
    assert {name for name, _ in typed} == {"writing"}


def test_every_lesson_asks_at_least_twice():
    asked = Counter(lesson.name for lesson, _, _ in lesson_answers.questions())
    assert set(asked) == set(LESSONS)
    assert min(asked.values()) >= 2


def test_what_the_guide_gives_as_right_is_what_the_models_say():
    written = json.loads(lesson_answers.FILE.read_text(encoding="utf-8"))
    found = lesson_answers.answers()
    assert None not in [truth for each in found.values() for truth in each.values()]
    assert written == found  # else: python -m tests.helpers.lesson_answers


def test_rows_the_answer_settles_long_before_the_last_row(some):
    rows = truths(asked("rows", 5), some)
    assert max(rows) <= 20
    assert np.median(rows) <= 14


def test_rnn_without_its_past_most_digits_are_lost(opened):
    accuracy = Lab(opened("rnn")).accuracy(asked("rnn", 6).state.lab)
    assert accuracy.altered < 0.4 < 0.95 < accuracy.plain


def test_gradient_it_is_many_times_as_large_at_the_last_row(parts_left, some):
    assert set(truths(asked("gradient", 1), some)) == {1}
    assert (parts_left["rnn"][0][:, 0] < 0.2).all()


def test_gradient_more_is_left_in_the_lstm_for_nearly_every_digit(some):
    assert np.mean(truths(asked("gradient", 5), some)) > 0.9  # the first of them is the RNN


def test_cnn_with_shuffled_rows_few_are_read_by_either(some):
    assert np.mean(truths(asked("cnn", 5), some)) < 0.4


def test_cnn_what_is_learnt_of_one_other_order_is_what_was_measured():
    table = (Path(__file__).parents[2] / "benchmarks" / "shuffled.md").read_text(encoding="utf-8")
    words = LESSONS["cnn"].steps[5].words
    assert "6,000 pictures" in words
    assert "6,000 training pictures" in table.replace("\n", " ")
    found = re.findall(r"\| (LSTM|CNN) \S+ \| ([\d.]+)% \(.*?\) \| ([\d.]+)% ", table)
    assert [name for name, *_ in found] == ["LSTM", "CNN"]
    lost = {}
    for name, plain, other in found:
        assert f"{float(other):.0f} % in place of {float(plain):.0f} %" in words.replace(
            " in place\nof", " in place of"
        )
        lost[name] = float(plain) - float(other)
    assert lost["CNN"] < lost["LSTM"]  # "the CNN loses less"


def test_learning_an_untrained_network_is_sure_of_nothing(some):
    assert not any(truths(asked("learning", 1), some))


def test_attention_late_rows_weigh_most(some):
    rows = truths(asked("attention", 1), some)
    assert np.mean([row >= 16 for row in rows]) > 0.9


def test_sure_what_is_no_digit_is_doubted_and_digits_are_not(some):
    assert not any(truths(asked("sure", 5), some))
    for name in ("heart", "letter A", "two digits"):
        assert truths(asked("sure", 5), [reference_digit(name)]) == [True]


def test_every_task_can_be_done_by_a_drawing_and_is_not_done_by_another(digit):
    tasks = {
        (lesson.name, number): step
        for lesson, number, step in lesson_answers.questions()
        if step.state.teaching.ask.kind == "draw"
    }
    done = task_drawings.done()
    assert {name for name, _ in tasks} == set(done)
    for (name, _), step in tasks.items():
        task = step.state.teaching.ask.task
        assert task.is_done(lesson_answers.readings_of(step, done[name])), name
        assert not task.is_done(lesson_answers.readings_of(step, digit("3 round"))), name


def test_learning_the_curves_are_what_the_models_read():
    written = json.loads(lesson_answers.LEARNED.read_text(encoding="utf-8"))
    assert written == lesson_answers.learned()  # else: python -m tests.helpers.lesson_answers
    assert [moment["steps"] for moment in written] == [0, 60, 200, 550, 2200, None]
    losses = [moment["loss"] for moment in written]
    assert losses == sorted(losses, reverse=True)
