"""The strokes drawn once more: what the canvas and the network make of it, and what ends it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnn_desk.app.actions import draw
from rnn_desk.core.drawing import read_drawings
from tests.helpers import pen
from tests.helpers.engine import reader_of


@pytest.fixture
def drawn(desk, settle, own_drawings):
    desk.store.do(draw.put, next(d for d in own_drawings if d.label == 4))  # has no times
    settle()
    return desk


@pytest.fixture
def playing(drawn):
    """The replay has begun; the test moves its clock itself."""
    drawn.actions["replay"].trigger()
    drawn.player._timer.stop()
    return drawn


def under_way(player):
    """Whether it has begun and is not over, paused or not."""
    return player._pace is not None


def ink(desk):
    return np.asarray(desk.trace.raster.pixels) if desk.trace is not None else None


def test_the_network_reads_each_part_as_it_read_it_when_it_was_drawn(playing, settle):
    whole = playing.store.state.canvas.finished
    seen = []
    for _ in range(12):
        playing.player.advance(playing.player._pace.length / 13)
        settle()
        part = playing.store.state.canvas.shown
        expected = reader_of(playing.models.loaded[0]).read_drawing(part)
        assert np.array_equal(ink(playing), expected.raster.pixels)
        assert np.allclose(playing.trace.probabilities, expected.probabilities, atol=1e-6)
        seen.append(sum(len(stroke.points) for stroke in part.strokes))
    assert seen == sorted(seen)
    assert len(set(seen)) > 6
    playing.player.advance(100)
    settle()
    assert playing.store.state.canvas.shown is whole
    assert not under_way(playing.player)


def test_it_is_no_step_of_undo(playing, settle):
    steps = len(playing.store.state.past.undone_next)
    playing.player.advance(0.2)
    assert len(playing.store.state.past.undone_next) == steps
    playing.actions["undo"].trigger()
    settle()
    assert not under_way(playing.player)
    assert playing.store.state.canvas.shown.strokes == ()


def test_it_runs_by_itself_to_the_end_and_pauses_in_between(drawn, qtbot):
    whole = drawn.store.state.canvas.finished
    drawn.actions["replay"].trigger()
    assert drawn.actions["replay"].isChecked()
    qtbot.waitUntil(lambda: len(drawn.store.state.canvas.shown.strokes[0].points) > 3)
    QTest.keyClick(drawn.window, Qt.Key.Key_R)
    assert not drawn.player.running
    assert under_way(drawn.player)
    assert not drawn.actions["replay"].isChecked()
    part = drawn.store.state.canvas.shown
    assert part is not whole
    QTest.keyClick(drawn.window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: not under_way(drawn.player), timeout=15_000)
    assert drawn.store.state.canvas.shown is whole


def test_escape_ends_it(playing, settle):
    whole = playing.store.state.canvas.finished
    playing.player.advance(0.2)
    QTest.keyClick(playing.window, Qt.Key.Key_Escape)
    settle()
    assert playing.store.state.canvas.shown is whole
    assert not under_way(playing.player)


def test_drawing_meanwhile_ends_it_and_goes_on_from_the_whole(playing, settle):
    whole = playing.store.state.canvas.finished
    playing.player.advance(0.2)
    pen.draw_stroke(playing.window.canvas, [(10, 10), (40, 40)])
    settle()
    assert not under_way(playing.player)
    assert playing.store.state.canvas.shown.strokes[:-1] == whole.strokes


def test_what_is_saved_meanwhile_is_the_whole_drawing(playing, tmp_path, monkeypatch, qtbot):
    from PySide6.QtWidgets import QFileDialog

    path = tmp_path / "four.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    playing.player.advance(0.1)
    playing.actions["save_drawing"].trigger()
    qtbot.waitUntil(path.exists)
    (saved,) = read_drawings(path)
    assert len(saved.strokes) == len(playing.store.state.canvas.finished.strokes)


def test_a_drawing_made_here_says_when_each_point_was_made(drawn, own_drawings):
    drawn.store.do(draw.clear)
    pen.draw(drawn.window.canvas, own_drawings[40])
    strokes = drawn.store.state.canvas.finished.strokes
    times = np.concatenate([stroke.seconds for stroke in strokes])
    assert len(times) == sum(len(stroke.points) for stroke in strokes)
    assert np.all(np.diff(times) >= 0)


def test_an_empty_canvas_has_nothing_to_replay(desk):
    assert not desk.actions["replay"].isEnabled()
    desk.player.toggle()
    assert not under_way(desk.player)
