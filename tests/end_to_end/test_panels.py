"""The panels around the desk: the state map here; the unit's equations are tested with the rows."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from rnn_desk.app.actions import draw, point
from rnn_desk.app.documents.settings import load
from rnn_desk.assets_door import asset
from tests.helpers import pen


@pytest.fixture
def mapped(desk, settle, qtbot, own_drawings):
    """A desk on which a 4 was drawn, with its map of states."""
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 4))
    settle()
    view = desk.window.panels.map
    qtbot.waitUntil(lambda: view.map is not None, timeout=30_000)
    return desk, view


def test_the_path_is_the_top_layers_states_in_the_plane(mapped):
    desk, view = mapped
    h = desk.trace.layers[-1].h
    points = view.map.project(h)
    first, *others = (view._path[row] for row in (0, 9, 27))
    apart = [[at.x() - first.x(), first.y() - at.y()] for at in others]
    moved = points[[9, 27]] - points[0]
    extent = np.ptp(view.map.paths, axis=(0, 1))
    scale = np.array(apart) / (moved if extent[0] >= extent[1] else moved[:, ::-1])
    assert scale == pytest.approx(np.full((2, 2), scale[0, 0]), rel=1e-3)  # on both axes
    area = view._plane()
    assert all(area.contains(at) for at in view._path)
    assert view._caption().startswith(f"{desk.trace.layers[-1].name}: ")


def test_the_nearest_digits_are_fours_and_a_click_draws_one(mapped, settle):
    desk, view = mapped
    labels = [view.map.references.labels[index] for index, _ in view._near]
    assert labels.count("4") >= 4
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view._thumb(0).center().toPoint())
    settle()
    chosen = view.map.references.drawings[view._near[0][0]]
    assert desk.store.state.canvas.shown is chosen
    assert desk.window.answer.answer_words()[0] == "4"
    desk.store.do(draw.undo)
    assert desk.store.state.canvas.shown is not chosen


def test_pointing_at_the_path_marks_the_row_everywhere(mapped):
    desk, view = mapped
    at = view._path[27].toPoint()
    pen.hover(view, at)
    assert desk.store.state.pointed.row is not None
    row = desk.store.state.pointed.row
    assert (view._path[row] - at).manhattanLength() < 8
    pen.hover(view, QPoint(2, 2))
    assert desk.store.state.pointed.row is None


def test_moving_the_row_changes_which_digits_are_near(mapped):
    desk, view = mapped
    last = list(view._near)
    desk.store.do(point.pin, 7)
    state = desk.trace.layers[-1].h[7]
    states = view.map.references.states[:, 7]
    nearest = int(np.linalg.norm(states - state, axis=1).argmin())
    assert view._near[0][0] == nearest
    assert view._near != last


def test_a_map_that_is_hidden_looks_for_no_digits_until_it_is_shown(mapped):
    desk, view = mapped
    dock = desk.window.docks["map"]
    dock.toggleViewAction().trigger()
    desk.store.do(point.pin, 7)
    assert view._near == []
    dock.toggleViewAction().trigger()
    state = desk.trace.layers[-1].h[7]
    nearest = np.linalg.norm(view.map.references.states[:, 7] - state, axis=1).argmin()
    assert view._near[0][0] == nearest


def test_panels_can_be_hidden_and_are_remembered(desk, make_desk, tmp_path, qtbot):

    desk.window.docks["map"].toggleViewAction().trigger()
    assert desk.window.docks["map"].isHidden()
    path = tmp_path / "settings.json"
    desk.settings.path = path
    desk.window.close()
    again = make_desk(load(path))
    with qtbot.waitExposed(again.window):
        again.window.show()
    assert again.window.docks["map"].isHidden()
    assert not again.window.docks["unit"].isHidden()
    assert load(path).layout.panels


def open_panels(desk):
    return {name for name, dock in desk.window.docks.items() if not dock.isHidden()}


def test_panels_with_nothing_to_show_give_their_room_away(desk, make_desk, qtbot, tmp_path):
    rows = desk.window.reading.rows
    before = rows.height()

    def reads(name):
        desk.open_model(asset("models", f"{name}.onnx"))
        qtbot.waitUntil(lambda: desk.models.loaded[0].path.stem == name, timeout=20_000)
        QTest.qWait(0)

    reads("cnn")
    assert open_panels(desk) == set()
    qtbot.waitUntil(lambda: rows.height() > 1.2 * before)
    desk.window.docks["unit"].toggleViewAction().trigger()
    assert open_panels(desk) == {"unit"}  # whoever wants it gets it, with a sentence in it
    desk.window.docks["unit"].toggleViewAction().trigger()
    reads("gru")
    assert open_panels(desk) == {"map"}  # the other one was closed by hand
    reads("cnn")
    desk.settings.path = tmp_path / "settings.json"
    desk.window.close()
    assert open_panels(make_desk(load(desk.settings.path))) == {"map"}
