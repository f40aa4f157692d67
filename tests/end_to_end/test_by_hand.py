"""A refused file is no dead end: a person says how it is fed, sees what comes of it, opens it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QFileDialog

from rnn_desk.app import chosen_readings
from rnn_desk.core.errors import Refused
from tests.helpers.model_files import FILES

REFUSED = FILES / "ts_untrained.onnx"
LOAD_MS = 60_000


def choose(choice, value):
    choice.setCurrentIndex(choice.findData(value))


def waits(qtbot, sheet):
    """Wait until what stands in the sheet has been tried."""
    qtbot.waitUntil(lambda: "trying" not in sheet.score.text(), timeout=LOAD_MS)


def test_from_the_refusals_banner_to_a_model_that_reads(make_desk, qtbot, tmp_path):
    desk = make_desk(path=tmp_path / "settings.json")
    desk.window.show()
    desk.open_model(REFUSED)
    banner = desk.window.banner
    qtbot.waitUntil(lambda: banner.offer_button.isVisible(), timeout=LOAD_MS)
    assert "does not read digits" in banner.label.text()
    qtbot.mouseClick(banner.offer_button, Qt.MouseButton.LeftButton)
    sheet = desk.by_hand.sheet
    waits(qtbot, sheet)
    assert sheet.score.text() == "24 of 240 reference drawings are read as what they are"
    assert sheet.range.text() == "black is 0, white is 1"
    upright = sheet.picture.image.copy()

    choose(sheet.choices["value_range"], "scaled")
    assert sheet.numbers["scale"].isVisible()
    sheet.numbers["scale"].setText("2")
    sheet.numbers["offset"].setText("-1")
    choose(sheet.choices["turn"], "mirrored")
    choose(sheet.choices["polarity"], "black_on_white")
    waits(qtbot, sheet)
    assert sheet.range.text() == "black is -1, white is 1"
    inverted = sheet.picture.image.transformed(QTransform(-1, 0, 0, 1, 0, 0))
    inverted.invertPixels()
    assert inverted == upright

    choose(sheet.labels.orders, "one_to_nine_zero")
    sheet.labels.orders.activated.emit(sheet.labels.orders.currentIndex())
    sheet.labels._cells[9].setText("nought")
    assert sheet.labels.orders.currentText() == "as written below"
    waits(qtbot, sheet)
    assert "nothing can be checked" in sheet.score.text()
    said = sheet.chosen
    qtbot.mouseClick(sheet.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.models.loaded[0].path == REFUSED, timeout=LOAD_MS)
    model = desk.models.loaded[0]
    assert model.ref.by_hand == said
    assert model.card.classes == (*"123456789", "nought")
    assert model.card.input.turn == "mirrored"
    assert desk.by_hand.sheet is None
    kept = chosen_readings.load(tmp_path / chosen_readings.FILE)
    assert list(kept.values()) == [said]


def test_what_does_not_run_so_is_said(desk, qtbot, monkeypatch):
    path = FILES / "ts_lstm_uint8.onnx"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    desk.actions["open_by_hand"].trigger()
    qtbot.waitUntil(lambda: desk.by_hand.sheet is not None, timeout=LOAD_MS)
    sheet = desk.by_hand.sheet
    waits(qtbot, sheet)
    assert sheet.open_button.isEnabled()
    assert max(part for _, bar, _ in sheet.answers for part in [bar.part]) > 0
    sheet.show_failed(Refused("it has no output"))
    assert not sheet.open_button.isEnabled()
    assert sheet.score.text() == "It has no output"
    sheet.why = Refused("it has no output")
    sheet.show_failed(Refused("it has no output"))
    assert "for the same reason" in sheet.score.text()
    sheet.close()
    assert desk.by_hand.sheet is None


@pytest.mark.parametrize("text", [b"", b"no network at all"])
def test_what_is_no_network_is_not_offered(desk, qtbot, tmp_path, text):
    path = tmp_path / "bad.onnx"
    path.write_bytes(text)
    with qtbot.waitSignal(desk.opening.refused_at, timeout=LOAD_MS):
        desk.open_model(path)
    qtbot.waitUntil(lambda: desk.engine.jobs.settled, timeout=LOAD_MS)
    assert desk.window.banner.isVisible()
    assert desk.window.banner.offer_button.isHidden()
