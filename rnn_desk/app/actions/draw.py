"""Drawing, undo, replay: what is done to the canvas, and to what lies on it."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app.actions import point
from rnn_desk.app.state import AppState, Past, Step
from rnn_desk.core.drawing import Drawing, Stroke
from rnn_desk.core.picture import Original, Picture
from rnn_desk.core.ruled import between_lines
from rnn_desk.core.scan.areas import Box


def show_live(state: AppState, stroke: Stroke) -> AppState:
    """Show the stroke that is being made, as it is so far."""
    return replace(state, canvas=replace(state.canvas, live=stroke, dragged=None, replayed=None))


def finish(state: AppState) -> AppState:
    """Make a step of the stroke that was being made; then lay down what has waited for it."""
    live = state.canvas.live
    if live is None:
        return state
    whole = state.canvas.finished.with_stroke(live)
    return _lay_waiting(put(_without_live(state), whole))


def abandon(state: AppState) -> AppState:
    """Drop the stroke that is being made, as when a touch is cancelled."""
    return state if state.canvas.live is None else _lay_waiting(_without_live(state))


def put(state: AppState, drawing: Original) -> AppState:
    """Put another drawing on the canvas, as a step: at once, or once the stroke being made is
    done."""
    canvas = state.canvas
    if canvas.live is not None:
        return replace(state, canvas=replace(canvas, waiting=drawing))
    lying = replace(canvas, finished=drawing, dragged=None, replayed=None)
    return _asked_anew(replace(state.with_step(), canvas=lying))


def lay(state: AppState, original: Original) -> AppState:
    """Put something ready-made on the canvas: between the lines, where it is ruled."""
    return put(state, between_lines(original) if state.writing.on else original)


def drag_box(state: AppState, box: Box) -> AppState:
    """Show this box of the picture, which is still being dragged, and not read yet."""
    canvas = state.canvas
    if canvas.live is not None or not isinstance(canvas.finished, Picture):
        return state
    dragged = canvas.finished.reading(box)
    return replace(state, canvas=replace(canvas, dragged=dragged, replayed=None))


def drop_box(state: AppState) -> AppState:
    """Read what is in the box that was dragged, as a step."""
    dragged = state.canvas.dragged
    return state if dragged is None else put(state, dragged.reading(dragged.box))


def leave_box(state: AppState) -> AppState:
    """Have the box where it was before it was dragged."""
    if state.canvas.dragged is None:
        return state
    return replace(state, canvas=replace(state.canvas, dragged=None))


def pick(state: AppState, number: int) -> AppState:
    """Read this digit of the picture, by its number from 0, as a step."""
    picture = state.canvas.finished
    if not isinstance(picture, Picture) or state.canvas.live is not None:
        return state
    if not 0 <= number < len(picture.found.digits):
        return state
    box = picture.found.digits[number].box
    return (
        state
        if picture.digit is not None and picture.digit.box == box
        else put(state, picture.reading(box))
    )


def clear(state: AppState) -> AppState:
    """Empty the canvas, if there is anything on it.

    Nothing is looked at any more: a pinned row would have the next digit read up to there alone.
    """
    state = replay(state, None)
    if state.canvas.shown.is_empty:
        return state
    if state.canvas.live is not None:  # undo brings it back too
        state = put(_without_live(state), state.canvas.shown)
    return point.pin(_lay_waiting(put(state, Drawing())), None)


def replay(state: AppState, drawing: Drawing | None) -> AppState:
    """Show a drawing in place of what lies on the canvas, for a while; None ends that.

    It is no step: whatever is done next is done to what lies there, which is shown again.
    """
    if state.canvas.replayed is drawing:
        return state  # a canvas equals no other one
    return replace(state, canvas=replace(state.canvas, replayed=drawing))


def undo(state: AppState) -> AppState:
    """Take the last step back, or drop the stroke that is being made."""
    state, past = leave_box(replay(state, None)), state.past
    if state.canvas.live is not None:
        return abandon(state)
    if not past.can_undo:
        return state
    *before, step = past.undone_next
    return _at(state, step, Past(tuple(before), (*past.redone_next, _step(state))))


def redo(state: AppState) -> AppState:
    """Make the last undone step again."""
    state, past = leave_box(replay(state, None)), state.past
    if not past.can_redo or state.canvas.live is not None:
        return state
    *after, step = past.redone_next
    return _at(state, step, Past((*past.undone_next, _step(state)), tuple(after)))


def _without_live(state: AppState) -> AppState:
    return _asked_anew(replace(state, canvas=replace(state.canvas, live=None)))


def _asked_anew(state: AppState) -> AppState:
    """On an empty sheet, gradients are of the answer again."""
    if not state.canvas.shown.is_empty or state.views.target == "answer":
        return state
    return replace(state, views=replace(state.views, target="answer"))


def _lay_waiting(state: AppState) -> AppState:
    waiting = state.canvas.waiting
    if waiting is None:
        return state
    return put(replace(state, canvas=replace(state.canvas, waiting=None)), waiting)


def _step(state: AppState) -> Step:
    return state.canvas.finished, state.lab


def _at(state: AppState, step: Step, past: Past) -> AppState:
    """The state as at that step, with that past."""
    drawing, experiment = step
    canvas = state.canvas
    if drawing is not canvas.finished:
        canvas = replace(canvas, finished=drawing)
    return _asked_anew(replace(state, canvas=canvas, lab=experiment, past=past))
