"""Colour maps: even, centred, and to be told apart by colour-blind eyes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.colour import ZERO, ColourMap, lightness

PAPER, BLUE, ORANGE, GREEN = "#f7f7f7", "#1a57a6", "#a9480a", "#00604d"
SIGNED = ColourMap(PAPER, ORANGE, low=BLUE)
SINGLE = ColourMap(PAPER, GREEN)
MAPS = [
    SIGNED,
    SINGLE,
    ColourMap("#24282d", "#ffa057", low="#74b2ff"),
    ColourMap("#24282d", "#6fe3c4"),
]

SEEN_BY = {
    # Linear RGB as protan, deutan and tritan eyes see it, in full (Machado, Oliveira, Fernandes,
    # "A physiologically-based model for simulation of color vision deficiency", 2009).
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def rgb(colour):
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]


def index(colour_map: ColourMap, value, limit=1.0):
    return int(colour_map.indices(np.array([value], np.float32), limit)[0])


def test_the_ends_and_the_middle_are_the_colours_asked_for():
    assert SIGNED.colours[index(SIGNED, -1)].tolist() == rgb(BLUE)
    assert SIGNED.colours[index(SIGNED, 0)].tolist() == rgb(PAPER)
    assert SIGNED.colours[index(SIGNED, 1)].tolist() == rgb(ORANGE)
    assert SINGLE.colours[index(SINGLE, 0)].tolist() == rgb(PAPER)
    assert SINGLE.colours[index(SINGLE, 1)].tolist() == rgb(GREEN)
    assert index(SIGNED, 0) == ZERO


@given(st.floats(0, 1, width=32), st.floats(0.125, 128, width=32))
def test_a_value_and_its_negative_lie_equally_far_from_zero(part, limit):
    up, down = (index(SIGNED, sign * part * limit, limit) for sign in (1, -1))
    assert up - ZERO == ZERO - down


@given(st.floats(-1, 1, width=32), st.floats(-1, 1, width=32))
def test_larger_values_have_larger_numbers(one, other):
    low, high = sorted([one, other])
    assert index(SIGNED, low) <= index(SIGNED, high)
    assert index(SINGLE, low) <= index(SINGLE, high)


def test_a_value_is_a_part_of_the_limit():
    values = np.linspace(-1, 1, 21, dtype=np.float32)
    for limit in (0.25, 1.0, 3.0):
        assert np.array_equal(SIGNED.indices(values * limit, limit), SIGNED.indices(values))


def test_what_lies_beyond_takes_the_last_colour_and_no_number_that_of_zero():
    values = np.array([-np.inf, -7, np.nan, 7, np.inf], np.float32)
    assert SIGNED.indices(values).tolist() == [1, 1, ZERO, 255, 255]
    assert SINGLE.indices(values).tolist() == [0, 0, 0, 255, 255]


def test_numbers_keep_the_shape_of_the_values():
    found = SIGNED.indices(np.zeros((28, 64), np.float32))
    assert (found.shape, found.dtype) == ((28, 64), np.uint8)


@pytest.mark.parametrize("colour_map", MAPS)
def test_lightness_changes_evenly_from_zero_on(colour_map):
    """No step is more than twice the mean one, a byte's rounding aside: no edge that is not there,
    and none is flat."""
    light = lightness(colour_map.colours)
    arms = [light[ZERO:], light[ZERO:0:-1]] if colour_map.signed else [light]
    for arm in arms:
        steps = np.diff(arm) * np.sign(arm[-1] - arm[0])
        assert abs(arm[-1] - arm[0]) > 0.3
        assert steps.min() > -0.002
        assert steps.max() < 2 * steps.mean() + 0.002
        blurred = np.convolve(steps, np.ones(16) / 16, mode="valid")
        assert blurred.min() > 0.6 * steps.mean()


@pytest.mark.parametrize("colour_map", MAPS[::2])
def test_both_signs_weigh_the_same(colour_map):
    light = lightness(colour_map.colours)
    assert np.abs(light[ZERO + 1 :] - light[ZERO - 1 : 0 : -1]).max() < 0.06


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("colour_map", MAPS[::2])
def test_the_signs_differ_for_colour_blind_eyes(colour_map, eyes):
    """From a fifth of the limit on, as seen: distances of linear RGB, where white is 1.7 long."""
    linear = (colour_map.colours / 255) ** 2.2
    seen = np.clip(linear @ np.array(SEEN_BY[eyes]).T, 0, 1)
    away = np.arange(26, 128)
    assert np.linalg.norm(seen[ZERO + away] - seen[ZERO - away], axis=1).min() > 0.04
    ends = np.linalg.norm(seen[255] - seen[1])
    assert ends > 0.25


def test_lightness_is_oklabs():
    """Ottosson's own examples: white is 1, black 0; red 0.628, green 0.866, blue 0.452."""
    colours = np.array([[255] * 3, [0] * 3, [255, 0, 0], [0, 255, 0], [0, 0, 255]], np.uint8)
    assert np.abs(lightness(colours) - [1, 0, 0.628, 0.866, 0.452]).max() < 0.001
