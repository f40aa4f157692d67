"""The asking of a writer, with one that is worked out by hand: three columns, two classes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from rnn_desk.core import writing
from rnn_desk.core.errors import Refused
from rnn_desk.core.writing import Array, Wish, WriterShape

SHAPE = WriterShape(side=3, classes=2, units=2)
NOTHING = np.zeros((0, 3), np.float32)


def by_hand(fed: dict[str, Array]) -> tuple[Array, ...]:
    """A step: the state counts rows and ink, and a pixel's logit is a sum of what stands before."""
    assert tuple(fed) == writing.INPUTS
    above, told, draws = fed["above"], fed["class"], fed["draws"]
    h = fed["h"] + [1, 0]
    c = fed["c"] + np.stack([above.sum(1), told[:, 1]], 1)
    row, chances = np.zeros_like(above), np.zeros_like(above)
    for column in range(3):
        left = row[:, :column].sum(1)
        logit = 0.4 * left - 0.5 * above[:, column] + 0.3 * h[:, 0] - 0.2 * c.sum(1) - 0.1 * column
        chances[:, column] = 1 / (1 + np.exp(-logit / fed["temperature"][:, column]))
        row[:, column] = draws[:, column] < chances[:, column]
    return row, chances, h.astype(np.float32), c.astype(np.float32)


def pixels(wish: Wish) -> Array:
    return np.stack([row.pixels for row in writing.written(by_hand, SHAPE, wish)], 1)


@pytest.mark.parametrize("label", [None, 0, 1])
def test_the_likelihoods_of_all_pictures_add_up_to_one(label: int | None) -> None:
    every = np.array(list(product((0, 1), repeat=9)), np.float32).reshape(-1, 3, 3)
    told = writing.one_hot(label, len(every), 2)
    nats = writing.nats(by_hand, SHAPE, every, told)
    assert nats.shape == (512, 3, 3)
    assert np.exp(-nats.sum((1, 2))).sum() == pytest.approx(1, abs=1e-5)


def test_pictures_come_as_often_as_they_are_likely() -> None:
    written = np.concatenate([pixels(Wish(NOTHING, 1, seed=seed, count=500)) for seed in range(20)])
    kinds, counts = np.unique(written.reshape(-1, 9), axis=0, return_counts=True)
    ink = kinds.reshape(-1, 3, 3)
    nats = writing.nats(by_hand, SHAPE, ink, writing.one_hot(1, len(ink), 2)).sum((1, 2))
    common = counts > 40
    assert common.sum() > 20
    # Five deviations of a count of 10,000.
    expected = np.exp(-nats[common]) * 10_000
    assert (np.abs(counts[common] - expected) < 5 * np.sqrt(expected)).all()


def test_the_same_seed_writes_the_same_however_many_and_whatever_is_given() -> None:
    one = pixels(Wish(NOTHING, seed=3, count=1))
    many = pixels(Wish(NOTHING, seed=3, count=6))
    assert (one[0] == many[0]).all()
    assert (many != pixels(Wish(NOTHING, seed=4, count=6))).any()
    begun = pixels(Wish(one[0, :2], seed=3, count=1))
    assert (begun == one).all()


def test_given_rows_are_kept_and_greys_become_ink_as_often_as_they_are_dark() -> None:
    given = np.array([[1, 0, 0.25]], np.float32)
    rows = list(writing.written(by_hand, SHAPE, Wish(given, seed=1, count=400)))
    assert (rows[0].pixels[:, 0] == 1).all()
    assert (rows[0].pixels[:, 1] == 0).all()
    assert rows[0].pixels[:, 2].mean() == pytest.approx(0.25, abs=0.1)
    assert [row.row for row in rows] == [0, 1, 2]
    assert (rows[1].c[:, 0] == rows[0].pixels.sum(1)).all()  # the state saw what was given


def test_a_temperature_is_that_of_pixels_with_ink_near_above() -> None:
    above = np.zeros((1, 9), np.float32)
    assert (writing.temperatures(above, 0.5) == 1).all()
    above[0, 6] = 1
    assert writing.temperatures(above, 0.5)[0].tolist() == [1] * 4 + [0.5] * 5
    ink_above = np.ones((1, 3), np.float32)
    cold = pixels(Wish(ink_above, temperature=0.05, count=50))[:, 1]
    assert (cold == cold[0]).mean() > 0.9  # as good as certain
    warm = pixels(Wish(ink_above, temperature=1.0, count=50))[:, 1]
    assert (warm == warm[0]).mean() < 0.8


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (Wish(np.zeros((1, 4), np.float32)), "not of 3 pixels"),
        (Wish(np.zeros((4, 3), np.float32)), "more rows are begun than the 3"),
        (Wish(np.full((1, 3), np.nan, np.float32)), "not of 0 to 1"),
        (Wish(NOTHING, label=2), "writes no class 2"),
        (Wish(NOTHING, label=-1), "writes no class -1"),
        (Wish(NOTHING, temperature=0.0), "temperature is a number"),
        (Wish(NOTHING, temperature=float("nan")), "temperature is a number"),
        (Wish(NOTHING, count=0), "1 to 500 pictures"),
        (Wish(NOTHING, count=501), "1 to 500 pictures"),
        (Wish(NOTHING, seed=-1), "a seed is a whole number"),
    ],
)
def test_what_cannot_be_written_is_refused(wish: Wish, why: str) -> None:
    with pytest.raises(Refused, match=why):
        writing.written(by_hand, SHAPE, wish)


def test_a_whole_picture_may_be_given() -> None:
    whole = np.eye(3, dtype=np.float32)
    assert (pixels(Wish(whole, count=2)) == whole).all()
    assert (pixels(replace(Wish(whole, count=2), seed=9)) == whole).all()


def test_a_colder_writer_is_told_its_class_more_firmly() -> None:
    assert [writing.emphasis(t) for t in (2.0, 1.0, 0.8, 0.5, 0.05)] == [0.5, 1, 1.25, 2, 2]
    row = next(writing.written(by_hand, SHAPE, Wish(NOTHING, 1, temperature=0.8)))
    assert row.c[0, 1] == 1.25
