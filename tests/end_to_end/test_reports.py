"""Why is it wrong on my drawings: those of a file, letters too; a cell of the matrix opens its
digits."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from rnn_desk.core.drawing import write_drawings
from rnn_desk.core.picture import Picture
from tests.helpers.idx import write_idx
from tests.helpers.model_files import FILES

LOAD_MS = 60_000


def reported(desk, qtbot, ask):
    """The sheet that comes when this is done."""
    before = desk.model_sheets.report
    ask()
    qtbot.waitUntil(lambda: desk.model_sheets.report not in (None, before), timeout=LOAD_MS)
    return desk.model_sheets.report


def test_drawings_and_images_of_files_and_letters(desk, qtbot, own_drawings, tmp_path, monkeypatch):
    sheets = desk.model_sheets
    desk.open_model(FILES / "ts_lstm.onnx")
    qtbot.waitUntil(lambda: desk.models.loaded[0].path.stem == "ts_lstm", timeout=LOAD_MS)
    sheet = reported(desk, qtbot, lambda: sheets._measure(desk.models.loaded[0]))
    wrong = sheet.report.confusion - np.diag(np.diag(sheet.report.confusion))
    row, column = (int(k) for k in np.argwhere(wrong)[0])
    at = sheet.matrix._cell(row, column).center().toPoint()
    QTest.mouseClick(sheet.matrix, Qt.MouseButton.LeftButton, pos=at)
    assert sheet.missed.count() == wrong[row, column]
    assert sheet.missed.item(0).text() == f"{row} as {column}"
    sheet.all.click()
    assert sheet.missed.count() == len(sheet.report.missed) == wrong.sum()
    at = sheet.matrix._cell(3, 3).center().toPoint()
    QTest.mouseClick(sheet.matrix, Qt.MouseButton.LeftButton, pos=at)
    assert sheet.missed.count() == sheet.report.confusion[3, 3]

    path = tmp_path / "mine.jsonl"
    write_drawings(path, own_drawings[:5])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    sheet = reported(desk, qtbot, lambda: sheet.source_wanted.emit("file"))
    assert (sheet.report.of, sheet.report.count) == ("mine.jsonl", 5)
    assert sheet.missed.isVisibleTo(sheet) == bool(sheet.report.missed)

    images = np.zeros((3, 28, 28), np.uint8)
    images[:, 4:24, 13:16] = 255
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(write_idx(images))
    labels = np.array([1, 1, 4], np.uint8)
    path.with_name("train-labels-idx1-ubyte").write_bytes(write_idx(labels))
    sheet = reported(desk, qtbot, lambda: sheet.source_wanted.emit("file"))
    assert sheet.report.count == 3
    miss = sheet.report.missed[0]
    assert isinstance(miss.drawing, Picture)
    sheet.opened.emit(miss.drawing)
    assert isinstance(desk.store.state.canvas.finished, Picture)

    desk.open_model(FILES / "letters_gru_26.onnx")
    qtbot.waitUntil(lambda: "letters" in desk.models.loaded[0].path.stem, timeout=LOAD_MS)
    sheet = reported(desk, qtbot, lambda: sheet.source_wanted.emit("reference"))
    assert sheet.report.count == 208
    assert "reference letters" in desk.window.header.accuracy.text()
