"""The sheet on a model, in the real window: evidence, a person's correction, a copy."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from rnn_desk.engine.foreign import chosen_readings
from rnn_desk.engine.reading.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.qt.state.settings import load
from tests.helpers.model_files import FILES

LOAD_MS = 30_000


@pytest.fixture
def foreign(qtbot, make_desk, tmp_path):
    """A window that keeps its settings, with a model that has no card."""
    desk = make_desk(path=tmp_path / "settings.json")
    desk.window.show()
    desk.open_model(FILES / "ts_lstm_black.onnx")
    qtbot.waitUntil(lambda: bool(desk.models.readers), timeout=LOAD_MS)
    desk.actions["about_model"].trigger()
    return desk


def polarity(desk):
    return desk.models.readers[0].card.input.polarity


def test_the_evidence_is_shown_the_one_in_use_first(foreign):
    table = foreign.model_sheets.sheet.evidence
    assert table.rowCount() > 20
    first = [table.item(0, column).text() for column in range(table.columnCount())]
    assert first[0].endswith("of 240")
    assert first[1:] == ["0..1", "black on white", "upright, by rows", "as in MNIST", "NCHW"]


def test_a_corrected_reading_is_used_and_kept(foreign, qtbot, tmp_path):
    sheet = foreign.model_sheets.sheet
    table = sheet.evidence
    row = next(k for k in range(table.rowCount()) if table.item(k, 2).text() == "white on black")
    where = table.visualItemRect(table.item(row, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseClick(sheet.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: polarity(foreign) == "white_on_black", timeout=LOAD_MS)
    sha256 = foreign.models.readers[0].identity.sha256
    assert (
        chosen_readings.load(tmp_path / chosen_readings.FILE)[sha256].polarity == "white_on_black"
    )
    again = foreign.model_sheets.sheet
    assert again is not sheet
    assert again.evidence.item(0, 2).text() == "white on black"
    qtbot.mouseClick(again.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: polarity(foreign) == "black_on_white", timeout=LOAD_MS)
    assert chosen_readings.load(tmp_path / chosen_readings.FILE) == {}


def test_a_copy_with_its_card_is_saved(foreign, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "copy.onnx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    sheet = foreign.model_sheets.sheet
    sheet.scaled.setChecked(True)
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists)
    assert open_reader(target, CPU).card.input.polarity == "white_on_black"


def test_a_missed_digit_opens_on_the_canvas(foreign, qtbot):
    qtbot.mouseClick(foreign.model_sheets.sheet.why, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: foreign.model_sheets.report is not None, timeout=LOAD_MS)
    missed = foreign.model_sheets.report.missed
    assert missed.count() == 30  # of 240, 87.5 % are read right
    where = missed.visualItemRect(missed.item(0)).center()
    qtbot.mouseClick(missed.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert foreign.document.drawing.strokes
    said = missed.item(0).text().split(" as ")[1]
    qtbot.waitUntil(lambda: foreign.trace is not None, timeout=LOAD_MS)
    assert foreign.trace.classes[foreign.trace.answer] == said


def test_models_that_were_opened_stand_in_a_menu(foreign, make_desk, qtbot, tmp_path):
    menu = foreign.window.menus["recent"]
    assert [action.text() for action in menu.actions()] == ["ts_lstm_black.onnx"]
    foreign.open_model(FILES / "ts_lstm.onnx")
    qtbot.waitUntil(lambda: len(menu.actions()) == 2, timeout=LOAD_MS)
    assert menu.actions()[0].text() == "ts_lstm.onnx"
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: polarity(foreign) == "black_on_white", timeout=LOAD_MS)
    assert [a.text() for a in menu.actions()] == ["ts_lstm_black.onnx", "ts_lstm.onnx"]
    foreign.window.close()
    kept = load(tmp_path / "settings.json")
    recent = make_desk(kept).choice.recent
    assert [path.name for path in recent.paths] == [
        "ts_lstm_black.onnx",
        "ts_lstm.onnx",
    ]
