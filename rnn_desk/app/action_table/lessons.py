"""Lessons."""

from __future__ import annotations

from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.app.actions import teach

LESSONS = (
    ActionSpec(
        "lesson_next",
        "Next",
        "lessons",
        keys=("PgDown",),
        tip="The lesson's next step; where it asks, first the answer",
        needs="This is the lesson's last step",
        apart=True,
        enabled=lambda s: teach.steps_left(s) > 0 or s.teaching.asks is not None,
    ),
    ActionSpec(
        "lesson_back",
        "Back",
        "lessons",
        keys=("PgUp",),
        tip="The step before",
        needs="This is the lesson's first step",
        enabled=lambda s: teach.step_of(s) > 0,
    ),
    ActionSpec(
        "lesson_close",
        "Close",
        "lessons",
        keys=("Shift+Esc",),
        tip="Close the lesson; the desk is then as it was before",
        needs="No lesson is open",
        enabled=lambda s: s.teaching.place is not None,
    ),
)
