"""Which program this is, for the desktop: by it a window finds its icon, its starter, its group."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication

APP_ID = "rnn-desk"
"""Of `assets/desktop/rnn-desk.desktop`: a window's class on X11, its app_id on Wayland."""

APP_NAME = "RNN Desk"

USER_MODEL_ID = "RNNDesk.RNNDesk"
"""On Windows, where the taskbar would else show Python's icon, and all its programs as one."""


def introduce(app: QGuiApplication) -> None:
    """Tell the desktop; before the first window is made."""
    app.setApplicationName(APP_ID)
    app.setApplicationDisplayName(APP_NAME)
    app.setDesktopFileName(APP_ID)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(USER_MODEL_ID)
