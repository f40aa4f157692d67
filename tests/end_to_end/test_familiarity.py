"""A drawing that is no digit is doubted in the window, and a digit is not."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from rnn_desk.app.actions import draw
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, Stroke
from rnn_desk.core.picture import Picture
from rnn_desk.core.references import other_drawings
from rnn_desk.qt.views.doubt import UNSURE, about_familiarity
from tests.end_to_end.conftest import LOAD_MS


@pytest.fixture
def lay(desk, settle):
    def lay(drawing):
        desk.store.do(draw.put, drawing.resized(CANVAS_SIZE))
        settle()

    return lay


def test_a_heart_is_doubted_and_a_digit_is_not(desk, lay, own_drawings):
    view = desk.window.answer
    lay(other_drawings()["heart"])
    digit, part, _ = view.answer_words()
    assert digit == UNSURE
    assert part.startswith("unlike anything it has learnt: ")
    assert "familiarity 0." in view.accessibleDescription()
    assert len(view._near) == 3
    lay(next(drawing for drawing in own_drawings if drawing.label == 7))
    digit, part, _ = view.answer_words()
    assert (digit, part[-1]) == ("7", "%")
    assert view._near == []
    assert "familiarity 0.9" in view.accessibleDescription()


def test_in_comparison_each_model_doubts_by_its_own_states(desk, lay, qtbot):
    desk.open_model(asset("models", "cnn.onnx"), 1)
    qtbot.waitUntil(lambda: len(desk.models.loaded) > 1, timeout=LOAD_MS)
    lay(other_drawings()["letter A"])
    views = desk.window.answers
    values = [view.trace.familiarity.value for view in views]
    assert all(view.trace.doubted for view in views)
    assert values[0] != values[1]
    assert all(
        f"{value:.3f}" in about_familiarity(view.trace)
        for view, value in zip(views, values, strict=True)
    )


def test_two_digits_are_said_to_be_two_and_read_apart_by_a_click(desk, lay, qtbot):
    view, canvas = desk.window.answer, desk.window.canvas_panel
    drawing = other_drawings()["two digits"]
    lay(drawing)
    assert view.answer_words()[:2] == (UNSURE, "this looks like two digits: 2 and 4")
    assert view.answer_words()[1] in view.accessibleDescription()
    spots = view._spots()
    assert len(spots) == len(view._near) == 2
    assert "becomes a picture" in view.tooltip_words(spots[1].center())
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spots[1].center())
    qtbot.waitUntil(lambda: isinstance(desk.store.state.canvas.finished, Picture))
    qtbot.waitUntil(lambda: desk.settled)
    assert [button.isChecked() for button in canvas.found.buttons] == [False, True]
    assert view.answer_words()[0] == "4"
    canvas.found.buttons[0].click()
    qtbot.waitUntil(lambda: view.answer_words()[0] == "2")
    desk.store.do(draw.undo)
    desk.store.do(draw.undo)
    qtbot.waitUntil(lambda: "two digits" in view.answer_words()[1])
    live = Stroke(np.array([[60.0, 60.0], [80.0, 80.0]]))
    desk.store.do(draw.show_live, live)  # a stroke more: nothing is said of what was there before
    assert "two digits" not in view.answer_words()[1]


def test_a_drawing_of_one_digit_is_not_read_apart(desk, lay, qtbot, own_drawings):
    lay(own_drawings[0])
    desk.actions["read_apart"].trigger()
    banner = desk.window.banner
    qtbot.waitUntil(lambda: banner.label.text().startswith("Here are no two digits"))
    assert isinstance(desk.store.state.canvas.finished, Drawing)
