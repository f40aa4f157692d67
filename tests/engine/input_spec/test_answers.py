"""Answers of every form that strangers' files have, against the network that they are made of."""

import numpy as np
import onnx
import pytest

from rnn_desk.assets_door import asset
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Frame, Raster
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.input_spec.answers import no_answer
from rnn_desk.engine.runtime.devices import CPU
from tests.models.answers import FORMS, ended

QUICK = ("ctc_blank_first", "label_words", "per_row_rows_first", "top5_indices_first")
"""Forms of which each stands for others."""


@pytest.fixture(scope="module")
def digits():
    references = reference_digits()
    return references.pictures(Frame(), references.few)


@pytest.fixture(scope="module")
def said(digits):
    """What the network itself says."""
    return open_reader(asset("models", "rnn.onnx"), CPU).classify(digits)


def opened(name, folder):
    path = folder / f"{name}.onnx"
    onnx.save(ended(name), path)
    return open_reader(path, CPU)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in QUICK else pytest.mark.slow)
        for name, (form, _) in FORMS.items()
        if form != "states"
    ],
)
def test_an_answer_of_any_form_is_found_and_read(name, tmp_path, digits, said):
    reader = opened(name, tmp_path)
    assert reader.card.form == FORMS[name][0]
    found = reader.classify(digits)
    names = [int(each) if each.isdigit() else each for each in reader.card.classes]
    assert [str(names[k]) for k in found.argmax(1)] == [_digit(k, reader) for k in said.argmax(1)]
    if (
        FORMS[name][0] in ("vector", "last", "columns")
        and not {"hot", "labels"} & set(name.split("_"))
        and "8" not in name
    ):
        order = [reader.card.classes.index(_digit(k, reader)) for k in range(10)]
        assert np.allclose(found[:, order], said, atol=2e-3)


def _digit(k, reader):
    words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[k] if words[k] in reader.card.classes else str(k)


def test_what_is_said_after_each_row_is_the_belief(tmp_path, digits):
    reader = opened("per_row_softmax", tmp_path)
    trace = reader.read(Raster(digits[0]))
    assert trace.belief_kind == "said"
    assert np.array_equal(trace.belief[-1], trace.probabilities)
    covered = digits[0].copy()
    covered[14:] = 0
    half = reader.read(Raster(covered))
    assert np.allclose(half.belief[:14], trace.belief[:14], atol=1e-6)
    assert not np.allclose(half.belief[20], trace.belief[20], atol=1e-3)


@pytest.mark.parametrize("name", ["states_rows_first", "last_state"])
def test_states_alone_are_no_answer(name, tmp_path, digits):
    reader = opened(name, tmp_path)
    trace = reader.read(Raster(digits[0]))
    assert (reader.card.classes, reader.card.form, trace.belief_kind) == ((), "states", "none")
    assert trace.probabilities.shape == (0,)
    assert trace.belief.shape == (28, 0)
    assert trace.layers[0].h.shape == (28, 128)
    assert trace.settled_row is None
    with pytest.raises(Refused, match="states and no answer"):
        reader.classify(digits[:1])


@pytest.mark.parametrize("batch", [2, 10, 28])
@pytest.mark.parametrize(
    "name", ["classes_first", "per_row_classes_second", "per_row_rows_first", "softmax_twice"]
)
def test_a_fixed_batch_is_told_from_axes_as_long(name, batch, tmp_path, digits, said):
    """Of ten classes, of 28 rows."""
    reader = of_batch(name, batch, tmp_path)
    assert (reader.card.form, reader.card.input.batch) == (FORMS[name][0], batch)
    assert reader.classify(digits).argmax(1).tolist() == said.argmax(1).tolist()


def of_batch(name, batch, folder):
    model = ended(name)
    model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = batch
    path = folder / f"{name}_{batch}.onnx"
    onnx.save(model, path)
    return open_reader(path, CPU)


def test_what_is_no_answer_is_named_with_its_shape():
    outputs = {"y": np.float32(3), "z": np.zeros((1, 4, 7)), "words": ["a"]}
    assert "(y, z 1 x 4 x 7, words)" in str(no_answer(outputs))
