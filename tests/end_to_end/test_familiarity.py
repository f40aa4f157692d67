"""A drawing that is no digit is doubted in the window, and a digit is not."""

import pytest

from rnn_desk.app.actions import draw
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import CANVAS_SIZE
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
