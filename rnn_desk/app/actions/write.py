"""Asking the writer: endings of what is begun, or pictures from nothing."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app.actions import draw, point
from rnn_desk.app.codecs import MOST_SEEDS
from rnn_desk.app.state import AppState, Writing
from rnn_desk.core.arrays import Array
from rnn_desk.core.picture import picture_of
from rnn_desk.core.ruled import between_lines, is_whole
from rnn_desk.core.writing import LEAST_TEMPERATURE, MOST_TEMPERATURE, as_levels

HALF = 13
"""The row looked at where a digit lies there whole as the writer is first asked."""


def toggle(state: AppState) -> AppState:
    """Have the desk there for writing; or for reading, as it was before.

    A drawing that lies there is laid between the lines, as a step; where it is whole, it is looked
    at down to its middle, as from there on it can be ended otherwise.
    """
    if state.writing.on:
        return _with(point.play(state, False), replace(state.writing, on=False, picture=None))
    laid = between_lines(state.canvas.finished)
    if laid is not state.canvas.finished:
        state = draw.put(state, laid)
    if is_whole(laid) and state.pointed.pinned is None:
        state = point.pin(state, HALF)
    return _with(state, replace(state.writing, on=True, picture=None))


def dream(state: AppState, on: bool) -> AppState:
    """Write from nothing, in place of ending what is begun; or end it."""
    state = point.play(state, False)
    if on:
        state = point.pin(state, None)
    return _with(state, replace(state.writing, on=True, dream=on, picture=None))


def as_class(state: AppState, label: int | None) -> AppState:
    """Tell the writer the class; the same once more, or None, no class any more."""
    told = None if label == state.writing.label else label
    return _with(state, replace(state.writing, label=told))


def temper(state: AppState, temperature: float) -> AppState:
    """Write at this temperature, kept within what the writer takes."""
    kept = min(max(temperature, LEAST_TEMPERATURE), MOST_TEMPERATURE)
    return _with(state, replace(state.writing, temperature=kept))


def seed(state: AppState, number: int) -> AppState:
    """Draw from this seed: the same one gives the same pictures."""
    return _with(state, replace(state.writing, seed=max(0, min(MOST_SEEDS - 1, number))))


def another_seed(state: AppState) -> AppState:
    """Draw from the next seed."""
    return seed(state, state.writing.seed + 1)


def look_at(state: AppState, picture: int | None) -> AppState:
    """Look at this one of the written pictures, or at none of them."""
    return _with(state, replace(state.writing, picture=picture))


def take(state: AppState, pixels: Array) -> AppState:
    """Put a written picture, 0 paper .. 1 ink, on the canvas, as a step; all of it is looked at."""
    picture = picture_of(as_levels(pixels), as_it_is=True)
    state = _with(state, replace(state.writing, dream=False, picture=None))
    return point.pin(draw.put(state, picture), None)


def _with(state: AppState, writing: Writing) -> AppState:
    return replace(state, writing=writing)
