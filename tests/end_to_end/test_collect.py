"""A class's drawings: asked for, kept in a file, seen on the wall, read by the model."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog

from rnn_desk.app.actions import draw
from rnn_desk.core.drawing import read_drawings, write_drawings
from rnn_desk.qt.control.user_files import UserFiles
from tests.helpers import pen


@pytest.fixture
def path(tmp_path):
    return tmp_path / "class.jsonl"


@pytest.fixture
def collecting(desk, qtbot, path, monkeypatch):
    """A desk that has asked, by its key, for the file to collect in."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_n: (str(path), ""))
    qtbot.keyClick(desk.window, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: desk.window.collect.isVisible())
    return desk


def labels(path):
    return [each.label for each in read_drawings(path)]


def test_it_is_said_what_to_write_and_enter_keeps_it(collecting, qtbot, path, own_drawings):
    window, store = collecting.window, collecting.store
    assert path.read_bytes() == b""
    asked = []
    for drawing in own_drawings[:3]:
        asked.append(store.state.collecting.prompt)
        assert window.collect.asked.text() == f"Write: {asked[-1]}"
        pen.draw(window.canvas, drawing)
        qtbot.keyClick(window, Qt.Key.Key_Return)
        assert store.state.canvas.shown.is_empty
    qtbot.waitUntil(lambda: len(labels(path)) == 3)
    assert labels(path) == list(map(int, asked))
    assert not collecting.own_work._unsaved.something(store.state)


def test_after_each_drawing_it_is_asked_what_it_was(collecting, qtbot, path, own_drawings):
    window = collecting.window
    collecting.actions["collect_prompts"].trigger()
    strip = window.collect
    assert [button.text() for button in strip.buttons] == list("0123456789")
    assert not any(button.isEnabled() for button in strip.buttons)
    pen.draw(window.canvas, own_drawings[0])
    qtbot.mouseClick(strip.buttons[4], Qt.MouseButton.LeftButton)
    pen.draw(window.canvas, own_drawings[1])
    qtbot.keyClick(window, Qt.Key.Key_7)
    qtbot.waitUntil(lambda: path.read_bytes().count(b"\n") == 2)
    assert labels(path) == [4, 7]
    strip.undo.click()
    qtbot.waitUntil(lambda: labels(path) == [4])
    assert not collecting.store.state.canvas.shown.is_empty


def test_enter_in_the_pseudonym_keeps_no_drawing(collecting, qtbot, own_drawings):
    pen.draw(collecting.window.canvas, own_drawings[0])
    writer = collecting.window.collect.writer
    writer.setFocus()
    qtbot.keyClicks(writer, "fox 7")
    qtbot.keyClick(writer, Qt.Key.Key_Return)
    now = collecting.store.state.collecting
    assert (now.writer, now.drawings) == ("fox 7", ())


def test_files_are_dropped_onto_it_duplicates_left_out_and_broken_ones_named(
    collecting, qtbot, path, tmp_path, own_drawings
):
    pupils = []
    for k in range(3):
        pupils.append(tmp_path / f"pupil{k}.jsonl")
        write_drawings(pupils[-1], own_drawings[10 * k : 10 * k + 10])
    pupils.append(tmp_path / "broken.jsonl")
    pupils[-1].write_text("nothing\n")
    collecting.files.open_all((*pupils, pupils[0].parent))
    qtbot.waitUntil(lambda: collecting.collect.sheet is not None)
    said = collecting.collect.sheet._question.words()
    assert "broken.jsonl, line 1" in said
    assert "30 drawings taken in" in said
    qtbot.waitUntil(lambda: len(labels(path)) == 30)
    assert {each.writer for each in read_drawings(path)} == {1, 2, 3}
    collecting.collect.sheet.close()


def test_the_wall_shows_them_by_digit_and_how_they_are_read(collecting, qtbot, path, own_drawings):
    store = collecting.store
    mine = [next(d for d in own_drawings if d.label == k) for k in (1, 3, 3, 8)]
    write_drawings(path.with_name("some.jsonl"), [*mine, own_drawings[7]])
    collecting.files.open_all((path.with_name("some.jsonl"),))
    qtbot.waitUntil(lambda: len(store.state.collecting.drawings) == 4)  # the second 3 is the first
    collecting.actions["collect_wall"].trigger()
    sheet = collecting.collect.wall
    with qtbot.waitActive(sheet):  # else the keys are the window's
        sheet.show()
        sheet.activateWindow()
    answers = collecting.collect._answers
    qtbot.waitUntil(lambda: all(answers.of(d) is not None for d in store.state.collecting.drawings))
    counts = np.array(sheet.matrix._counts)
    assert counts.trace() == counts.sum() == 4
    assert "reads 4 of 4" in sheet.how_well.text()
    wall = sheet.wall
    tile = next(tile for group in wall.groups for tile in group.tiles if tile.drawing.label == 3)
    qtbot.mouseClick(wall, Qt.MouseButton.LeftButton, pos=wall.place_of(tile.drawing).center())
    qtbot.keyClick(wall, Qt.Key.Key_5)
    assert sum(each.label == 5 for each in store.state.collecting.drawings) >= 1
    qtbot.waitUntil(lambda: "reads 3 of 4" in sheet.how_well.text())
    cell = sheet.matrix._cell(5, 3).center().toPoint()
    qtbot.mouseClick(sheet.matrix, Qt.MouseButton.LeftButton, pos=QPoint(cell))
    (group,) = sheet.wall.groups
    assert [tile.misread for tile in group.tiles] == ["3"]
    qtbot.mouseDClick(wall, Qt.MouseButton.LeftButton,
                      pos=wall.place_of(group.tiles[0].drawing).center())  # fmt: skip
    assert store.state.canvas.shown.strokes
    store.do(draw.clear)
    qtbot.mouseClick(wall, Qt.MouseButton.LeftButton,
                     pos=wall.place_of(group.tiles[0].drawing).center())  # fmt: skip
    qtbot.keyClick(wall, Qt.Key.Key_Delete)
    assert len(store.state.collecting.drawings) == 3
    qtbot.waitUntil(lambda: len(labels(path)) == 3)
    sheet.close()


def test_it_goes_on_with_the_file_of_last_time(collecting, qtbot, own_drawings, monkeypatch):
    pen.draw(collecting.window.canvas, own_drawings[0])
    qtbot.keyClick(collecting.window, Qt.Key.Key_Return)
    qtbot.keyClick(collecting.window, Qt.Key.Key_K)
    assert collecting.window.collect.isHidden()
    monkeypatch.setattr(UserFiles, "ask_save", lambda *_: pytest.fail("asked again"))
    qtbot.keyClick(collecting.window, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: collecting.window.collect.isVisible())
    assert len(collecting.store.state.collecting.drawings) == 1
