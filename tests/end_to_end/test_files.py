"""Files that a person opens, drops and saves; what goes wrong is said, and nothing is lost."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from rnn_desk.app.actions import draw, point
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import read_drawings, write_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.offscreen import Scene, render
from rnn_desk.qt.images.write import picture_file
from rnn_desk.qt.style.figure import as_it_stands
from rnn_desk.qt.views.view import MARGIN, View
from tests.helpers import pen


@pytest.fixture
def drawn(desk, settle, own_drawings):
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 5))
    settle()
    return desk


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where, copy = (20, 20), Qt.DropAction.CopyAction
    button, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPoint(*where), copy, data, button, no_key),
        QDropEvent(QPointF(*where), copy, data, button, no_key),
    ):
        QApplication.sendEvent(window, event)
    assert event.isAccepted()


def chosen(monkeypatch, path):
    """The file dialog, which is the system's, answers with this path."""

    def answer(*_args, **_named):
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)


@pytest.mark.parametrize("content", [b"", b"this is no model", bytes(5000)])
def test_a_file_that_is_no_model_is_refused_and_the_old_one_goes_on(
    drawn, settle, qtbot, tmp_path, content
):
    bad = tmp_path / "bad.onnx"
    bad.write_bytes(content)
    before = drawn.trace
    drop(drawn.window, bad)
    banner = drawn.window.banner
    qtbot.waitUntil(lambda: not banner.isHidden(), timeout=30_000)
    assert "bad.onnx" in banner.label.text()
    assert drawn.trace is before
    pen.draw_stroke(drawn.window.canvas, [(10, 10), (20, 20)])
    settle()
    assert drawn.trace is not before
    assert drawn.trace.model == before.model


def test_another_model_reads_the_drawing_that_is_there(drawn, settle, qtbot, tmp_path):
    copy = tmp_path / "copy.onnx"
    copy.write_bytes(asset("models", "lstm.onnx").read_bytes())
    before = drawn.trace
    drop(drawn.window, copy)
    qtbot.waitUntil(lambda: drawn.trace is not None and drawn.trace.model.file == "copy.onnx",
                    timeout=30_000)  # fmt: skip
    settle()
    assert np.array_equal(drawn.trace.probabilities, before.probabilities)


def test_a_drawing_is_saved_and_opened_again(drawn, settle, tmp_path, monkeypatch, qtbot):
    path = tmp_path / "five.jsonl"
    chosen(monkeypatch, path)
    drawn.actions["save_drawing"].trigger()
    qtbot.waitUntil(path.exists)
    (saved,) = read_drawings(path)
    assert len(saved.strokes) == len(drawn.store.state.canvas.shown.strokes)
    before = drawn.trace.probabilities
    drawn.store.do(draw.clear)
    drawn.actions["open_drawing"].trigger()
    qtbot.waitUntil(lambda: bool(drawn.store.state.canvas.shown.strokes))
    settle()
    assert np.abs(drawn.trace.probabilities - before).max() < 1e-3
    drawn.actions["undo"].trigger()
    assert not drawn.store.state.canvas.shown.strokes


def test_a_drawing_of_another_size_fills_the_canvas_alike(desk, qtbot, tmp_path):
    path = tmp_path / "small.jsonl"
    line = {"size": 50, "strokes": [[[10, 10], [40, 10], [40, 40]]], "width": 2}
    path.write_text(json.dumps(line))
    drop(desk.window, path)
    qtbot.waitUntil(lambda: bool(desk.store.state.canvas.shown.strokes))
    (stroke,) = desk.store.state.canvas.shown.strokes
    assert stroke.points.tolist() == [[100, 100], [400, 100], [400, 400]]
    assert stroke.width == 20


def test_a_damaged_drawing_is_refused_and_the_canvas_stays(drawn, tmp_path, qtbot):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"strokes": 7}\n')
    before = drawn.store.state.canvas.shown
    drop(drawn.window, path)
    qtbot.waitUntil(lambda: not drawn.window.banner.isHidden())
    assert "bad.jsonl" in drawn.window.banner.label.text()
    assert drawn.store.state.canvas.shown is before


def test_the_numbers_and_the_picture_are_saved(drawn, tmp_path, monkeypatch, qtbot):
    numbers = tmp_path / "reading.npz"
    chosen(monkeypatch, numbers)
    drawn.actions["save_trace"].trigger()
    qtbot.waitUntil(numbers.exists)
    with np.load(numbers) as saved:
        assert np.array_equal(saved["layer1/h"], drawn.trace.layers[0].h)
        assert np.array_equal(saved["belief"], drawn.trace.belief)
    for name, head in (
        ("desk.png", b"\x89PNG"),
        ("desk.svg", b"<?xml"),
        ("desk.pdf", b"%PDF"),
    ):
        chosen(monkeypatch, tmp_path / name)
        drawn.actions["save_picture"].trigger()
        qtbot.waitUntil((tmp_path / name).exists)
        assert (tmp_path / name).read_bytes().startswith(head)


def test_saving_where_it_cannot_be_is_said(drawn, tmp_path, monkeypatch, qtbot):
    (tmp_path / "a.npz").mkdir()
    chosen(monkeypatch, tmp_path / "a.npz")
    drawn.actions["save_trace"].trigger()
    qtbot.waitUntil(lambda: not drawn.window.banner.isHidden())
    assert "is a folder" in drawn.window.banner.label.text()


def views_of(window):
    return [view for view in window.findChildren(View) if view.isVisible()]


def test_every_view_is_saved_from_its_menu_as_picture_and_numbers(
    drawn, tmp_path, monkeypatch, qtbot
):
    names = set()
    for view in views_of(drawn.window):
        assert view.accessibleName()
        for suffix, head in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
            path = tmp_path / f"view.{suffix}"
            chosen(monkeypatch, path)
            menu = view.menu()
            next(a for a in menu.actions() if "Save this view" in a.text()).trigger()
            menu.close()
            qtbot.waitUntil(path.exists)
            assert path.read_bytes().startswith(head), type(view)
            path.unlink()
        if view.has_numbers:
            path = tmp_path / "view.csv"
            chosen(monkeypatch, path)
            drawn.files.save_view(view)
            qtbot.waitUntil(path.exists)
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            assert len(lines) == 1 + len(view.numbers())
            path.unlink()
            names.add(type(view).__name__)
    assert {"CanvasView", "SeenView", "LayerView", "BeliefView", "AnswerView"} <= names


def test_a_picture_of_outlines_is_as_large_and_as_sharp_as_the_screen(drawn):
    window = drawn.window
    svg = picture_file(as_it_stands(window), Path("desk.svg")).decode()
    millimetres = float(re.search(r'width="([\d.]+)mm"', svg)[1])
    assert millimetres / 25.4 * window.logicalDpiX() == pytest.approx(window.width(), rel=0.01)
    shown = re.findall(r'<image x="\S+" y="\S+" width="(\d+)" height="(\d+)".*?base64,([^"]+)', svg)
    assert len(shown) > 5
    for width, height, png in shown:
        image = QImage.fromData(base64.b64decode(png))
        assert (image.width(), image.height()) >= (int(width), int(height))


def words_in(svg):
    """What stands in a picture of outlines, in its order."""
    return [text.strip() for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_a_view_alone_is_a_figure_of_all_its_rows(drawn):
    view = drawn.window.reading.rows.views()[1]
    whole = view.figure().pixmap().toImage()
    drawn.store.do(point.pin, 13)
    assert view.figure().pixmap().toImage() == whole, "rows not yet read are dimmed in the window"
    words = words_in(picture_file(view.figure(), Path("view.svg")).decode())
    assert "LSTM 1: h" in words
    assert not any("▾" in word for word in words)
    assert [word for word in words if word in {"1", "7", "14", "21", "28"}] == [
        "1",
        "7",
        "14",
        "21",
        "28",
    ]
    ground = whole.pixelColor(0, 0)
    for edge in (
        whole.copy(0, 0, whole.width(), MARGIN),
        whole.copy(0, 0, MARGIN, whole.height()),
        whole.copy(whole.width() - MARGIN, 0, MARGIN, whole.height()),
        whole.copy(0, whole.height() - MARGIN, whole.width(), MARGIN),
    ):
        empty = edge.copy()
        empty.fill(ground)
        assert edge == empty
    assert drawn.store.state.pointed.row == 13


def test_numbers_say_what_their_lines_and_their_file_are(drawn, monkeypatch):
    proposed = []

    def answer(_window, _title, start, _kinds, **_):
        proposed.append(Path(start).name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    views = [drawn.window.reading.rows.views()[1], drawn.window.answer, drawn.window.canvas]
    for view in views:
        drawn.files.save_view(view)
    assert proposed == ["lstm-LSTM-1-h.png", "lstm-Answer.png", "Canvas.png"]
    assert [view.table()[0][0] for view in views] == ["row", "class", "point"]


def test_that_something_was_copied_or_saved_is_said_in_passing(drawn, tmp_path, monkeypatch, qtbot):
    note = drawn.window.header.passing
    view = drawn.window.reading.rows.views()[1]
    for copy, words in (
        (view.copy_numbers, "Copied the numbers: LSTM 1: h"),
        (view.copy_picture, "Copied the picture: LSTM 1: h"),
        (drawn.window.panels.map.copy_numbers, "Copied the numbers: State map"),
    ):
        copy()
        assert (note.isVisible(), note.text()) == (True, words)
    for action, name in (
        ("save_drawing", "digit.jsonl"),
        ("save_trace", "reading.csv"),
        ("save_picture", "desk.png"),
    ):
        chosen(monkeypatch, tmp_path / name)
        drawn.actions[action].trigger()
        qtbot.waitUntil(lambda name=name: note.text() == f"Saved {name}")
    chosen(monkeypatch, tmp_path / "digit.jsonl" / "desk.png")
    note.hide()
    drawn.actions["save_picture"].trigger()
    qtbot.waitUntil(drawn.window.banner.isVisible)
    assert note.isHidden()
    note.timer.setInterval(0)
    note.say("once more")
    qtbot.waitUntil(note.isHidden)


def test_the_keyboard_copies_the_view_that_has_the_focus(drawn, qtbot):
    view = drawn.window.reading.rows.views()[1]
    view.setFocus()
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(drawn.window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().size() == view.figure().size
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(drawn.window, Qt.Key.Key_C, both)
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert float(copied[15][38]) == pytest.approx(drawn.trace.layers[0].h[14, 37], rel=1e-4)


def test_with_the_focus_in_no_view_it_is_said_how_to_choose_one(drawn):
    drawn.window.header.model.setFocus()
    drawn.actions["copy_numbers"].trigger()
    assert "Tab" in drawn.window.banner.label.text()


@pytest.mark.parametrize("good", [True, False])
def test_a_picture_of_the_window_shows_a_drawing_that_is_opened_or_why_it_is_not(
    own_drawings, tmp_path, monkeypatch, good
):
    monkeypatch.setattr("rnn_desk.offscreen.RENDER_SECONDS", 15)  # then it is refused
    path, out = tmp_path / "digit.jsonl", tmp_path / "desk.png"
    write_drawings(path, own_drawings[:1] if good else [])
    render(out, None, Scene({"model": "lstm", "language": "en"}, opened=path))
    assert out.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("said", "words"),
    [({"row": 29}, "reads 28 rows, and there is no row 29"), ({"unit": "3:5"}, "no unit 5")],
)
def test_a_picture_that_is_to_point_at_what_is_not_there_is_refused(tmp_path, said, words):
    out = tmp_path / "desk.png"
    with pytest.raises(Refused, match=words):
        render(out, None, Scene({"model": "lstm", "language": "en", **said}))
    assert not out.exists()
