"""What is shown, and how it looks."""

from __future__ import annotations

from functools import partial

from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.app.actions import choose, write
from rnn_desk.app.state import AppState
from rnn_desk.app.values import SYSTEM, THEMES


def _is_in(name: str, state: AppState) -> bool:
    return state.look.theme == name


_THEMES = tuple(
    ActionSpec(
        f"theme_{name}",
        words,
        "view",
        one_of="theme",
        apart=name == SYSTEM,
        does=choose.theme,
        args=(name,),
        checked=partial(_is_in, name),
    )
    for name, words in {SYSTEM: "Follow the system", **THEMES}.items()
)

VIEW = (
    ActionSpec(
        "writing",
        "Write",
        "view",
        keys=("W",),
        tip="Have the digit begun ended by a network that writes, nine times",
        apart=True,
        does=write.toggle,
        checked=lambda s: s.writing.on,
    ),
    ActionSpec(
        "tensors",
        "Other tensors…",
        "view",
        keys=("Ctrl+T",),
        tip="Show other tensors of the network beside its layers",
        apart=True,
    ),
    *_THEMES,
    ActionSpec(
        "present",
        "Present",
        "view",
        keys=("F11",),
        tip="Fill the screen, with letters for the back row",
        apart=True,
        checkable=True,
    ),
    ActionSpec("reset_layout", "Reset the layout", "view"),
)
