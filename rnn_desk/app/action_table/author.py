"""Making a lesson of one's own."""

from __future__ import annotations

from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.app.actions import author
from rnn_desk.app.state import AppState


def _has_models(state: AppState) -> bool:
    return state.models.first is not None


AUTHOR = (
    ActionSpec(
        "lesson_open",
        "Open lesson…",
        "author",
        tip="Give a lesson out of a file",
        needs="There is no model yet: wait until it is open",
        enabled=_has_models,
    ),
    ActionSpec(
        "lesson_new",
        "New lesson…",
        "author",
        tip="Begin a lesson, with the desk as it stands as its first step",
        needs="There is no model yet: wait until it is open",
        apart=True,
        enabled=_has_models,
    ),
    ActionSpec(
        "lesson_edit",
        "Edit lesson…",
        "author",
        tip="Change a lesson that is in a file",
        needs="There is no model yet: wait until it is open",
        enabled=_has_models,
    ),
    ActionSpec(
        "lesson_add",
        "Add this as a step",
        "author",
        keys=("Ctrl+Return",),
        tip="Make the desk, as it stands now, a step of the lesson that is edited",
        needs="Begin a lesson first: Teach, Your own lesson, New lesson",
        apart=True,
        does=author.add_step,
        enabled=author.is_edited,
    ),
    ActionSpec(
        "lesson_take",
        "Show this in the step",
        "author",
        tip="Have the step that is edited show the desk as it stands now; its words stay",
        does=author.take_desk,
        enabled=author.is_edited,
    ),
    ActionSpec(
        "lesson_undo",
        "Take back",
        "author",
        tip="Take back the last step that was added, removed, moved or taken anew",
        does=author.undo,
        enabled=lambda s: bool(s.authoring.past),
    ),
    ActionSpec(
        "lesson_preview",
        "Preview",
        "author",
        tip="Give the lesson from the step that is edited on",
        enabled=author.is_edited,
    ),
    ActionSpec(
        "lesson_done",
        "Close the editor",
        "author",
        tip="The lesson is in its file already",
        enabled=author.is_edited,
    ),
)
