"""The reading written as an animation: what its frames show, and that nothing else notices."""

import io

import numpy as np
import pytest
from PIL import Image, ImageSequence
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from rnn_desk.app.actions import point
from rnn_desk.core.drawing import write_drawings
from rnn_desk.qt.images.animation import LAST_MS, ROW_MS, WIDEST, encode, rows_shown
from tests.helpers import pen

LONGEST_MS = 120_000


@pytest.fixture
def drawn(desk, settle, own_drawings):
    desk.window.resize(1000, 640)  # a frame takes as long as it has pixels
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 3))
    settle()
    return desk


@pytest.fixture
def wanted(monkeypatch, tmp_path):
    """The path that the file dialog answers with."""

    def name(suffix):
        path = tmp_path / f"reading{suffix}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
        return path

    return name


def frames_of(path):
    with Image.open(path) as picture:
        return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(picture)]


def shown_at(desk, row):
    """What the window shows at that row, as a person would bring it there."""
    desk.store.do(point.pin, row)
    image = desk.window.reading_picture().convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


@pytest.mark.parametrize(("suffix", "off"), [(".webp", 8), (".gif", 40)])
def test_each_row_has_its_frame_and_the_whole_comes_last(drawn, wanted, qtbot, suffix, off):
    """WebP keeps the colours; GIF has 256 of them."""
    path = wanted(suffix)
    drawn.store.do(point.pin, 5)
    with qtbot.waitSignal(drawn.files.recorder.ended, timeout=LONGEST_MS):
        drawn.actions["save_animation"].trigger()
        assert not drawn.window.header.progress.isHidden()
    qtbot.waitUntil(drawn.window.header.progress.isHidden)
    assert drawn.store.state.pointed.row == 5
    frames = frames_of(path)
    assert len(frames) == 29
    for place, row in ((0, 0), (13, 13), (27, 27), (28, None)):
        difference = np.abs(frames[place].astype(int) - shown_at(drawn, row))
        assert difference.max() <= off, row
        assert difference.mean() < 2
        other = np.abs(frames[(place + 9) % 29].astype(int) - shown_at(drawn, row))
        assert other.mean() > 2 * difference.mean()
    with Image.open(path) as picture:
        assert picture.info["loop"] == 0


@pytest.mark.parametrize("when", ["taking", "putting together"])
def test_cancelled_it_leaves_no_file(drawn, wanted, qtbot, tmp_path, when):
    wanted(".gif")
    recorder = drawn.files.recorder

    def cancel(done, of):
        if done >= (3 if when == "taking" else of // 2 + 3):
            drawn.window.header.progress.button.click()

    recorder.progressed.connect(cancel)
    with qtbot.waitSignal(recorder.ended, timeout=LONGEST_MS):
        drawn.actions["save_animation"].trigger()
    qtbot.waitUntil(drawn.window.header.progress.isHidden)
    drawn.window.close()  # what is written is written then
    assert list(tmp_path.iterdir()) == []


def test_one_begun_while_another_is_put_together_has_its_own_progress_and_cancel(
    drawn, wanted, qtbot, tmp_path
):
    recorder, strip = drawn.files.recorder, drawn.window.header.progress
    wanted(".gif")
    drawn.actions["save_animation"].trigger()
    with qtbot.waitSignal(
        recorder.progressed, timeout=LONGEST_MS, check_params_cb=lambda done, of: done > of // 2
    ):
        pass
    wanted(".webp")
    ended = []
    recorder.ended.connect(lambda: ended.append(1))
    with qtbot.waitSignal(recorder._left, timeout=LONGEST_MS):  # the first one's
        drawn.actions["save_animation"].trigger()
    assert not ended
    assert not strip.isHidden()
    strip.button.click()
    qtbot.waitUntil(strip.isHidden)
    assert ended == [1]
    assert list(tmp_path.iterdir()) == []


def test_while_the_pen_is_down_no_frame_is_taken_and_what_it_drew_is_shown(
    drawn, wanted, qtbot, settle
):
    path = wanted(".gif")
    taken = []
    drawn.files.recorder.progressed.connect(lambda done, _: taken.append(done))
    canvas = drawn.window.canvas
    drawn.actions["save_animation"].trigger()
    qtbot.waitUntil(lambda: len(taken) >= 3)
    canvas.hand.down("mouse", pen.on_widget(canvas, 60, 60), None, erase=False)
    before = len(taken)
    canvas.hand.move("mouse", pen.on_widget(canvas, 200, 420), None)
    settle()
    assert len(taken) <= before + 1
    canvas.hand.up("mouse")
    with qtbot.waitSignal(drawn.files.recorder.ended, timeout=LONGEST_MS):
        pass
    assert taken.count(1) == 2  # begun again, with the stroke that was added
    assert len(frames_of(path)) == 29


def test_without_a_reading_it_is_said_so(desk, wanted, tmp_path):
    wanted(".gif")
    desk.actions["save_animation"].trigger()
    assert "draw a digit first" in desk.window.banner.label.text()
    assert list(tmp_path.iterdir()) == []


def test_another_suffix_is_refused(drawn, wanted):
    wanted(".mp4")
    drawn.actions["save_animation"].trigger()
    assert "should end in .gif or .webp" in drawn.window.banner.label.text()
    assert drawn.window.header.progress.isHidden()


def test_of_many_rows_some_have_a_frame():
    assert rows_shown(28) == [*range(28), None]
    many = rows_shown(784)
    assert len(many) == 101
    assert many[0] == 0
    assert many[-1] is None


def test_the_pace_is_that_of_the_window():
    frames = []
    for level in (0, 100, 200):
        frames.append(QImage(20, 10, QImage.Format.Format_RGB888))
        frames[-1].fill(level * 0x10101)
    data = encode(frames, ".gif", lambda _: None)
    with Image.open(io.BytesIO(data)) as picture:
        durations = [frame.info["duration"] for frame in ImageSequence.Iterator(picture)]
    assert durations == [ROW_MS, ROW_MS, LAST_MS]


def test_the_command_line_writes_it_too(own_drawings, tmp_path):
    from rnn_desk.cli import main

    drawing = tmp_path / "three.jsonl"
    write_drawings(drawing, [next(d for d in own_drawings if d.label == 3)])
    out = tmp_path / "reading.gif"
    assert main(["render", str(out), "--drawing", str(drawing), "--size", "1024x700"]) == 0
    assert len(frames_of(out)) == 29
    assert main(["render", str(tmp_path / "none.gif")]) == 1
    assert not (tmp_path / "none.gif").exists()


def test_a_window_that_gets_another_size_begins_again(drawn, wanted, qtbot):
    path = wanted(".gif")
    drawn.actions["save_animation"].trigger()
    with qtbot.waitSignal(drawn.files.recorder.progressed, check_params_cb=lambda n, _: n == 5):
        pass
    drawn.window.resize(1100, 720)
    with qtbot.waitSignal(drawn.files.recorder.ended, timeout=LONGEST_MS):
        pass
    assert {frame.shape for frame in frames_of(path)} == {shown_at(drawn, 3).shape}


@pytest.mark.parametrize("height", [700, 704, 711, 768])
def test_a_picture_made_narrower_has_its_ground_at_all_edges(drawn, height):
    drawn.window.resize(1366, height)
    QApplication.processEvents()
    image = drawn.window.reading_picture()
    assert image.width() == WIDEST
    ground = QColor(drawn.window.canvas.theme.window)
    last = image.height() - 1
    assert {image.pixelColor(x, last).rgb() for x in range(WIDEST)} == {ground.rgb()}
