"""Forgetting what is a person's own, on a computer that others use too."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app.state import AppState


def person(state: AppState) -> AppState:
    """Know of no file and no folder of the person's any more."""
    return replace(state, personal=replace(state.personal, recent=(), folder=""))
