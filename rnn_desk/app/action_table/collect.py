"""Collecting the drawings of a class."""

from __future__ import annotations

from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.app.actions import collect
from rnn_desk.app.state import AppState


def _is_on(state: AppState) -> bool:
    return state.collecting.on


COLLECT = (
    ActionSpec(
        "collect",
        "Collect",
        "collect",
        keys=("K",),
        tip="Keep drawings in a file, each with what it was meant to be",
        checked=_is_on,
    ),
    ActionSpec(
        "collect_prompts",
        "Say what is to be drawn",
        "collect",
        tip="Name a digit to draw; else it is asked after each drawing what it was",
        does=collect.toggle_prompts,
        checked=lambda s: s.collecting.prompted,
    ),
    ActionSpec(
        "collect_next",
        "Keep it",
        "collect",
        keys=("Return", "Enter"),
        tip="Keep the drawing, and go on to the next",
        needs="Draw what is asked for first",
        apart=True,
        does=collect.keep_prompted,
        enabled=lambda s: s.collecting.prompted and collect.can_keep(s),
    ),
    ActionSpec(
        "collect_skip",
        "Another one",
        "collect",
        tip="Ask for another digit",
        does=collect.skip,
        enabled=lambda s: s.collecting.on and s.collecting.prompted,
    ),
    ActionSpec(
        "collect_undo",
        "Take back",
        "collect",
        tip="Take back what was kept, relabelled or deleted last",
        needs="Nothing was kept yet",
        does=collect.undo,
        enabled=lambda s: _is_on(s) and bool(s.collecting.past),
    ),
    ActionSpec(
        "collect_wall",
        "All drawings…",
        "collect",
        keys=("Shift+K",),
        tip="Show every drawing by its digit, and how the model reads them",
        needs="Open a file of drawings with K first",
        apart=True,
        enabled=_is_on,
    ),
    ActionSpec(
        "collect_files",
        "Take in files…",
        "collect",
        tip="Add the drawings of other files, each once",
        enabled=_is_on,
    ),
    ActionSpec(
        "collect_folder",
        "Take in a folder…",
        "collect",
        tip="Add the drawings of all files in a folder, each once",
        enabled=_is_on,
    ),
    ActionSpec(
        "collect_into",
        "Collect into another file…",
        "collect",
        tip="Go on with a new file, or with one that is there",
        enabled=_is_on,
    ),
)
