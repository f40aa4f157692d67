"""Pointing at a row, and at a unit of a layer."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app.state import AppState, Pointed
from rnn_desk.app.values import Unit


def hover(state: AppState, row: int | None, unit: Unit | None = None) -> AppState:
    """Look at the row and the unit under the pointer, or at none; nor at a row that is hidden."""
    hidden = state.unread_from
    if row is not None and hidden is not None and row >= hidden:
        row, unit = None, None
    return _with(state, replace(state.pointed, hovered=row, hovered_unit=unit))


def pin(state: AppState, row: int | None) -> AppState:
    """Stay at this row, kept within the picture, and within what of it a question lets be seen;
    None is the whole of that."""
    last, hidden = state.pointed.rows - 1, state.unread_from
    if state.teaching.asks is not None and hidden is not None and not state.pointed.playing:
        last = min(last, hidden - 1)
        row = last if row is None else row
    kept = None if row is None else max(0, min(last, row))
    return _with(state, replace(state.pointed, stays=kept, hovered=None))


def pin_last(state: AppState) -> AppState:
    """Stay at the last row."""
    return pin(state, state.pointed.rows - 1)


def step(state: AppState, by: int) -> AppState:
    """Move by so many rows from the row looked at; from none, in at the top or the bottom."""
    row, rows = state.pointed.row, state.pointed.rows
    if row is None:
        return pin(state, 0 if by > 0 else rows - 1)
    return pin(state, row + by)


def play(state: AppState, on: bool) -> AppState:
    """Have the row move on by itself, from the one looked at, or from the top where all are read;
    or let it rest."""
    row, rows = state.pointed.row, state.pointed.rows
    if on and (row is None or row == rows - 1):
        state = pin(state, 0)
    return _with(state, replace(state.pointed, playing=on))


def toggle_playing(state: AppState) -> AppState:
    """Have the row move on by itself where it rests, and rest where it moves."""
    return play(state, not state.pointed.playing)


def play_on(state: AppState) -> AppState:
    """Move to the next row; after the last one, all are read, and it rests; or, where pictures are
    written from nothing, it is the next one's turn."""
    row, rows = state.pointed.row, state.pointed.rows
    writing = state.writing
    if row is not None and row + 1 >= rows and writing.dreams and writing.next_dream is not None:
        return pin(replace(state, writing=replace(writing, picture=writing.next_dream)), 0)
    if row is None or row + 1 >= rows:
        return _with(state, replace(pin(state, None).pointed, playing=False))
    return pin(state, row + 1)


def pin_unit(state: AppState, unit: Unit | None) -> AppState:
    """Stay at this unit, or at none."""
    return _with(state, replace(state.pointed, unit_stays=unit))


def suggest_unit(state: AppState, unit: Unit | None) -> AppState:
    """Look at this unit for as long as a person chooses none."""
    return _with(state, replace(state.pointed, suggested_unit=unit))


def look_at(state: AppState, pointed: Pointed) -> AppState:
    """Point at exactly this."""
    return _with(state, pointed)


def _with(state: AppState, pointed: Pointed) -> AppState:
    return replace(state, pointed=pointed)
