"""What the strip along the top says of a model."""

import logging

import pytest

from rnn_desk.assets_door import asset
from tests.helpers.model_files import FILES


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ts_lstm.onnx", []),
        ("ts_lstm_black.onnx", ["black on white"]),
        ("dynamo_gru_black_255.onnx", ["black on white", "pixels: 0..255"]),
    ],
)
def test_it_says_how_a_model_without_a_card_is_fed(desk, qtbot, name, told):
    desk.open_model(FILES / name, 0)
    reads = name.removesuffix(".onnx")
    qtbot.waitUntil(lambda: reads in desk.window.header.model.text(), timeout=60_000)
    label = desk.window.header.accuracy
    assert "of the reference digits" in label.text()
    assert [part for part in ("black on white", "pixels: 0..255") if part in label.text()] == told


def test_the_log_says_which_models_read(desk, qtbot, caplog):
    with caplog.at_level(logging.INFO, logger="rnn_desk.qt.window.header"):
        desk.open_model(asset("models", "gru.onnx"), 1)
        qtbot.waitUntil(lambda: bool(caplog.messages), timeout=60_000)
    assert caplog.messages == ["reading with LSTM 128-64 and GRU 128"]


def test_what_has_no_room_is_told_by_the_tooltip(desk):
    label = desk.window.header.accuracy
    label.setText("reads 99.51% of MNIST's test set")
    label.resize(400, label.height())
    assert label.toolTip() == ""
    label.resize(60, label.height())
    assert label.toolTip() == label.text()
    assert label.minimumSizeHint().width() == 0


def marked(menu):
    return [model.path.name for model, action in menu.entries if action.isChecked()]


def offered(menu):
    return [model.path.name for model, action in menu.entries if action.isVisible()]


def test_the_menus_mark_what_reads_and_do_not_compare_a_model_with_itself(desk, qtbot):
    header = desk.window.header
    assert marked(header.models) == ["lstm.onnx"]
    assert marked(header.compared_with) == []
    assert "lstm.onnx" in offered(header.models)
    assert "lstm.onnx" not in offered(header.compared_with)
    gru = next(a for model, a in header.compared_with.entries if model.path.name == "gru.onnx")
    gru.trigger()
    assert marked(header.compared_with) == [], "it does not read yet"
    qtbot.waitUntil(lambda: len(desk.models.loaded) == 2, timeout=60_000)
    assert (marked(header.models), marked(header.compared_with)) == (["lstm.onnx"], ["gru.onnx"])
    desk.open_model(FILES / "ts_lstm.onnx")
    qtbot.waitUntil(lambda: "ts_lstm" in header.model.text(), timeout=60_000)
    assert marked(header.models) == []
    assert "lstm.onnx" in offered(header.compared_with)
    desk.open_model(asset("models", "gru.onnx"))
    qtbot.waitUntil(lambda: marked(header.models) == ["gru.onnx"], timeout=60_000)
