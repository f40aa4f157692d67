"""Choosing how the window looks, its tools, its device; and what is remembered of a person."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app.actions import point
from rnn_desk.app.schema import Patch
from rnn_desk.app.state import AppState, Look, Models, Pointed
from rnn_desk.app.values import MOST_RECENT, SPEEDS, ModelChoice, Units
from rnn_desk.core.drawing import Tool


def theme(state: AppState, name: str) -> AppState:
    """Dress the window in a theme, by its name, or as the system has it."""
    return _look(state, replace(state.look, theme=name))


def language(state: AppState, name: str) -> AppState:
    """Speak a language, or the system's where the name is empty."""
    return _look(state, replace(state.look, language=name))


def tool(state: AppState, tool: Tool) -> AppState:
    """Draw, or erase."""
    return _look(state, replace(state.look, tool=tool))


def pen_width(state: AppState, name: str) -> AppState:
    """Draw with this pen."""
    return _look(state, replace(state.look, pen_width=name, tool="ink"))


def speed(state: AppState, name: str) -> AppState:
    """Play the rows so fast."""
    return _look(state, replace(state.look, speed=name))


def faster(state: AppState, by: int) -> AppState:
    """Play the rows faster by so many steps, or slower."""
    place = SPEEDS.index(state.look.speed) + by
    return speed(state, SPEEDS[max(0, min(len(SPEEDS) - 1, place))])


def unsure_below(state: AppState, limit: float) -> AppState:
    """Name no class as the answer below this probability."""
    return _look(state, replace(state.look, unsure_below=limit))


def read_by(
    state: AppState,
    models: tuple[ModelChoice, ...],
    rows: int,
    units: Units,
    alterable: bool = False,
) -> AppState:
    """Have these models read, one or two, the first of them pictures of so many rows.

    units, alterable: see `app.state.Models`.
    What is pointed at, and what layers show, is over with the model that it is of; of a file that
    was opened anew, what it does not have any more.
    """
    first, second = [*models, None][:2]
    before = state.models
    views, pointed = state.views, state.pointed
    if _file(before.first) != _file(first):
        views, pointed = replace(views, layers=(), lab_layer=0), Pointed(rows)
    elif _file(before.second) != _file(second):
        views, pointed = views.within(units[:1]), pointed.without_second()
    return replace(
        state,
        models=Models(first, second, before.device, units, alterable),
        views=views.within(units),
        pointed=pointed.within(rows, units),
    )


def _file(model: ModelChoice | None) -> str | None:
    return None if model is None else model.path


def device(state: AppState, name: str) -> AppState:
    """Run the models on the device of that name."""
    return replace(state, models=replace(state.models, device=name))


def folder(state: AppState, path: str) -> AppState:
    """Begin every dialog for files in this folder."""
    return replace(state, personal=replace(state.personal, folder=path))


def opened_lately(state: AppState, path: str) -> AppState:
    """Remember the file of a model that was opened, first of all."""
    others = tuple(each for each in state.personal.recent if each != path)
    recent = (path, *others)[:MOST_RECENT]
    return replace(state, personal=replace(state.personal, recent=recent))


def all_of(state: AppState, patch: Patch) -> AppState:
    """Have everything that a document says be as it says, but for a row beyond the picture."""
    state = patch.over(state)
    return point.look_at(state, state.pointed.within(state.pointed.rows))


def panels(state: AppState, names: str) -> AppState:
    """Note which panels are open."""
    return replace(state, layout=replace(state.layout, panel=names))


def layout(state: AppState, geometry: bytes, panels: bytes, columns: bytes) -> AppState:
    """Note where everything is, in Qt's own words."""
    where = replace(state.layout, geometry=geometry, panels=panels, columns=columns)
    return replace(state, layout=where)


def _look(state: AppState, look: Look) -> AppState:
    return replace(state, look=look)
