"""The window with a model of 62 classes: what is most probable is named, the rest is a turn of the
wheel away, and no menu is higher than the screen."""

import onnx
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from rnn_desk.app.actions import draw, show
from rnn_desk.assets_door import asset
from rnn_desk.qt.views.belief import BeliefView
from rnn_desk.qt.views.gradient import GradientView
from tests.helpers import pen
from tests.helpers.model_files import FILES
from tests.helpers.painted import on_screen, painted_anew
from tests.models.many_classes import NAMES, widened

SCREEN = 768
LONG = "a name so long that nobody can read it"


@pytest.fixture
def opened(desk, qtbot, tmp_path):
    """Open a model of those classes in the desk."""

    def opened(names, place=0):
        path = tmp_path / f"classes-{len(names)}.onnx"
        onnx.save(widened(names), path)
        desk.open_model(path, place)
        qtbot.waitUntil(
            lambda: path in [model.path for model in desk.models.loaded], timeout=60_000
        )
        return desk

    return opened


def shown(answer):
    """The classes that have a bar, from top to bottom, by its places."""
    found = [answer.class_at(QPoint(8, y)) for y in range(answer.height())]
    return list(dict.fromkeys(index for index in found if index is not None))


def turned(answer, by):
    """Turn the wheel over the answer by so many notches."""
    at = QPointF(20, answer.height() - 30)
    event = QWheelEvent(
        at,
        answer.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120 * by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(answer, event)


def test_a_model_of_62_classes(opened, settle, own_drawings):
    desk = opened((*NAMES[62][:-1], LONG))
    desk.store.do(draw.put, own_drawings[5])
    desk.store.do(show.view, "gradient", True)
    settle()
    window, trace = desk.window, desk.trace
    (answer, _), rows = window.answers, window.reading.rows

    assert "of the reference digits" in window.header.accuracy.text()
    first = shown(answer)
    by_size = [int(k) for k in (-trace.probabilities).argsort(kind="stable")]
    assert 8 <= len(first) < 30
    assert first == by_size[: len(first)]
    turned(answer, 3)
    assert shown(answer) == by_size[3 : 3 + len(first)]
    turned(answer, -9)
    assert shown(answer) == first
    rest = next(
        QPoint(20, y)
        for y in reversed(range(answer.height()))
        if "wheel" in answer.tooltip_words(QPoint(20, y))
    )
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton, pos=rest)
    assert shown(answer) == by_size[len(first) : 2 * len(first)]

    assert min(track.width() for track in answer._places().tracks) > 0.2 * answer.width()
    (belief,) = [view for view in rows.views() if isinstance(view, BeliefView)]
    assert belief.width() >= 62 * 2.5
    (gradient,) = [view for view in rows.views() if isinstance(view, GradientView)]
    menus = [gradient.menu(), answer.menu(), *window.menus.values(), window.header.models]
    while menus:
        menu = menus.pop()
        assert menu.sizeHint().height() <= SCREEN, menu.title()
        menus.extend(inner for inner in menu.findChildren(QMenu) if inner.actions())


def test_letters_are_asked_for_and_a_comparison_does_not_end_in_silence(
    opened, qtbot, settle, own_drawings
):
    desk = opened(NAMES[27])
    window = desk.window
    assert window.header.accuracy.text().startswith("input settings not checked")
    assert "Draw a letter here" in window.canvas.hint
    assert window.answers[0].hint == "Draw a letter"
    pen.draw(window.canvas, own_drawings[0])
    settle()
    assert on_screen(window) == painted_anew(window)
    desk.open_model(asset("models", "gru.onnx"), 1)
    qtbot.waitUntil(lambda: len(desk.models.loaded) == 2, timeout=60_000)
    assert window.banner.isHidden()
    desk.open_model(FILES / "ts_lstm_32.onnx")
    qtbot.waitUntil(lambda: len(desk.models.loaded) == 1, timeout=60_000)
    assert window.banner.isVisible()
    assert "GRU 128 no longer stands beside" in window.banner.label.text()
    assert "Draw a digit here" in window.canvas.hint
