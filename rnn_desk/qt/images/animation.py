"""The reading as an animation, GIF or WebP: a frame a row, then all of them, round and round."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.images.formats import ANIMATED
from rnn_desk.qt.work.background import Background

if TYPE_CHECKING:  # loaded when the first animation is made
    from PIL.Image import Image

ROW_MS = 160
"""Milliseconds that a row is shown."""

LAST_MS = 2000
"""Milliseconds that the whole reading is shown before it begins again."""

MOST_ROWS = 100
"""Rows that get a frame; of more, as when a network reads pixel by pixel, evenly chosen ones."""

WIDEST = 1200
"""Pixels; a wider window is made smaller."""

MARGIN = 12
"""Pixels around what is shown."""

_EXACT = 16
"""Colours of a GIF, of its 256, that are those of the window itself."""

_PEN_REST_MS = 50


class Recorder(QObject):
    """Takes the frames from the views as they stand, one between any two events and none while the
    pen is down; puts them together, and writes them, off the window's thread.

    What is drawn meanwhile is what the animation shows: it is then begun again, as it is where the
    window gets another size.
    """

    progressed = Signal(int, int)
    """How many steps are done, and how many there are."""
    written = Signal(object)
    """The Path of the file that is written."""
    ended = Signal()
    """The file is written, or will not be: cancelled, or refused; and no other is being made."""
    _left = Signal(object)
    """Nothing more is done of what was asked for with this Event."""

    def __init__(
        self,
        store: QtStore,
        take: Callable[[], QImage],
        newest: Callable[[], object],
        pen_is_down: Callable[[], bool],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        """take: the picture as it is now. newest: what is shown; another object is another reading.

        background: where files are written; it says what was refused.
        """
        super().__init__(parent)
        self._store = store
        self._take = take
        self._newest = newest
        self._pen_is_down = pen_is_down
        self._background = background
        self._frames: list[QImage] = []
        self._reading: object = None
        self._path = Path()
        self._cancelled = Event()
        self._cancelled.set()
        self._left.connect(self._end)

    @property
    def under_way(self) -> Path | None:
        """The file that is being written, if any."""
        return None if self._cancelled.is_set() else self._path

    def start(self, path: Path) -> None:
        """Write the reading that is shown to this file, in place of one that is being written."""
        _check(path)
        self._cancelled.set()
        self._cancelled = Event()
        self._path, self._frames, self._reading = path, [], self._newest()
        self._later(0)

    def cancel(self) -> None:
        """No animation after all; no file is left, whole or in part."""
        self._cancelled.set()

    def _later(self, milliseconds: int) -> None:
        asked = self._cancelled
        QTimer.singleShot(milliseconds, self, lambda: self._go_on(asked))

    def _go_on(self, asked: Event) -> None:
        """Take the next frame, or hand all of them on; unless something else was asked for."""
        if asked is not self._cancelled:
            return
        if asked.is_set():
            self.ended.emit()
        elif self._pen_is_down():
            self._later(_PEN_REST_MS)
        else:
            self._take_next(asked)

    def _take_next(self, asked: Event) -> None:
        if self._newest() is not self._reading:
            self._frames, self._reading = [], self._newest()
        rows = rows_shown(self._store.state.pointed.rows)
        with self._store.looking_at(rows[len(self._frames)]):
            frame = self._take()
        if self._frames and frame.size() != self._frames[0].size():
            self._frames.clear()  # the window has another size now
            self._later(0)
            return
        self._frames.append(frame)
        self.progressed.emit(len(self._frames), 2 * len(rows))
        if len(self._frames) < len(rows):
            self._later(0)
        else:
            frames, path = self._frames, self._path
            self._frames = []
            self._background.do(lambda: self._write(frames, path, asked))

    def _write(self, frames: list[QImage], path: Path, asked: Event) -> None:
        """On the background's thread. Raises Refused."""

        def told(count: int) -> None:
            if asked.is_set():
                raise _Cancelled
            self.progressed.emit(len(frames) + count, 2 * len(frames))

        try:
            data = encode(frames, path.suffix, told)
            told(len(frames))
            write_whole(path, data)
            self.written.emit(path)
        except _Cancelled:
            pass
        finally:
            self._left.emit(asked)

    def _end(self, asked: Event) -> None:
        """On the window's thread, where the next one is begun."""
        if asked is self._cancelled:  # else another one is being made by now
            asked.set()
            self.ended.emit()


class _Cancelled(Exception):
    """Nobody wants the animation any more."""


def rows_shown(rows: int) -> list[int | None]:
    """The rows that get a frame, from the top, and last None: all of them."""
    count = min(rows, MOST_ROWS)
    return [*(k * rows // count for k in range(count)), None]


def write_animation(path: Path, store: QtStore, take: Callable[[], QImage]) -> None:
    """All at once, where nobody draws meanwhile. Raises Refused."""
    frames = []
    for row in rows_shown(store.state.pointed.rows):
        with store.looking_at(row):
            frames.append(take())
    write_whole(path, encode(frames, path.suffix, lambda _: None))


def write_frames(path: Path, frames: Sequence[QImage]) -> None:
    """Write these frames to a file, on whatever thread. Raises Refused."""
    _check(path)
    write_whole(path, encode(frames, path.suffix, lambda _: None))


def picture_of(views: Sequence[QWidget], ground: str) -> QImage:
    """These views as they stand in their window, on a ground of that colour and nothing else.

    At most `WIDEST` pixels wide, whatever the screen's scale.
    """
    window = views[0].window()
    places = [QRect(view.mapTo(window, QPoint()), view.size()) for view in views]
    whole = QRect()
    for place in places:
        whole = whole.united(place)
    image = QImage(whole.size() + QSize(2 * MARGIN, 2 * MARGIN), QImage.Format.Format_RGB888)
    image.fill(QColor(ground))
    for view, place in zip(views, places, strict=True):
        corner = place.topLeft() - whole.topLeft() + QPoint(MARGIN, MARGIN)
        view.render(image, corner)
    if image.width() <= WIDEST:
        return image
    # To whole pixels: `scaledToWidth` would blend the last row with what is below it.
    size = QSize(WIDEST, round(image.height() * WIDEST / image.width()))
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)


def fitted(image: QImage, size: QSize, ground: str) -> QImage:
    """The picture in the middle of a ground of that size and colour, made smaller where it must."""
    if image.width() > size.width() or image.height() > size.height():
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    whole = QImage(size, QImage.Format.Format_RGB888)
    whole.fill(QColor(ground))
    painter = QPainter(whole)
    left, top = (size.width() - image.width()) // 2, (size.height() - image.height()) // 2
    painter.drawImage(left, top, image)
    painter.end()
    return whole


def encode(frames: Sequence[QImage], suffix: str, told: Callable[[int], None]) -> bytes:
    """The frames as a file that loops for ever; `told` hears how many are done, and may raise."""
    from PIL import Image

    def pictures() -> Iterator[Image.Image]:
        for count, frame in enumerate(frames):
            told(count)
            picture = _as_pillow(frame)
            yield picture if palette is None else picture.quantize(palette=palette, dither=plain)

    plain = Image.Dither.NONE  # dots would dance from frame to frame
    palette = None
    if suffix.lower() == ".gif":
        some = [_as_pillow(frames[k]) for k in (0, len(frames) // 2, len(frames) - 1)]
        palette = _palette_of(some)
    first, *others = pictures()
    durations = [*[ROW_MS] * (len(frames) - 1), LAST_MS]
    out = io.BytesIO()
    kind = "GIF" if palette is not None else "WEBP"
    how = {} if palette is not None else {"lossless": True, "method": 2}
    first.save(out, kind, save_all=True, append_images=others, duration=durations, loop=0, **how)
    return out.getvalue()


def _palette_of(pictures: Sequence[Image]) -> Image:
    """256 colours for all of them, so that none changes its colour between two frames. Those of the
    most pixels, such as the window's, are exact: the rest is chosen for all together."""
    from PIL import Image

    width, height = pictures[0].size
    sheet = Image.new("RGB", (width, height * len(pictures)))
    for place, picture in enumerate(pictures):
        sheet.paste(picture, (0, place * height))
    # As whole numbers: sorted as triples, they would keep the interpreter from the window for long.
    red, green, blue = np.moveaxis(np.asarray(sheet, np.uint32).reshape(-1, 3), 1, 0)
    colours, counts = np.unique(red << 16 | green << 8 | blue, return_counts=True)
    most = colours[np.argsort(counts)[: -_EXACT - 1 : -1]]
    others = sheet.quantize(256 - len(most), method=Image.Quantize.MAXCOVERAGE, kmeans=1)
    palette = Image.new("P", (1, 1))
    exact = [int(each) >> shift & 255 for each in most for shift in (16, 8, 0)]
    palette.putpalette([*exact, *(others.getpalette() or ())])
    return palette


def _as_pillow(image: QImage) -> Image:
    from PIL import Image

    size = (image.width(), image.height())
    return Image.frombytes(
        "RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine()
    )


def _check(path: Path) -> None:
    if path.suffix.lower() not in ANIMATED:
        raise Refused("{file} should end in .gif or .webp", file=path)
