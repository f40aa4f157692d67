"""A person draws in the real window, with real mouse events, and reads the answer off it."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rnn_desk.app.actions import draw, show
from rnn_desk.app.requests import Read
from rnn_desk.assets_door import asset
from rnn_desk.core import drawing as core_drawing
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.errors import Refused
from rnn_desk.qt.views import canvas_hand
from tests.helpers import pen
from tests.helpers.engine import held_back, reader_of

LEFT, RIGHT, NO_BUTTON = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.NoButton,
)

PLACES = {  # scale of the tablet's box of 500 on the canvas of 500, and where its corner lies
    "filling the canvas": (1.0, 0, 0),
    "half, bottom right": (0.5, 245, 245),
    "a third, top left": (0.33, 5, 5),
    "a quarter, top right": (0.25, 370, 5),
}


def answer(desk):
    return desk.window.answer.answer_words()[0]


def one_of_each(drawings):
    """The first drawing of each label, in the order of the file."""
    kept = {}
    for drawing in drawings:
        kept.setdefault(drawing.label, drawing)
    return [kept[label] for label in sorted(kept)]


@pytest.mark.parametrize("place", PLACES)
def test_real_pen_trajectories_are_read(desk, settle, pen_drawings, place):
    desk.window.resize(1920, 1080)
    right = 0
    chosen = one_of_each(pen_drawings)
    for drawing in chosen:
        QTest.keyClick(desk.window, Qt.Key.Key_Delete)
        pen.draw(desk.window.canvas, drawing.moved(*PLACES[place]))
        settle()
        right += answer(desk) == str(drawing.label)
    assert right >= len(chosen) - 1  # of 10, one may be a digit that the model misreads


@pytest.mark.parametrize("place", PLACES)
def test_our_own_drawings_are_read(desk, settle, own_drawings, place):
    right = 0
    chosen = one_of_each(own_drawings)
    for drawing in chosen:
        QTest.keyClick(desk.window, Qt.Key.Key_Delete)
        pen.draw(desk.window.canvas, drawing.moved(*PLACES[place]))
        settle()
        right += answer(desk) == str(drawing.label)
    assert right >= len(chosen) - 1


def test_every_event_of_the_mouse_is_a_point_of_the_stroke(desk):
    points = [(100 + 3 * k, 200 + 2 * k) for k in range(50)]
    pen.draw_stroke(desk.window.canvas, points)
    (drawn,) = desk.store.state.canvas.shown.strokes
    assert len(drawn.points) == 50
    pixel = 500 / desk.window.canvas.sheet().width()
    assert np.abs(drawn.points - points).max() <= pixel


def test_states_move_while_the_pen_is_down(desk, settle):
    canvas = desk.window.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=pen.place_of(canvas, 250, 100))
    settle()
    first = desk.trace
    QTest.mouseMove(canvas, pen.place_of(canvas, 250, 300))
    settle()
    second = desk.trace
    assert first is not second
    assert np.abs(first.layers[0].h - second.layers[0].h).max() > 0.1
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=pen.place_of(canvas, 250, 300))


def test_a_moving_pen_gets_whole_readings(desk, settle, qtbot):
    """Gates and gradients move with it, and are those of the ink that is shown."""
    desk.store.do(show.view, "gradient", True)
    canvas, shown = desk.window.canvas, []
    desk.presenter.shown.connect(shown.append)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=pen.place_of(canvas, 250, 60))
    for k in range(60):
        QTest.mouseMove(canvas, pen.place_of(canvas, 250, 60 + 6 * k))
        qtbot.wait(4)
    moving = [each for each in shown if each.traces]
    settle()  # the pen is down yet
    assert len(moving) > 5
    reader = reader_of(desk.models.loaded[0])
    for each in moving[:: len(moving) // 5]:
        (trace,) = each.traces
        again = reader.with_gradient(reader.read(trace.raster), "answer")
        assert np.array_equal(trace.layers[1].h, again.layers[1].h)
        assert np.array_equal(trace.layers[0].gates["f"], again.layers[0].gates["f"])
        assert np.array_equal(trace.belief, again.belief)
        assert np.allclose(trace.gradient.norms, again.gradient.norms)
    expected = reader.read_drawing(desk.store.state.canvas.shown)
    assert np.array_equal(desk.trace.layers[0].gates["f"], expected.layers[0].gates["f"])
    assert desk.trace.gradient.norms.shape == (2, 28)
    assert all(view.trace is desk.trace for view in desk.window.reading.rows.views())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=pen.place_of(canvas, 250, 414))


def test_a_thousand_fast_strokes_leave_the_last_answer(desk, settle, own_drawings):
    threads = set(threading.enumerate())
    canvas = desk.window.canvas
    rng = np.random.default_rng(7)
    for _ in range(1000):
        pen.draw_stroke(canvas, rng.uniform(0, 500, (3, 2)).tolist())
    QTest.keyClick(desk.window, Qt.Key.Key_Delete)
    last = next(drawing for drawing in own_drawings if drawing.label == 3)
    pen.draw(canvas, last)
    settle()
    expected = reader_of(desk.models.loaded[0]).read_drawing(desk.store.state.canvas.shown)
    assert np.array_equal(desk.trace.probabilities, expected.probabilities)
    assert answer(desk) == "3"
    assert set(threading.enumerate()) <= threads


def test_undo_to_empty_gives_the_empty_state(desk, settle, own_drawings):
    pen.draw(desk.window.canvas, own_drawings[0])
    settle()
    assert answer(desk)
    while desk.store.state.past.can_undo:
        QTest.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert answer(desk) == ""
    assert desk.trace is None
    assert all(view.trace is None for view in desk.window.reading.rows.views())
    assert not desk.actions["undo"].isEnabled()


def test_a_stale_answer_does_not_come_after_undo(desk, qtbot, own_drawings):
    heard = []
    desk.engine._came.connect(lambda _, outcome: heard.append(outcome))
    held_back(desk).hold(Read)
    pen.draw(desk.window.canvas, own_drawings[0])
    held_back(desk).let_go()
    desk.store.do(draw.clear)  # at once, with the reading under way
    shown = []
    desk.presenter.shown.connect(lambda it: shown.append(it.traces))
    qtbot.waitUntil(lambda: bool(heard))
    assert desk.settled
    assert not any(shown)


def test_redo_brings_the_answer_back(desk, settle, own_drawings):
    pen.draw(desk.window.canvas, own_drawings[0])
    settle()
    before = desk.trace.probabilities
    for _ in own_drawings[0].strokes:
        desk.actions["undo"].trigger()
    settle()
    for _ in own_drawings[0].strokes:
        desk.actions["redo"].trigger()
    settle()
    assert np.array_equal(desk.trace.probabilities, before)


def test_the_eraser_erases(desk, settle):
    canvas = desk.window.canvas
    pen.draw_stroke(canvas, [(100, 250), (400, 250)])
    QTest.keyClick(desk.window, Qt.Key.Key_E)
    pen.draw_stroke(canvas, [(80, 250), (420, 250)])
    settle()
    assert desk.trace is None  # all of it is gone: there is nothing to read
    assert answer(desk) == ""
    QTest.keyClick(desk.window, Qt.Key.Key_P)
    assert desk.store.state.look.tool == "ink"


def test_the_right_button_erases(desk, settle):
    canvas = desk.window.canvas
    pen.draw_stroke(canvas, [(250, 100), (250, 400)])
    pen.draw_stroke(canvas, [(150, 250), (350, 250)], Qt.MouseButton.RightButton)
    settle()
    assert [s.tool for s in desk.store.state.canvas.shown.strokes] == ["ink", "eraser"]
    seen = desk.trace.raster.pixels
    assert seen.any()
    assert seen[10].sum() > 2
    assert seen[14].sum() < 0.2  # a gap in the middle of the line
    assert seen[18].sum() > 2


def test_what_the_canvas_shows_is_the_ink(desk):
    """The same drawing, made stroke by stroke and put there at once, looks the same."""
    canvas = desk.window.canvas
    points = [[(60 + 4 * k, 80 + 30 * np.sin(k / 9)) for k in range(90)]]
    for line in points:
        pen.draw_stroke(canvas, line)
    pen.draw_stroke(canvas, [(200, 40), (200, 400)], Qt.MouseButton.RightButton)
    grown = canvas.grab().toImage().convertToFormat(canvas.grab().toImage().Format.Format_RGB32)
    drawing = desk.store.state.canvas.shown
    desk.store.do(draw.put, Drawing())
    desk.store.do(draw.put, drawing)
    anew = canvas.grab().toImage().convertToFormat(grown.format())
    a, b = (np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (grown, anew))
    assert np.mean(np.abs(a - b) > 40) < 0.002


def test_a_stylus_gives_pressure_and_its_other_end_erases(desk):
    canvas = desk.window.canvas
    events = QEvent.Type
    for kind, x, pressure in (
        (events.TabletPress, 100, 0.2),
        (events.TabletMove, 200, 0.9),
        (events.TabletRelease, 200, 0.0),
    ):
        pen.tablet(canvas, kind, QPointF(pen.on_widget(canvas, x, 100)), pressure)
    (drawn,) = desk.store.state.canvas.shown.strokes
    assert drawn.pressure.tolist() == pytest.approx([0.2, 0.9], abs=0.01)
    eraser = QPointingDevice.PointerType.Eraser
    pen.tablet(canvas, events.TabletPress, QPointF(pen.on_widget(canvas, 150, 100)), 0.5, eraser)
    pen.tablet(canvas, events.TabletRelease, QPointF(pen.on_widget(canvas, 150, 100)), 0.0, eraser)
    assert [s.tool for s in desk.store.state.canvas.shown.strokes] == ["ink", "eraser"]


def test_a_finger_draws(desk):
    canvas = desk.window.canvas
    screen = QTest.createTouchDevice()
    for step, x in enumerate((100, 150, 200)):
        touch = QTest.touchEvent(canvas, screen)
        at = pen.place_of(canvas, x, 100)
        (touch.press if step == 0 else touch.move)(0, at, canvas)
        touch.commit()
    QTest.touchEvent(canvas, screen).release(0, pen.place_of(canvas, 200, 100), canvas).commit()
    (drawn,) = desk.store.state.canvas.shown.strokes
    assert drawn.points[:, 0].tolist() == pytest.approx([100, 150, 200], abs=2)


def test_a_thin_pen_gives_thin_ink(desk, settle):
    inks = {}
    for place, name in enumerate(("thin", "normal", "thick")):
        desk.store.do(draw.clear)
        desk.window.canvas_panel.width_choice.setCurrentIndex(place)
        pen.draw_stroke(desk.window.canvas, [(250, 100), (250, 400)])
        settle()
        inks[name] = desk.trace.raster.pixels.sum()
    assert inks["thin"] < 0.8 * inks["normal"] < 0.8 * inks["thick"]


def test_strokes_beyond_the_edge_stay_on_the_canvas(desk):
    canvas = desk.window.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=pen.place_of(canvas, 490, 250))
    QTest.mouseMove(canvas, pen.place_of(canvas, 900, 250))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=pen.place_of(canvas, 900, 250))
    (drawn,) = desk.store.state.canvas.shown.strokes
    assert drawn.points.max() == 500


def test_a_drawing_made_before_the_model_is_there_is_read(qtbot, make_desk, own_drawings):
    desk = make_desk()
    with qtbot.waitExposed(desk.window):
        desk.window.show()
    three = next(drawing for drawing in own_drawings if drawing.label == 3)
    pen.draw(desk.window.canvas, three)
    assert answer(desk) == ""
    desk.open_model(asset("models", "lstm.onnx"))
    qtbot.waitUntil(lambda: answer(desk) == "3", timeout=20_000)


def test_a_dot_and_a_line_are_no_failure(desk, settle):
    canvas = desk.window.canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=pen.place_of(canvas, 250, 250))
    settle()
    assert desk.trace is not None
    assert answer(desk) in "0123456789?"
    desk.store.do(draw.clear)
    desk.store.do(draw.put, Drawing((stroke([[10, 10], [490, 10]]),)))
    settle()
    assert answer(desk) in "0123456789?"


def test_no_drawing_is_made_that_could_not_be_read_again(desk, monkeypatch):
    """The limit of the file's format, made low so that it is met at once."""
    monkeypatch.setattr(canvas_hand, "MAX_POINTS", 5)
    canvas = desk.window.canvas
    pen.draw_stroke(canvas, [(100, 100), (150, 150), (200, 200)])
    pen.draw_stroke(canvas, [(300, 100), (300, 150), (300, 200), (300, 250)])
    made = desk.store.state.canvas.finished
    assert sum(len(stroke.points) for stroke in made.strokes) == 5
    pen.draw_stroke(canvas, [(100, 300), (150, 300)])
    assert desk.store.state.canvas.finished is made
    assert "sheet is full" in desk.window.banner.label.text()
    desk.actions["undo"].trigger()
    pen.draw_stroke(canvas, [(100, 300), (150, 300)])
    assert sum(len(stroke.points) for stroke in desk.store.state.canvas.finished.strokes) == 5


def test_no_more_is_wiped_than_could_be_read_again(desk, monkeypatch):
    """Likewise for the eraser: 2 points of ink count as 10, one more for the sheet."""
    monkeypatch.setattr(core_drawing, "MAX_WIPED", 33)
    canvas = desk.window.canvas
    pen.draw_stroke(canvas, [(100, 100), (150, 150)])
    desk.actions["eraser"].trigger()
    pen.draw_stroke(canvas, [(400, 100), (410, 150), (420, 200), (430, 250), (440, 300)])
    made = desk.store.state.canvas.finished
    assert [len(stroke.points) for stroke in made.strokes] == [2, 3]
    assert core_drawing.from_json(core_drawing.to_json(made)).strokes
    pen.draw_stroke(canvas, [(400, 100), (410, 150)])
    assert desk.store.state.canvas.finished is made
    assert "sheet is full" in desk.window.banner.label.text()


def test_a_sentence_does_not_move_the_canvas_under_the_pen(desk):
    canvas, banner = desk.window.canvas, desk.window.banner
    QTest.mousePress(canvas, pen.LEFT, pos=pen.place_of(canvas, 100, 100))
    before = canvas.mapTo(desk.window, canvas.rect().topLeft())
    desk.background.refused.emit(Refused("The sheet is full: clear it, or undo some strokes"))
    QTest.mouseMove(canvas, pen.place_of(canvas, 100, 400))
    QTest.qWait(0)
    assert banner.isHidden()
    assert canvas.mapTo(desk.window, canvas.rect().topLeft()) == before
    QTest.mouseRelease(canvas, pen.LEFT, pos=pen.place_of(canvas, 100, 400))
    assert banner.isVisible()
    assert "The sheet is full" in banner.label.text()


def test_a_sentence_waits_no_longer_than_for_a_touch_that_is_taken_back(desk):
    banner = desk.window.banner
    desk.store.do(draw.show_live, stroke([(100, 100)]))
    desk.background.refused.emit(Refused("The sheet is full: clear it, or undo some strokes"))
    assert banner.isHidden()
    desk.store.do(draw.abandon)
    assert banner.isVisible()


def test_a_stroke_ends_with_its_own_button_whatever_others_do(desk):
    canvas = desk.window.canvas
    start, end = (pen.on_widget(canvas, x, 100).toPoint() for x in (100, 300))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, pos=start)
    QTest.mouseMove(canvas, end)
    assert desk.store.state.canvas.pen_is_down
    send_mouse(canvas, QEvent.Type.MouseButtonRelease, end, LEFT, RIGHT)
    assert not desk.store.state.canvas.pen_is_down
    assert [stroke.tool for stroke in desk.store.state.canvas.finished.strokes] == ["ink"]
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=end)


@pytest.mark.parametrize("name", ["undo", "clear"])
def test_a_stroke_that_is_taken_back_does_not_go_on(desk, name):
    canvas = desk.window.canvas
    places = [pen.on_widget(canvas, x, 100).toPoint() for x in (100, 200, 300, 400)]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
    QTest.mouseMove(canvas, places[1])
    desk.actions[name].trigger()
    assert desk.store.state.canvas.shown.is_empty
    QTest.mouseMove(canvas, places[2])
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[3])
    assert desk.store.state.canvas.shown.is_empty


def test_a_stroke_whose_release_went_elsewhere_ends_when_the_mouse_comes_back(desk):
    canvas = desk.window.canvas
    start, end = (pen.on_widget(canvas, x, 100).toPoint() for x in (100, 300))
    send_mouse(canvas, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    send_mouse(canvas, QEvent.Type.MouseMove, end, NO_BUTTON, LEFT)
    points = len(desk.store.state.canvas.shown.strokes[0].points)
    send_mouse(canvas, QEvent.Type.MouseMove, start, NO_BUTTON, NO_BUTTON)
    assert not desk.store.state.canvas.pen_is_down
    assert len(desk.store.state.canvas.finished.strokes[0].points) == points


def send_mouse(canvas, kind, at, button, buttons):
    where = QPointF(at)
    event = QMouseEvent(
        kind, where, canvas.mapToGlobal(where), button, buttons, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas, event)
