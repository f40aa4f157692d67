"""Giving a lesson: its steps are put up one after the other, and all is as before at its end."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app import schema
from rnn_desk.app.actions import point
from rnn_desk.app.lessons import Lesson, LessonStep
from rnn_desk.app.state import AppState, Canvas, Past, Teaching
from rnn_desk.app.text import Document
from rnn_desk.app.values import LessonPlace, Reply, RuledUnit, Unit, Units
from rnn_desk.core.landmarks import ROWS, UNITS
from rnn_desk.core.picture import Original
from rnn_desk.core.questions import Answer, Readings
from rnn_desk.core.ruled import between_lines
from rnn_desk.core.trace import Trace


def begin(state: AppState, lesson: Lesson, number: int) -> AppState:
    """Begin a lesson at this step, counted from 0, and keep the desk as it stands; or, where
    another lesson is given, as it stood before that one."""
    before = _before(state) or _at_rest(state)
    lent = state.canvas.finished
    place, steps = LessonPlace(lesson.name, number), len(lesson.steps)
    return replace(state, teaching=Teaching(place, steps, before, lent=lent))


def go(state: AppState, number: int) -> AppState:
    """Go to another step, which is put up as soon as all that it needs is there.

    A unit that the person chose meanwhile is taken along.
    """
    teaching = state.teaching
    if teaching.place is None:
        return state
    chosen = teaching.chosen
    if teaching.phase == "stands":
        pinned = state.pointed.pinned_unit
        chosen = None if pinned == teaching.unit else pinned
    place = replace(teaching.place, step=number)
    return replace(state, teaching=replace(teaching, place=place, chosen=chosen, phase="due"))


def put_up(state: AppState, step: LessonStep, units: Units) -> AppState:
    """Have the desk stand as the step says, but for what is found in the reading, by `stand`.

    A digit that was put there before is not put there again where the person has drawn another
    since; where that gives way to another digit, it is a step of what was before the lesson.
    """
    teaching, own = state.teaching, own_drawing(state)
    lent = step.state.canvas.finished
    if step.state.writing.on:
        lent = between_lines(lent)
    stays = own is not None and teaching.lent is not None and _are_same(teaching.lent, lent)
    teaching = replace(teaching, before=_before(state, own if stays else None))
    state = _at_rest(state)
    for each in schema.carried_by(Document.LESSON):
        state = each.put(state, each.get(step.state))
    unit = teaching.found_for(step.state) or step.state.pointed.unit_stays
    if teaching.chosen is not None and teaching.chosen.is_in(units):
        unit = teaching.chosen
    return replace(
        state,
        canvas=Canvas(own if own is not None and stays else lent),
        past=Past(),
        pointed=replace(state.pointed.within(state.pointed.rows), unit_stays=unit, playing=False),
        views=replace(state.views, target="answer"),
        teaching=replace(
            teaching,
            lent=lent,
            phase="put up",
            ask=step.state.teaching.ask,
            hide=step.state.teaching.hide,
            reply=None,
        ),
    )


def stand(state: AppState, step: LessonStep, trace: Trace | None) -> AppState:
    """Find in the reading the row and the unit that the step has a rule for, and play it where it
    is to be played: now the desk stands as it says."""
    state = resolve(state, trace)
    teaching, unit = state.teaching, state.pointed.pinned_unit
    if step.state.pointed.unit_stays is not None and unit is not None and unit != teaching.chosen:
        teaching = teaching.with_found(step.state, unit)
    row = state.pointed.pinned
    state = replace(state, teaching=replace(teaching, phase="stands", unit=unit, row=row))
    if step.state.pointed.playing and trace is not None:
        return point.play(state, True)
    return state


def answer(state: AppState, given: Answer | None, readings: Readings) -> AppState:
    """Take the answer to the step's question, or show it where None is given; what was hidden is
    shown from now on. A drawing answers what it was asked for when it does it."""
    teaching = state.teaching
    asks = teaching.asks
    if asks is None or teaching.phase != "stands":
        return state
    truth = asks.truth(readings)
    if asks.kind == "draw":
        right = asks.task.is_done(readings)
        if given is not None and not right:
            return state
    else:
        right = given is not None and truth is not None and asks.is_right(given, truth)
    return replace(state, teaching=replace(teaching, reply=Reply(given, truth, right)))


def resolve(state: AppState, trace: Trace | None) -> AppState:
    """Find the row and the unit that are pointed at by a rule: none without a reading, nor in one
    that has no such layer or unit."""
    pointed = state.pointed
    row, unit = pointed.stays, pointed.unit_stays
    layers = () if trace is None else trace.layers
    if isinstance(row, str):
        row = None if trace is None else ROWS[row](trace)
    if isinstance(unit, RuledUnit):
        there = unit.layer < len(layers)
        unit = Unit(0, unit.layer, UNITS[unit.rule](layers[unit.layer])) if there else None
    elif unit is not None and unit.model == 0 and trace is not None:
        unit = unit if unit.is_in((tuple(layer.units for layer in layers),)) else None
    return point.look_at(state, replace(pointed, stays=row, unit_stays=unit))


def end(state: AppState) -> AppState:
    """Have everything as it was before the lesson; what was drawn in it is a step of its past, so
    that nothing is lost."""
    before = _before(state)
    if before is None:
        return state
    lesson = schema.carried_by(Document.LESSON)
    for each in schema.carried_by(Document.SETTINGS):
        if each not in lesson:
            before = each.put(before, each.get(state))  # what a person chose meanwhile stays so
    return replace(
        before, teaching=Teaching(), collecting=state.collecting, authoring=state.authoring
    )


def is_given(name: str, state: AppState) -> bool:
    """Whether the lesson of that name is given."""
    return state.teaching.place is not None and state.teaching.place.name == name


def step_of(state: AppState) -> int:
    """The number of the lesson's step, from 0; 0 too where none is given."""
    return 0 if state.teaching.place is None else state.teaching.place.step


def steps_left(state: AppState) -> int:
    """How many steps the lesson has after this one."""
    teaching = state.teaching
    return 0 if teaching.place is None else teaching.steps - 1 - teaching.place.step


def own_drawing(state: AppState) -> Original | None:
    """What the person drew in the lesson, if that is what lies on the canvas."""
    drawing, lent = state.canvas.finished, state.teaching.lent
    return None if lent is None or drawing.is_empty or drawing is lent else drawing


def _before(state: AppState, stays: Original | None = None) -> AppState | None:
    """The desk as it was before the lesson, with what the person drew since as steps of it: what
    lies on the canvas, unless it stays there, and what gave way to something else."""
    before, lent = state.teaching.before, state.teaching.lent
    if before is None or lent is None:
        return before
    past = before.past
    drawings = (*(drawing for drawing, _ in state.past.undone_next), state.canvas.finished)
    for drawing, after in zip(drawings, (*drawings[1:], stays), strict=True):
        own = drawing is not lent and not drawing.is_empty
        if own and not (after is not None and _goes_on(drawing, after)):
            past = past.with_step(drawing, before.lab)
    return replace(before, past=past)


def _goes_on(drawing: Original, after: Original) -> bool:
    """Whether all of the drawing lies there after it too."""
    count = len(drawing.strokes)
    return after is drawing or (count > 0 and after.strokes[:count] == drawing.strokes)


def _are_same(a: Original, b: Original) -> bool:
    return a is b or (a.is_empty and b.is_empty)


def _at_rest(state: AppState) -> AppState:
    """The state without what is under way: a stroke that is being made, a replay, playing, what the
    pointer is over."""
    canvas = state.canvas
    if any(each is not None for each in (canvas.live, canvas.waiting, canvas.replayed)):
        canvas = Canvas(canvas.finished)
    pointed = replace(state.pointed, hovered=None, hovered_unit=None, playing=False)
    return replace(state, canvas=canvas, pointed=pointed)
