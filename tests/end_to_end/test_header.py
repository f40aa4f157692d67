"""What the strip along the top says of a model."""

import pytest

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


def test_what_has_no_room_is_told_by_the_tooltip(desk):
    label = desk.window.header.accuracy
    label.setText("reads 99.51% of MNIST's test set")
    label.resize(400, label.height())
    assert label.toolTip() == ""
    label.resize(60, label.height())
    assert label.toolTip() == label.text()
    assert label.minimumSizeHint().width() == 0
