"""Collecting drawings: what was meant is said of each, and all of them are in one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from rnn_desk.app.actions import draw, point
from rnn_desk.app.state import AppState, Canvas, Collecting
from rnn_desk.core.drawing import Drawing

MOST_STEPS = 200
"""Steps that can be undone."""

_STRIDE = 7
"""How far on the next class is, so that they do not come in their order."""


def begin(state: AppState, file: str, drawings: tuple[Drawing, ...]) -> AppState:
    """Ask for drawings for this file, which has these already."""
    collecting = replace(state.collecting, on=True, file=file, drawings=drawings, past=())
    return _asking(state, collecting)


def end(state: AppState) -> AppState:
    """Ask for no more drawings."""
    return replace(state, collecting=replace(state.collecting, on=False))


def classes(state: AppState, names: tuple[str, ...]) -> AppState:
    """Ask for these: they are what the model knows that reads now."""
    if names == state.collecting.classes:
        return state
    return _asking(state, replace(state.collecting, classes=names))


def toggle_prompts(state: AppState) -> AppState:
    """Say what is to be drawn; or ask of each drawing what it is."""
    collecting = state.collecting
    return _asking(state, replace(collecting, prompted=not collecting.prompted))


def write_as(state: AppState, name: str) -> AppState:
    """Have what is drawn from now on be of the writer of that pseudonym, "" for nobody's."""
    name = " ".join(name.split())
    if name == state.collecting.writer:
        return state
    return _asking(state, replace(state.collecting, writer=name))


def skip(state: AppState) -> AppState:
    """Ask for another class."""
    collecting = state.collecting
    if not collecting.classes:
        return state
    place = [*collecting.classes, collecting.prompt].index(collecting.prompt)
    following = collecting.classes[(place + _STRIDE) % len(collecting.classes)]
    return replace(state, collecting=replace(collecting, prompt=following))


def keep(state: AppState, label: str) -> AppState:
    """Keep what lies on the canvas as one that was meant to be this, and empty the canvas."""
    state = draw.finish(state)
    drawing, collecting = state.canvas.finished, state.collecting
    if not isinstance(drawing, Drawing) or not _has_ink(drawing):
        return state
    kept = replace(drawing, label=label_of(label), writer=collecting.writer or None)
    there = [each for each in collecting.drawings if each.strokes is drawing.strokes]
    drawings = tuple(each for each in collecting.drawings if each not in there)
    state = _with(state, (*drawings, kept))
    return point.pin(draw.put(state, Drawing()), None)


def keep_prompted(state: AppState) -> AppState:
    """Keep what lies on the canvas as the one that was asked for."""
    return keep(state, state.collecting.prompt)


def can_keep(state: AppState) -> bool:
    """Whether something lies on the canvas that can be kept."""
    drawing = state.canvas.shown
    return state.collecting.on and isinstance(drawing, Drawing) and _has_ink(drawing)


def relabel(state: AppState, which: Collection[Drawing], label: str) -> AppState:
    """Say of these drawings that they were meant to be this."""
    meant = label_of(label)
    drawings = tuple(
        replace(each, label=meant) if each in which and each.label != meant else each
        for each in state.collecting.drawings
    )
    return _with(state, drawings)


def remove(state: AppState, which: Collection[Drawing]) -> AppState:
    """Have these drawings in the file no more."""
    return _with(state, tuple(each for each in state.collecting.drawings if each not in which))


def take_in(state: AppState, drawings: Sequence[Drawing]) -> AppState:
    """Add these drawings, which others have collected."""
    return _with(state, (*state.collecting.drawings, *drawings))


def undo(state: AppState) -> AppState:
    """Have the drawings as they were before the last step; one that was kept in it lies on the
    canvas again, unless something else does."""
    collecting = state.collecting
    if not collecting.past:
        return state
    *past, before = collecting.past
    added = [each for each in collecting.drawings if each not in before]
    state = _asking(state, replace(collecting, drawings=before, past=tuple(past)))
    if len(added) == 1 and len(collecting.drawings) > len(before) and _is_free(state.canvas):
        state = draw.put(state, replace(added[0], label=None, writer=None))
    return state


def label_of(name: str) -> int | str:
    """The label of a class as files have it: a number where its name is one."""
    return int(name) if name.isascii() and name.isdecimal() and str(int(name)) == name else name


def due(collecting: Collecting) -> str:
    """The class that is to be drawn next: one of those that this writer has drawn least, and not in
    their order."""
    names = collecting.classes
    if not names:
        return ""
    own = [each for each in collecting.drawings if (each.writer or "") == collecting.writer]
    counts = Counter(str(each.label) for each in own)
    fewest = min(counts[name] for name in names)
    first = len(own) * _STRIDE + len(names) // 3
    in_turn = [names[(first + k) % len(names)] for k in range(len(names))]
    return next(name for name in in_turn if counts[name] == fewest)


def _with(state: AppState, drawings: tuple[Drawing, ...]) -> AppState:
    """The state with these, as a step."""
    collecting = state.collecting
    if drawings == collecting.drawings:
        return state
    past = (*collecting.past, collecting.drawings)[-MOST_STEPS:]
    return _asking(state, replace(collecting, drawings=drawings, past=past))


def _asking(state: AppState, collecting: Collecting) -> AppState:
    """The state with this, and what is due asked for."""
    return replace(state, collecting=replace(collecting, prompt=due(collecting)))


def _has_ink(drawing: Drawing) -> bool:
    return any(stroke.tool == "ink" for stroke in drawing.strokes)


def _is_free(canvas: Canvas) -> bool:
    return canvas.shown.is_empty and canvas.waiting is None
