"""Makes the icons of Windows and macOS from the program's drawing: `python -m
tests.helpers.app_icons`."""

import io
import sys

from PIL import Image
from PySide6.QtGui import QImage

from rnn_desk.assets_door import asset
from rnn_desk.qt.style.icons import app_picture

SIZES = {
    "app.ico": (16, 20, 24, 32, 40, 48, 64, 128, 256),
    "app.icns": (32, 64, 128, 256, 512, 1024),
}
"""Pixels; each is drawn by itself, as a smaller one made of a larger one blurs."""


def drawn(size):
    """The drawing at that size.

    Pillow takes the alpha out of the colours, in whole numbers and rounding down: Qt takes the one
    level or the other of a colour half-way between two, on one machine so and on another so.
    """
    image = app_picture(size).convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied)
    return Image.frombytes("RGBa", (size, size), image.constBits().tobytes()).convert("RGBA")


def made(name):
    """The icon of that file, as bytes."""
    pictures = [drawn(size) for size in SIZES[name]]
    target = io.BytesIO()
    pictures[-1].save(
        target,
        format=name.rpartition(".")[2].upper(),
        sizes=[picture.size for picture in pictures],
        append_images=pictures[:-1],
    )
    return target.getvalue()


def main():
    for name in SIZES:
        path = asset("desktop", name)
        path.write_bytes(made(name))
        sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
