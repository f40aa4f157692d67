"""A picture of a digit in the window: opened, dropped, pasted, read like a drawing, and undone."""

import socket
import struct
import zlib
from itertools import product

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QClipboard, QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from rnn_desk.app.actions import point
from rnn_desk.assets_door import asset
from rnn_desk.core.ink import visible_ink
from rnn_desk.core.picture import Picture, raster_of
from rnn_desk.offscreen import Scene, render
from rnn_desk.qt.images.read import read_picture
from tests.helpers import pen
from tests.helpers.idx import write_idx

CONTROL, RIGHT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.RightButton


def image_of(drawing, side=300):
    """The drawing as another program has it: black on white."""
    image = Image.new("L", (side, side), 255)
    painter = ImageDraw.Draw(image)
    for line in visible_ink(drawing):
        points = [tuple(point) for point in line.points * side / drawing.size]
        painter.line(points, fill=0, width=side // 18, joint="curve")
    return image


def photograph_of(drawing):
    """Pencil on paper under a lamp, taken from too far away."""
    small = image_of(drawing, 240).filter(ImageFilter.GaussianBlur(1))
    page = Image.new("L", (800, 600), 255)
    page.paste(small, (300, 200))
    y, x = np.mgrid[:600, :800]
    light = 0.8 - 0.4 * x / 800 - 0.1 * y / 600
    ink = 255 - (255 - np.asarray(page, float)) * 0.7
    noise = np.random.default_rng(0).normal(0, 4, ink.shape)
    grey = np.clip(ink * light + noise, 0, 255).astype(np.uint8)
    return Image.merge("RGB", [Image.fromarray(grey)] * 3)


@pytest.fixture
def five(own_drawings):
    return next(drawing for drawing in own_drawings if drawing.label == 5)


@pytest.fixture
def picture(five, tmp_path):
    path = tmp_path / "five.png"
    image_of(five).save(path)
    return path


@pytest.fixture
def opened(desk, settle, qtbot, picture):
    """The desk with a drawing that was made on it, and over that the picture."""
    pen.draw_stroke(desk.window.canvas, [(100, 100), (300, 300)])
    settle()
    desk.files.open(picture)
    wait_for_picture(desk, qtbot)
    settle()
    return desk


def wait_for_picture(desk, qtbot, before=None):
    def there():
        drawing = desk.store.state.canvas.shown
        return isinstance(drawing, Picture) and drawing is not before

    qtbot.waitUntil(there, timeout=10_000)


def answer(desk):
    return desk.presenter.trace.classes[desk.presenter.trace.answer]


def drop(window, data):
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPoint(20, 20), copy, data, button, no_key),
        QDropEvent(QPointF(20, 20), copy, data, button, no_key),
    ):
        QApplication.sendEvent(window, event)
    assert event.isAccepted()


def files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def qimage(path):
    image = QImage(str(path))
    assert not image.isNull()
    return image


def shown(canvas, x, y):
    """The colour of the canvas at a place in canvas units."""
    place = pen.place_of(canvas, x, y)
    image = canvas.grab().toImage()
    return QColor(image.pixelColor(place * image.devicePixelRatio()))


# --- how it comes ---


def test_a_picture_that_is_dropped_is_read_as_the_command_line_reads_it(
    desk, settle, qtbot, tmp_path, five
):
    for kind in ("png", "jpg", "bmp", "gif", "webp", "tiff", "avif"):
        path = tmp_path / f"digit.{kind}"
        photograph_of(five).save(path)
        before = desk.store.state.canvas.shown
        drop(desk.window, files(path))
        wait_for_picture(desk, qtbot, before)
        settle()
        assert answer(desk) == "5", kind
        expected = raster_of(read_picture(path).picture).pixels
        assert np.abs(desk.presenter.trace.raster.pixels - expected).max() < 0.01, kind


def test_the_content_decides_what_a_dropped_file_is(desk, settle, qtbot, picture, tmp_path):
    nameless = tmp_path / "from a phone"
    nameless.write_bytes(picture.read_bytes())
    drop(desk.window, files(nameless))
    wait_for_picture(desk, qtbot)
    settle()
    assert answer(desk) == "5"


def test_a_picture_is_opened_by_the_menu(desk, settle, qtbot, picture, monkeypatch):
    asked = []

    def choose(_window, title, _folder, kinds):
        asked.append((title, kinds))
        return str(picture), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    desk.actions["open_drawing"].trigger()
    wait_for_picture(desk, qtbot)
    settle()
    assert answer(desk) == "5"
    [(title, kinds)] = asked
    assert title == "Open drawing or picture"
    assert all(f"*.{kind}" in kinds for kind in ("jsonl", "png", "jpeg", "webp"))


def test_mnists_own_images_are_opened_as_they_are(desk, settle, qtbot, tmp_path):
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 13:16] = 200
    path = tmp_path / "t10k-images-idx3-ubyte"
    path.write_bytes(write_idx(np.stack([image, image.T])))
    drop(desk.window, files(path))
    wait_for_picture(desk, qtbot)
    settle()
    assert np.array_equal(desk.presenter.trace.raster.pixels, (image / 255).astype(np.float32))


@pytest.fixture
def paste(desk):
    """Have this copied and press Ctrl+V."""

    def paste(data):
        QGuiApplication.clipboard().setMimeData(data)
        QTest.keyClick(desk.window, Qt.Key.Key_V, CONTROL)

    yield paste
    QGuiApplication.clipboard().clear()  # what Python made must not outlive Python


def copied_image(path):
    data = QMimeData()
    data.setImageData(qimage(path))
    return data


def copied_in_a_browser(path):
    """The picture, and where on the web it was found."""
    data = copied_image(path)
    data.setUrls([QUrl("https://example.org/five.png")])
    return data


@pytest.mark.parametrize("copied", [copied_image, copied_in_a_browser, files])
def test_a_picture_is_pasted(desk, settle, qtbot, picture, paste, copied):
    paste(copied(picture))
    wait_for_picture(desk, qtbot)
    settle()
    assert answer(desk) == "5"
    expected = raster_of(read_picture(picture).picture).pixels
    assert np.array_equal(desk.presenter.trace.raster.pixels, expected)


def test_a_picture_that_is_dragged_from_a_browser_is_read(desk, settle, qtbot, picture):
    drop(desk.window, copied_in_a_browser(picture))
    wait_for_picture(desk, qtbot)
    settle()
    assert answer(desk) == "5"


ADDRESSES = [
    "https://example.org/five.png",
    "http://example.org/model.onnx",
    "ftp://example.org/five.jsonl",
    "smb://server/share/model.onnx",
    "data:image/png;base64,iVBORw0KGgo=",
]


def link(address):
    """A link that is dragged, or copied in a file manager."""
    data = QMimeData()
    data.setUrls([QUrl(address)])
    return data


def written(address):
    """An address copied from where a browser shows it: mere text."""
    data = QMimeData()
    data.setText(f" {address}\n")
    return data


def test_an_address_is_refused_and_nothing_opened(opened, paste, monkeypatch):
    before, chosen = opened.store.state.canvas.shown, []
    opened.files.model_chosen.connect(lambda *what: chosen.append(what))
    monkeypatch.setattr(socket, "socket", None)
    made_of = [*((link, each) for each in ADDRESSES), *((written, each) for each in ADDRESSES[:-1])]
    ways = (paste, lambda data: drop(opened.window, data))
    for (made, address), bring in product(made_of, ways):
        opened.window.banner.hide()
        bring(made(address))
        said = opened.window.banner.label.text()
        assert said.startswith(f"{address} is no file on this machine")
        assert not opened.window.banner.isHidden()
        assert opened.store.state.canvas.shown is before
        assert chosen == []


def test_a_password_in_an_address_is_not_shown(opened):
    drop(opened.window, link("ftp://me:secret@example.org/a.png"))
    assert "ftp://me@example.org/a.png is no file" in opened.window.banner.label.text()


def test_a_file_among_addresses_is_opened(desk, settle, qtbot, picture):
    data = QMimeData()
    data.setUrls([QUrl(ADDRESSES[0]), QUrl.fromLocalFile(str(picture))])
    drop(desk.window, data)
    wait_for_picture(desk, qtbot)
    settle()
    assert answer(desk) == "5"


def test_words_are_not_pasted_and_that_is_said(opened, paste):
    data = QMimeData()
    data.setText("5")
    before = opened.store.state.canvas.shown
    paste(data)
    assert "no picture and no file on the clipboard" in opened.window.banner.label.text()
    assert opened.store.state.canvas.shown is before


def test_a_clipboard_on_which_nothing_ever_was_is_said_to_be_empty(opened, monkeypatch):
    """Where there is no clipboard, as on some platforms, or none yet, Qt has no data at all."""
    monkeypatch.setattr(QClipboard, "mimeData", lambda _: None)
    opened.actions["paste"].trigger()
    assert "no picture and no file on the clipboard" in opened.window.banner.label.text()


# --- what can be done with it ---


def test_it_lies_on_the_canvas_pixel_for_pixel(opened, five):
    canvas = opened.window.canvas
    (x, y), *_ = five.strokes[0].points
    assert shown(canvas, x, y).lightness() < 60
    assert shown(canvas, 20, 20).lightness() > 240
    assert canvas.toolTip()
    assert canvas.numbers().shape == (300, 300)


def test_the_row_looked_at_is_marked_where_it_lies_in_the_picture(opened):
    """The veil over what is unread begins below the row."""
    raster = opened.presenter.trace.raster
    row = 10
    below = (row + 1.5 - raster.offset[1]) / raster.scale
    above = (row - 0.5 - raster.offset[1]) / raster.scale
    before = [shown(opened.window.canvas, 30, y) for y in (above, below)]
    opened.store.do(point.pin, row)
    after = [shown(opened.window.canvas, 30, y) for y in (above, below)]
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_undo_and_redo_go_through_it_and_the_pen_begins_anew(opened, settle, five):
    canvas, store = opened.window.canvas, opened.store
    drawn, picture = store.state.past.undone_next[-1][0], store.state.canvas.shown
    pen.draw_stroke(canvas, [(250, 60), (250, 440)])
    settle()
    assert len(store.state.canvas.shown.strokes) == 1
    assert shown(canvas, 250, 250).lightness() < 60
    assert shown(canvas, *five.strokes[0].points[0]).lightness() > 240  # the picture is gone
    assert answer(opened) == "1"
    for action, what, label in (
        ("undo", picture, "5"),
        ("redo", None, "1"),
        ("undo", picture, "5"),
    ):
        opened.actions[action].trigger()
        settle()
        assert what is None or store.state.canvas.shown is what
        assert answer(opened) == label
    assert not canvas.ink.lines
    opened.actions["undo"].trigger()
    assert store.state.canvas.shown is drawn
    opened.actions["redo"].trigger()
    assert store.state.canvas.shown is picture


def test_it_comes_to_the_canvas_when_the_pen_is_up(desk, settle, qtbot, picture):
    canvas = desk.window.canvas
    start, end = (pen.place_of(canvas, *at) for at in ((100, 100), (300, 300)))
    QTest.mousePress(canvas, pen.LEFT, pos=start)
    desk.files.open(picture)
    qtbot.waitUntil(lambda: desk.store.state.canvas.waiting is not None)
    QTest.mouseMove(canvas, end)
    assert len(desk.store.state.canvas.shown.strokes) == 1
    QTest.mouseRelease(canvas, pen.LEFT, pos=end)
    settle()
    assert isinstance(desk.store.state.canvas.shown, Picture)
    desk.actions["undo"].trigger()
    assert len(desk.store.state.canvas.shown.strokes[0].points) == 2


def test_the_lab_the_gradient_and_another_model_work_on_it(opened, settle, qtbot):
    opened.actions["gradient"].trigger()
    opened.actions["saliency"].trigger()
    opened.store.do(point.pin, 12)
    opened.actions["cover_row"].trigger()
    settle()
    trace = opened.presenter.trace
    assert trace.gradient.saliency.any()
    assert not trace.raster.pixels[12].any()
    assert trace.raster.scale == raster_of(opened.store.state.canvas.shown).scale
    opened.open_model(asset("models", "gru.onnx"), 1)
    qtbot.waitUntil(lambda: len(opened.models.loaded) == 2, timeout=20_000)
    settle()
    assert answer(opened) == "5"


def test_it_has_no_strokes_to_replay_and_none_to_erase(opened):
    before, words = opened.store.state.canvas.shown, opened.window.banner.label
    QTest.keyClick(opened.window, Qt.Key.Key_R)
    assert "no strokes to replay" in words.text()
    assert not opened.actions["replay"].isChecked()
    pen.draw_stroke(opened.window.canvas, [(100, 100), (200, 200)], RIGHT)
    assert "cannot be erased in part" in words.text()
    assert opened.store.state.canvas.shown is before


def test_it_is_saved_as_the_picture_that_it_is(opened, qtbot, tmp_path, monkeypatch):
    def choose(name):
        answer = str(tmp_path / name), ""
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: answer)

    choose("kept.png")
    opened.actions["save_drawing"].trigger()
    qtbot.waitUntil((tmp_path / "kept.png").exists)
    assert np.array_equal(
        read_picture(tmp_path / "kept.png").levels, opened.store.state.canvas.shown.grey
    )
    choose("kept.jsonl")
    opened.actions["save_drawing"].trigger()
    qtbot.waitUntil(lambda: not opened.window.banner.isHidden())
    assert "kept.jsonl should end in .png" in opened.window.banner.label.text()
    assert not (tmp_path / "kept.jsonl").exists()


def test_a_lesson_gives_it_back(opened, settle, qtbot):
    before = opened.store.state.canvas.shown
    opened.actions["lesson_gates"].trigger()
    qtbot.waitUntil(lambda: not opened.lessons.busy, timeout=30_000)
    assert opened.store.state.canvas.shown is not before
    opened.actions["lesson_close"].trigger()
    settle()
    assert opened.store.state.canvas.shown is before


# --- what is refused, and leaves everything as it was ---


def empty(path):
    path.write_bytes(b"")


def cut_short(path):
    noise = np.random.default_rng(0).integers(0, 256, (99, 99)).astype(np.uint8)
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[:500])


def bomb(path):
    """A PNG of a few hundred bytes that says it has ten thousand million pixels."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def a_sound(path):
    path.write_bytes(b"RIFF\x24\0\0\0WAVEfmt " + bytes(24))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (empty, "is empty"),
        (cut_short, "it is damaged: get it again"),
        (bomb, "more than the 64 million that are read: make it smaller"),
        (a_sound, "is not a picture that can be read"),
    ],
)
def test_a_bad_file_is_named_with_what_to_do(
    opened, qtbot, settle, tmp_path, picture, monkeypatch, qtlog, make, words
):
    path = tmp_path / "bad.png"
    make(path)
    before, steps = opened.store.state.canvas.shown, len(opened.store.state.past.undone_next)
    banner = opened.window.banner
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtlog.disabled():  # Qt's own readers may warn of it
        opened.actions["open_drawing"].trigger()
        qtbot.waitUntil(lambda: not banner.isHidden(), timeout=10_000)
    assert "bad.png" in banner.label.text()
    assert words in banner.label.text()
    assert (opened.store.state.canvas.shown, len(opened.store.state.past.undone_next)) == (
        before,
        steps,
    )
    opened.files.open(picture)  # the next one is opened, and nothing is complained of any more
    wait_for_picture(opened, qtbot, before)
    settle()
    assert banner.isHidden()


BLANK = Image.new("L", (200, 200), 255)
NOISE = Image.fromarray(np.random.default_rng(0).normal(180, 9, (200, 200)).astype(np.uint8))


def ruled_paper():
    image = BLANK.copy()
    for y in range(15, 200, 30):
        ImageDraw.Draw(image).line((0, y, 200, y), fill=120, width=2)
    return image


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (BLANK, "one brightness all over"),
        (NOISE, "nothing in it stands out"),
        (ruled_paper(), "nothing on its lines"),
    ],
)
def test_a_picture_of_nothing_leaves_no_old_answer_and_it_is_said_why(
    opened, settle, qtbot, paste, tmp_path, image, words
):
    path = tmp_path / "nothing.png"
    image.save(path)
    said = opened.window.banner.label
    for bring, name in ((lambda: drop(opened.window, files(path)), "nothing.png"),
                        (lambda: paste(copied_image(path)), "The picture")):  # fmt: skip
        before = opened.store.state.canvas.shown
        bring()
        wait_for_picture(opened, qtbot, before)
        settle()
        assert name in said.text()
        assert words in said.text()
        assert opened.presenter.trace is None


def test_a_pasted_picture_that_is_too_large_is_refused(opened, qtbot):
    banner, before = opened.window.banner, opened.store.state.canvas.shown
    opened.files.open(QImage(80_000, 1000, QImage.Format.Format_Mono))
    qtbot.waitUntil(lambda: not banner.isHidden(), timeout=10_000)
    assert "80000 x 1000 pixels, more than" in banner.label.text()
    assert opened.store.state.canvas.shown is before


def test_what_is_taken_for_a_picture_is_refused_as_one(opened, qtbot, tmp_path):
    chosen, banner = [], opened.window.banner
    opened.files.model_chosen.connect(lambda *what: chosen.append(what))
    for name in ("photo.heic", "photo.jxl", "scan.tif", "icon.ico"):
        path = tmp_path / name
        path.write_bytes(b"nothing of the kind" * 9)
        banner.hide()
        drop(opened.window, files(path))
        qtbot.waitUntil(lambda: not banner.isHidden(), timeout=10_000)
        assert f"{name} is not a picture that can be read" in banner.label.text()
    assert chosen == []


@pytest.mark.parametrize("opens", [True, False])
def test_the_window_is_rendered_with_a_picture(tmp_path, picture, opens):
    out = tmp_path / "desk.png"
    drawing = None if opens else read_picture(picture).picture
    scene = Scene({"model": "lstm", "row": 15}, opened=picture if opens else None)
    render(out, drawing, scene)
    assert out.stat().st_size > 10_000
