"""The lab, with mouse and keys: what is done shows, is undone, and the answer follows."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from rnn_desk.app.actions import draw, intervene, point
from rnn_desk.app.values import Unit
from rnn_desk.core.lab import Experiment, altered
from rnn_desk.core.raster import rasterise
from rnn_desk.engine.inference.lab import Lab
from tests.helpers import models, pen
from tests.helpers.engine import reader_of

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def drawn(desk, settle, own_drawings):
    """A desk on which a 5 was drawn."""
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 5))
    settle()
    return desk


@pytest.fixture
def judged(drawn, qtbot):
    """Wait until the reference digits were read under the experiment that is on."""

    def wait():
        panel = drawn.window.panels.lab
        qtbot.waitUntil(lambda: panel.accuracy is not None and drawn.survey.settled, timeout=20_000)
        return panel.accuracy

    return wait


def drag(desk, first, last):
    """Along the row numbers, from one row to another."""
    gutter = desk.window.reading.rows.gutter

    def at(row):
        return QPoint(10, gutter.axis.y(row) + gutter.axis.row_height // 2)

    QTest.mousePress(gutter, LEFT, NONE, at(first))
    step = 1 if last >= first else -1
    for row in range(first, last + step, step):
        QTest.mouseMove(gutter, at(row))
    QTest.mouseRelease(gutter, LEFT, NONE, at(last))


def key(desk, name, modifier=NONE):
    QTest.keyClick(desk.window.canvas, name, modifier)


def note(desk):
    shown = desk.window.header.note
    return shown.label.text() if shown.isVisible() else ""


def pixels(desk):
    return np.array(desk.trace.raster.pixels)


def test_dragging_over_the_row_numbers_covers_and_uncovers(drawn, settle):
    before = pixels(drawn)
    assert note(drawn) == ""
    drag(drawn, 4, 9)
    settle()
    assert drawn.store.state.lab.covered == frozenset(range(4, 10))
    assert note(drawn) == "Experiment on: rows 5–10 covered"
    assert not pixels(drawn)[4:10].any()
    assert (pixels(drawn)[10:] == before[10:]).all()
    drag(drawn, 7, 5)  # begun on a covered row
    settle()
    assert drawn.store.state.lab.covered == {4, 8, 9}
    assert note(drawn) == "Experiment on: rows 5, 9–10 covered"
    assert (pixels(drawn)[5:8] == before[5:8]).all()


def test_the_header_keeps_its_height_so_that_rows_stay_under_the_mouse(drawn, qtbot):
    gutter = drawn.window.reading.rows.gutter
    before = gutter.mapTo(drawn.window, QPoint(0, gutter.axis.y(0)))
    drag(drawn, 4, 9)
    qtbot.waitUntil(lambda: bool(note(drawn)))
    qtbot.wait(0)
    assert gutter.mapTo(drawn.window, QPoint(0, gutter.axis.y(0))) == before


def test_the_answer_is_the_networks_own_to_the_altered_picture(drawn, settle):
    drag(drawn, 2, 14)
    settle()
    reader = reader_of(drawn.models.loaded[0])
    raster = altered(rasterise(drawn.store.state.canvas.shown), drawn.store.state.lab)
    assert np.allclose(drawn.trace.probabilities, reader.classify(raster.pixels[None])[0])
    whole = reader.read_drawing(drawn.store.state.canvas.shown)
    assert np.abs(drawn.trace.probabilities - whole.probabilities).max() > 0.1


def test_reset_and_undo_bring_everything_back(drawn, settle):
    before = pixels(drawn)
    drag(drawn, 4, 9)
    key(drawn, Qt.Key.Key_H)
    settle()
    assert note(drawn) == "Experiment on: rows 5–10 covered; rows shuffled"
    QTest.mouseClick(drawn.window.header.note.button, LEFT)
    settle()
    assert note(drawn) == ""
    assert (pixels(drawn) == before).all()
    key(drawn, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert note(drawn) == "Experiment on: rows 5–10 covered; rows shuffled"
    key(drawn, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert note(drawn) == "Experiment on: rows 5–10 covered"
    key(drawn, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # the whole drag is one step
    assert note(drawn) == ""
    assert drawn.store.state.canvas.shown.strokes  # the stroke comes before it
    key(drawn, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not pixels(drawn)[4:10].any()


def test_by_keyboard_alone(drawn, settle):
    for _ in range(7):
        key(drawn, Qt.Key.Key_Down)
    key(drawn, Qt.Key.Key_C)
    settle()
    assert drawn.store.state.lab == Experiment(covered=frozenset({6}))
    assert drawn.actions["cover_row"].isChecked()
    key(drawn, Qt.Key.Key_Z)
    settle()
    assert drawn.store.state.lab.zeroed == {(0, 6)}
    assert not drawn.trace.layers[0].h[6].any()
    key(drawn, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert drawn.store.state.lab == Experiment()
    assert drawn.trace.layers[0].h[6].any()


def test_a_unit_switched_off_is_silent_and_the_answer_moves(drawn, settle, judged):
    view = drawn.window.reading.rows.views()[1]
    whole = drawn.trace
    across = round((36 + 0.5) * view.width() / 128)
    QTest.mouseClick(view, LEFT, pos=QPoint(across, view.axis.y(20) + 2))
    unit = drawn.store.state.pointed.pinned_unit.unit
    key(drawn, Qt.Key.Key_O)
    settle()
    assert note(drawn) == f"Experiment on: LSTM 1: unit {unit + 1} off"
    assert not drawn.trace.layers[0].h[:, unit].any()
    assert whole.layers[0].h[:, unit].any()
    assert (drawn.trace.probabilities != whole.probabilities).any()
    assert judged().plain > 0.9


def test_the_panels_controls_do_what_they_say(drawn, settle, judged):
    key(drawn, Qt.Key.Key_L)
    panel = drawn.window.panels.lab
    assert panel.isVisible()
    before = len(drawn.store.state.past.undone_next)
    for slider, keys in ((panel.noise, 20), (panel.right, 2), (panel.rotation, 5)):
        slider.setFocus()
        for _ in range(keys):
            QTest.keyClick(slider, Qt.Key.Key_Right)
    expected = Experiment(noise=0.2, shift=(2, 0), rotation=5)
    assert drawn.store.state.lab == expected
    assert len(drawn.store.state.past.undone_next) == before + 3  # turning one control is one step
    settle()
    raster = altered(rasterise(drawn.store.state.canvas.shown), expected)
    assert (pixels(drawn) == raster.pixels).all()
    panel.gate.setCurrentIndex(panel.gate.findData("f"))
    panel.scale.setFocus()
    QTest.keyClick(panel.scale, Qt.Key.Key_Home)
    settle()
    assert drawn.store.state.lab.factor(0, "f") == 0
    assert not drawn.trace.layers[0].gates["f"].any()
    accuracy = judged()
    assert accuracy == Lab(reader_of(drawn.models.loaded[0])).accuracy(drawn.store.state.lab)
    assert accuracy.plain > 0.9
    assert f"{accuracy.altered:.1%}" in panel._result.text()
    drawn.store.do(draw.undo)
    assert panel.scale.value() == 100


def test_another_model_is_left_whole_and_the_picture_stays_altered(drawn, settle, tmp_path, qtbot):
    drag(drawn, 4, 9)
    drawn.store.do(point.pin_unit, Unit(0, 0, 100))
    key(drawn, Qt.Key.Key_O)
    settle()
    path = models.saved(tmp_path, models.convolution(), models.card(layout="NCHW"))
    drawn.open_model(path)
    qtbot.waitUntil(lambda: drawn.models.loaded[0].card.name == "test", timeout=20_000)
    settle()
    assert note(drawn) == "Experiment on: rows 5–10 covered"
    assert not drawn.actions["forget_state"].isEnabled()
    assert "it has no recurrent layers" in drawn.window.panels.lab._none.text()
    assert not pixels(drawn)[4:10].any()


def test_what_was_found_out_and_chosen_stays_where_a_second_model_comes(
    drawn, settle, judged, qtbot
):
    panel = drawn.window.panels.lab
    drawn.store.do(intervene.try_out, Experiment(noise=0.3))
    found = judged()
    panel.layer.setCurrentIndex(1)
    drawn.open_model(drawn.models.loaded[0].path, place=1)
    qtbot.waitUntil(lambda: len(drawn.models.loaded) == 2, timeout=20_000)
    settle()
    assert judged() == found
    assert panel.layer.currentIndex() == 1


def test_all_rows_covered_the_network_reads_blank_paper(drawn, settle):
    drag(drawn, 0, 27)
    settle()
    assert drawn.trace is not None
    assert not pixels(drawn).any()


def test_the_gate_that_a_lesson_scaled_is_the_one_shown_and_a_chosen_one_stays(drawn):
    panel = drawn.window.panels.lab
    scaled = Experiment().with_factor(1, "f", 0.5)
    drawn.store.do(intervene.try_out, scaled)
    assert (panel.layer.currentIndex(), panel.chosen_gate) == (1, "f")
    assert panel.scale.value() == 50
    panel.gate.setCurrentIndex(panel.gate.findData("o"))
    drawn.store.do(intervene.try_out, scaled.with_factor(1, "f", 0.5))
    panel.noise.setValue(10)  # something else is done
    assert panel.chosen_gate == "o"
    assert panel.scale.value() == 100


def test_all_that_is_done_is_named_whichever_gate_is_chosen(drawn, judged):
    key(drawn, Qt.Key.Key_L)
    panel = drawn.window.panels.lab
    panel.gate.setCurrentIndex(panel.gate.findData("f"))
    panel.scale.setValue(0)
    judged()
    panel.gate.setCurrentIndex(panel.gate.findData("o"))
    assert panel._words[panel.scale].text() == "× 1.00"
    assert "LSTM 1: f × 0.00" in panel._result.text()
    low, high = panel._ends
    assert (low.text(), high.text()) == ("0", "2")
    assert low.isVisible()
    assert low.x() < panel.scale.x() < high.x()


def test_forgetting_says_that_it_needs_a_row(drawn):
    key(drawn, Qt.Key.Key_L)
    button = drawn.window.panels.lab.buttons["forget_state"]
    assert not button.isEnabled()
    assert "choose a row first" in button.toolTip()


def test_the_unit_that_is_told_of_can_be_switched_off(desk, settle, own_drawings):
    assert not desk.actions["unit_off"].isEnabled()
    pen.draw(desk.window.canvas, own_drawings[60])
    settle()
    assert desk.store.state.pointed.suggested_unit is not None
    assert desk.actions["unit_off"].isEnabled()
    desk.actions["unit_off"].trigger()
    off = desk.store.state.pointed.unit
    assert desk.store.state.lab.off == {(off.layer, off.unit)}
