"""The ways in which a model may want its pictures, the plainest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import get_args

from rnn_desk.core.card import (
    COLOURS,
    OF_COLOURS,
    Alpha,
    Dtype,
    Margin,
    Polarity,
    ValueRange,
)
from rnn_desk.core.orientation import Turn
from rnn_desk.engine.input_spec.feeding import RGBA, is_whole
from rnn_desk.engine.input_spec.input_shape import Fit, Signature
from rnn_desk.engine.input_spec.trial import plain_reading
from rnn_desk.protocol.findings import Way

_USUAL: tuple[ValueRange, ...] = ("0..1", "mnist", "-1..1", "0..255", "0..16")
_RARER: tuple[ValueRange, ...] = ("-0.5..0.5", "-128..127")

_SIDE_OF_0_TO_16 = 8
"""Pixels: the pictures of scikit-learn's digits, from which models of that side are made, count the
ink in each pixel from 0 to 16."""

_TIGHT = range(8, 21)
"""Pixels a side of pictures that have seldom paper around their ink."""

_BETWEEN = ((4.5, -2.0), (12.0, -3.0))
"""Factors and offsets of pixels that lie between those of the named ranges."""

_SCALES = (0.5, 1.0, 3.0, 10.0, 60.0, 127.0, 255.0)
_GREYS = (0.0, 0.15, 0.45, 0.8)
"""Factors, and what grey becomes 0, from which a search for others begins."""


_LARGEST_INT8, _LARGEST_UINT16 = 127.0, 65535.0
"""What white is to models that take a picture as signed bytes with no zero point, or as pairs of
bytes."""


def usual_ways(found: Signature) -> Iterator[Way]:
    """Every usual way to feed an input of that signature."""
    for fit in found.fits:
        for margin in _margins(fit.side):
            for way in lying((fit,), found.dtype, ("upright",), margin):
                for span in value_ranges(way.side, found.dtype):
                    yield Way(replace(way.input, value_range=span), way.side)


def _margins(side: int) -> tuple[Margin, ...]:
    """What paper may be around the ink of pictures of that side, the plainest first."""
    if side == _SIDE_OF_0_TO_16:
        return "counted", "none", "mnist"
    return ("none", "mnist") if side in _TIGHT else ("mnist",)


def lying(
    fits: Iterable[Fit],
    dtype: Dtype,
    turns: tuple[Turn, ...] = get_args(Turn),
    margin: Margin = "mnist",
) -> Iterator[Way]:
    """Every way to lay a picture before an input, as it is and as its negative, in one range."""
    polarities: tuple[Polarity, ...] = get_args(Polarity)
    for fit, turn, by_columns, polarity in product(fits, turns, (False, True), polarities):
        alphas: tuple[Alpha, ...] = get_args(Alpha) if fit.channels == RGBA else ("opaque",)
        for alpha in alphas:
            reading = replace(
                plain_reading(fit, dtype),
                polarity=polarity,
                reading="columns" if by_columns else "rows",
                turn=turn,
                alpha=alpha,
                margin=margin,
            )
            yield Way(reading, fit.side)


def value_ranges(side: int, dtype: Dtype) -> tuple[ValueRange, ...]:
    """The usual ranges of values that pictures of that side come in."""
    if dtype == "bool":
        return ("0..1",)
    ranges: list[ValueRange] = ["0..255", "0..1", "0..16"] if is_whole(dtype) else list(_USUAL)
    if dtype == "int8":
        ranges[0] = "-128..127"
    if side == _SIDE_OF_0_TO_16:
        ranges.remove("0..16")
        ranges.insert(ranges.index("0..255") if "0..255" in ranges else 0, "0..16")
    return tuple(ranges)


def spread(way: Way) -> Iterator[Way]:
    """The way in ranges so different that the right one is near to one of them."""
    ranges = set(value_ranges(way.side, way.input.dtype)) | set(_RARER)
    if is_whole(way.input.dtype):
        ranges -= set(_RARER[:1])
    for span in (*_USUAL, *_RARER):
        if span in ranges and span != "0..16":
            yield Way(replace(way.input, value_range=span), way.side)
    if not is_whole(way.input.dtype):
        yield from (scaled(way, (factor,), (term,)) for factor, term in _BETWEEN)
    elif way.input.dtype == "int8":
        yield scaled(way, (_LARGEST_INT8,), (0.0,))
    elif way.input.dtype == "uint16":
        yield scaled(way, (_LARGEST_UINT16,), (0.0,))


def unscaled(way: Way) -> Way:
    """The way without its range."""
    return Way(replace(way.input, value_range="0..1", scale=(), offset=()), way.side)


def scaled_ways(way: Way) -> Iterator[Way]:
    """The way with every range that has a name, and with a few that have none."""
    reading = way.input
    named = list(value_ranges(way.side, reading.dtype))
    if not is_whole(reading.dtype):
        named += _RARER
        if reading.channels == COLOURS:
            named += OF_COLOURS
    elif "u" not in reading.dtype:
        named += ("-128..127",)
    for span in dict.fromkeys(named):
        yield Way(replace(reading, value_range=span), way.side)
    if reading.dtype == "bool":
        return
    if reading.dtype == "uint16":
        yield scaled(way, (_LARGEST_UINT16,), (0.0,))
    for factor, grey in product(_SCALES, _GREYS):
        if is_whole(reading.dtype) and (factor < 10 or ("u" in reading.dtype and grey)):
            continue
        yield scaled(way, (factor,), (-factor * grey,))


def scaled(way: Way, factor: tuple[float, ...], term: tuple[float, ...]) -> Way:
    """The way with numbers of its own."""
    # Adding 0 makes no -0 of a product that is none.
    reading = replace(
        way.input, value_range="scaled", scale=factor, offset=tuple(each + 0.0 for each in term)
    )
    return Way(reading, way.side)
