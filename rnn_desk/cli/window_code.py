"""The window's code, loaded for a command that draws it on no screen."""

from __future__ import annotations

from rnn_desk.qt.platform import startup
from rnn_desk.stop_signals import NotedInterrupt


def load_window() -> None:
    """Import all that `rnn_desk.offscreen` needs, which takes a while. Raises Refused where Qt
    cannot start.

    Ctrl+C waits for that: raised while Qt is imported, it leaves Qt in pieces, or is lost.
    """
    with NotedInterrupt():
        startup.check(startup.without_screen())
        from rnn_desk import offscreen  # noqa: F401  (the import is what it is for)
