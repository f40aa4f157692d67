"""All that the monkey knows of the desk's insides: how one is built, what is under way in it, and
what stands on it. Everything else here goes by widgets, actions and files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.state import AppState, Look, Personal
from rnn_desk.assets_door import asset
from rnn_desk.core.lab import Experiment
from rnn_desk.core.orientation import Orientation
from rnn_desk.core.picture import Original
from rnn_desk.core.trace import Trace
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.session import leave_start_up_be

LIMITS = {"seconds": 6.0, "mebibytes": 600}
"""Of what the opening of a file may take: less than usual, so that more files are played."""


@dataclass(frozen=True, eq=False)
class Model:
    """A model that reads now: its name and the SHA-256 of its file; the side of its pictures and
    the part of it that the ink's box takes; how they lie as it reads them; how wide its layers
    are."""

    name: str
    sha256: str
    frame: tuple[int, float]
    orientation: Orientation
    units: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Standing:
    """What a reading has to be of: what lies on the canvas, what is done to it, by which models.

    traces: what the views were told of last, a Trace a model or None. refused: whether a model was
    asked for its reading, and there is a sentence in place of it. ruled: the mode of writing is on.
    """

    original: Original
    ruled: bool
    experiment: Experiment
    models: tuple[Model, ...]
    traces: tuple[Trace | None, ...]
    refused: tuple[bool, ...]


def new_desk(folder: Path, language: str) -> Desk:
    """A desk as the program builds it, that keeps its settings in the folder."""
    state = AppState(look=Look("light", language), personal=Personal(**LIMITS))
    desk = Desk(state, folder / "settings.json")
    desk.survey.mapped.connect(leave_start_up_be)
    return desk


def begin(desk: Desk) -> None:
    """Open the first model, as the program does once its window is there."""
    desk.open_model(asset("models", "lstm.onnx"))


def open_model(desk: Desk, path: Path, place: int) -> None:
    """Open a model, at place 1 beside the first."""
    desk.open_model(path, place)


def under_way(desk: Desk) -> str:
    """The first thing that is under way and changes what is shown; "" at rest."""
    window = desk.window
    panels = window.panels
    waits = {
        "no model yet": not desk.models.loaded,
        "a model is being opened": not window.header.cancel.isHidden(),
        "a lesson's step is being put up": desk.lessons.busy,
        "a device is being changed": desk.devices.busy,
        "a stroke is being made": desk.store.state.canvas.pen_is_down,
        "the strokes are being replayed": desk.player.running,
        "a reading is being made": not desk.settled,
        "other models are wanted beside": not desk.baselines.ready,
        "a tensor is to be watched": bool(desk.watching._wishes),
        "something is asked of an engine": not desk.engine.jobs.settled,
        "a file is read or written": desk.background._pool.activeThreadCount() > 0,
        "an animation is being written": not window.header.progress.isHidden(),
        "a map is being made": panels.map._being_made,
        "an experiment is being judged": desk.store.state.lab.on
        and bool(desk.models.loaded)
        and panels.lab.accuracy is None,
    }
    return next((what for what, so in waits.items() if so), "")


def waits(desk: Desk) -> str:
    """What is wanted and has not come, a line a slot; what each process was asked; and what the
    desk knows of being busy."""
    slots = "\n".join(
        f"slot {slot.name}: {'' if slot.settled else 'not '}settled, wants "
        f"{type(slot.wanted).__name__}, has {type(slot.outcome).__name__} "
        f"{slot.outcome.why if isinstance(slot.outcome, Failure) else ''}"
        for slot in desk.engine.jobs._slots
        if slot.wanted is not None
    )
    homes = "\n".join(
        f"process {home.process and home.process._process} {home.process and home.process.pid} of "
        f"{home.foreign or 'our own models'}, {home.restarts} restarts, asked: "
        f"{[(a.number, type(a.request).__name__, a.most) for a in home.asked.values()]}"
        for home in desk.engine._processes._homes()
    )
    settled = "has" if desk.settled else "has not"
    return (
        f"{slots}\n{homes}\nthe presenter {settled} settled; the lesson waits for its models: "
        f"{desk.lessons._waits}; for the stage: {desk.lessons._stage.busy}"
    )


def stands(desk: Desk) -> Standing:
    """What lies on the desk and what is shown of it."""
    models = tuple(
        Model(
            model.card.name,
            model.ref.sha256,
            model.card.frame,
            model.orientation,
            tuple(layer.units for layer in model.layers),
        )
        for model in desk.models.loaded
    )
    shown = _shown(desk)
    return Standing(
        desk.store.state.canvas.shown,
        desk.store.state.writing.on,
        desk.store.state.lab,
        models,
        shown[: len(models)],
        tuple(isinstance(slot.outcome, Failure) for slot in desk.presenter._reading),
    )


def _shown(desk: Desk) -> tuple[Trace | None, ...]:
    """The Traces that the views of each model were told of; while something is written, answers are
    to that. What a lesson hides, they have all the same."""
    if desk.store.state.writing.on:
        return (*desk.presenter.traces, None, None)
    return (desk.trace, *(answer._trace for answer in desk.window.answers[1:]))


def shown_by_views(desk: Desk) -> dict[str, Trace | None]:
    """The Trace that each view of the first model has, by the view's name; but for those that the
    mode of writing puts away, or gives to what is written."""
    window = desk.window
    views: dict[str, Trace | None] = {"the canvas": window.canvas._trace}
    if not desk.store.state.writing.on:
        views["the answer"] = window.answers[0]._trace
        for view in (window.reading.rows.seen, *next(iter(window.reading.rows.groups), ())):
            views[type(view).__name__] = view.trace
    for name, panel in window.panels.by_name.items():
        views[f"the panel {name}"] = panel.traces[0] if panel.traces else None
    return views
