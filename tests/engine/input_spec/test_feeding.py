"""A picture as the tensor that a model takes, and what comes out as probabilities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.card import InputReading
from rnn_desk.engine.input_spec.feeding import feed, probabilities

PICTURES = np.random.default_rng(0).random((3, 28, 28)).astype(np.float32)


def test_the_plain_reading_is_the_picture():
    fed = feed(PICTURES, InputReading())
    assert fed.dtype == np.float32
    assert np.array_equal(fed, PICTURES)


@pytest.mark.parametrize(
    ("layout", "shape", "place"),
    [
        ("NHW", (3, 28, 28), lambda n, y, x: (n, y, x)),
        ("NCHW", (3, 1, 28, 28), lambda n, y, x: (n, 0, y, x)),
        ("NHWC", (3, 28, 28, 1), lambda n, y, x: (n, y, x, 0)),
        ("NF", (3, 784), lambda n, y, x: (n, 28 * y + x)),
        ("HNW", (28, 3, 28), lambda n, y, x: (y, n, x)),
    ],
)
@pytest.mark.parametrize("reading", ["rows", "columns"])
def test_each_pixel_comes_to_its_place(layout, shape, place, reading):
    fed = feed(PICTURES, InputReading(layout=layout, reading=reading))
    assert fed.shape == shape
    for n, y, x in [(0, 0, 0), (2, 5, 20), (1, 27, 3)]:
        step, along = (y, x) if reading == "rows" else (x, y)
        assert fed[place(n, step, along)] == PICTURES[n, y, x]


@pytest.mark.parametrize(
    ("value_range", "paper", "ink"),
    [
        ("0..1", 0, 1),
        ("0..255", 0, 255),
        ("-1..1", -1, 1),
        ("mnist", -0.42421, 2.82149),  # what everybody's transforms.Normalize gives
    ],
)
@pytest.mark.parametrize("polarity", ["white_on_black", "black_on_white"])
def test_paper_and_ink_are_the_numbers_that_the_range_says(value_range, paper, ink, polarity):
    picture = np.zeros((1, 28, 28), np.float32)
    picture[0, 3, 4] = 1
    fed = feed(picture, InputReading(value_range=value_range, polarity=polarity))
    if polarity == "black_on_white":
        paper, ink = ink, paper
    assert fed[0, 3, 4] == pytest.approx(ink, abs=1e-4)
    assert fed[0, 0, 0] == pytest.approx(paper, abs=1e-4)


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "uint8", "int64"])
def test_numbers_are_of_the_models_type(dtype):
    fed = feed(PICTURES, InputReading(value_range="0..255", dtype=dtype))
    assert fed.dtype == np.dtype(dtype)
    exact = PICTURES * 255
    room = {"float16": 0.07, "uint8": 0.5, "int64": 0.5}.get(dtype, 1e-5)
    assert np.abs(fed.astype(float) - exact).max() <= room + 1e-5


def test_a_tensor_lies_in_memory_in_its_order():
    for layout in ("NHW", "NCHW", "NHWC", "NF", "HNW"):
        assert feed(PICTURES, InputReading(layout=layout, reading="columns")).flags.c_contiguous


@pytest.mark.parametrize("polarity", ["white_on_black", "black_on_white"])
def test_a_fixed_batch_is_filled_up_with_blank_paper(polarity):
    fed = feed(PICTURES, InputReading(batch=5, polarity=polarity))
    assert np.array_equal(fed[:3], feed(PICTURES, InputReading(polarity=polarity)))
    assert np.all(fed[3:] == (0 if polarity == "white_on_black" else 1))
    assert feed(PICTURES, InputReading(batch=3)).shape == (3, 28, 28)


LOGITS = st.lists(st.floats(-1e4, 1e4, width=32), min_size=3, max_size=3)


@given(st.lists(LOGITS, min_size=1, max_size=4))
def test_probabilities_of_logits_are_a_distribution_in_the_same_order(rows):
    logits = np.array(rows, np.float32)
    found = probabilities(logits, "logits")
    assert found.dtype == np.float32
    assert np.all(found >= 0)
    assert np.abs(found.sum(axis=1) - 1).max() <= 1e-5
    assert np.all(found[np.arange(len(rows)), logits.argmax(axis=1)] == found.max(axis=1))


def test_probabilities_of_logits_by_hand():
    found = probabilities(np.log(np.array([[1.0, 2.0, 5.0]])) + 100, "logits")
    assert np.abs(found - [[0.125, 0.25, 0.625]]).max() <= 1e-6


def test_probabilities_that_the_model_gives_are_taken_as_they_are():
    given_ones = np.array([[0.25, 0.75]], np.float32)
    assert np.array_equal(probabilities(given_ones, "probabilities"), given_ones)
    logs = np.log(given_ones)
    assert np.allclose(probabilities(logs, "log_probabilities"), given_ones)
