"""Builds everything once, connects it, and shuts it down."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from threadpoolctl import threadpool_limits

from rnn_desk.assets_door import default_model
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.qt import messages, startup
from rnn_desk.qt import settings as remembered
from rnn_desk.qt.animation import ANIMATED, write_animation
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.language import speak
from rnn_desk.qt.picture import save_picture
from rnn_desk.qt.selection import Unit

RENDER_SECONDS = 60
"""How long a picture waits for its model and its reading."""


def run(model: Path | None, device: str | None, lang: str | None, present: bool) -> int:
    """Show the window until it is closed; the process's exit status. Raises Refused."""
    startup.check()
    messages.to_log()
    app = _application()
    path = (
        Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation))
        / "settings.json"
    )
    settings = remembered.load(path)
    speak(lang or settings.language)
    desk = Desk(settings, path, device, lang)
    # Python sees Ctrl-C only between two of its own steps, so give it some.
    signal.signal(signal.SIGINT, lambda *_: desk.window.close())
    ticker = QTimer()
    ticker.timeout.connect(lambda: None)
    ticker.start(300)
    if not desk.settings.geometry:
        desk.window.resize(_first_size(desk.window))
    desk.window.show()
    if present:
        desk.actions["present"].trigger()
    desk.presenter.mapped.connect(leave_start_up_be)
    # The runtime is loaded once the window has been painted.
    QTimer.singleShot(0, lambda: desk.open_model(model or default_model()))
    return app.exec()


def render(
    out: Path,
    drawing: Drawing | None,
    model: Path | None,
    device: str | None,
    lang: str | None,
    size: tuple[int, int],
    theme: str | None,
    row: int | None,
    unit: tuple[int, int] | None = None,
) -> None:
    """Write the window's picture, or the reading as an animation. Raises Refused.

    Needs no screen.

    row, unit: what is pointed at, counted from 0; a unit is its layer and its place in it.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    startup.check()
    messages.to_log()
    _application()
    speak(lang)
    desk = Desk(remembered.Settings(theme=theme or "light"), None, device, lang)
    try:
        window = desk.window
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.resize(*size)
        window.show()
        _wait(desk, model or default_model(), drawing)
        desk.selection.pin(row)
        if unit is not None:
            layers = desk.presenter.readers[0].layers
            if unit[0] >= len(layers) or unit[1] >= layers[unit[0]].operator.units:
                raise Refused("This model has no unit {unit} in a layer {layer}",
                              unit=unit[1] + 1, layer=unit[0] + 1)  # fmt: skip
            desk.selection.pin_unit(Unit(0, *unit))
        QApplication.processEvents()
        if out.suffix.lower() in ANIMATED:
            write_animation(out, desk.selection, window.reading_picture)
        else:
            save_picture(window, out)
    finally:
        desk.stop()


def _first_size(window: QWidget) -> QSize:
    """As large as the window likes to be, or most of a smaller screen."""
    room = window.screen().availableSize()
    return QSize(min(1500, room.width() * 19 // 20), min(940, room.height() * 9 // 10))


def set_manners(app: QApplication) -> None:
    """How the program runs, whoever made the application object."""
    app.setApplicationName("rnn-desk")
    app.setApplicationDisplayName("RNN Desk")
    app.setStyle("Fusion")
    # Small matrix products take longer on several cores than on one, by far when others are busy.
    threadpool_limits(1, user_api="blas")
    # The window and the reading take turns at Python's lock; at the usual 5 ms a turn, a reading of
    # 1 ms waits for a painting, and the next painting for a reading, longer than either takes.
    sys.setswitchinterval(0.0001)


def paint_times(model: Path, drawings: Iterable[Drawing]) -> list[float]:
    """Milliseconds that the window, with no screen, takes for each drawing from its Trace to the
    painted views. Raises Refused."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    messages.to_log()
    _application()
    desk = Desk(remembered.Settings(theme="light"), None, "cpu", "en")
    taken = []
    try:
        window = desk.window
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.resize(1366, 768)
        window.show()
        _wait(desk, model, None)
        reader = desk.presenter.readers[0]
        for drawing in drawings:
            trace = reader.read_drawing(drawing)
            began = time.perf_counter()
            window.show_traces((trace,))
            QApplication.processEvents()
            taken.append((time.perf_counter() - began) * 1e3)
    finally:
        desk.stop()
    return taken


def leave_start_up_be(*_: object) -> None:
    """Keep Python's collector from what start-up loaded.

    It would walk all of it, for 10 ms and more, while somebody draws.
    """
    gc.collect()
    gc.freeze()


def _application() -> QApplication:
    """The one application object."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    set_manners(app)
    return app


def _wait(desk: Desk, model: Path, drawing: Drawing | None) -> None:
    """Run the event loop until the model is there, has read the drawing on its device, and has its
    map of states.

    Raises Refused.
    """
    loop = QEventLoop()
    refusals: list[Refused] = []
    presenter = desk.presenter
    mapped: list[object] = []

    def look() -> None:
        read = presenter.shown_number == presenter.number
        if refusals or (mapped and read and not desk.devices.busy):
            loop.quit()

    presenter.refused.connect(refusals.append)
    desk.devices.refused.connect(refusals.append)
    presenter.mapped.connect(mapped.append)
    for signal_ in (presenter.refused, desk.devices.refused, presenter.mapped, presenter.shown):
        signal_.connect(look)
    QTimer.singleShot(RENDER_SECONDS * 1000, loop.quit)
    if drawing is not None:
        desk.document.replace(drawing.resized(CANVAS_SIZE))
    desk.open_model(model)
    loop.exec()
    if refusals:
        raise refusals[0]
