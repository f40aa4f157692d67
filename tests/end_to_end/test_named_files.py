"""Files that are named as the program starts, or handed to it while it runs."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent

from rnn_desk.assets_door import asset, bundled_lessons, default_model
from rnn_desk.core.drawing import write_drawings
from rnn_desk.core.raster import rasterise
from rnn_desk.qt.asked import Asked
from rnn_desk.qt.platform.open_events import OpenEvents
from rnn_desk.qt.session import begin
from tests.end_to_end.conftest import LOAD_MS

GRU, LSTM, RNN = (asset("models", f"{name}.onnx") for name in ("gru", "lstm", "rnn"))


@pytest.fixture
def started(make_desk, qtbot):
    """A desk that begins with what is asked for, shown until that is there."""

    def start(ready, *files, **others):
        desk = make_desk()
        begin(desk, Asked(files=files, **others))
        desk.window.show()
        qtbot.waitUntil(lambda: bool(desk.models.loaded) and ready(desk), timeout=LOAD_MS)
        qtbot.waitUntil(lambda: desk.settled, timeout=LOAD_MS)
        return desk

    return start


@pytest.fixture
def five(own_drawings, tmp_path):
    path = tmp_path / "五 five.jsonl"
    write_drawings(path, [next(d for d in own_drawings if d.label == 5)])
    return path


def drawn(desk):
    return not desk.store.state.canvas.shown.is_empty


def paths(desk):
    return [model.path for model in desk.models.loaded]


def test_a_drawing_lies_on_the_canvas_and_is_read(started, five):
    desk = started(drawn, five)
    assert paths(desk) == [default_model()]
    assert desk.trace.classes[desk.trace.answer] == "5"
    assert desk.window.banner.isHidden()


def test_a_picture_is_known_by_its_content(started, own_drawings, tmp_path):
    from PIL import Image

    seven = next(d for d in own_drawings if d.label == 7)
    path = tmp_path / "no suffix"
    grey = 255 - np.rint(rasterise(seven).pixels * 255).astype(np.uint8)
    Image.fromarray(grey).resize((140, 140)).save(path, "PNG")
    desk = started(drawn, path, model=GRU)
    assert paths(desk) == [GRU]
    assert desk.trace.classes[desk.trace.answer] == "7"


def test_two_models_read_side_by_side_and_a_drawing_with_them(started, five):
    desk = started(lambda desk: len(desk.models.loaded) == 2, GRU, five, RNN, LSTM)
    assert paths(desk) == [GRU, RNN]
    assert drawn(desk)
    assert desk.window.header.passing.text() == "Not opened as well: lstm.onnx"


def test_a_model_that_is_named_as_such_reads_before_one_among_the_files(started):
    desk = started(lambda desk: len(desk.models.loaded) == 2, GRU, model=RNN)
    assert paths(desk) == [RNN, GRU]


def test_a_lesson_is_given_and_ends_where_it_began(started, qtbot):
    gates = next(path for path in bundled_lessons() if "gates" in path.name)
    desk = started(lambda desk: desk.lessons.lesson is not None and not desk.lessons.busy, gates)
    assert paths(desk) == [LSTM]
    assert desk.lessons.lesson.name == str(gates)
    assert desk.actions["lesson_next"].isEnabled()
    desk.actions["lesson_next"].trigger()
    qtbot.waitUntil(lambda: not desk.lessons.busy, timeout=LOAD_MS)
    assert desk.lessons.number == 1
    desk.actions["lesson_close"].trigger()
    assert paths(desk) == [default_model()]
    assert not drawn(desk)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("mine.toml", 'title = "Mine"', "mine.toml is no lesson"),
        ("mine.jsonl", '{"strokes": 3}', "mine.jsonl, line 1: this is not a drawing"),
        ("mine.rnndesk", "no desk", "mine.rnndesk is no desk that RNN Desk has saved"),
        ("mine.onnx", "no model", "mine.onnx is not an ONNX model"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_the_programs_own_model_reads(
    started, tmp_path, name, text, words
):
    path = tmp_path / name
    path.write_text(text)
    desk = started(lambda desk: not desk.window.banner.isHidden(), path)
    assert words in desk.window.banner.label.text()
    assert paths(desk) == [default_model()]


def test_a_desk_stands_by_itself(started, qtbot, five, tmp_path, monkeypatch):
    from rnn_desk.qt.control import user_files

    first = started(drawn, five, model=RNN)
    saved = tmp_path / "mine.rnndesk"
    answer = lambda *_, **__: (str(saved), "")  # noqa: E731
    monkeypatch.setattr(user_files.QFileDialog, "getSaveFileName", answer)
    first.actions["save_desk"].trigger()
    qtbot.waitUntil(saved.is_file, timeout=LOAD_MS)
    again = started(lambda desk: paths(desk) == [RNN], saved, GRU)
    assert drawn(again)
    assert again.window.header.passing.text() == "Not opened as well: gru.onnx"


def test_a_file_that_the_system_hands_over_is_opened(desk, qapp, qtbot, five):
    """As macOS does when one is opened in its Finder."""
    events = OpenEvents(qapp)
    events.wanted.connect(desk.files.open)
    try:
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(five))))
        qtbot.waitUntil(lambda: drawn(desk), timeout=LOAD_MS)
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(str(GRU)))
        qtbot.waitUntil(lambda: paths(desk) == [GRU], timeout=LOAD_MS)
    finally:
        qapp.removeEventFilter(events)
