"""Everything that can be done, as data: menus, buttons, keys and what can be done now follow from
this one table, a file a menu."""

from __future__ import annotations

from functools import cache, partial

from rnn_desk.app.action_table.author import AUTHOR
from rnn_desk.app.action_table.collect import COLLECT
from rnn_desk.app.action_table.edit import EDIT
from rnn_desk.app.action_table.file import FILE
from rnn_desk.app.action_table.help import HELP
from rnn_desk.app.action_table.lab import LAB
from rnn_desk.app.action_table.lessons import LESSONS
from rnn_desk.app.action_table.rows import ROWS
from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.app.action_table.view import VIEW
from rnn_desk.app.actions import choose, show, teach
from rnn_desk.app.lessons import lessons
from rnn_desk.app.state import AppState
from rnn_desk.app.values import LANGUAGES
from rnn_desk.app.view_table import VIEWS


@cache
def action_table() -> tuple[ActionSpec, ...]:
    """All actions, in the order of the menus."""
    return (*FILE, *EDIT, *ROWS, *_VIEWS, *VIEW, *LAB, *_taught(), *_LANGUAGES, *HELP)


def _shows(name: str, state: AppState) -> bool:
    return name in state.views.shown


def _speaks(name: str, state: AppState) -> bool:
    return state.look.language == name


_VIEWS = tuple(
    ActionSpec(
        spec.name,
        spec.words,
        "view",
        keys=(spec.key,),
        tip=spec.tip,
        does=show.toggle,
        args=(spec.name,),
        checked=partial(_shows, spec.name),
    )
    for spec in VIEWS
)

_LANGUAGES = tuple(
    ActionSpec(
        f"language_{code or 'system'}",
        name,
        "language",
        one_of="language",
        does=choose.language,
        args=(code,),
        checked=partial(_speaks, code),
    )
    for code, name in {"": "Follow the system", **LANGUAGES}.items()
)


def _taught() -> tuple[ActionSpec, ...]:
    return (*_lessons(), *LESSONS, *AUTHOR, *COLLECT)


def _lessons() -> tuple[ActionSpec, ...]:
    """One for each lesson: it begins it."""
    return tuple(
        ActionSpec(
            f"lesson_{lesson.name}",
            lesson.title,
            "lessons",
            enabled=lambda state: state.models.first is not None,
            checked=partial(teach.is_given, lesson.name),
            place=place,
            minutes=lesson.minutes,
        )
        for place, lesson in enumerate(lessons(), start=1)
    )
