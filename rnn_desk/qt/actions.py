"""The actions of `app.action_table` as Qt has them, and the menus that they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from rnn_desk.app.action_table import action_table
from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.app.state import AppState
from rnn_desk.core.frozen import frozen
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import Action, set_tip
from rnn_desk.qt.style.words import tr

_NATIVE = QKeySequence.SequenceFormat.NativeText


@frozen
class MenuSpec:
    """One menu: its name in the code, its words, the menu that it is in, if any, and the action of
    that one before which it stands; without one, at the end."""

    name: str
    words: str
    within: str = ""
    before: str = ""


def menu_table() -> tuple[MenuSpec, ...]:
    """All menus, from left to right."""
    return (
        MenuSpec("file", tr("&File")),
        MenuSpec("recent", tr("Open recent model"), within="file", before="about_model"),
        MenuSpec("edit", tr("&Edit")),
        MenuSpec("rows", tr("&Rows")),
        MenuSpec("lab", tr("&Lab")),
        MenuSpec("lessons", tr("&Teach")),
        MenuSpec("author", tr("Your own lesson"), within="lessons"),
        MenuSpec("collect", tr("Collect drawings"), within="lessons"),
        MenuSpec("view", tr("&View")),
        MenuSpec("language", tr("Language"), within="view", before="present"),
        MenuSpec("help", tr("&Help")),
    )


def make_actions(owner: QObject, table: Iterable[ActionSpec]) -> dict[str, QAction]:
    """The actions of the table by name; they do nothing yet."""
    actions: dict[str, QAction] = {}
    choices: dict[str, QActionGroup] = {}
    for spec in table:
        action = Action(parent=owner)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        put_words(action, spec)
        action.setCheckable(spec.checkable or spec.checked is not None)
        if spec.one_of:
            choices.setdefault(spec.one_of, QActionGroup(owner)).addAction(action)
        actions[spec.name] = action
    return actions


def put_words(action: QAction, spec: ActionSpec) -> None:
    """Give an action its words, in the language that is spoken."""
    words = tr(spec.words)
    if spec.minutes:
        words = tr(
            "{place}.  {title}  ·  {minutes} min",
            place=spec.place,
            title=words,
            minutes=spec.minutes,
        )
    action.setText(words)
    keys = QKeySequence(spec.keys[0]).toString(_NATIVE) if spec.keys else ""
    tip = tr(spec.tip) if spec.tip else words.rstrip("…")
    set_tip(action, f"{tip} ({keys})" if keys else tip)


class ActionStates(QObject):
    """Shows of every action whether it can be done, and is."""

    def __init__(
        self, store: QtStore, actions: Mapping[str, QAction], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._actions = actions
        self._shown: dict[str, tuple[bool, bool]] = {}
        store.listen(self._changed)
        self.show_all()

    def show_all(self) -> None:
        """Show all that has changed."""
        for spec in action_table():
            self._show(spec)

    def _changed(self, before: AppState, after: AppState) -> None:
        if not after.is_stroke_of(before):  # which changes nothing of this, and comes often
            self.show_all()

    def show_again(self, spec: ActionSpec) -> None:
        """Show this one, which Qt has checked or unchecked."""
        self._shown.pop(spec.name)
        self._show(spec)

    def _show(self, spec: ActionSpec) -> None:
        state = self._store.state
        now = spec.enabled(state), spec.checked is not None and spec.checked(state)
        if now != self._shown.get(spec.name):
            self._shown[spec.name] = now
            action = self._actions[spec.name]
            action.setEnabled(now[0])
            if spec.checked is not None:
                action.setChecked(now[1])


class Commands(QObject):
    """Has each action do what it says."""

    def __init__(
        self,
        store: QtStore,
        actions: Mapping[str, QAction],
        states: ActionStates,
        commands: Iterable[Mapping[str, Callable[[], object]]],
        say: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        """commands: for each action that is no change of the state alone, the one command of its
        name; ValueError where there is none, or two. say: in passing, what is to be done first."""
        super().__init__(parent)
        self._store = store
        self._actions = actions
        self._states = states
        self._say = say
        given = [(name, command) for group in commands for name, command in group.items()]
        wanted = [spec.name for spec in action_table() if spec.does is None]
        if sorted(name for name, _ in given) != sorted(wanted):
            raise ValueError("there is not exactly one command for each action")
        for spec in action_table():
            act = dict(given)[spec.name] if spec.does is None else self._doing(spec)
            actions[spec.name].triggered.connect(partial(self._do, spec, act))

    def _doing(self, spec: ActionSpec) -> Callable[[], object]:
        assert spec.does is not None
        return partial(self._store.do, spec.does, *spec.args)

    def _do(self, spec: ActionSpec, act: Callable[[], object], *_checked: bool) -> None:
        if spec.pen_up and self._store.state.canvas.pen_is_down:
            self._say(tr("Lift the pen first: a stroke is being drawn"))
            if spec.checkable:  # and Qt has checked, or unchecked, it
                self._actions[spec.name].toggle()
        else:
            act()
        self._states.show_again(spec)
