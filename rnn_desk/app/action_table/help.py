"""Help."""

from __future__ import annotations

from rnn_desk.app.action_table.spec import ActionSpec

HELP = (
    ActionSpec("shortcuts", "Keyboard shortcuts", "help", keys=("F1",)),
    ActionSpec("guide", "Teacher's guide", "help", tip="Each lesson's aim, questions and answers"),
    ActionSpec("about", "About RNN Desk", "help"),
)
