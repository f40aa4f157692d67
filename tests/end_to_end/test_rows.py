"""The row views: every painted pixel is a number of the Trace, and one row is marked in all."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from rnn_desk.app.actions import choose as choosing
from rnn_desk.app.actions import draw, intervene, point, show
from rnn_desk.app.values import LayerShown
from rnn_desk.assets_door import asset
from rnn_desk.core.lab import Experiment
from rnn_desk.core.ordering import ORDERS
from rnn_desk.qt.style.theme import DARK, LIGHT
from rnn_desk.qt.views.row_axis import RowAxis
from tests.helpers import pen
from tests.helpers.engine import held_back
from tests.helpers.looks import pixels


@pytest.fixture
def drawn(desk, settle, own_drawings):
    """A desk on which an 8 was drawn."""
    eight = next(drawing for drawing in own_drawings if drawing.label == 8)
    pen.draw(desk.window.canvas, eight)
    settle()
    return desk


def numbers(view, trace):
    name = type(view).__name__
    if name == "SeenView":
        return trace.raster.pixels
    return trace.belief if name == "BeliefView" else trace.layers[view.index].h


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("place", ["seen", "layer 1", "layer 2", "belief"])
def test_painted_pixels_are_the_trace_through_the_colour_map(drawn, theme, place):
    drawn.actions[f"theme_{theme}"].trigger()
    panel = drawn.window.reading.rows
    view = dict(zip(["seen", "layer 1", "layer 2", "belief"], panel.views(), strict=True))[place]
    values = numbers(view, drawn.trace)
    rows, count = values.shape
    view.resize(count * 6, view.height())  # whole pixels a number, so that each can be looked at
    painted = pixels(view)
    colours = {"light": LIGHT, "dark": DARK}[theme]
    chosen = {"seen": colours.picture, "belief": colours.single}.get(place, colours.signed)
    expected = chosen.colours[chosen.indices(values)]
    height = view.axis.row_height
    # The winners' names stand in the middle of the belief's cells: look at the cells' corners.
    dx, dy = (1, 1) if place == "belief" else (3, height // 2)
    ys = np.array([view.axis.y(row) + dy for row in range(rows)])
    xs = np.arange(count) * 6 + dx
    got = painted[np.ix_(ys, xs)]
    same = (got == expected).all(axis=2)
    same[:, 0] = same[0] = True  # the frame runs over the outermost pixels
    if place == "belief":
        settled = drawn.trace.settled_row
        same[settled] = True  # the dashed line
    assert same.all()


def test_hovering_marks_the_row_in_every_view(drawn):
    panel = drawn.window.reading.rows
    for view in panel.views():
        pen.hover(view, QPoint(5, view.axis.y(13) + view.axis.row_height // 2))
        assert drawn.store.state.pointed.row == 13
        for other in panel.views():
            painted = pixels(other)
            mark = QColor(other.theme.accent)
            column = painted[other.axis.y(13) - 1 : other.axis.y(13) + 2, other.width() // 2]
            assert (column == [mark.red(), mark.green(), mark.blue()]).all(axis=1).any()


def test_rows_not_yet_read_are_dimmed(drawn):
    view = drawn.window.reading.rows.views()[1]
    before = pixels(view)
    drawn.store.do(point.pin, 10)
    after = pixels(view)
    area = view.area().adjusted(2, 2, -2, -2)
    read = slice(area.top(), view.axis.y(10) - 2)
    unread = slice(view.axis.y(11) + 2, area.bottom())
    inside = slice(area.left(), area.right())
    assert np.array_equal(before[read, inside], after[read, inside])
    contrast = [p[unread, inside].astype(float).std() for p in (before, after)]
    assert contrast[1] < 0.4 * contrast[0]


def test_arrow_keys_move_the_row_and_the_answer_follows(drawn):
    window, store = drawn.window, drawn.store
    QTest.keyClick(window, Qt.Key.Key_Home)
    assert store.state.pointed.row == 0
    for _ in range(5):
        QTest.keyClick(window, Qt.Key.Key_Down)
    assert store.state.pointed.row == 5
    QTest.keyClick(window, Qt.Key.Key_Up)
    assert store.state.pointed.row == 4
    belief = drawn.trace.belief[4]
    store.do(choosing.unsure_below, 0)
    digit, part, when = window.answer.answer_words()
    assert digit == str(belief.argmax())
    assert part == f"{belief.max():.1%}"
    assert "5" in when
    QTest.keyClick(window, Qt.Key.Key_End)
    assert store.state.pointed.row == 27
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert store.state.pointed.row is None
    assert window.answer.answer_words()[0] == "8"


def test_moving_through_the_rows_never_runs_the_model(drawn):
    before = held_back(drawn).asked
    for row in range(28):
        drawn.store.do(point.pin, row)
        pen.hover(drawn.window.reading.rows.seen, QPoint(40, 60 + row * 5))
    assert held_back(drawn).asked == before


def test_a_click_pins_the_row_and_another_lets_it_go(drawn):
    view = drawn.window.reading.rows.views()[-1]
    at = QPoint(10, view.axis.y(20) + 3)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    drawn.store.do(point.hover, None)
    assert drawn.store.state.pointed.row == 20
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    drawn.store.do(point.hover, None)
    assert drawn.store.state.pointed.row is None


def test_tooltips_give_the_numbers(drawn):
    panel, trace = drawn.window.reading.rows, drawn.trace
    layer = panel.views()[1]
    unit, row = 37, 14
    at = QPoint(round((unit + 0.5) * layer.width() / 128), layer.axis.y(row) + 2)
    words = layer.tooltip_words(at)
    assert f"h = {trace.layers[0].h[row, unit]:+.3f}" in words
    assert f"f = {trace.layers[0].gates['f'][row, unit]:.3f}" in words
    assert "15" in words
    assert "38" in words
    assert "moment" in panel.seen.tooltip_words(QPoint(5, 2))  # over the title, not over a row


def test_the_views_stand_row_against_row(drawn):
    for size in ((1024, 700), (1366, 768), (1920, 1080), (3840, 2160)):
        drawn.window.resize(*size)
        views = drawn.window.reading.rows.views()
        assert len({view.axis for view in views}) == 1
        assert len({view.y() for view in views}) == 1
        edges = [(view.x(), view.x() + view.width()) for view in views]
        assert all(a[1] < b[0] for a, b in itertools.pairwise(edges))
        assert edges[-1][1] <= drawn.window.reading.rows.width()


def test_playing_goes_through_the_rows(drawn, qtbot):
    drawn.window.reading.timer.setInterval(1)
    seen = []
    drawn.store.pointed_changed.connect(lambda: seen.append(drawn.store.state.pointed.row))
    QTest.keyClick(drawn.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not drawn.actions["play"].isChecked(), timeout=5000)
    assert seen == [*range(28), None]


def test_the_row_lies_on_the_drawing_where_the_network_reads_it(drawn):
    """The mark on the canvas covers just the ink that is in that row of the raster."""
    raster = drawn.trace.raster
    points = np.concatenate([s.points for s in drawn.store.state.canvas.shown.strokes])
    rows = np.floor(points[:, 1] * raster.scale + raster.offset[1])
    inked = np.flatnonzero(raster.pixels.sum(axis=1) > 0.5)
    assert rows.min() - 2 <= inked.min() <= rows.min()
    assert rows.max() <= inked.max() <= rows.max() + 2


def choose(view, words):
    """Choose the entry of a view's menu that has these words in it."""
    menu = view.menu()
    action = next(action for action in menu.actions() if words in action.text())
    action.trigger()
    menu.close()


@pytest.mark.parametrize("gate", ["c", "i", "f", "g", "o"])
def test_a_layer_shows_its_cell_state_and_every_gate(drawn, gate):
    view = drawn.window.reading.rows.views()[1]
    choose(view, f"{gate}   ")
    values = drawn.trace.layers[0].quantities[gate]
    assert np.array_equal(view.values, values)
    assert view.title().startswith(f"LSTM 1: {gate}")
    colours = LIGHT.signed if gate in "cg" else LIGHT.single
    expected = colours.of(values, view.limit())
    beyond = np.abs(values) > view.limit()  # a few, which would leave all the others pale
    assert beyond.mean() <= 0.02
    assert view.legend()[3].startswith("≥ ") == beyond.any()
    image = view.image
    for row, unit in ((0, 0), (14, 37), (27, 127)):
        assert image.pixelColor(unit, row).getRgb()[:3] == tuple(expected[row, unit])


@pytest.mark.parametrize("order", ["peak", "Like units"])
def test_units_in_another_order_are_still_the_same_units(drawn, order):
    view = drawn.window.reading.rows.views()[2]
    before = view.values.copy()
    choose(view, order)
    assert not np.array_equal(view.values, before)
    assert np.array_equal(np.sort(view.values, axis=1), np.sort(before, axis=1))
    at = QPoint(view.width() // 3, view.axis.y(9) + 2)
    pen.hover(view, at)
    unit = drawn.store.state.pointed.unit
    column = view.column_at(at.x() / view.width())
    assert np.array_equal(view.values[:, column], drawn.trace.layers[1].h[:, unit.unit])
    assert f"unit {unit.unit + 1}" in view.tooltip_words(at)


def test_numbers_can_be_copied(drawn):
    view = drawn.window.reading.rows.views()[-1]
    choose(view, "Copy the numbers")
    lines = QGuiApplication.clipboard().text().splitlines()
    heads, *lines = [line.split("\t") for line in lines]
    assert heads == ["row", *drawn.trace.classes]
    assert [line[0] for line in lines] == [str(row) for row in range(1, 29)]
    copied = np.array([[float(word) for word in line[1:]] for line in lines])
    assert np.allclose(copied, drawn.trace.belief, rtol=1e-4, atol=1e-6)
    choose(view, "Copy the picture")
    assert not QGuiApplication.clipboard().pixmap().isNull()


def test_two_models_are_compared_on_one_row_axis(drawn, qtbot, settle):
    drawn.open_model(asset("models", "lstm.onnx"), 1)
    qtbot.waitUntil(lambda: len(drawn.models.loaded) == 2, timeout=20_000)
    settle()
    panel = drawn.window.reading.rows
    assert len(panel.views()) == 7
    assert len({view.axis for view in panel.views()}) == 1
    assert drawn.window.answers[1].answer_words() == drawn.window.answers[0].answer_words()
    drawn.store.do(point.pin, 9)
    assert all(view.store.state.pointed.row == 9 for view in panel.views())
    drawn.models.stop_comparing()
    settle()
    assert len(panel.views()) == 4
    assert drawn.window.answers[1].isHidden()


def test_below_the_limit_the_desk_says_unsure(drawn):
    answer = drawn.window.answer
    drawn.store.do(point.pin, 0)  # one blank row: nothing is known yet
    digit, words, _ = answer.answer_words()
    assert digit == "?"
    assert str(drawn.trace.belief[0].argmax()) in words
    choose(answer, "Never unsure")
    assert answer.answer_words()[0] == str(drawn.trace.belief[0].argmax())
    choose(answer, "90%")
    assert drawn.store.state.look.unsure_below == 0.9


def test_the_longest_bar_can_come_first(drawn):
    answer = drawn.window.answer
    before = pixels(answer)
    choose(answer, "Longest")
    assert not np.array_equal(pixels(answer), before)


def test_above_every_view_its_tooltip_says_how_to_read_it(drawn, settle):
    drawn.actions["gradient"].trigger()
    settle()
    views = drawn.window.reading.rows.views()
    told = [view.tooltip_words(QPoint(10, 5)) for view in views]
    assert [type(view).__name__ for view in views] == [
        "SeenView", "LayerView", "LayerView", "GradientView", "BeliefView",
    ]  # fmt: skip
    for words, part in zip(told, ["moment", "LSTM 1", "LSTM 2", "gradient", "dashed"], strict=True):
        assert part in words
    views[1].show_quantity("f")
    assert "1, full green, is open" in views[1].tooltip_words(QPoint(10, 5))


def test_the_rows_that_are_numbered_do_not_touch(drawn):
    gutter = drawn.window.reading.rows.gutter
    plain = pixels(gutter)
    for row in range(28):
        drawn.store.do(point.pin, row)
        assert (pixels(gutter) != plain).any()
    for rows in (8, 28, 32, 784):
        axis = RowAxis(max(1, 300 // rows), rows, 14)
        named = axis.numbered()
        assert named[0] == 0
        assert named[-1] == rows - 1
        assert all((b - a) * axis.row_height >= 11 for a, b in itertools.pairwise(named))


def test_colours_of_the_cell_state_keep_their_limit(drawn, settle):
    """So that two drawings, or a drawing before and after an experiment, can be compared."""
    view = drawn.window.reading.rows.views()[1]
    view.show_quantity("c")
    limit = view.limit()
    assert limit > 1
    drawn.store.do(intervene.try_out, Experiment().with_factor(0, "f", 0.0))
    settle()
    assert np.quantile(np.abs(view.values), 0.98) < limit / 2
    assert view.limit() == limit


def test_an_order_chosen_before_there_is_a_reading_is_that_of_the_first(desk, settle, own_drawings):
    view, *_ = desk.window.reading.rows.layer_views()
    view.order_by("peak")
    desk.store.do(draw.put, own_drawings[0])
    settle()
    h = desk.trace.layers[0].h
    assert (view.values == h[:, ORDERS["peak"](h)]).all()
    assert not (view.values == h).all()


def test_views_are_laid_out_anew_only_where_one_of_them_moves(drawn, settle, monkeypatch):
    panel, laid = drawn.window.reading.rows, []
    monkeypatch.setattr(panel.gutter, "setGeometry", laid.append)
    drawn.store.do(show.of_class, 3)
    drawn.store.do(show.equation, "f")
    drawn.store.do(show.layer_as, LayerShown(0, 0, "c"))
    assert not laid
    drawn.store.do(show.view, "gradient", True)
    assert len(laid) == 1
    drawn.store.do(show.of_class, 4)
    settle()
    assert len(laid) == 1
    drawn.store.do(show.view, "cells", True)  # it wants more room
    assert len(laid) == 2
