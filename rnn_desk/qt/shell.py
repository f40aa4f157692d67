"""The shell: the store, the actions and the window, which are all that the first picture shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from rnn_desk.app.action_table import action_table
from rnn_desk.app.state import AppState
from rnn_desk.assets_door import catalogue
from rnn_desk.qt.actions import ActionStates, make_actions
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.theme import theme_named
from rnn_desk.qt.style.themed import apply_theme
from rnn_desk.qt.window.window import Window

_UNSEEN_MS = 500
"""Milliseconds after which the rest is made though nothing was painted, as nobody may look."""


class Shell(QObject):
    """What a person sees of a desk before anything is behind it."""

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self.store = QtStore(state, self)
        apply_theme(theme_named(state.look.theme))  # first, so that nothing is made for another
        self.actions = make_actions(self, action_table())
        self.window = Window(self.store, self.actions, catalogue())
        self.window.restore_layout(state.layout)
        self.states = ActionStates(self.store, self.actions, self)

    def show(self, present: bool) -> None:
        """Show the window; present: in large letters, for a projector."""
        self.window.show()
        if present:
            self.actions["present"].setChecked(True)
            self.window.present(True)

    def wait_for_paint(self) -> None:
        """Run the event loop until the window has been painted. What a person does meanwhile waits
        for whoever runs it next."""
        loop = QEventLoop()
        painted = _Painted(self.window, loop)
        self.window.installEventFilter(painted)
        QTimer.singleShot(_UNSEEN_MS, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self.window.removeEventFilter(painted)


class _Painted(QObject):
    """Ends a loop when the window has been painted."""

    def __init__(self, window: Window, loop: QEventLoop) -> None:
        super().__init__(window)
        self._loop = loop

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._loop.quit)  # once what was painted is on the screen
        return False
