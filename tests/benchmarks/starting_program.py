"""The program as `starting` measures it: begun as its own command begins it, at a first start.

    python -P tests/benchmarks/starting_program.py

It writes a line when the window has been painted for the first time, then has a digit on the canvas
at once, as the quickest hand would, and writes another when the answer to it has been painted. So
that nothing is imported sooner than the program does it, what must be known of its inside waits
until the program itself imports its window.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

WINDOW = "rnn_desk.qt.window.window"

STROKE = (
    ("MouseButtonPress", 0.2),
    *(("MouseMove", 0.2 + 0.05 * k) for k in range(12)),
    ("MouseButtonRelease", 0.8),
)
"""Each event of the mouse, and how far down the sheet: a 1."""


class Watched(MetaPathFinder):
    """Has every window that is made watched, once the program has imported it."""

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != WINDOW:
            return None
        sys.meta_path.remove(self)
        found = importlib.util.find_spec(name)
        assert found is not None
        loader: Any = found.loader
        execute = loader.exec_module

        def then_watch(module: Any) -> None:
            execute(module)
            module.Window = _watched(module.Window)

        loader.exec_module = then_watch
        return found


def _watched(window_class: type) -> type:
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer
    from PySide6.QtGui import QMouseEvent

    class WatchedWindow(window_class):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.installEventFilter(self)
            self._has_read = False

        def show_traces(self, traces: tuple[object, ...], *args: Any, **kwargs: Any) -> None:
            super().show_traces(traces, *args, **kwargs)
            self._has_read = bool(traces)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
            if event.type() != QEvent.Type.Paint:
                return False
            if watched is self:
                self.removeEventFilter(self)
                QTimer.singleShot(0, self._painted)  # once what was painted is on the screen
            elif self._has_read:
                self.answer.removeEventFilter(self)
                QTimer.singleShot(0, self._answered)
            return False

        def _painted(self) -> None:
            _say("painted")
            self.answer.installEventFilter(self)
            sheet = self.canvas.sheet()
            x, top, height = sheet.center().x(), sheet.top(), sheet.height()
            for kind, part in STROKE:
                self._mouse(QEvent.Type[kind], QPointF(x, top + part * height))

        def _mouse(self, kind: QEvent.Type, at: QPointF) -> None:
            left = Qt.MouseButton.LeftButton
            held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else left
            button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else left
            where = QPointF(self.canvas.mapToGlobal(at.toPoint()))
            event = QMouseEvent(kind, at, where, button, held, Qt.KeyboardModifier.NoModifier)
            QCoreApplication.sendEvent(self.canvas, event)

        def _answered(self) -> None:
            _say("answered")
            QCoreApplication.exit(0)  # a window that is closed asks what becomes of the drawing

    return WatchedWindow


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.meta_path.insert(0, Watched())
    from rnn_desk.__main__ import main

    sys.exit(main())
