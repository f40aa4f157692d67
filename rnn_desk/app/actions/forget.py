"""Forgetting what is a person's own, on a computer that others use too."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app.state import AppState, Collecting


def toggle_recovery(state: AppState) -> AppState:
    """Have the desk come back after a crash, or keep nothing for that."""
    on = not state.personal.recover
    return replace(state, personal=replace(state.personal, recover=on))


def person(state: AppState) -> AppState:
    """Know of no file and no folder of the person's any more."""
    return replace(
        state,
        personal=replace(state.personal, recent=(), folder=""),
        collecting=Collecting(classes=state.collecting.classes),
    )
