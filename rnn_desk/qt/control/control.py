"""What all groups of commands have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.errors import Refused


class Control(QObject):
    """A group of commands. Each is given what it works with, and knows nothing else of the desk."""

    refused = Signal(object)
    """A Refused: what was asked for could not be done; everything stays as it was."""

    not_yet = Signal(str)
    """What is to be waited for first; it is said in passing, as it soon holds no more."""

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What each of its actions does, by the action's name."""
        return {}

    def remember(self) -> None:
        """The window closes: put into the settings what is to be remembered. Waits for nothing."""

    def stop(self) -> None:
        """The window closes: end what is under way. All settings are saved already."""

    def try_to(self, act: Callable[[], object]) -> None:
        """Do this, and announce what is refused."""
        try:
            act()
        except Refused as refusal:
            self.refused.emit(refusal)
