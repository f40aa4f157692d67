"""The sheet on a model, in the real window: evidence, a person's correction, a copy."""

from dataclasses import replace

import numpy as np
import onnx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from rnn_desk.app import chosen_readings
from rnn_desk.app.actions import choose
from rnn_desk.app.documents.settings import load
from rnn_desk.core.errors import Refused
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.protocol.report import Condition, Report
from rnn_desk.qt.dialogs.model import ModelSheet
from rnn_desk.qt.dialogs.report import ReportSheet
from rnn_desk.qt.style.language import speak
from tests.helpers.model_files import FILES

LOAD_MS = 30_000


@pytest.fixture
def foreign(qtbot, make_desk, tmp_path):
    """A window that keeps its settings, with a model that has no card."""
    desk = make_desk(path=tmp_path / "settings.json")
    desk.window.show()
    desk.open_model(FILES / "ts_lstm_black.onnx")
    qtbot.waitUntil(lambda: bool(desk.models.loaded), timeout=LOAD_MS)
    desk.actions["about_model"].trigger()
    return desk


@pytest.fixture
def _english_again():
    yield
    speak("en")


def polarity(desk):
    return desk.models.loaded[0].card.input.polarity


def test_the_evidence_is_shown_the_one_in_use_first(foreign):
    table = foreign.model_sheets.sheet.evidence
    assert table.rowCount() > 20
    first = [table.item(0, column).text() for column in range(table.columnCount())]
    assert first[0].endswith("of 240")
    assert first[1:] == [
        *("0..1", "black on white", "as it was drawn"),
        *("upright, by rows", "as in MNIST", "NCHW"),
    ]


def words_of(sheet):
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


def test_the_sheet_tells_what_goes_in_and_comes_out(foreign, qtbot):
    sheet = foreign.model_sheets.sheet
    words = words_of(sheet)
    graph = onnx.load(str(FILES / "ts_lstm_black.onnx")).graph
    weights = sum(
        int(np.prod(tensor.dims))
        for tensor in graph.initializer
        if tensor.data_type == onnx.TensorProto.FLOAT
    )
    assert f"Parameters: {weights:,}" in words
    for way, (entry,) in (("Input", graph.input), ("Output", graph.output)):
        dims = [str(d.dim_value or d.dim_param) for d in entry.type.tensor_type.shape.dim]
        assert f"{way}: {entry.name} [{' × '.join(dims)}]" in words
    qtbot.mouseClick(sheet.end, Qt.MouseButton.LeftButton)
    assert foreign.model_sheets.sheet is None


def test_the_sheet_says_so_where_other_settings_read_a_little_more(foreign, qtbot):
    model = foreign.models.loaded[0]
    taken, *others = model.findings.evidence
    assert "too little more" not in words_of(foreign.model_sheets.sheet)
    more = replace(others[0], count=taken.count, right=taken.right + 1)
    findings = replace(model.findings, evidence=(taken, more, *others[1:]))
    sheet = ModelSheet(replace(model, findings=findings))
    qtbot.addWidget(sheet)
    assert f"{more.part:.1%}, too little more" in words_of(sheet)


@pytest.mark.usefixtures("_english_again")
def test_correct_and_to_the_right_are_two_words_in_chinese(foreign, qtbot):
    foreign.actions["language_zh"].trigger()
    table = foreign.model_sheets.sheet.evidence
    assert table.horizontalHeaderItem(0).text() == "正确"
    qtbot.waitUntil(lambda: "右移" in words_of(foreign.window.panels.lab))


def test_settings_tried_on_fewer_digits_say_on_how_many(foreign, qtbot):
    taken, *others = foreign.models.loaded[0].findings.evidence
    few = replace(others[0], right=15, count=40)
    plain = (Condition(Refused("as they are"), 0.9),)
    report = Report("name", ("0",), 240, plain, np.zeros((1, 1), np.intp), (), (taken, few))
    sheet = ReportSheet(report)
    qtbot.addWidget(sheet)
    assert "37.5% of 40" in words_of(sheet)


def test_a_corrected_reading_is_used_and_kept(foreign, qtbot, tmp_path):
    sheet = foreign.model_sheets.sheet
    table = sheet.evidence
    row = next(k for k in range(table.rowCount()) if table.item(k, 2).text() == "white on black")
    where = table.visualItemRect(table.item(row, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseClick(sheet.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: polarity(foreign) == "white_on_black", timeout=LOAD_MS)
    sha256 = foreign.models.loaded[0].identity.sha256
    chosen = chosen_readings.load(tmp_path / chosen_readings.FILE)[sha256]
    assert chosen.input == foreign.models.loaded[0].card.input
    assert chosen.input.polarity == "white_on_black"
    again = foreign.model_sheets.sheet
    assert again is not sheet
    assert again.evidence.item(0, 2).text() == "white on black"
    qtbot.mouseClick(again.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: polarity(foreign) == "black_on_white", timeout=LOAD_MS)
    assert chosen_readings.load(tmp_path / chosen_readings.FILE) == {}


def test_numbers_that_pixels_are_scaled_by_go_with_the_row(foreign):
    """And with no other: a scale that nobody said changes nothing."""
    sheet = foreign.model_sheets.sheet
    plain = sheet.chosen
    scaled = next(k for k, way in enumerate(sheet._ways) if way.value_range == "scaled")
    sheet.evidence.selectRow(scaled)
    assert sheet.chosen == sheet._ways[scaled]
    sheet.evidence.selectRow(0)
    assert sheet.chosen == sheet._ways[0] == plain
    choice = sheet._choices["value_range"]
    choice.setCurrentIndex(choice.findData("scaled"))
    assert (sheet.chosen.scale, sheet.chosen.offset) == ((1.0,), (0.0,))


def test_a_copy_with_its_card_is_saved(foreign, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "copy.onnx"
    starts = []

    def answer(_over, _title, start, _kinds, **_):
        starts.append(start)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    foreign.store.do(choose.folder, str(tmp_path / "last"))
    sheet = foreign.model_sheets.sheet
    sheet.scaled.setChecked(True)
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists)
    assert starts == [str(tmp_path / "last" / "ts_lstm_black-card.onnx")]
    assert foreign.store.state.personal.folder == str(tmp_path)
    qtbot.waitUntil(lambda: foreign.window.header.passing.text() == "Saved copy.onnx")
    assert open_reader(target, CPU).card.input.polarity == "white_on_black"


def test_a_missed_digit_opens_on_the_canvas(foreign, qtbot):
    qtbot.mouseClick(foreign.model_sheets.sheet.why, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: foreign.model_sheets.report is not None, timeout=LOAD_MS)
    missed = foreign.model_sheets.report.missed
    assert missed.count() == 30  # of 240, 87.5 % are read right
    where = missed.visualItemRect(missed.item(0)).center()
    qtbot.mouseClick(missed.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert foreign.store.state.canvas.shown.strokes
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
    menu = make_desk(kept).window.menus["recent"]
    assert [a.text() for a in menu.actions()] == ["ts_lstm_black.onnx", "ts_lstm.onnx"]
