"""Making a lesson of one's own: states of the desk as its steps, with words and questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rnn_desk.app import schema
from rnn_desk.app.state import AppState, Authoring
from rnn_desk.app.text import Document
from rnn_desk.app.values import Draft

MOST_STEPS_BACK = 100

_SAID = ("words", "notes", "ask", "hide")
"""What a step says beside how the desk stands."""


def begin(state: AppState, file: str, draft: Draft) -> AppState:
    """Edit this lesson, which is in that file."""
    return replace(state, authoring=Authoring(file, draft))


def end(state: AppState) -> AppState:
    """Edit no lesson any more."""
    return replace(state, authoring=Authoring())


def desk_as_step(state: AppState) -> dict[str, Any]:
    """The desk as it stands, as a step of a lesson says it; without what a step asks and hides."""
    record = schema.written(state, Document.LESSON)
    for key in ("model", "compare"):
        if isinstance(record.get(key), Mapping):
            record[key] = record[key]["file"]
    return {key: value for key, value in record.items() if key not in _SAID}


def add_step(state: AppState) -> AppState:
    """Make the desk as it stands a step after the one that is edited."""
    draft, at = state.authoring.draft, state.authoring.step + 1
    if draft is None:
        return state
    steps = (*draft.steps[:at], {"words": "", **desk_as_step(state)}, *draft.steps[at:])
    return _with(state, replace(draft, steps=steps), at)


def take_desk(state: AppState) -> AppState:
    """Have the step that is edited show the desk as it stands; what it says stays."""
    step = state.authoring.now
    if step is None:
        return state
    said = {key: step[key] for key in _SAID if key in step}
    return _with_step(state, {**said, **desk_as_step(state)}, is_step=True)


def say(state: AppState, name: str, value: Any) -> AppState:
    """Have the step that is edited say this; None, or nothing, leaves it out."""
    step = state.authoring.now
    if step is None:
        return state
    changed = {**step, name: value}
    if value in (None, "") and name != "words":
        del changed[name]
    return _with_step(state, changed)


def say_of_all(state: AppState, name: str, value: Any) -> AppState:
    """Have the whole lesson say this: its title, its aim or its minutes."""
    draft = state.authoring.draft
    return state if draft is None else _with(state, replace(draft, **{name: value}), is_step=False)


def choose(state: AppState, step: int) -> AppState:
    """Edit this step, counted from 0."""
    authoring = state.authoring
    if authoring.draft is None or not 0 <= step < len(authoring.draft.steps):
        return state
    return replace(state, authoring=replace(authoring, step=step))


def move(state: AppState, by: int) -> AppState:
    """Move the step that is edited so many places down."""
    draft, at = state.authoring.draft, state.authoring.step
    if draft is None or not 0 <= at + by < len(draft.steps):
        return state
    steps = [*draft.steps]
    steps.insert(at + by, steps.pop(at))
    return _with(state, replace(draft, steps=tuple(steps)), at + by)


def remove(state: AppState) -> AppState:
    """Leave out the step that is edited, unless it is the only one."""
    draft, at = state.authoring.draft, state.authoring.step
    if draft is None or len(draft.steps) < 2:
        return state
    steps = (*draft.steps[:at], *draft.steps[at + 1 :])
    return _with(state, replace(draft, steps=steps), min(at, len(steps) - 1))


def undo(state: AppState) -> AppState:
    """Take back the last step that was added, removed, moved or taken anew."""
    authoring = state.authoring
    if not authoring.past:
        return state
    *past, (draft, step) = authoring.past
    return replace(state, authoring=replace(authoring, draft=draft, step=step, past=tuple(past)))


def is_edited(state: AppState) -> bool:
    """Whether a lesson is edited."""
    return state.authoring.draft is not None


def _with_step(state: AppState, step: Mapping[str, Any], is_step: bool = False) -> AppState:
    draft, at = state.authoring.draft, state.authoring.step
    assert draft is not None
    steps = (*draft.steps[:at], step, *draft.steps[at + 1 :])
    return _with(state, replace(draft, steps=steps), at, is_step)


def _with(state: AppState, draft: Draft, at: int | None = None, is_step: bool = True) -> AppState:
    """The state with this draft. is_step: whether that can be taken back here; words are, where
    they are written."""
    before = state.authoring
    if draft == before.draft or before.draft is None:
        return state
    past = before.past
    if is_step:
        past = (*past, (before.draft, before.step))[-MOST_STEPS_BACK:]
    step = before.step if at is None else at
    return replace(state, authoring=replace(before, draft=draft, step=step, past=past))
