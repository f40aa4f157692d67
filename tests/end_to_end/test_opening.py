"""A model of somebody else's, opened in the window: with progress and Cancel, and without harm."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from PySide6.QtCore import Qt

from rnn_desk.app.engines import Engines
from rnn_desk.app.limits import Limits
from rnn_desk.assets_door import asset, default_model
from rnn_desk.qt.views.inspector import InspectorView
from rnn_desk.qt.views.layer import LayerView
from rnn_desk.qt.views.no_states import NoStatesView
from tests.end_to_end.conftest import LOAD_MS
from tests.helpers import harmful, models, pen
from tests.helpers.engine import resting_trials

FOREIGN = Path(__file__).parents[1] / "models" / "files"
PATIENCE = 30_000


@pytest.fixture
def drawn(desk, settle, own_drawings):
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 5))
    settle()
    return desk


def still_reads(desk, settle):
    """The model from before takes another stroke and answers to it."""
    before = desk.trace
    pen.draw_stroke(desk.window.canvas, [(10, 10), (20, 20)])
    settle()
    assert desk.trace is not before
    assert desk.trace.model == before.model


def test_opening_tells_how_far_it_has_come(drawn, qtbot, engines):
    header, seen = drawn.window.header, []
    drawn.opening.stage.connect(lambda _: seen.append(header.accuracy.text()))
    drawn.open_model(FOREIGN / "dynamo_gru.onnx")
    assert header.accuracy.text() == "opening dynamo_gru.onnx…"
    assert not header.cancel.isHidden()
    header.show_stage("searching")
    assert "trying settings that are less usual" in header.accuracy.text()
    qtbot.waitUntil(lambda: header.cancel.isHidden(), timeout=PATIENCE)
    assert "opening dynamo_gru.onnx: checking the network…" in seen
    assert drawn.models.loaded[0].card.name == "dynamo_gru"
    assert engines.foreign() == 1


def test_cancel_ends_the_opening_at_once_and_the_old_model_goes_on(
    drawn, qtbot, settle, tmp_path, engines
):
    path = models.saved(tmp_path, harmful.before_the_picture(harmful.huge_products))
    header = drawn.window.header
    before = drawn.models.loaded
    with qtbot.waitSignal(
        drawn.opening.stage, timeout=PATIENCE, check_params_cb=lambda stage: stage == "opening"
    ):
        drawn.open_model(path)
    still_reads(drawn, settle)  # the pen does not wait meanwhile
    qtbot.mouseClick(header.cancel, Qt.MouseButton.LeftButton)
    assert header.cancel.isHidden()
    assert "opening" not in header.accuracy.text()
    qtbot.waitUntil(lambda: not engines.foreign(), timeout=3000)
    assert drawn.models.loaded == before
    assert drawn.window.banner.isHidden()
    still_reads(drawn, settle)


def test_choosing_another_model_ends_what_was_being_opened(drawn, qtbot, tmp_path, engines):
    path = models.saved(tmp_path, harmful.before_the_picture(harmful.endless_loop))
    drawn.open_model(path)
    drawn.open_model(FOREIGN / "ts_lstm.onnx")
    qtbot.waitUntil(lambda: drawn.models.loaded[0].card.name == "ts_lstm", timeout=PATIENCE // 2)
    assert drawn.window.banner.isHidden()
    assert engines.foreign() == 1


def kept_in(location):
    """A model that keeps weights in a file of that name."""
    model = models.recurrent()
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value=location)
    return model


def claims_too_much():
    model = models.recurrent()
    model.graph.initializer[0].dims[:] = [5, 5 * 10**9]
    return model


HARMFUL = {
    "noise": (np.random.default_rng(0).bytes(5000), "not an ONNX model"),
    "torch": (b"PK\x03\x04" + bytes(500), "zip archive"),
    "empty": (b"", "is empty"),
    "cut": (models.recurrent().SerializeToString()[:3000], "damaged"),
    "claims": (claims_too_much, "claims a tensor"),
    "escapes": (lambda: kept_in("../weights"), "outside its own folder"),
    "alone": (lambda: kept_in("weights"), "not beside it"),
    "memory": (lambda: harmful.before_the_picture(harmful.billion_elements), "memory"),
}


def refused_for(desk, qtbot, settle, path, cause):
    """Open what is refused for that cause; the model from before goes on."""
    banner = desk.window.banner
    banner.hide()
    desk.open_model(path)
    qtbot.waitUntil(lambda: not banner.isHidden(), timeout=PATIENCE)
    assert cause in banner.label.text(), path
    assert desk.window.header.cancel.isHidden()
    still_reads(desk, settle)


def test_a_harmful_file_is_refused_and_the_old_model_goes_on(drawn, qtbot, settle, tmp_path):
    for name, (content, cause) in HARMFUL.items():
        path = tmp_path / f"{name}.onnx"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            models.saved(tmp_path, content(), name=path.name)
        refused_for(drawn, qtbot, settle, path, cause)


def test_what_is_no_file_is_refused_and_the_old_model_goes_on(drawn, qtbot, settle, tmp_path):
    refused_for(drawn, qtbot, settle, tmp_path, "is a folder")
    refused_for(drawn, qtbot, settle, tmp_path / "absent.onnx", "does not exist")
    if (device := Path("/dev/zero")).exists():
        refused_for(drawn, qtbot, settle, device, "not an ordinary file")


@pytest.fixture
def hurried(qtbot, make_desk):
    """A desk with processes of its own, which give a file little time."""
    limits = Limits(seconds=2.0, live_seconds=1.0)
    desk = make_desk(processes=lambda heard, lost, _: Engines(heard, lost, limits))
    desk.window.show()
    desk.open_model(asset("models", "lstm.onnx"))
    qtbot.waitUntil(lambda: bool(desk.models.loaded), timeout=PATIENCE)
    return desk


def foreign_of(desk):
    """How many processes read somebody else's files, or compute for them."""
    engines = desk.engine._processes
    running = sum(home.process is not None for home in engines._foreign)
    return running - resting_trials(engines)


def test_an_endless_loop_is_given_up_and_the_old_model_goes_on(hurried, qtbot, tmp_path):
    path = models.saved(tmp_path, harmful.before_the_picture(harmful.endless_loop))
    hurried.open_model(path)
    banner = hurried.window.banner
    qtbot.waitUntil(lambda: not banner.isHidden(), timeout=PATIENCE)
    assert "never come to an end" in banner.label.text()
    qtbot.waitUntil(lambda: not foreign_of(hurried), timeout=PATIENCE)
    pen.draw_stroke(hurried.window.canvas, [(250, 100), (250, 400)])
    qtbot.waitUntil(lambda: hurried.trace is not None, timeout=PATIENCE)
    assert hurried.trace.model.file == "lstm.onnx"


def test_a_model_that_never_ends_on_a_drawing_is_stopped(hurried, qtbot, tmp_path):
    """It passes all that it is opened with; the drawing stays, and an own model reads on."""
    model = harmful.before_the_picture(harmful.endless_for_some)
    path = models.saved(tmp_path, model, models.card(reading="whole"))
    desk = hurried
    desk.open_model(path)
    qtbot.waitUntil(lambda: desk.models.loaded[0].path == path, timeout=PATIENCE)
    heights = range(40, 521, 12)
    scribble = [(x, y) for n, y in enumerate(heights) for x in ((40, 520), (520, 40))[n % 2]]
    pen.draw_stroke(desk.window.canvas, scribble)
    drawing, banner = desk.store.state.canvas.finished, desk.window.banner
    qtbot.waitUntil(lambda: not banner.isHidden(), timeout=PATIENCE)
    assert f"{path.name} computed for more than 1 s over one picture" in banner.label.text()
    qtbot.waitUntil(lambda: desk.trace is not None, timeout=PATIENCE)
    assert desk.trace.model.file == default_model().name
    assert desk.window.answer.answer_words()
    assert desk.store.state.canvas.finished is drawing
    assert "own model reads on" in banner.label.text()
    assert not foreign_of(desk)


def test_a_network_without_states_says_why_in_their_place(drawn, qtbot, settle):
    drawn.open_model(FOREIGN / "ts_mlp_softmax.onnx")
    rows = drawn.window.reading.rows
    qtbot.waitUntil(
        lambda: any(isinstance(v, NoStatesView) for v in rows.views()), timeout=PATIENCE
    )
    settle()
    (view,) = [v for v in rows.views() if isinstance(v, NoStatesView)]
    assert "no recurrent layer" in view.words()
    assert view.width() > 200
    assert drawn.trace.belief.shape == (28, 10)


def test_an_unrolled_cell_is_a_layer_like_any_other(drawn, qtbot, settle):
    drawn.open_model(FOREIGN / "dynamo_rnn.onnx")
    rows = drawn.window.reading.rows
    qtbot.waitUntil(
        lambda: [v.facts.name for v in rows.views() if isinstance(v, LayerView)] == ["RNN 1"],
        timeout=PATIENCE,
    )
    settle()
    (view,) = [v for v in rows.views() if isinstance(v, LayerView)]
    assert view.numbers().shape == (28, 24)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.area().center())
    shown = drawn.window.findChild(InspectorView).equations.equations
    assert [each.symbol for each in shown] == ["h_t"]


def test_an_unrolled_cell_that_is_not_known_says_so(drawn, qtbot, settle):
    drawn.open_model(FOREIGN / "keras_lstm.onnx")
    rows = drawn.window.reading.rows
    qtbot.waitUntil(
        lambda: [v.facts.name for v in rows.views() if isinstance(v, LayerView)] == ["Cell 1"],
        timeout=PATIENCE,
    )
    settle()
    (view,) = [v for v in rows.views() if isinstance(v, LayerView)]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.area().center())
    assert "not known which" in drawn.window.findChild(InspectorView).words.text()


def test_what_is_refused_meanwhile_does_not_hide_that_a_model_is_being_opened(desk, qtbot):
    header = desk.window.header
    desk.open_model(FOREIGN / "ts_lstm.onnx")
    assert "opening" in header.accuracy.text()
    desk.actions["save_trace"].trigger()  # there is none
    assert not desk.window.banner.isHidden()
    assert "opening" in header.accuracy.text()
    assert not header.cancel.isHidden()
    qtbot.waitUntil(lambda: "ts_lstm" in header.model.text(), timeout=LOAD_MS)
    assert header.cancel.isHidden()
    assert "opening" not in header.accuracy.text()


def test_where_the_first_model_is_refused_an_own_one_reads(
    make_desk, qtbot, tmp_path, own_drawings
):
    path = tmp_path / "model.onnx"
    path.write_bytes(b"no model")
    desk = make_desk()
    desk.window.show()
    desk.open_model(path)
    qtbot.waitUntil(lambda: bool(desk.models.loaded), timeout=LOAD_MS)
    assert [model.path for model in desk.models.loaded] == [default_model()]
    banner = desk.window.banner
    assert banner.isVisible()
    assert "not an ONNX model" in banner.label.text()
    assert banner.label.text().rstrip(".").endswith("the program's own model reads instead")
    pen.draw(desk.window.canvas, own_drawings[0])
    qtbot.waitUntil(lambda: desk.settled and desk.trace is not None, timeout=LOAD_MS)


def test_where_an_own_model_is_refused_no_other_takes_its_place(make_desk, qtbot, monkeypatch):
    monkeypatch.setattr("rnn_desk.qt.work.replacement.is_bundled", lambda _: True)
    desk = make_desk()
    desk.window.show()
    desk.open_model(FOREIGN / "nowhere.onnx")
    qtbot.waitUntil(desk.window.banner.isVisible, timeout=LOAD_MS)
    assert "instead" not in desk.window.banner.label.text()
    assert not desk.replacement._slot.wanted
