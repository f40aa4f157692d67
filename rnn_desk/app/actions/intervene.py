"""Experiments: what is done to the picture before it is read, and to the network as it reads."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app.state import AppState
from rnn_desk.core.lab import Experiment


def try_out(state: AppState, experiment: Experiment, turning: str = "") -> AppState:
    """Do this, as a step.

    turning: the control that is being turned, if one is; while it goes on being turned, and
    nothing else happens, all of it is one step.
    """
    if experiment == state.lab:
        return state
    if not turning or turning != state.past.turning:
        state = state.with_step()
    return replace(state, lab=experiment, past=replace(state.past, turning=turning))


def cover_row(state: AppState) -> AppState:
    """Cover the row looked at, or uncover it."""
    row = state.pointed.row
    if row is None:
        return state
    return try_out(state, replace(state.lab, covered=state.lab.covered ^ {row}))


def cover(state: AppState, rows: frozenset[int], drag: str = "") -> AppState:
    """Cover these rows and no others; while one drag goes on, all of it is one step."""
    return try_out(state, replace(state.lab, covered=rows), drag)


def shuffle_rows(state: AppState) -> AppState:
    """Put the rows into another order, always the same one; or back."""
    return try_out(state, replace(state.lab, shuffle=0 if state.lab.shuffle is None else None))


def switch_unit(state: AppState) -> AppState:
    """Switch the unit looked at off, or on again; it stays the one that is looked at."""
    unit = state.pointed.unit
    if unit is None or unit.model != 0:
        return state
    off = state.lab.off ^ {(unit.layer, unit.unit)}
    state = replace(state, pointed=replace(state.pointed, unit_stays=unit))
    return try_out(state, replace(state.lab, off=off))


def can_switch_unit(state: AppState) -> bool:
    """Whether the unit looked at can be switched off, or on again."""
    unit = state.pointed.unit
    return state.models.alterable and unit is not None and unit.model == 0


def is_unit_off(state: AppState) -> bool:
    """Whether the unit looked at is switched off."""
    unit = state.pointed.unit
    return unit is not None and unit.model == 0 and (unit.layer, unit.unit) in state.lab.off


def change_layer(state: AppState, layer: int) -> AppState:
    """Have what is done to a layer done to this one from now on."""
    return replace(state, views=replace(state.views, lab_layer=layer))


def forget_state(state: AppState) -> AppState:
    """Have the layer chosen forget everything after the row looked at; or not any more."""
    layer, row = state.views.lab_layer, state.pointed.row
    if row is None:
        return state
    return try_out(state, replace(state.lab, zeroed=state.lab.zeroed ^ {(layer, row)}))


def can_forget_state(state: AppState) -> bool:
    """Whether there is a state to be forgotten at the row looked at."""
    return state.models.alterable and state.pointed.row is not None


def is_state_forgotten(state: AppState) -> bool:
    """Whether it is forgotten there."""
    return (state.views.lab_layer, state.pointed.row) in state.lab.zeroed


def reset(state: AppState) -> AppState:
    """Do nothing to the picture or the network any more."""
    return try_out(state, Experiment())


def leave_network(state: AppState) -> AppState:
    """Do nothing to the network any more: another one, with other units, has come."""
    return try_out(state, state.lab.picture_alone()) if state.lab.changes_network else state
