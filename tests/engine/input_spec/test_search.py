"""Models that want their pictures otherwise, or call their classes otherwise: found by evidence."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import onnx
import pytest

from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.errors import Refused
from rnn_desk.core.number_words import digit_of
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers import models
from tests.models import otherwise

DIGITS = tuple("0123456789")
MODELS = otherwise.models()

FOUND = {
    "shuffled": {"classes": tuple("3709148265"), "labels": "proposed"},
    "sudoku": {"classes": tuple("123456789"), "labels": "proposed"},
    "sudoku-with-empty": {"classes": ("-", *"123456789"), "labels": "proposed"},
    "twenty-shuffled": {"labels": "proposed"},
    "sixteen-bits": {"dtype": "uint16", "value_range": "scaled", "scale": (65535.0,)},
    "blank-last": {"classes": (*DIGITS, "-"), "labels": "proposed"},
    "bfloat16": {"dtype": "bfloat16", "classes": DIGITS, "labels": "counted"},
    "bool": {"dtype": "bool", "value_range": "0..1"},
    "int8": {"value_range": "-128..127", "dtype": "int8"},
    "ink-in-alpha": {"channels": 4, "alpha": "ink", "layout": "NCHW"},
    "flat-canvas": {"channels": 4, "alpha": "ink", "layout": "F", "batch": 1},
    "black-canvas": {"channels": 4, "alpha": "opaque", "polarity": "black_on_white"},
    "four-rows-a-step": {"shape": (7, 112), "fitted": "reshaped"},
    "wide-paper": {"shape": (28, 40), "fitted": "padded"},
    "cropped-from-36": {"shape": (36, 36), "fitted": "padded"},
    "letters-first": {"labels": "proposed"},
    "nine-to-nothing": {"classes": DIGITS[::-1]},
    "two-more-between": {"labels": "proposed"},
    "really-one": {"batch": 1},
    "imagenet": {"value_range": "imagenet"},
    "imagenet-blue-first": {"channels": 3},
    "upside-down": {"turn": "upside_down", "reading": "rows"},
    "mirrored": {"turn": "mirrored", "reading": "rows"},
    "half-turn": {"turn": "half_turn", "reading": "rows"},
    "quarter-turn": {"turn": "upside_down", "reading": "columns"},
    "quarter-turn-back": {"turn": "mirrored", "reading": "columns"},
    "transposed-minus": {"value_range": "-0.5..0.5", "reading": "columns"},
    "62-mirrored": {"turn": "mirrored", "labels": "proposed"},
    "less-the-mean": {"polarity": "white_on_black"},
    "mean-and-deviation": {"polarity": "white_on_black"},
    "twice-and-more": {"value_range": "scaled"},
    "percent": {"polarity": "white_on_black"},
    "int8-half": {"dtype": "int8", "margin": "mnist"},
}

QUICK = ("shuffled", "sudoku", "ink-in-alpha", "four-rows-a-step", "bfloat16")
"""Each another way; what goes wide takes its time."""


def opened(folder, name):
    path = folder / f"{name}.onnx"
    onnx.save(MODELS[name], path)
    return open_reader(path, CPU)


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=() if n in QUICK else pytest.mark.slow, id=n) for n in FOUND],
)
def test_what_a_model_wants_is_found(name, tmp_path):
    reader = opened(tmp_path, name)
    card = reader.card
    for field, value in FOUND[name].items():
        owner = card if field in ("classes", "labels") else card.input
        assert getattr(owner, field) == value, field
    assert reader.findings.unchecked is None
    assert reader.findings.reference_accuracy > 0.98
    digits = reference_digits()
    hard, labels = digits.hard_pictures(card.frame)
    plain = open_reader(otherwise.asset("models", "lstm.onnx"), CPU)
    meant = [digit_of(each) or each for each in card.classes]
    known = [k for k, label in enumerate(labels) if label in meant][:300]

    def right(pictures, reader, names):
        said = reader.classify(pictures[known]).argmax(axis=1)
        return np.mean([names[k] == labels[at] for k, at in zip(said, known, strict=True)])

    here = right(hard, reader, meant)
    assert here >= right(digits.hard_pictures(plain.card.frame)[0], plain, DIGITS) - 0.03


def test_every_model_is_looked_for():
    assert set(FOUND) == set(MODELS)
    assert set(QUICK) <= set(FOUND)


def test_turned_pictures_are_shown_as_the_model_has_them(tmp_path):
    seven = next(each for each in reference_digits().drawings if each.label == 7)
    plain = open_reader(otherwise.asset("models", "lstm.onnx"), CPU)
    path = tmp_path / "upside-down.onnx"
    onnx.save(MODELS["upside-down"], path)
    chosen = replace(plain.card.input, turn="upside_down")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    trace = open_reader(path, CPU, chosen={sha256: ByHand(input=chosen)}).read_drawing(seven)
    assert np.array_equal(trace.seen, trace.raster.pixels[::-1])
    assert trace.classes[trace.answer] == "7"
    assert not np.array_equal(trace.belief[0], trace.belief[-1])


@pytest.mark.slow
def test_what_reads_no_digits_is_refused_however_it_is_fed(tmp_path):
    path = tmp_path / "glyphs.onnx"
    onnx.save(MODELS["shuffled"], path)
    model = onnx.load(path)
    head = next(node for node in model.graph.node if node.op_type == "Gemm")
    weight = next(t for t in model.graph.initializer if t.name == head.input[1])
    random = np.random.default_rng(0)
    values = onnx.numpy_helper.to_array(weight)
    mixed = random.standard_normal(values.shape).astype(np.float32)
    weight.CopyFrom(onnx.numpy_helper.from_array(mixed, weight.name))
    onnx.save(model, path)
    with pytest.raises(Refused, match="it does not read digits"):
        open_reader(path, CPU)


@pytest.mark.slow
def test_a_model_that_looks_at_no_picture_is_said_to_be_empty(tmp_path):
    g = models.Graph()
    weights, bias = g.weights(784, 10, scale=0), g.weights(10)
    path = tmp_path / "empty.onnx"
    onnx.save(g.model(g.node("Gemm", "picture", weights, bias), ["n", 784]), path)
    with pytest.raises(Refused, match="gives every picture the same answer"):
        open_reader(path, CPU)
