"""Help."""

from __future__ import annotations

from rnn_desk.app.action_table.spec import ActionSpec

HELP = (
    ActionSpec("shortcuts", "Keyboard shortcuts", "help", keys=("F1",)),
    ActionSpec("about", "About RNN Desk", "help"),
)
