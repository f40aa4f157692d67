"""Picture files as grey levels: what they hold, whatever they are called, and what is refused."""

import os
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from rnn_desk.core.errors import Refused
from rnn_desk.core.picture import picture_of, raster_of
from rnn_desk.core.scan.find import MOST_PIXELS
from rnn_desk.qt.images import pasted
from rnn_desk.qt.images import read as pictures
from rnn_desk.qt.images.originals import originals_of
from rnn_desk.qt.images.pasted import pixels_of
from tests.helpers.idx import write_idx

GREYS = np.arange(7 * 5, dtype=np.uint8).reshape(7, 5) * 7
"""Seven rows of five: rows of a QImage are padded, and rows and columns differ."""


def image_of(greys):
    rows, columns = greys.shape
    image = QImage(columns, rows, QImage.Format.Format_Grayscale8)
    for y in range(rows):
        for x in range(columns):
            level = int(greys[y, x])
            image.setPixelColor(x, y, QColor(level, level, level))
    return image


def read_picture(path):
    """Its grey levels, as they are looked at."""
    return pictures.read_picture(path).picture.grey


def encoded(image, kind):
    """The bytes of a picture file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind, 95)
    return buffer.data().data()


@pytest.fixture
def write(tmp_path):
    def write(data, name="digit"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def png(width, height, body=b"", colour=0):
    """A PNG whose header says that size, of eight bits a sample, whatever its body holds."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", body),
            chunk(b"IEND", b""),
        ]
    )


@pytest.mark.parametrize(("kind", "off"), [("PNG", 0), ("BMP", 0), ("JPG", 4)])
def test_every_kind_is_read_pixel_by_pixel(write, kind, off):
    found = read_picture(write(encoded(image_of(GREYS), kind)))
    assert (found.shape, found.dtype) == ((7, 5), np.uint8)
    assert np.abs(found.astype(int) - GREYS).max() <= off


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_pictures_of_the_web_are_read_pixel_by_pixel(tmp_path, kind):
    path = tmp_path / "digit"
    Image.fromarray(GREYS).save(path, kind, lossless=True)  # as other programs write them
    assert np.array_equal(read_picture(path), GREYS)


@pytest.mark.parametrize("name", ["digit.jpg", "digit.txt", "digit", "digit.onnx"])
def test_the_content_decides_what_it_is(write, name):
    assert np.array_equal(read_picture(write(encoded(image_of(GREYS), "PNG"), name)), GREYS)


@pytest.mark.parametrize("bits", ["Format_Mono", "Format_Indexed8", "Format_Grayscale16"])
def test_every_depth_is_read(write, bits):
    high = np.where(GREYS > 100, 255, 0).astype(np.uint8)
    image = image_of(high).convertToFormat(getattr(QImage.Format, bits))
    assert np.array_equal(read_picture(write(encoded(image, "PNG"))), high)


def test_colours_become_grey(write):
    image = QImage(9, 9, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x, colour in enumerate(("red", "lime", "blue")):
        image.setPixelColor(x, 0, QColor(colour))
    red, green, blue = read_picture(write(encoded(image, "PNG")))[0, :3].astype(int)
    assert green > red > blue > 0


@pytest.mark.parametrize(("alpha", "grey"), [(0, 255), (255, 0), (128, 127)])
def test_where_it_is_transparent_there_is_white_paper(write, alpha, grey):
    image = QImage(2, 2, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, alpha))
    found = read_picture(write(encoded(image, "PNG")))
    assert np.abs(found.astype(int) - grey).max() <= 1
    assert np.array_equal(pixels_of(image).picture.grey, found)


def test_a_transparent_picture_of_nothing_is_blank(write):
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    assert raster_of(picture_of(read_picture(write(encoded(image, "PNG"))))).is_blank


def test_a_photograph_is_turned_as_its_camera_says(write, tmp_path):
    """Orientation 6 of EXIF: the first row is the scene's right side, so 7 x 5 becomes 5 x 7."""
    large = np.kron(GREYS, np.ones((16, 16), np.uint8))
    jpeg = encoded(image_of(large), "JPG")
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    exif = b"Exif\0\0" + b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    found = read_picture(write(jpeg[:2] + segment + jpeg[2:]))
    assert found.shape == (5 * 16, 7 * 16)
    assert pictures.read_picture(tmp_path / "digit").size == found.shape
    turned = np.rot90(large, -1)
    assert np.abs(found[8::16, 8::16].astype(int) - turned[8::16, 8::16]).max() <= 8


# --- what is refused ---


def refusal(path):
    with pytest.raises(Refused) as refused:
        read_picture(path)
    sentence = str(refused.value)
    assert path.name in sentence
    return sentence


@pytest.mark.parametrize(
    "data",
    [
        b"no picture at all",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a" + b"\0" * 50,
        b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 24,
    ],
)
def test_what_is_no_picture_is_refused(write, data):
    refusal(write(data, "digit.png"))


@pytest.mark.parametrize("head", [b"<svg width='9' height='9'/>", b"8BPS\0\1", b"\xff\x0a"])
def test_other_formats_are_refused(write, head):
    assert "save it as PNG or JPEG" in refusal(write(head + bytes(60), "digit.png"))


def test_an_empty_file_and_a_folder_and_none_are_refused(write, tmp_path):
    assert "is empty" in refusal(write(b""))
    assert "is a folder" in refusal(tmp_path)
    assert "does not exist" in refusal(tmp_path / "absent.png")


@pytest.mark.parametrize("kind", ["PNG", "BMP", "JPG", "WEBP"])
@pytest.mark.parametrize("percent", range(5, 100, 10))
def test_a_picture_cut_short_is_refused_or_read_in_part(write, kind, percent, qtlog):
    """JPEG is made so that what has come can be shown; nothing else is made up."""
    noise = np.random.default_rng(0).integers(0, 256, (40, 40)).astype(np.uint8)
    data = encoded(image_of(noise), kind)
    path = write(data[: len(data) * percent // 100])
    with qtlog.disabled():  # Qt's own readers may warn of it
        try:
            found = read_picture(path)
        except Refused:
            return
    assert found.shape == (40, 40)
    assert kind != "PNG"


def test_a_size_beyond_the_limit_is_refused_before_anything_is_decoded(write, monkeypatch):
    def decoded(*_):
        raise AssertionError("it was decoded")

    monkeypatch.setattr(Image.Image, "load", decoded)
    sentence = refusal(write(png(100_000, 100_000, zlib.compress(b"\0" * 100))))
    assert "100000 x 100000 pixels, more than the 64 million" in sentence


def test_a_size_below_the_limit_whose_pixels_are_not_there_is_refused(write, qtlog):
    with qtlog.disabled():
        refusal(write(png(7000, 7000, zlib.compress(b"\0" * 100))))


def test_a_picture_as_large_as_the_limit_is_read(write):
    rows, columns = 8000, 8000
    body = zlib.compress(b"\0" * ((columns + 1) * rows), level=1)
    found = pictures.read_picture(write(png(columns, rows, body)))
    assert (found.size, found.levels.max()) == ((rows, columns), 0)
    assert found.levels.size <= MOST_PIXELS


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert "not an ordinary file" in refusal(tmp_path / "pipe.png")


def test_qt_is_not_loaded_for_a_file(write):
    path = write(encoded(image_of(GREYS), "JPG"))
    script = (
        "import sys; from pathlib import Path; from rnn_desk.qt.images.read import read_picture\n"
        "print(read_picture(Path(sys.argv[1])).size, 'PySide6.QtGui' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "(7, 5) False"


@pytest.mark.parametrize("bits", ["Format_Indexed8", "Format_ARGB32"])
def test_a_picture_that_is_converted_in_steps_is_the_same(monkeypatch, bits):
    image = image_of(GREYS).convertToFormat(getattr(QImage.Format, bits))
    for count in (1, 10, 12, 35):  # a row, two with one left over, all
        monkeypatch.setattr(pasted, "_AT_ONCE", count)
        assert np.array_equal(pixels_of(image).picture.grey, GREYS)


# --- kinds that Qt does not have, or loses something of ---


@pytest.mark.parametrize(("kind", "off"), [("TIFF", 0), ("AVIF", 6)])
def test_pictures_of_scanners_and_cameras_are_read(tmp_path, kind, off):
    path = tmp_path / "digit"
    Image.fromarray(np.kron(GREYS, np.ones((8, 8), np.uint8))).save(path, kind)
    assert np.abs(read_picture(path)[4::8, 4::8].astype(int) - GREYS).max() <= off


@pytest.mark.parametrize("bits", [10, 12, 14, 16])
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_of_which_some_are_used(tmp_path, kind, bits):
    path = tmp_path / "digit"
    levels = np.linspace(0, 2**bits - 1, 35).reshape(7, 5)
    Image.fromarray(np.rint(levels).astype(np.uint16)).save(path, kind)
    assert np.abs(read_picture(path) - levels * 255 / (2**bits - 1)).max() <= 1


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (200, 30, 40)])
def test_a_shape_in_the_transparency_alone_is_dark_ink(tmp_path, colour):
    path = tmp_path / "digit.png"
    image = Image.new("RGBA", (60, 60), (*colour, 0))
    image.paste((*colour, 255), (20, 10, 30, 50))
    image.save(path)
    grey = read_picture(path)
    assert (grey[5, 5], grey[30, 25]) == (255, 0)


def test_heic_is_read(tmp_path):
    """What is no picture within its container is refused as one; a whole one is written by none of
    the program's libraries."""
    path = tmp_path / "digit.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200))
    assert "save it as PNG or JPEG" in refusal(path) or "damaged" in refusal(path)


def test_without_a_reader_for_heic_it_is_said_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures.importlib.util, "find_spec", lambda _: None)
    path = tmp_path / "digit.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200))
    assert "is a HEIC picture, which cannot be read here: save it as JPEG" in refusal(path)


def test_images_of_an_idx_file_are_no_larger_than_they_are_looked_at(tmp_path):
    path = tmp_path / "images-idx3-ubyte"
    path.write_bytes(write_idx(np.full((1, 1200, 900), 255, np.uint8)))
    [picture] = originals_of(path)
    assert picture.as_it_is
    assert picture.grey.size <= MOST_PIXELS
