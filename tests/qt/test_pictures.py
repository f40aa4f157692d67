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
from PySide6.QtGui import QColor, QImage, QImageReader

from rnn_desk.core.errors import Refused
from rnn_desk.core.scan import raster_from_picture
from rnn_desk.qt.images import read as pictures
from rnn_desk.qt.images.read import grey_levels, read_picture

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
    image = QImage(3, 1, QImage.Format.Format_RGB32)
    for x, colour in enumerate(("red", "lime", "blue")):
        image.setPixelColor(x, 0, QColor(colour))
    [[red, green, blue]] = read_picture(write(encoded(image, "PNG"))).astype(int)
    assert green > red > blue > 0


@pytest.mark.parametrize(("alpha", "grey"), [(0, 255), (255, 0), (128, 127)])
def test_where_it_is_transparent_there_is_white_paper(write, alpha, grey):
    image = QImage(2, 2, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, alpha))
    found = read_picture(write(encoded(image, "PNG")))
    assert np.abs(found.astype(int) - grey).max() <= 1
    assert np.array_equal(grey_levels(image), found)


def test_a_transparent_picture_of_nothing_is_blank(write):
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    assert raster_from_picture(read_picture(write(encoded(image, "PNG")))).is_blank


def test_a_photograph_is_turned_as_its_camera_says(write):
    """Orientation 6 of EXIF: the first row is the scene's right side, so 7 x 5 becomes 5 x 7."""
    large = np.kron(GREYS, np.ones((16, 16), np.uint8))
    jpeg = encoded(image_of(large), "JPG")
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    exif = b"Exif\0\0" + b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    found = read_picture(write(jpeg[:2] + segment + jpeg[2:]))
    assert found.shape == (5 * 16, 7 * 16)
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


def test_other_formats_of_qts_are_refused(write):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    assert "not a PNG, JPEG, BMP, GIF or WebP" in refusal(write(svg, "digit.png"))


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

    monkeypatch.setattr(pictures.QImageReader, "read", decoded)
    sentence = refusal(write(png(100_000, 100_000, zlib.compress(b"\0" * 100))))
    assert "100000 x 100000 pixels, more than the 64 million" in sentence


def test_a_size_below_the_limit_whose_pixels_are_not_there_is_refused(write, qtlog):
    with qtlog.disabled():
        refusal(write(png(7000, 7000, zlib.compress(b"\0" * 100))))


def test_a_picture_as_large_as_the_limit_is_read(write):
    rows, columns = 8000, 8000
    body = zlib.compress(b"\0" * ((columns + 1) * rows), level=1)
    found = read_picture(write(png(columns, rows, body)))
    assert (found.shape, found.max()) == ((rows, columns), 0)


def test_the_programs_own_limit_for_qts_pictures_stays_as_it_was(write):
    before = QImageReader.allocationLimit()
    read_picture(write(encoded(image_of(GREYS), "PNG")))
    assert QImageReader.allocationLimit() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert "not an ordinary file" in refusal(tmp_path / "pipe.png")


def test_no_application_object_is_needed(write):
    path = write(encoded(image_of(GREYS), "JPG"))
    script = (
        "import sys; from pathlib import Path; from rnn_desk.qt.images.read import read_picture\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "print(read_picture(Path(sys.argv[1])).shape, QCoreApplication.instance())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path],
        env={name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "(7, 5) None"


@pytest.mark.parametrize("bits", ["Format_Indexed8", "Format_ARGB32"])
def test_a_picture_that_is_made_grey_in_steps_is_the_same(monkeypatch, bits):
    image = image_of(GREYS).convertToFormat(getattr(QImage.Format, bits))
    for pixels in (1, 10, 12, 35):  # a row, two with one left over, all
        monkeypatch.setattr(pictures, "_AT_ONCE", pixels)
        assert np.array_equal(grey_levels(image), GREYS)


def test_bytes_of_an_image_in_memory_are_its_own():
    """The clipboard's picture may go while its grey levels are still looked at."""
    image = image_of(GREYS)
    found = grey_levels(image)
    image.fill(0)
    del image
    assert np.array_equal(found, GREYS)
