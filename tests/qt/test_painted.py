"""A view that cannot be painted is told of once, and the window lives on."""

import importlib
import logging
import pkgutil
import subprocess
import sys

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

import rnn_desk.qt
from rnn_desk.core.errors import place_of
from rnn_desk.qt.images.animation import picture_of
from rnn_desk.qt.platform import log
from rnn_desk.qt.style.painted import Painted
from tests.helpers.screen import environment, shows_a_window, virtual_screen, wait_until


def every_widget():
    """Every class of a widget in the program."""
    for module in pkgutil.walk_packages(rnn_desk.qt.__path__, "rnn_desk.qt."):
        importlib.import_module(module.name)
    found, todo = [], [QWidget]
    while todo:
        subclasses = todo.pop().__subclasses__()
        todo += subclasses
        found += [cls for cls in subclasses if cls.__module__.startswith("rnn_desk")]
    return found


def test_every_widget_that_paints_itself_is_kept_from_raising():
    painting = {cls for cls in every_widget() if "paintEvent" in vars(cls)}
    assert len(painting) > 10
    assert all(issubclass(cls, Painted) for cls in painting), painting


class Raises(Painted, QWidget):
    """Counts how often it is painted; what it says is raised with its painter at work."""

    painted = 0

    def paintEvent(self, event):  # noqa: N802  Qt's own
        painter = QPainter(self)
        painter.fillRect(event.rect(), 0)
        self.painted += 1
        if self.painted > 1:
            raise ValueError("another place")
        raise KeyError("one place")


class Inherits(Raises):
    def paintEvent(self, event):  # noqa: N802  Qt's own
        super().paintEvent(event)


@pytest.mark.parametrize("cls", [Raises, Inherits])
def test_each_place_is_told_once_and_no_painter_is_left(qtbot, monkeypatch, cls):
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
    widget = cls()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    for _ in range(20):
        widget.repaint()  # Qt's warning of a painter that is still there fails the test
    assert widget.painted > 20
    assert told == [KeyError, ValueError]


@pytest.fixture
def logged(monkeypatch):
    """What the log has, once mistakes are reported as the program does it."""
    records = []
    handler = logging.Handler()
    handler.emit = records.append
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    logging.getLogger("rnn_desk").addHandler(handler)
    yield records
    logging.getLogger("rnn_desk").removeHandler(handler)


def test_where_no_view_can_be_painted_the_window_says_so_and_lives_on(
    qtbot, monkeypatch, desk, logged
):
    window = desk.window
    views = [w for w in window.findChildren(QWidget) if isinstance(w, Painted) and w.isVisible()]
    assert len({type(view) for view in views}) > 5
    log.report_mistakes(desk.mistaken.emit)
    with monkeypatch.context() as broken:
        for what in ("drawText", "drawImage", "drawPixmap"):
            broken.setattr(QPainter, what, lambda *_: 1 / 0)
        for _ in range(10):
            for view in views:
                view.repaint()
            QApplication.processEvents()
        qtbot.waitUntil(window.banner.isVisible)
        assert "ZeroDivisionError" in window.banner.label.text()
        empty = picture_of(views, "white")
    places = {place_of(record.exc_info[2]) for record in logged}
    assert len(logged) == len(places) > 3, "each place once"
    assert picture_of(views, "white") != empty
    assert len(logged) == len(places), "mended"


BROKEN = """
import sys
from PySide6.QtGui import QPainter
QPainter.drawText = lambda *_: 1 / 0
from rnn_desk.__main__ import main
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs X11")
def test_on_a_real_screen_too(tmp_path):
    path = tmp_path / "data" / "rnn-desk" / log.NAME
    with virtual_screen(tmp_path) as display:
        program = subprocess.Popen(
            [sys.executable, "-c", BROKEN], env=environment(tmp_path, DISPLAY=display)
        )
        try:
            assert wait_until(lambda: shows_a_window(tmp_path))
            assert wait_until(lambda: path.exists() and "ZeroDivisionError" in path.read_text())
        finally:
            program.terminate()
            status = program.wait(10)
    assert status == 0
    text = path.read_text()
    assert text.count("not caught") < 20
    assert "active painter" not in text
