"""How large an answer may be: what was asked for, and not ten times as much."""

import dataclasses

import numpy as np
import pytest

from rnn_desk.core.lab import Experiment
from rnn_desk.core.references import reference_digits
from rnn_desk.protocol import checks, requests
from tests.protocol.checks.made import BACK, CLASSES, LAYER, MODEL, RASTER, REF, SIDE

WIDE = 2**13
LARGE = dataclasses.replace(
    MODEL, layers=tuple(dataclasses.replace(each, units=WIDE) for each in (LAYER, BACK) * 8)
)
"""A model whose readings and whose map are far larger than any other answer."""

PICTURES = 500_000


@pytest.mark.parametrize(
    ("work", "floats"),
    [
        # h, c, four gates and what came in, of each layer; and half as much for its gradient
        (requests.Read(LARGE.ref, RASTER.pixels), 16 * SIDE * 8 * WIDE),
        (requests.Classify(LARGE.ref, np.broadcast_to(np.float32(0), (PICTURES, SIDE, SIDE))),
         PICTURES * CLASSES),
        (requests.MapStates(LARGE.ref), len(reference_digits().few) * SIDE * WIDE),
    ],
    ids=["read", "classify", "map"],
)  # fmt: skip
def test_what_was_asked_for_fits_into_its_frame_and_ten_times_as_much_does_not(work, floats):
    answer = 4 * floats
    assert answer > checks.sizes._SMALL
    assert answer < checks.most_bytes(work, LARGE) < 10 * answer


@pytest.mark.parametrize(
    "work", [requests.FindWatchable(REF), requests.MeasureAccuracy(REF, Experiment())]
)
def test_other_answers_are_small(work):
    assert checks.most_bytes(work, LARGE) == checks.sizes._SMALL
