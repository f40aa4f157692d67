"""No click and no key is dropped in silence: what cannot be done is said."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from rnn_desk.app.action_table import action_table
from rnn_desk.assets_door import asset
from rnn_desk.core.errors import Refused
from rnn_desk.qt.views import canvas_hand
from tests.helpers import pen


@pytest.fixture
def empty(qtbot, make_desk):
    """A window that is there, and no model in it."""
    desk = make_desk()
    with qtbot.waitActive(desk.window):
        desk.window.show()
        desk.window.activateWindow()
    return desk


def complaint(desk):
    """What the banner says, if it says anything."""
    banner = desk.window.banner
    return banner.label.text() if banner.isVisible() else ""


def in_passing(desk):
    note = desk.window.header.passing
    return note.text() if note.isVisible() else ""


def press(desk, keys):
    """One key, with those held down, where the focus is."""
    pressed = keys[0]
    QTest.keyClick(desk.window, pressed.key(), pressed.keyboardModifiers())


def drop(window, data):
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    for kind, place in ((QDragEnterEvent, QPoint(20, 20)), (QDropEvent, QPointF(20, 20))):
        event = kind(place, copy, data, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, event)


def with_urls(*urls):
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


# --- keys ---


def test_the_key_of_what_cannot_be_done_says_why(empty):
    cannot = [
        spec for spec in action_table() if spec.keys and not empty.actions[spec.name].isEnabled()
    ]
    assert len(cannot) > 8
    taken = {spec.keys for spec in action_table() if empty.actions[spec.name].isEnabled()}
    for spec in cannot:
        if spec.name in ("lesson_next", "lesson_back"):
            continue  # without a lesson their keys are the rows'
        assert spec.keys not in taken
        for keys in empty.actions[spec.name].shortcuts():
            empty.window.header.passing.hide()
            press(empty, keys)
            assert in_passing(empty) == spec.needs != "", spec.name


def test_the_ends_of_a_lesson_are_told(desk, qtbot):
    desk.lessons.begin("rows")
    qtbot.waitUntil(lambda: not desk.lessons.busy, timeout=20_000)
    QTest.keyClick(desk.window, Qt.Key.Key_PageUp)
    assert in_passing(desk) == "This is the lesson's first step"
    desk.lessons.begin("rows", len(desk.lessons.lesson.steps) - 1)
    qtbot.waitUntil(lambda: not desk.lessons.busy, timeout=20_000)
    if desk.store.state.teaching.asks is not None:
        QTest.keyClick(desk.window, Qt.Key.Key_PageDown)  # shows what was asked
    QTest.keyClick(desk.window, Qt.Key.Key_PageDown)
    assert in_passing(desk) == "This is the lesson's last step"


def test_a_key_that_nothing_has_says_nothing(empty):
    QTest.keyClick(empty.window, Qt.Key.Key_F7)
    assert in_passing(empty) == complaint(empty) == ""


@pytest.mark.parametrize("name", ["unit_left", "unit_right", "layer_before", "layer_after"])
def test_there_is_no_unit_to_choose(empty, name, qtbot):
    empty.actions[name].trigger()
    assert in_passing(empty).startswith("There is no model yet")
    empty.open_model(asset("models", "cnn.onnx"))
    qtbot.waitUntil(lambda: bool(empty.window.reading.rows.groups), timeout=20_000)
    assert complaint(empty) == ""
    empty.actions[name].trigger()
    assert complaint(empty).startswith("This model shows no layers")


@pytest.mark.parametrize("name", ["redo", "replay"])
def test_while_the_pen_is_down_it_is_to_be_lifted_first(empty, name):
    canvas = empty.window.canvas
    for y in (100, 200):
        pen.draw_stroke(canvas, [(100, y), (300, y)])
    empty.actions["undo"].trigger()
    where = pen.on_widget(canvas, 100, 300).toPoint()
    QTest.mousePress(canvas, pen.LEFT, pos=where)
    before = empty.store.state.canvas.finished
    assert empty.actions[name].isEnabled()
    empty.actions[name].trigger()
    assert in_passing(empty).startswith("Lift the pen first")
    assert not empty.actions[name].isChecked()
    assert empty.store.state.canvas.finished is before
    QTest.mouseRelease(canvas, pen.LEFT, pos=where)


def test_a_stroke_that_can_take_no_more_says_so_once(empty, monkeypatch):
    monkeypatch.setattr(canvas_hand, "MAX_STROKE_POINTS", 3)
    said = []
    empty.window.canvas.refused.connect(said.append)
    pen.draw_stroke(empty.window.canvas, [(x, 200) for x in range(100, 300, 20)])
    assert [str(refusal) for refusal in said] == [complaint(empty)]
    assert "lift the pen" in complaint(empty)
    assert len(empty.store.state.canvas.finished.strokes[0].points) == 3


# --- the clipboard, and what is dropped ---


def test_a_view_without_numbers_copies_none(empty):
    QApplication.clipboard().setText("before")
    empty.window.answer.setFocus()
    assert not empty.window.answer.has_numbers
    empty.actions["copy_numbers"].trigger()
    assert complaint(empty).startswith("This view shows no numbers")
    assert in_passing(empty) == ""
    assert QApplication.clipboard().text() == "before"


def test_what_is_dropped_and_is_nothing_for_it_is_refused(empty):
    data = QMimeData()
    data.setImageData(QImage())
    drop(empty.window, data)
    assert complaint(empty).startswith("What was dropped is no picture and no file")


def test_of_several_models_two_are_opened_and_the_others_are_named(empty, qtbot, tmp_path):
    files = [tmp_path / f"{name}.onnx" for name in "abc"]
    for path in files:
        path.write_bytes(asset("models", "rnn.onnx").read_bytes())
    drop(empty.window, with_urls(*(path.as_uri() for path in files)))
    qtbot.waitUntil(lambda: in_passing(empty) == "Not opened as well: c.onnx", timeout=20_000)
    qtbot.waitUntil(lambda: len(empty.models.loaded) == 2, timeout=20_000)
    assert [model.path for model in empty.models.loaded] == files[:2]


# --- what was asked for and is not wanted, or not had, any more ---


def test_an_animation_that_gives_way_to_another_is_told_of(
    desk, settle, own_drawings, monkeypatch, qtbot, tmp_path
):
    pen.draw(desk.window.canvas, own_drawings[0])
    settle()
    for name in ("first", "second"):
        answer = str(tmp_path / f"{name}.gif"), ""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, answer=answer, **__: answer)
        desk.actions["save_animation"].trigger()
    assert complaint(desk) == "first.gif is not written: another animation was asked for"
    qtbot.waitUntil((tmp_path / "second.gif").exists, timeout=20_000)
    qtbot.waitUntil(lambda: desk.files.recorder.under_way is None, timeout=20_000)
    assert not (tmp_path / "first.gif").exists()


def test_devices_that_cannot_be_listed_are_no_endless_search(empty):
    menu = empty.window.header.devices
    wondered = []
    menu.wondered.connect(lambda: wondered.append(1))
    menu.aboutToShow.emit()
    menu.show_devices(Refused("The device {name} is missing", name="x"))
    assert [action.text() for action in menu.actions()] == ["The device x is missing"]
    menu.aboutToShow.emit()
    assert len(wondered) == 2
    assert menu.actions()[0].text() == "Looking for devices…"
