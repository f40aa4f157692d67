"""Reading a picture file as pixels. Needs no window, and no Qt: Pillow decodes."""

from __future__ import annotations

import importlib.util
import io
import struct
import zlib
from dataclasses import field
from pathlib import Path

import numpy as np
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular
from rnn_desk.core.frozen import frozen
from rnn_desk.core.picture import Picture, picture_of
from rnn_desk.core.scan.areas import averaged_by_blocks, block_side
from rnn_desk.core.scan.find import MOST_PIXELS

MAX_PIXELS = 64_000_000
"""Pixels of one picture; a scan of a page at 600 dots an inch has 35 million."""

MAX_FILE = 512 * 2**20
"""Bytes; a BMP of `MAX_PIXELS` with 8 bytes a pixel."""

_PLUGINS = (
    AvifImagePlugin.AvifImageFile,
    BmpImagePlugin.BmpImageFile,
    GifImagePlugin.GifImageFile,
    JpegImagePlugin.JpegImageFile,
    MpoImagePlugin.MpoImageFile,
    PngImagePlugin.PngImageFile,
    TiffImagePlugin.TiffImageFile,
    WebPImagePlugin.WebPImageFile,
)
"""Those of Pillow's readers that are used; each makes itself known as it is imported."""

_DAMAGE = (
    OSError,
    SyntaxError,  # Pillow's own word for a broken file
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What Pillow's readers raise on damaged files."""

Image.MAX_IMAGE_PIXELS = None  # the size is looked at here, before anything is decoded


@frozen(eq=False)
class Pixels:
    """A picture's pixels, fewer than the file has where that has many.

    levels: `[rows, columns]` or `[rows, columns, 3]` uint8. size: the file's rows and columns.
    """

    levels: NDArray[np.uint8] = field(repr=False)
    size: tuple[int, int]

    @property
    def picture(self) -> Picture:
        """As it goes on the canvas."""
        return picture_of(self.levels, self.size)


def read_picture(path: Path) -> Pixels:
    """The picture, turned as its camera says.

    Where it is transparent there is white paper, unless all that is not is of one colour: then the
    shape is ink. The content decides what the file is, not its suffix. Raises Refused.
    """
    data = read_regular(path, MAX_FILE)
    if _is_heif(data) and not _has_heif():
        raise Refused(
            "{file} is a HEIC picture, which cannot be read here: save it as JPEG or PNG first",
            file=path,
        )
    try:
        with Image.open(io.BytesIO(data), formats=_formats()) as image:
            _check_size(image.width, image.height, path)
            return pixels_of(image)
    except UnidentifiedImageError as error:
        raise Refused(
            "{file} is not a picture that can be read, or it is damaged: save it as PNG or JPEG",
            file=path,
        ) from error
    except _DAMAGE as error:
        raise Refused(
            "{file} cannot be read as a picture, it is damaged: get it again ({reason})",
            file=path,
            reason=str(error) or type(error).__name__,
        ) from error


def pixels_of(image: Image.Image) -> Pixels:
    """The pixels of an opened picture; of one with many, their means."""
    k = block_side((image.height, image.width), MOST_PIXELS)
    size = image.height, image.width
    if k > 1:  # a JPEG can be decoded at a half, a quarter or an eighth of its size
        image.draft(None, (image.width // k * 2, image.height // k * 2))
    turned = ImageOps.exif_transpose(image)
    if (turned.width > turned.height) != (image.width > image.height):
        size = size[::-1]
    levels = _levels(turned, block_side((turned.height, turned.width), MOST_PIXELS))
    return Pixels(levels, size)


def _levels(image: Image.Image, k: int) -> NDArray[np.uint8]:
    """Its levels, squares of k x k pixels averaged."""
    if image.mode.startswith(("I", "F")):
        return _eight_bits(averaged_by_blocks(np.asarray(image), MOST_PIXELS))
    if "A" in image.mode or "a" in image.mode or "transparency" in image.info:
        return _on_paper(image.convert("RGBA").convert("RGBa").reduce(k))
    mode = "L" if image.mode in ("1", "L") else "RGB"
    return np.asarray(image.convert(mode).reduce(k), np.uint8)


def _eight_bits(levels: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Levels of sixteen bits, or of as many as are used of them: scanners use ten or twelve."""
    if not np.isfinite(levels).all():
        raise ValueError("not a number")
    most = float(levels.max(initial=0.0))
    bits = max(8, int(most).bit_length()) if most > 1 else 0
    scale = 255 / (2**bits - 1) if bits else 255.0
    return np.asarray(np.clip(np.rint(levels * scale), 0, 255), np.uint8)


_SEEN = 128
"""Opacity, of 255, from which on a pixel's own colour counts."""

_ONE_COLOUR = 24
"""Levels that a shape of one colour varies by."""


def _on_paper(image: Image.Image) -> NDArray[np.uint8]:
    """A picture with transparency on white paper; a shape of one colour as dark ink on it."""
    levels = np.asarray(image).astype(np.int16)  # colours times opacity
    opacity = levels[..., 3]
    seen = opacity >= _SEEN
    if seen.any() and not seen.all():
        colours = levels[..., :3][opacity >= 250]
        low, high = np.percentile(colours, [2, 98], axis=0) if colours.size else (0.0, 0.0)
        if np.max(high - low) < _ONE_COLOUR:
            return np.asarray(255 - opacity, np.uint8)
    return np.asarray(np.clip(levels[..., :3] + (255 - opacity)[..., None], 0, 255), np.uint8)


def _formats() -> list[str]:
    """The formats that can be read here: Pillow may be built without some of them."""
    wanted = [plugin.format for plugin in _PLUGINS] + ["HEIF"]
    return [name for name in wanted if name in Image.OPEN]


def _is_heif(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] not in (b"avif", b"avis")


def _has_heif() -> bool:
    """Whether HEIC can be read; the reader is loaded for it alone."""
    if importlib.util.find_spec("pi_heif") is None:
        return False
    import pi_heif

    pi_heif.register_heif_opener()
    return True


def _check_size(width: int, height: int, path: Path) -> None:
    if width * height > MAX_PIXELS:
        raise Refused(
            "{file} has {width} x {height} pixels, more than the {most} million that are read: "
            "make it smaller",
            file=path,
            width=width,
            height=height,
            most=MAX_PIXELS // 10**6,
        )
