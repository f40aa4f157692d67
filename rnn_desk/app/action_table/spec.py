"""What an action is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rnn_desk.app.state import AppState
from rnn_desk.core.frozen import frozen


def always(_: AppState) -> bool:
    """Whether it can be done: it can."""
    return True


def has_drawing(state: AppState) -> bool:
    """Whether anything lies on the canvas, but for a stroke that is being made."""
    return not state.canvas.finished.is_empty


def has_strokes(state: AppState) -> bool:
    """Whether what lies on the canvas was drawn, and is no picture."""
    return bool(state.canvas.finished.strokes)


@frozen
class ActionSpec:
    """One action: its name in the code, its words in English, its menu, its keys, its tooltip.

    needs: what is said to whoever presses its key while it cannot be done. one_of: the name of the
    choice that it is an option of; one of these is chosen at a time. apart: a line in the menu sets
    it and those after it apart from those before. pen_up: whether it waits for the end of a stroke
    that is being made. does, args: the function of `app.actions` that it is, and what that is
    given; without one, the window has a command of its name. enabled, checked: whether it can be
    done in a state, and whether it is. checkable: it has a state of its own, elsewhere. place,
    minutes: of a lesson, which one it is, from 1, and how long it takes.
    """

    name: str
    words: str
    menu: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    needs: str = ""
    one_of: str = ""
    apart: bool = False
    pen_up: bool = False
    does: Callable[..., AppState] | None = None
    args: tuple[Any, ...] = ()
    enabled: Callable[[AppState], bool] = always
    checked: Callable[[AppState], bool] | None = None
    checkable: bool = False
    place: int = 0
    minutes: int = 0
