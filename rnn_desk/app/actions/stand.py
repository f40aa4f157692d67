"""Having the desk stand as another one: one that was saved, or one that a crash has ended.

What lies on it is there at once; the rest of it when its models have been opened.
"""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app import schema
from rnn_desk.app.state import AppState, Canvas
from rnn_desk.app.text import Document
from rnn_desk.app.values import Gates, ModelChoice, RuledUnit, Unit, Units, there_is
from rnn_desk.core.drawing import Drawing, to_json
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Original

_LAID = ("canvas", "models")
"""The parts of a state that are there before the rest is put up."""


def lay(state: AppState, wanted: AppState) -> AppState:
    """Lay down what lies on that desk, with what is done to the picture; what lay here is a step
    that can be undone, if anything did."""
    if not state.canvas.shown.is_empty or state.lab != Experiment():
        state = state.with_step()
    return replace(state, canvas=Canvas(wanted.canvas.finished), lab=wanted.lab.picture_alone())


def put_up(state: AppState, wanted: AppState, units: Units, gates: Gates) -> AppState:
    """Have the rest be as on that desk, whose models read now; what is of a unit, a gate, a layer
    or a row that they do not have is left out.

    What a person has drawn or tried since it was laid down stays.
    """
    lab = state.lab
    laid = state.canvas.finished is wanted.canvas.finished
    if laid and lab == wanted.lab.picture_alone():
        lab = _within(wanted.lab, units, gates)
    for each in schema.carried_by(Document.DESK):
        if each.part not in _LAID and each.attribute != "lab":
            state = each.put(state, each.get(wanted))
    return replace(
        state,
        lab=lab,
        pointed=state.pointed.within(state.pointed.rows, units),
        views=state.views.within(units),
    )


def go_on(state: AppState, wanted: AppState, units: Units, gates: Gates) -> AppState:
    """Have what a person had done in a step of a lesson be so again, now that the step stands."""
    if _text(state.canvas.finished) != _text(wanted.canvas.finished):
        state = replace(state.with_step(), canvas=Canvas(wanted.canvas.finished))
    state = put_up(state, wanted, units, gates)
    return replace(state, lab=_within(wanted.lab, units, gates))


def with_model(state: AppState, place: int, choice: ModelChoice | None) -> AppState:
    """A desk whose first model, or the second one at place 1, is this one."""
    models = state.models
    models = replace(models, first=choice) if place == 0 else replace(models, second=choice)
    return replace(state, models=models)


def without_model(state: AppState, place: int) -> AppState:
    """A desk without one of its models, and without what is of that one: another is in its place,
    with other units, or none."""
    unit = state.pointed.unit_stays
    of = 0 if isinstance(unit, RuledUnit) else unit.model if isinstance(unit, Unit) else None
    return replace(
        with_model(state, place, None),
        lab=state.lab.picture_alone() if place == 0 else state.lab,
        pointed=replace(state.pointed, unit_stays=None if of == place else unit),
        views=replace(
            state.views,
            layers=tuple(each for each in state.views.layers if each.model != place),
        ),
    )


def _within(lab: Experiment, units: Units, gates: Gates) -> Experiment:
    """What is done to layers, units and gates that there are, of the first model."""
    return replace(
        lab,
        off=frozenset(at for at in lab.off if there_is(units, 0, *at)),
        gates=tuple(each for each in lab.gates if each.gate in _at(gates, each.layer)),
        zeroed=frozenset(at for at in lab.zeroed if there_is(units, 0, at[0])),
    )


def _at(gates: Gates, layer: int) -> tuple[str, ...]:
    return gates[layer] if layer < len(gates) else ()


def _text(original: Original) -> object:
    """What two drawings of the same strokes have in common; a picture is another one each time."""
    return to_json(original) if isinstance(original, Drawing) else original
