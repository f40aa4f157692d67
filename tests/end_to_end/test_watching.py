"""Other tensors beside the layers, in the real window: chosen from a list, shown, taken away."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from rnn_desk.app.actions import point
from rnn_desk.app.requests import FindWatchable, MapStates, Open
from rnn_desk.app.values import Unit
from rnn_desk.assets_door import asset
from rnn_desk.qt.views.layer import LayerView
from rnn_desk.qt.views.no_states import NoStatesView
from rnn_desk.qt.views.watched import MapsView, WatchedView
from tests.helpers import models, pen
from tests.helpers.engine import held_back
from tests.helpers.model_files import FILES

PATIENCE = 30_000

MAPS = ("relu", "relu_1", "relu_2")
"""What the CNN that ships shows unasked."""


@pytest.fixture
def drawn(desk, settle, own_drawings):
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 5))
    settle()
    return desk


def watched(desk):
    views = desk.window.reading.rows.views()
    return [view for view in views if isinstance(view, WatchedView)]


def opened(desk, path, qtbot, settle):
    desk.open_model(path)
    qtbot.waitUntil(lambda: desk.models.loaded[0].path == path, timeout=PATIENCE)
    settle()


def test_attention_is_a_column_on_the_row_axis(drawn, qtbot, settle, tmp_path):
    opened(drawn, models.saved(tmp_path, models.attention()), qtbot, settle)
    (view,) = watched(drawn)
    (layer,) = [v for v in drawn.window.reading.rows.views() if isinstance(v, LayerView)]
    assert view.area().top() == layer.area().top()
    assert view.axis == layer.axis
    assert view.width() < layer.width()
    assert np.array_equal(view.numbers(), drawn.trace.watched[0].values)
    assert "attention" in view.tooltip_words(view.area().center())
    row_10 = QPoint(10, view.axis.y(10) + 2)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=row_10)
    assert drawn.store.state.pointed.pinned == 10


def test_a_networks_maps_stand_where_its_states_would(drawn, qtbot, settle):
    opened(drawn, FILES / "dynamo_cnn.onnx", qtbot, settle)
    first, second = watched(drawn)
    assert isinstance(first, MapsView)
    assert first.subtitle() == "8 maps of 14 × 14"
    assert second.subtitle() == "12 maps of 7 × 7"
    assert "no recurrent layers" in drawn.window.panels.unit.hint.text()
    assert not [v for v in drawn.window.reading.rows.views() if isinstance(v, NoStatesView)]
    # Pointing into a map marks the row of the picture that lies there.
    grid = first._grid(first.area())
    cell = grid.cell(3, first.area())
    where = cell.topLeft() + QPoint(round(cell.width() * 7.5 / 14), round(cell.height() * 7.5 / 14))
    pen.hover(first, where)
    assert drawn.store.state.pointed.row in (14, 15)
    words = first.tooltip_words(where).splitlines()
    assert words[:2] == ["relu, map 4 of 8", "its row 8, column 8"]
    assert float(words[2]) == pytest.approx(drawn.trace.watched[0].values[3, 7, 7], abs=1e-3)


def test_a_tensor_is_chosen_from_the_list_and_taken_away_again(drawn, qtbot, settle, tmp_path):
    opened(drawn, models.saved(tmp_path, models.attention()), qtbot, settle)
    drawn.actions["tensors"].trigger()
    qtbot.waitUntil(lambda: drawn.watching.sheet is not None, timeout=PATIENCE)
    sheet = drawn.watching.sheet
    table = sheet.table
    names = [table.item(row, 0).text() for row in range(table.rowCount())]
    ticked = [table.item(row, 0).checkState() == Qt.CheckState.Checked for row in range(len(names))]
    assert [n for n, on in zip(names, ticked, strict=True) if on] == ["attention"]
    row = next(r for r in range(table.rowCount()) if table.item(r, 1).text() == "Tanh")
    qtbot.keyClicks(sheet.search, "tanh")
    assert [table.isRowHidden(r) for r in range(len(names))] == [
        r != row for r in range(len(names))
    ]
    table.item(row, 0).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: len(watched(drawn)) == 2, timeout=PATIENCE)
    settle()
    assert [v.facts.name for v in watched(drawn)] == ["attention", names[row]]
    assert watched(drawn)[1].numbers().shape == (28, 6)
    before = drawn.trace.probabilities
    watched(drawn)[0].hidden_wanted.emit(watched(drawn)[0].facts)
    qtbot.waitUntil(lambda: len(watched(drawn)) == 1, timeout=PATIENCE)
    settle()
    assert table.item(names.index("attention"), 0).checkState() == Qt.CheckState.Unchecked
    assert np.array_equal(drawn.trace.probabilities, before)
    sheet.close()


def test_the_list_goes_with_its_model(drawn, qtbot, settle, tmp_path):
    opened(drawn, models.saved(tmp_path, models.attention()), qtbot, settle)
    drawn.actions["tensors"].trigger()
    qtbot.waitUntil(lambda: drawn.watching.sheet is not None, timeout=PATIENCE)
    opened(drawn, FILES / "ts_lstm.onnx", qtbot, settle)
    assert drawn.watching.sheet is None


def test_two_compared_models_show_their_own(drawn, qtbot, settle, tmp_path):
    opened(drawn, models.saved(tmp_path, models.attention()), qtbot, settle)
    drawn.open_model(FILES / "dynamo_cnn.onnx", 1)
    qtbot.waitUntil(lambda: len(drawn.models.loaded) == 2, timeout=PATIENCE)
    settle()
    assert [v.mark for v in watched(drawn)] == ["A", "B", "B"]
    assert all(v.numbers() is not None for v in watched(drawn))


def test_a_picture_read_by_columns_is_shown_turned(drawn, qtbot, settle, tmp_path):
    opened(drawn, models.saved(tmp_path, models.by_columns()), qtbot, settle)
    seen = drawn.window.reading.rows.seen
    assert np.array_equal(seen.numbers(), drawn.trace.raster.pixels.T)
    assert "turned" in seen.subtitle()


def test_one_tensor_more_or_a_second_model_leaves_all_that_was_chosen(
    desk, qtbot, own_drawings, engines
):
    pen.draw(desk.window.canvas, own_drawings[80])
    qtbot.waitUntil(lambda: desk.settled, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.window.panels.map.map is not None, timeout=PATIENCE)
    shown = desk.window.panels.map.map
    first = desk.window.reading.rows.layer_views()[0]
    first.show_quantity("f")
    first.order_by("peak")
    desk.store.do(point.pin, 9)
    desk.store.do(point.pin_unit, Unit(0, 0, 37))

    def as_chosen():
        view = desk.window.reading.rows.layer_views()[0]
        assert (view.quantity, view.shown.order) == ("f", "peak")
        assert desk.store.state.pointed.row == 9
        assert desk.store.state.pointed.unit == Unit(0, 0, 37)
        assert desk.window.panels.map.map is shown

    desk.open_model(asset("models", "rnn.onnx"), 1)
    qtbot.waitUntil(lambda: len(desk.models.loaded) == 2, timeout=PATIENCE)
    as_chosen()
    desk.store.do(point.pin_unit, Unit(1, 0, 3))
    desk.models.stop_comparing()
    assert desk.store.state.pointed.pinned_unit is None
    desk.store.do(point.pin_unit, Unit(0, 0, 37))
    as_chosen()
    model = desk.models.loaded[0]
    desk.models.exchange(model, engines.watching(model, 1))
    assert len(desk.models.loaded[0].watched) == 1
    as_chosen()


@pytest.fixture
def cnn(desk, qtbot):
    """A desk with a CNN, whose wishes to show more can be held back."""
    opened(desk, asset("models", "cnn.onnx"), qtbot, lambda: None)
    return desk, held_back(desk)


def ticks(desk):
    """The boxes of its tensors that are shown at first, in the list that is open."""
    sheet = desk.watching.sheet
    named = dict(zip((t.name for t in sheet._tensors), sheet._ticks, strict=True))
    return [named[name] for name in MAPS]


def test_ticks_and_what_is_taken_away_meanwhile_all_hold(cnn, qtbot):
    """Each is asked for while the one before is under way, and so is the list, once more."""
    desk, engine = cnn

    def shown():
        return tuple(tensor.name for tensor in desk.models.loaded[0].watched)

    assert shown() == MAPS
    desk.actions["tensors"].trigger()
    qtbot.waitUntil(lambda: desk.watching.sheet is not None, timeout=PATIENCE)
    first, second, _ = ticks(desk)
    engine.hold(Open)
    first.setCheckState(Qt.CheckState.Unchecked)
    assert engine.waiting
    second.setCheckState(Qt.CheckState.Unchecked)
    sheet = desk.watching.sheet
    desk.watching.reopen()
    qtbot.waitUntil(lambda: desk.watching.sheet not in (None, sheet), timeout=PATIENCE)
    ticked = [tick.checkState() == Qt.CheckState.Checked for tick in ticks(desk)]
    assert ticked == [False, False, True]
    engine.let_go()
    qtbot.waitUntil(lambda: shown() == MAPS[2:], timeout=PATIENCE)
    for tick in ticks(desk):
        tick.setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: shown() == MAPS, timeout=PATIENCE)
    engine.hold(Open)
    for view in watched(desk)[:2]:
        view.hidden_wanted.emit(view.facts)
    assert engine.waiting
    engine.let_go()
    qtbot.waitUntil(lambda: shown() == MAPS[2:], timeout=PATIENCE)


def test_where_a_list_comes_after_its_model_has_gone_that_of_the_new_one_is_opened(
    desk, qtbot, engines
):
    other = engines.open(asset("models", "cnn.onnx"))
    engine = held_back(desk)
    engine.hold(FindWatchable)
    desk.actions["tensors"].trigger()
    desk.models.use((other,))
    engine.let_go()
    qtbot.waitUntil(lambda: desk.watching.sheet is not None, timeout=PATIENCE)
    assert other.card.name in desk.watching.sheet.windowTitle()
    assert desk.window.banner.isHidden()


def test_a_tensor_more_while_the_map_is_made_leaves_the_map(desk, qtbot, engines):
    view, before = desk.window.panels.map, desk.models.loaded[0]
    engine = held_back(desk)
    engine.hold(MapStates)
    desk.open_model(asset("models", "champion.onnx"))
    qtbot.waitUntil(lambda: desk.models.loaded[0] is not before, timeout=PATIENCE)
    assert engine.waiting
    assert view.words() == "The map is being made…"
    model = desk.models.loaded[0]
    desk.models.exchange(model, engines.watching(model, 1))
    engine.let_go()
    qtbot.waitUntil(lambda: view.map is not None, timeout=PATIENCE)
    assert view.why is None
