"""A picture as the tensor that a model takes, and what comes out as probabilities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.card import InputReading
from rnn_desk.engine.input_spec.feeding import covered_below_each, feed, probabilities

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


@pytest.mark.parametrize("reading", ["rows", "columns"])
@pytest.mark.parametrize("turn", ["mirrored", "upside_down", "half_turn"])
def test_what_is_turned_is_covered_in_the_order_of_reading(turn, reading):
    told = InputReading(turn=turn, reading=reading)
    covered = covered_below_each(PICTURES[0], told.orientation)
    fed, whole = feed(covered, told), feed(PICTURES[:1], told)[0]
    for step in range(28):
        assert np.array_equal(fed[step][: step + 1], whole[: step + 1])
        assert not fed[step][step + 1 :].any()


@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
def test_each_channel_has_its_own_scale(layout):
    colours = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
    fed = feed(PICTURES, InputReading(layout=layout, value_range="imagenet", channels=3))
    for channel, (mean, deviation) in enumerate(zip(*colours, strict=True)):
        wanted = (PICTURES - mean) / deviation
        assert np.allclose(fed.take(channel, layout.index("C")), wanted, atol=1e-5)
    blue_first = InputReading(layout=layout, value_range="imagenet_bgr", channels=3)
    assert np.allclose(np.flip(feed(PICTURES, blue_first), layout.index("C")), fed)


def test_a_reading_has_numbers_of_its_own():
    fed = feed(PICTURES, InputReading(value_range="scaled", scale=(3.0,), offset=(-0.25,)))
    assert np.allclose(fed, PICTURES * 3 - 0.25)


@pytest.mark.parametrize("alpha", ["opaque", "ink"])
@pytest.mark.parametrize("layout", ["NHWC", "NF"])
def test_a_canvas_is_opaque_or_holds_its_ink_in_alpha(alpha, layout):
    told = InputReading(layout, "0..255", dtype="uint8", channels=4, alpha=alpha)
    canvas = feed(PICTURES, told).reshape(3, 28, 28, 4)
    levels = np.rint(PICTURES * 255)
    assert np.array_equal(
        canvas[..., 3], np.full_like(levels, 255) if alpha == "opaque" else levels
    )
    assert np.array_equal(canvas[..., 0], levels if alpha == "opaque" else np.zeros_like(levels))


def test_whole_numbers_stay_within_their_type():
    signed = feed(
        np.ones((1, 28, 28), np.float32), InputReading(value_range="0..255", dtype="int8")
    )
    assert (signed == 127).all()
    assert feed(PICTURES, InputReading(value_range="-128..127", dtype="int8")).min() < -120
    yes = feed(PICTURES, InputReading(dtype="bool"))
    assert np.array_equal(yes, PICTURES >= 0.5)


def test_a_picture_becomes_one_of_another_shape():
    padded = feed(PICTURES, InputReading(shape=(32, 40), fitted="padded"))
    assert np.array_equal(padded[:, 2:30, 6:34], PICTURES)
    assert padded.sum() == pytest.approx(PICTURES.sum())
    black = feed(PICTURES, InputReading(shape=(32, 40), polarity="black_on_white"))
    assert (black[:, :2] == 1).all()
    two_rows_a_step = feed(PICTURES, InputReading(shape=(14, 56), fitted="reshaped"))
    assert np.array_equal(two_rows_a_step[1, 3, :28], PICTURES[1, 6])
    stretched = feed(PICTURES, InputReading(shape=(28, 56), fitted="stretched"))
    assert stretched.shape == (3, 28, 56)
    assert stretched.mean(axis=(1, 2)) == pytest.approx(PICTURES.mean(axis=(1, 2)), abs=0.02)
    flat = np.full((1, 28, 28), 0.3, np.float32)
    assert np.allclose(feed(flat, InputReading(shape=(17, 99), fitted="stretched")), 0.3)
