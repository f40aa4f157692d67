"""The unit looked at: its numbers are the Trace's, at first sight and wherever one points."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rnn_desk.app.actions import intervene, point
from rnn_desk.app.values import Unit
from rnn_desk.assets_door import asset
from rnn_desk.core.lab import Experiment
from rnn_desk.core.unit import telling_row, telling_unit
from rnn_desk.qt.style.theme import DARK
from rnn_desk.qt.views import mathematics as views_mathematics
from rnn_desk.qt.views.mathematics import set_by_ziamath
from tests.end_to_end.conftest import LOAD_MS
from tests.helpers import mathematics, pen
from tests.helpers.engine import held_back
from tests.helpers.looks import pixels


@pytest.fixture
def drawn(desk, settle, own_drawings):
    """A desk on which a 4 was drawn."""
    pen.draw(desk.window.canvas, next(each for each in own_drawings if each.label == 4))
    settle()
    return desk


def inspector(desk):
    return desk.window.panels.unit


def values(desk):
    return {
        each.symbol.removesuffix("_t"): each.value for each in inspector(desk).equations.equations
    }


def expected(desk, layer, row, unit):
    trace = desk.trace.layers[layer]
    return {name: pytest.approx(v[row, unit], abs=1e-4) for name, v in trace.quantities.items()}


def test_before_anything_is_drawn_the_formulas_stand_there_alone(desk):
    view = inspector(desk)
    assert "Draw a digit" in view.hint.text()
    assert view.equations.isVisible()
    assert [each.symbol for each in view.equations.equations] == [
        f"{name}_t" for name in ("f", "i", "g", "o", "c", "h")
    ]
    assert all(part.number is None for e in view.equations.equations for part in e.parts)
    assert not view.rows.isVisible()


@pytest.mark.parametrize("model", ["rnn", "gru", "lstm"])
def test_no_formula_is_set_while_somebody_waits(drawn, qtbot, model, monkeypatch):
    set_late = []

    def set_anew(tex):
        set_late.append(tex)
        return set_by_ziamath(tex)

    monkeypatch.setattr("rnn_desk.qt.views.mathematics.set_by_ziamath", set_anew)
    for cached in (views_mathematics._set, views_mathematics.piece):
        cached.cache_clear()
    drawn.open_model(asset("models", f"{model}.onnx"))
    reads = lambda: drawn.settled and drawn.models.loaded[0].path.stem == model  # noqa: E731
    qtbot.waitUntil(reads, timeout=LOAD_MS)
    drawn.window.grab()
    assert not set_late


def test_at_first_sight_it_tells_of_the_unit_that_changes_where_the_belief_rises(drawn):
    belief = np.concatenate([[0.1], drawn.trace.belief[:, drawn.trace.answer]])
    row = int(np.diff(belief).argmax())
    unit = drawn.store.state.pointed.unit
    assert unit is not None
    assert drawn.store.state.pointed.pinned_unit is None
    assert values(drawn) == expected(drawn, 0, row, unit.unit)
    assert "rises most" in inspector(drawn).hint.text()
    for each in inspector(drawn).equations.equations:
        assert mathematics.worked_out(each) == pytest.approx(each.value, abs=1e-4)


@pytest.mark.parametrize("layer", [0, 1])
def test_pointing_at_a_unit_shows_its_numbers(drawn, layer):
    view = drawn.window.reading.rows.views()[1 + layer]
    at = QPoint(round(37.5 * view.width() / view.facts.units), view.axis.y(14) + 3)
    pen.hover(view, at)
    assert values(drawn) == expected(drawn, layer, 14, 37)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    pen.hover(drawn.window.reading.rows.gutter, QPoint(3, view.axis.y(20) + 3))
    assert values(drawn) == expected(drawn, layer, 20, 37)


def test_the_gate_pointed_at_is_the_one_whose_weights_are_shown(drawn):
    drawn.store.do(point.pin_unit, Unit(0, 0, 5))
    drawn.store.do(point.pin, 12)
    view = inspector(drawn)
    assert view.line == "f"
    symbols = [each.symbol for each in view.equations.equations]
    line = symbols.index("o_t")
    pen.hover(view.equations, QPoint(60, round((line + 0.5) * view.equations.height() / 6.5)))
    assert view.line == "o"
    weights = drawn.models.loaded[0].layers[0].weights
    units = len(weights.h0)
    assert np.array_equal(view.weighing.total.w, weights.W[units + 5])  # i, o, f, g
    assert np.array_equal(view.weighing.total.u, weights.R[units + 5])


def test_the_strips_tell_the_three_numbers_of_a_pixel(drawn):
    drawn.store.do(point.pin_unit, Unit(0, 0, 5))
    drawn.store.do(point.pin, 12)
    strips = inspector(drawn).weighing
    assert strips.isVisible()
    box = strips._box("x", 0)
    at = QPoint(round(box.x() + 14.5 / 28 * box.width()), box.center().y())
    total = strips.total
    words = strips.tooltip_words(at)
    assert words.startswith("pixel 15 of the row")
    for number in (total.x[14], total.w[14], total.input_terms[14]):
        assert f"{number:+.3f}".replace("-", "−") in words


def test_a_click_on_a_term_goes_to_the_unit_it_comes_from(drawn):
    drawn.store.do(point.pin_unit, Unit(0, 1, 5))
    drawn.store.do(point.pin, 12)
    strips = inspector(drawn).weighing
    for source, place, layer in (("h", 33, 1), ("x", 100, 0)):
        box, count = strips._box(source, 1), len(strips._strips[source][0].values)
        at = QPoint(round(box.x() + (place + 0.5) / count * box.width()), box.center().y())
        QTest.mouseClick(strips, Qt.MouseButton.LeftButton, pos=at)
        unit = drawn.store.state.pointed.pinned_unit
        assert unit.layer == layer
        assert abs(unit.unit - place) <= 1
        drawn.store.do(point.pin_unit, Unit(0, 1, 5))


def test_the_rows_of_the_unit_move_through_the_reading(drawn):
    drawn.store.do(point.pin_unit, Unit(0, 0, 5))
    rows = inspector(drawn).rows
    y = next(y for y in range(rows.height()) if rows._row_at(y) == 17) + 1
    pen.hover(rows, QPoint(10, y))
    assert drawn.store.state.pointed.row == 17
    words = rows.tooltip_words(QPoint(10, y))
    assert f"c = {drawn.trace.layers[0].c[17, 5]:+.3f}".replace("-", "−") in words


def test_formulas_are_painted_in_the_themes_text_colour(drawn):
    drawn.actions["theme_dark"].trigger()
    view = inspector(drawn).equations
    colour = QColor(DARK.text)
    painted = pixels(view)
    assert (painted == [colour.red(), colour.green(), colour.blue()]).all(axis=2).sum() > 50


def test_scrubbing_never_runs_the_model_for_it(drawn):
    before = held_back(drawn).asked
    drawn.store.do(point.pin_unit, Unit(0, 0, 5))
    for row in range(28):
        drawn.store.do(point.pin, row)
        assert values(drawn) == expected(drawn, 0, row, 5)
    assert held_back(drawn).asked == before


def test_in_a_lesson_the_equations_are_read_from_the_last_row(drawn):
    """Where letters would be smaller than the words around them, the lines stand in two columns."""
    drawn.window.resize(1366, 768)
    drawn.store.do(point.pin_unit, Unit(0, 0, 5))
    drawn.window.enlarge(True)
    QApplication.processEvents()
    view = inspector(drawn).equations
    try:
        line = view.fontMetrics().height()
        left = [view.tooltip_words(QPoint(20, y)) for y in range(view.height())]
        right = [view.tooltip_words(QPoint(view.width() - 20, y)) for y in range(view.height())]
        assert sum("0 forgets it" in words for words in left) > line
        assert not any("0 forgets it" in words for words in right)
        assert any("what the next row and the next layer" in words for words in right)
    finally:
        drawn.window.enlarge(False)


def test_a_click_on_a_line_shows_it_of_all_units(drawn):
    drawn.store.do(point.pin_unit, Unit(0, 1, 5))
    view = inspector(drawn).equations
    heights = range(view.height())
    y = next(y for y in heights if "0 forgets it" in view.tooltip_words(QPoint(20, y))) + 5
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(40, y))
    first, second = drawn.window.reading.rows.views()[1:3]
    assert (first.quantity, second.quantity) == ("h", "f")
    assert np.array_equal(second.values, drawn.trace.layers[1].gates["f"])


def test_with_the_pen_up_the_unit_told_of_changes_most_whatever_was_before(
    desk, settle, own_drawings
):
    canvas = desk.window.canvas
    pen.draw(canvas, next(drawing for drawing in own_drawings if drawing.label == 8))
    settle()
    first = desk.store.state.pointed.suggested_unit
    layer, row = desk.trace.layers[0], telling_row(desk.trace)
    assert first == Unit(0, 0, telling_unit(layer, row))
    desk.store.do(intervene.try_out, Experiment(covered=frozenset(range(8, 12))))
    settle()
    desk.actions["undo"].trigger()
    settle()
    assert desk.store.state.pointed.suggested_unit == first


def test_hidden_it_costs_the_pen_nothing_and_shown_again_it_has_the_newest(
    drawn, settle, monkeypatch
):
    view, shown = inspector(drawn), []
    show_unit = type(view)._show_unit
    monkeypatch.setattr(
        type(view), "_show_unit", lambda self, unit: shown.append(unit) or show_unit(self, unit)
    )
    drawn.window.docks["unit"].hide()
    pen.draw_stroke(drawn.window.canvas, [(10, 10), (60, 200)])
    settle()
    assert shown == []
    drawn.window.docks["unit"].show()
    assert shown
    unit = drawn.store.state.pointed.unit
    layer, row = drawn.trace.layers[unit.layer], telling_row(drawn.trace)
    assert view.equations.equations[-1].value == pytest.approx(float(layer.h[row, unit.unit]))
