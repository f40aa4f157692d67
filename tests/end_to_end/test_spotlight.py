"""Any view alone, as large as the window: by a double click, and back by Esc."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from rnn_desk.assets_door import asset
from rnn_desk.qt.views.answer import AnswerView
from tests.helpers import pen

NEARLY = 8
"""Pixels by which Qt may share out the panels' width otherwise than before."""

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def drawn(desk, settle, own_drawings):
    pen.draw(desk.window.canvas, next(each for each in own_drawings if each.label == 4))
    settle()
    return desk


def views(desk):
    window = desk.window
    return [*window.reading.rows.views(), window.answer, window.panels.unit, window.panels.map]


def double_click(view):
    middle = QPoint(view.width() // 2, 60 if isinstance(view, AnswerView) else view.height() // 2)
    QTest.mouseClick(view, LEFT, pos=middle)
    QTest.mouseDClick(view, LEFT, pos=middle)


def test_every_view_fills_the_window_and_comes_back_where_it_was(drawn, qtbot):
    window = drawn.window
    for view in views(drawn):
        parent, place = view.parentWidget(), view.geometry()
        pinned, shown = drawn.store.state.pointed.pinned, drawn.store.state.views.shown
        double_click(view)
        qtbot.wait(0)
        assert window.spotlight.view is view
        assert view.isVisible()
        assert view.height() > 0.7 * window.height()
        assert (drawn.store.state.pointed.pinned, drawn.store.state.views.shown) == (pinned, shown)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
        qtbot.wait(0)
        assert window.spotlight.view is None
        assert not window.spotlight.isVisible()
        assert view.parentWidget() is parent
        assert abs(view.width() - place.width()) <= NEARLY
        assert (view.pos(), view.height()) == (place.topLeft(), place.height())
        assert view.isVisible()


def test_a_row_is_pointed_at_in_it_as_in_all_views(drawn, qtbot):
    belief = drawn.window.reading.rows.views()[-1]
    double_click(belief)
    qtbot.wait(0)
    QTest.mouseClick(belief, LEFT, pos=QPoint(20, belief.axis.y(9) + 2))
    assert drawn.store.state.pointed.pinned == 9
    QTest.keyClick(drawn.window.focusWidget(), Qt.Key.Key_Escape)  # first what is alone
    assert drawn.store.state.pointed.pinned == 9
    QTest.keyClick(drawn.window.focusWidget(), Qt.Key.Key_Escape)
    assert drawn.store.state.pointed.pinned is None


def test_another_model_or_step_has_all_come_back(drawn, qtbot):
    rows = drawn.window.reading.rows
    double_click(rows.views()[1])
    drawn.open_model(asset("models", "rnn.onnx"))
    qtbot.waitUntil(lambda: drawn.models.loaded[0].card.name == "RNN 128", timeout=30_000)
    assert drawn.window.spotlight.view is None
    double_click(rows.views()[1])
    assert drawn.window.spotlight.view is not None
    drawn.lessons.begin("rnn")
    assert drawn.window.spotlight.view is None


def test_a_double_click_on_the_canvas_is_ink(drawn):
    double_click(drawn.window.canvas)
    assert drawn.window.spotlight.view is None
