"""Experiments on the picture and on the network."""

from __future__ import annotations

from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.app.actions import intervene

LAB = (
    ActionSpec("show_lab", "Show the lab", "lab", keys=("L",)),
    ActionSpec(
        "cover_row",
        "Cover the row",
        "lab",
        keys=("C",),
        tip="Cover the row looked at; or drag over the row numbers",
        needs="Choose a row first",
        apart=True,
        does=intervene.cover_row,
        enabled=lambda s: s.pointed.row is not None,
        checked=lambda s: s.pointed.row in s.lab.covered,
    ),
    ActionSpec(
        "shuffle_rows",
        "Shuffle the rows",
        "lab",
        keys=("H",),
        tip="Read the rows in another order, always the same",
        does=intervene.shuffle_rows,
        checked=lambda s: s.lab.shuffle is not None,
    ),
    ActionSpec(
        "unit_off",
        "Switch the unit off",
        "lab",
        keys=("O",),
        tip="Hold the marked unit's hidden state at 0",
        needs="Choose a unit of the first model first; the lab says where it has none",
        does=intervene.switch_unit,
        enabled=intervene.can_switch_unit,
        checked=intervene.is_unit_off,
    ),
    ActionSpec(
        "forget_state",
        "Forget the state here",
        "lab",
        keys=("Z",),
        tip="Set the layer's whole state to 0 after the row looked at; choose a row first",
        needs="Choose a row first; the lab says where the model has no state",
        does=intervene.forget_state,
        enabled=intervene.can_forget_state,
        checked=intervene.is_state_forgotten,
    ),
    ActionSpec(
        "reset_lab",
        "Reset the lab",
        "lab",
        keys=("Ctrl+R",),
        tip="Undo everything that is done in the lab",
        needs="Nothing is done in the lab",
        apart=True,
        does=intervene.reset,
        enabled=lambda s: s.lab.on,
    ),
)
