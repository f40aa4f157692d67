"""The writer on the desk: half a digit is ended, dreamt, measured, and counted."""

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from rnn_desk.app.actions import point, write
from rnn_desk.core.picture import Picture
from rnn_desk.core.ruled import TOP
from rnn_desk.qt.window.writing_panel import WritingPanel
from rnn_desk.qt.work.writing import ENDINGS, MANY
from tests.helpers import pen

LATE_MS = 30_000

HALF_A_THREE = [(160, 90), (220, 76), (290, 80), (330, 110), (335, 150), (300, 190), (240, 215)]


def test_half_a_digit_is_ended(qtbot, desk, tmp_path, monkeypatch):
    store, window = desk.store, desk.window

    def wait():
        qtbot.waitUntil(lambda: desk.settled and desk.writer.settled, timeout=LATE_MS)

    def pictures():
        return desk.writer.shown.pictures

    shown = window.docks.open_names()
    QTest.keyClick(window, Qt.Key.Key_W)
    wait()
    panel = window.findChild(WritingPanel)
    assert panel.isVisible()
    assert not window.reading.rows.isVisible()
    assert not any(dock.isVisible() for dock in window.docks.values())
    assert pictures().begun == 0
    assert pictures().count == ENDINGS

    # Half a 3, between the lines; all that is known of it is there while the pen is still down.
    pen.begin_stroke(window.canvas, HALF_A_THREE)
    qtbot.waitUntil(lambda: (written := panel.tiles.written).read is not None
                    and written.pictures.begun > TOP * 28 + 6
                    and panel.rows.surprise.nats is not None
                    and panel.counts.counted.count == ENDINGS, timeout=LATE_MS)  # fmt: skip
    assert store.state.canvas.pen_is_down
    pen.end_stroke(window.canvas, HALF_A_THREE)
    wait()
    begun = pictures().begun
    assert TOP * 28 + 6 < begun < 16
    ink = desk.trace.raster.pixels
    assert (pictures().pixels[:, :begun][:, ink[:begun] > 0.99] == 1).all()
    assert (pictures().pixels[:, :begun][:, ink[:begun] < 0.01] == 0).all()
    assert pictures().pixels[:, begun:].any(axis=(1, 2)).sum() > ENDINGS / 2
    assert desk.writer.shown.read.shape == (ENDINGS, 10)

    # Both at once, and how unusual it is: nothing is said of rows that are not there yet.
    counted = panel.counts.counted
    assert counted.count == MANY
    assert np.isclose(counted.shares.sum(), 1)
    assert np.allclose(panel.counts.belief, desk.trace.belief[begun - 1])
    nats = panel.rows.surprise.nats
    assert nats[:begun].sum() > 5
    assert not nats[begun:].any()

    # The same seed, the same endings; another one, others; and again the same.
    first = pictures().pixels
    store.do(write.another_seed)
    wait()
    assert (pictures().pixels != first).any()
    store.do(write.seed, 0)
    wait()
    assert (pictures().pixels == first).all()

    # Make it a 2.
    panel.strip.classes[2].click()
    wait()
    assert pictures().labels == (2,) * ENDINGS
    assert (desk.writer.shown.read.argmax(1) == 2).sum() >= 6

    # One that is pointed at lies alone on the sheet, and the answer is the one to it.
    pen.hover(panel.tiles, panel.tiles.place(4).center())
    wait()
    assert store.state.writing.picture == 4
    assert len(panel.ghost) == 1
    assert window.answer.trace.seen.tolist() == pictures().pixels[4].tolist()

    # A click puts it on the canvas, as a picture that is read; Undo brings the half 3 back.
    drawn, wanted = store.state.canvas.finished, pictures().pixels[4]
    place = panel.tiles.place(4).center()
    QTest.mouseClick(panel.tiles, Qt.MouseButton.LeftButton, pos=place)
    wait()
    lying = store.state.canvas.finished
    assert isinstance(lying, Picture)
    assert (lying.grey == wanted * 255).all()
    assert (desk.trace.raster.pixels == wanted).all()
    desk.actions["undo"].trigger()
    wait()
    assert store.state.canvas.finished is drawn

    # The row slides: less is given.
    store.do(point.pin, 6)
    wait()
    assert pictures().begun == 7

    # Dreams: one of each digit, and the writer's inside beside the one that is looked at.
    store.do(write.as_class, None)
    panel.strip.dream.click()
    wait()
    assert pictures().labels == tuple(range(10))
    assert panel.rows.layer.trace.layers[0].why_no_gates is None
    assert (panel.rows.chances.values == pictures().chances[0]).all()
    assert panel.rows.layer.isVisible()
    assert not panel.counts.isVisible()
    desk.actions["play"].trigger()
    assert store.state.pointed.playing
    assert store.state.pointed.row == 0
    desk.actions["play"].trigger()

    # What was written can be kept: all pictures, as they were written, every number.
    for what, suffix in (
        ("sheet", "svg"),
        ("sheet", "png"),
        ("animation", "gif"),
        ("numbers", "npz"),
    ):
        file = tmp_path / f"{what}.{suffix}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, f=file, **__: (str(f), ""))
        panel.strip.menu.chosen.emit(what)
        qtbot.waitUntil(file.is_file, timeout=LATE_MS)
    assert "<svg" in (tmp_path / "sheet.svg").read_text()
    with Image.open(tmp_path / "animation.gif") as animation:
        assert animation.n_frames > 20
    with np.load(tmp_path / "numbers.npz") as numbers:
        assert (numbers["pixels"] == pictures().pixels).all()
        assert numbers["labels"].tolist() == list(range(10))

    # And all is as before.
    QTest.keyClick(window, Qt.Key.Key_W)
    wait()
    assert window.reading.rows.isVisible()
    assert not panel.isVisible()
    assert window.docks.open_names() == shown
    assert window.answer.trace is desk.trace
    assert window.reading.rows.seen.trace is desk.trace
