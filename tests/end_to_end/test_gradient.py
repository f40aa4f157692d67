"""The gradient on the desk: what is painted is the Trace's, and only a choice makes it anew."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtTest import QTest

from rnn_desk.app.actions import point, show
from rnn_desk.app.documents import settings
from rnn_desk.assets_door import asset
from rnn_desk.core.trace import GradientTrace
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.qt.style.theme import DARK, LIGHT
from rnn_desk.qt.views.gradient import GradientView
from rnn_desk.qt.views.mathematics import short, significant
from rnn_desk.qt.views.seen import SeenView
from tests.helpers import models, pen
from tests.helpers.engine import reader_of
from tests.helpers.looks import pixels


@pytest.fixture
def drawn(desk, settle, own_drawings):
    """A desk on which an 8 was drawn, no gradient shown yet."""
    pen.draw(desk.window.canvas, next(drawing for drawing in own_drawings if drawing.label == 8))
    settle()
    return desk


def views(desk):
    return [v for v in desk.window.reading.rows.views() if isinstance(v, GradientView)]


def choose(view, words):
    menu = view.menu()
    (action,) = [action for action in menu.actions() if action.text() == words]
    action.trigger()
    menu.close()


def test_the_gradient_is_worked_out_only_while_it_is_shown(drawn, settle):
    assert drawn.trace.gradient is None
    assert views(drawn) == []
    QTest.keyClick(drawn.window, Qt.Key.Key_G)
    settle()
    assert isinstance(drawn.trace.gradient, GradientTrace)
    assert len(views(drawn)) == 1
    assert drawn.actions["gradient"].isChecked()
    QTest.keyClick(drawn.window, Qt.Key.Key_G)
    settle()
    assert drawn.trace.gradient is None
    assert views(drawn) == []


@pytest.mark.parametrize("width", [76, 110, 118, 160, 300])
@pytest.mark.parametrize("points", [9, 14])
def test_the_names_of_the_decades_do_not_touch(drawn, settle, width, points):
    drawn.actions["gradient"].trigger()
    settle()
    (view,) = views(drawn)
    view.resize(width, view.height())
    metrics = QFontMetrics(QFont(view.font().family(), points))
    ends = -1.0
    for decade, x in sorted(view.ticks(metrics), key=lambda tick: tick[1]):
        assert x > ends, decade
        ends = x + metrics.horizontalAdvance(f"10{'⁻' * (decade < 0)}{'⁰' * len(str(abs(decade)))}")
        assert ends <= width


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_each_row_has_its_norm_on_the_log_axis(drawn, settle, theme):
    drawn.actions[f"theme_{theme.name}"].trigger()
    drawn.actions["gradient"].trigger()
    settle()
    (view,) = views(drawn)
    view.resize(400, view.height())
    painted = pixels(view)
    low, high = view.decades
    norms = drawn.trace.gradient.norms
    assert low <= np.log10(norms.min())
    assert np.log10(norms.max()) <= high
    # The first layer's marker is a disc, painted where no other line's is.
    colour = QColor(theme.accent)
    for row in range(28):
        first, second = np.log10(norms[:, row])
        x = [9 + (e - low) / (high - low) * (view.width() - 18) for e in (first, second)]
        if abs(x[0] - x[1]) < 8:
            continue
        y = view.axis.y(row) + view.axis.row_height // 2
        found = painted[y - 1 : y + 2, round(x[0]) - 1 : round(x[0]) + 2]
        assert (found == [colour.red(), colour.green(), colour.blue()]).all(axis=2).any()
        words = view.tooltip_words(QPoint(20, y))
        assert f"LSTM 1: ‖∂ log p / ∂h‖ = {short(norms[0, row])}" in words
        assert f"LSTM 2: ‖∂ log p / ∂h‖ = {short(norms[1, row])}" in words


def test_only_another_class_makes_it_anew_moving_through_the_rows_does_not(drawn, settle):
    drawn.actions["gradient"].trigger()
    drawn.actions["saliency"].trigger()
    settle()
    trace = drawn.trace
    assert trace.gradient.target == 8
    for row in range(28):
        drawn.store.do(point.pin, row)
    settle()
    assert drawn.trace is trace
    choose(views(drawn)[0], "Gradient of 3")
    settle()
    assert drawn.trace.gradient.target == 3
    assert "p(3)" in views(drawn)[0].title()
    assert "speaks for 3" in drawn.window.reading.rows.seen.subtitle()
    assert not np.array_equal(drawn.trace.gradient.norms, trace.gradient.norms)
    choose(views(drawn)[0], "Gradient of the answer")
    settle()
    assert np.array_equal(drawn.trace.gradient.norms, trace.gradient.norms)


def test_two_models_gradients_lie_on_one_axis(drawn, qtbot, settle, tmp_path):
    drawn.actions["gradient"].trigger()
    rnn = models.saved(tmp_path, models.recurrent("RNN"), models.card(name="RNN"))
    drawn.open_model(rnn, 1)
    qtbot.waitUntil(lambda: len(drawn.models.loaded) == 2, timeout=20_000)
    settle()
    first, second = views(drawn)
    assert first.decades == second.decades
    for view in (first, second):
        norms = view.gradient.norms
        assert 10.0 ** first.decades[0] <= norms.min()
        assert norms.max() <= 10.0 ** first.decades[1]
    assert second.trace.model.name == "RNN"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_saliency_lies_over_the_picture_in_its_legends_colours(drawn, settle, theme):
    drawn.actions[f"theme_{theme.name}"].trigger()
    seen = drawn.window.reading.rows.seen
    plain = pixels(seen)
    choose(seen, "Saliency over the picture")
    settle()
    assert drawn.actions["saliency"].isChecked()
    saliency = drawn.trace.gradient.saliency
    colours, low, _, high = seen.legend()
    limit = float(high.removeprefix("≥ "))
    assert colours is theme.signed
    assert low == high.replace("≥", "≤").replace("+", "−")
    assert (np.abs(saliency).max() > limit) == ("≥" in high)
    assert (np.abs(saliency) > limit).mean() < 0.03
    painted = pixels(seen)
    size = seen.axis.row_height
    strong = np.argwhere(np.abs(saliency) > limit / 2)
    assert len(strong) > 0
    for row, column in strong:
        x = int((column + 0.5) * seen.width() / 28)
        expected = colours.colours[colours.indices(saliency, limit)[row, column]]
        got = painted[seen.axis.y(row) + size // 2, x]
        assert np.abs(got.astype(int) - expected).max() <= 2
    row, column = strong[0]
    at = QPoint(int((column + 0.5) * seen.width() / 28), seen.axis.y(row) + 2)
    assert f"∂ log p(8) / ∂x = {significant(saliency[row, column])}" in seen.tooltip_words(at)
    choose(seen, "The picture alone")
    settle()
    assert np.array_equal(pixels(seen), plain)


def test_a_network_without_states_says_why_there_is_no_gradient(drawn, qtbot, settle, tmp_path):
    drawn.actions["gradient"].trigger()
    drawn.actions["saliency"].trigger()
    card = models.card(layout="NCHW", reading="whole", name="CNN")
    drawn.open_model(models.saved(tmp_path, models.convolution(), card))
    qtbot.waitUntil(lambda: drawn.models.loaded[0].card.name == "CNN", timeout=20_000)
    settle()
    (view,) = views(drawn)
    words = view.tooltip_words(QPoint(20, view.axis.y(3)))
    assert words == "No gradient for this model: it has no recurrent layer to go back through"
    seen = drawn.window.reading.rows.seen
    assert words in seen.tooltip_words(QPoint(20, seen.axis.y(3)))
    pixels(view)  # painting says it too, and does not fail


def test_what_is_shown_is_remembered(make_desk, tmp_path):
    path = tmp_path / "settings.json"
    desk = make_desk(path=path)
    desk.actions["gradient"].trigger()
    desk.actions["saliency"].trigger()
    desk.window.close()
    again = make_desk(settings.load(path), path)
    assert again.actions["gradient"].isChecked()
    assert again.actions["saliency"].isChecked()
    assert "gradient" in again.store.state.views.shown
    assert again.window.reading.rows.seen.shows_saliency


def test_numbers_can_be_copied_as_a_column_a_layer(drawn, settle):
    drawn.actions["gradient"].trigger()
    settle()
    (view,) = views(drawn)
    assert view.numbers().shape == (28, 2)


def test_a_model_opened_while_the_gradient_is_shown_has_it(drawn, qtbot, settle):
    drawn.actions["gradient"].trigger()
    settle()
    before = drawn.models.loaded[0]
    drawn.open_model(asset("models", "lstm.onnx"))
    qtbot.waitUntil(lambda: drawn.models.loaded[0] is not before, timeout=20_000)
    settle()
    assert isinstance(drawn.trace.gradient, GradientTrace)
    assert len(views(drawn)) == 1


@pytest.fixture
def cells(drawn, tmp_path):
    """Small models, one of each kind, to be laid over one another."""
    paths = []
    for op in ("RNN", "GRU", "LSTM"):
        model = models.recurrent(op=op, units=8, seed=len(paths))
        paths.append(models.saved(tmp_path, model, models.card(name=op), name=f"{op}.onnx"))
    drawn.views.cells = tuple(paths)
    return tuple(paths)


def test_kinds_of_cells_lie_over_one_another_as_parts_of_the_last_row(drawn, cells, qtbot, settle):
    QTest.keyClick(drawn.window, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: drawn.baselines.ready, timeout=60_000)
    settle()
    (view,) = views(drawn)
    own = ["LSTM 128-64: LSTM 1", "LSTM 128-64: LSTM 2"]
    assert view.column_names() == ["RNN", "GRU", "LSTM", *own]
    target = drawn.trace.gradient.target
    for path, values in zip(cells, view.numbers().T, strict=False):
        reader = open_reader(path, CPU)
        trace = reader.with_gradient(reader.read(drawn.trace.raster), target)
        norms = trace.gradient.state_norms[0]
        assert np.allclose(values, norms / norms[-1], rtol=1e-4)
    low, high = view.decades
    assert view.numbers().max() <= 10.0**high
    assert view.numbers().min() >= 10.0**low or high - low == 12
    words = view.tooltip_words(QPoint(20, view.axis.y(4) + 2))
    assert f"RNN: part left = {short(view.numbers()[4, 0])}" in words
    QTest.keyClick(drawn.window, Qt.Key.Key_G)  # with the view goes what is in it
    settle()
    assert not drawn.actions["cells"].isChecked()
    assert views(drawn) == []


def test_a_model_that_is_shown_anyway_is_not_laid_over_itself(drawn, cells, qtbot, settle):
    drawn.open_model(cells[1], 1)
    qtbot.waitUntil(lambda: len(drawn.models.loaded) == 2, timeout=60_000)
    drawn.actions["cells"].trigger()
    qtbot.waitUntil(lambda: drawn.baselines.ready, timeout=60_000)
    settle()
    (view,) = views(drawn)  # one for both models
    own = ["LSTM 128-64: LSTM 1", "LSTM 128-64: LSTM 2"]
    assert sorted(view.column_names()) == ["GRU", "LSTM", *own, "RNN"]
    choose(view, "RNN, GRU and LSTM over one another")
    settle()
    assert len(views(drawn)) == 2


def test_two_models_have_each_its_own_saliency(drawn, cells, qtbot, settle):
    drawn.actions["saliency"].trigger()
    drawn.open_model(cells[0], 1)
    qtbot.waitUntil(lambda: len(drawn.models.loaded) == 2, timeout=60_000)
    settle()
    first, second = (v for v in drawn.window.reading.rows.views() if isinstance(v, SeenView))
    reader = reader_of(drawn.models.loaded[1])
    other = reader.with_gradient(reader.read(drawn.trace.raster), "answer").gradient
    assert np.allclose(first._saliency, drawn.trace.gradient.saliency)
    assert np.allclose(second._saliency, other.saliency)
    assert first.axis == second.axis
    drawn.actions["saliency"].trigger()
    settle()
    seen = [v for v in drawn.window.reading.rows.views() if isinstance(v, SeenView)]
    assert seen == [first]


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("more", [(), ("gradient", "saliency")], ids=["", "with all views"])
def test_two_models_have_room_for_all_their_views(drawn, cells, qtbot, settle, size, more):
    drawn.window.resize(*size)
    drawn.open_model(cells[2], 1)
    for name in more:
        drawn.actions[name].trigger()
    qtbot.waitUntil(lambda: len(drawn.models.loaded) == 2, timeout=60_000)
    settle()
    QTest.qWait(0)
    assert drawn.window.size().toTuple() == size
    panel = drawn.window.reading.rows
    left = 0
    for view in panel.views():
        assert view.x() >= left
        assert view.width() >= 20
        left = view.x() + view.width()
    assert left <= panel.width()
    assert left >= panel.width() - 20  # and none of it is left empty


def test_a_click_on_a_bar_asks_what_speaks_for_that_class(drawn, settle):
    answer, seen = drawn.window.answer, drawn.window.reading.rows.seen
    y = next(y for y in range(answer.height()) if answer.class_at(QPoint(5, y)) == 4) + 3
    assert answer.tooltip_words(QPoint(5, y)).startswith("4: ")
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton, pos=QPoint(60, y))
    settle()
    assert seen.shows_saliency
    assert drawn.trace.gradient.target == drawn.store.state.views.target == 4
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton, pos=QPoint(60, y))  # of the answer again
    settle()
    assert drawn.store.state.views.target == "answer"
    assert drawn.trace.gradient.target == drawn.trace.answer


def test_an_empty_sheet_begins_with_the_answer_again(drawn, settle):
    drawn.actions["saliency"].trigger()
    drawn.store.do(show.of_class, 3)
    settle()
    assert drawn.store.state.views.target == 3
    drawn.actions["clear"].trigger()
    assert drawn.store.state.views.target == "answer"
    drawn.actions["undo"].trigger()
    settle()
    assert drawn.trace.gradient.target == drawn.trace.answer
