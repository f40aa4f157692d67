"""The pictures that were written, side by side: endings of what is begun, or dreams."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnn_desk.app.actions import write
from rnn_desk.app.state import DREAMS
from rnn_desk.app.written import Written
from rnn_desk.core.arrays import NDArray
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.figure import Figure
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.view import View
from rnn_desk.qt.views.writing.contact_sheet import ContactSheet
from rnn_desk.qt.views.writing.tile import GAP, Tile, name_height, paint_tile, tiles_of

ACROSS = 3
"""Endings side by side, where they have the room that they make use of."""

EDGE = 6
"""Pixels around all of them, for the frames of the one that is looked at, and of the keyboard."""

FEW = 0.25
"""The part of endings of the class that was told, up to which it is said why there are so few."""

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class TilesView(View):
    """Point at one to see it on the sheet, click it to have it there."""

    can_be_alone = False

    chosen = Signal(int)
    """The number of the picture that is to go on the canvas."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.written: Written | None = None
        self.classes: tuple[str, ...] = ()
        self._tiles: list[Tile] = []
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        store.writing_changed.connect(self._changed)
        store.pointed_changed.connect(self.update)
        self.set_words()

    def sizeHint(self) -> QSize:
        return QSize(480, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)

    def width_for(self, high: int) -> int:
        """Pixels that endings make use of, where there are so many from top to bottom."""
        side = (high - EDGE - self._line - (ACROSS - 1) * GAP) // ACROSS - self._line
        return ACROSS * side + (ACROSS - 1) * GAP + 2 * EDGE

    def height_for(self, wide: int) -> int:
        """Pixels that dreams take at least, all side by side in this width."""
        return (wide - 2 * EDGE - (DREAMS - 1) * GAP) // DREAMS + self._line + EDGE

    def set_words(self) -> None:
        dream = self.store.state.writing.dream
        self.setAccessibleName(tr("Dreams") if dream else tr("Endings"))
        self.update()

    def show_written(self, written: Written | None, classes: tuple[str, ...]) -> None:
        """These pictures are there now, or none."""
        self.written, self.classes = written, classes
        self._make_tiles()
        self.update()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._make_tiles()

    def numbers(self) -> NDArray[np.float32] | None:
        """Every picture, a line a row of one."""
        if self.written is None:
            return None
        pixels = self.written.pictures.pixels
        return pixels.reshape(-1, pixels.shape[2])

    def line_names(self) -> Sequence[str]:
        if self.written is None:
            return []
        pictures = self.written.pictures
        _, side, _ = pictures.pixels.shape
        return [f"{self._name(k)} {row + 1}" for k in range(pictures.count) for row in range(side)]

    def line_kind(self) -> str:
        return tr("picture and row")

    def place(self, number: int) -> QRect:
        """Where a picture lies."""
        return self._places()[number]

    def number_at(self, at: QPoint) -> int | None:
        """The picture that lies there, if one does."""
        for number, place in enumerate(self._places()):
            if place.adjusted(0, 0, 0, self._line).contains(at):
                return number
        return None

    def _places(self) -> list[QRect]:
        """Where each picture lies."""
        count = 0 if self.written is None else self.written.pictures.count
        columns, side = self._grid()
        high = side + self._line
        left = (self.width() - columns * side - (columns - 1) * GAP) // 2
        at = (divmod(number, columns) for number in range(count))
        return [
            QRect(left + column * (side + GAP), EDGE + line * (high + GAP), side, side)
            for line, column in at
        ]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.number_at(event.position().toPoint())
        if number is not None or not self.store.state.writing.dream:
            self.store.do(write.look_at, number)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.store.state.writing.dream:
            self.store.do(write.look_at, None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.number_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move from picture to picture, Return puts one on the canvas."""
        count = 0 if self.written is None else self.written.pictures.count
        now = self.store.state.writing.looked_at
        if event.key() in _STEPS and count:
            across, down = _STEPS[Qt.Key(event.key())]
            step = across + down * self._grid()[0]
            self.store.do(write.look_at, 0 if now is None else max(0, min(count - 1, now + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and now is not None:
            self.chosen.emit(now)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The arrows are this view's while it has the focus, not the rows'."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            event.accept()
            return True
        return super().event(event)

    def tooltip_words(self, at: QPoint) -> str:
        """What a click does, and what the reader says of it."""
        number = self.number_at(at)
        if number is None:
            return ""
        told = tr("click: put it on the canvas, where it is read; Undo brings yours back")
        read = None if self.written is None else self.written.read
        if read is None:
            return told
        best = int(read[number].argmax())
        words = tr("read as {name}: {part:.1%}", name=self.classes[best], part=read[number][best])
        return f"{words}\n{told}"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_all(painter)
        if self.reached_by_key and self.hasFocus() and self.store.state.writing.looked_at is None:
            painter.setPen(QPen(QColor(self.theme.accent), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_all(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places, looked_at = self._places(), self.store.state.writing.looked_at
        for number, (tile, place) in enumerate(zip(self._tiles, places, strict=True)):
            rows = self._rows_seen(number, tile.side)
            paint_tile(painter, place, tile, self.theme, self.font(), rows, number == looked_at)
        if places and (hint := self.hint()):
            top = places[-1].bottom() + self._line
            below = QRect(0, top, self.width(), max(self._line, self.height() - top))
            painter.setFont(self.font())
            painter.setPen(QColor(self.theme.text))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(below, flags, hint)

    def hint(self) -> str:
        """Why there is nothing to end; or why endings are not of the class that the writer was
        told, where few are."""
        label, written = self.store.state.writing.label, self.written
        if written is None or not (begun := written.pictures.begun):
            return ""
        if not written.pictures.pixels[:, begun:].any():
            return tr("All of it is there: slide the row up")
        if label is None or written.read is None:
            return ""
        if (written.read.argmax(1) == label).mean() > FEW:
            return ""
        return tr("Too far for a {name}: slide the row up", name=self.classes[label])

    def _rows_seen(self, number: int, side: int) -> int:
        """How many rows of a picture are there: of dreams before the one that is written all, of it
        down to the row looked at, of those after it none."""
        writing, row = self.store.state.writing, self.store.state.pointed.row
        if not writing.dream or row is None or writing.looked_at is None:
            return side
        after = number - writing.looked_at
        return side if after < 0 else row + 1 if after == 0 else 0

    def figure(self) -> Figure:
        """A sheet of its own: all pictures, whole, and how they were asked for."""
        sheet = self._sheet()
        dots, ratio = self.logicalDpiX(), self.devicePixelRatioF()
        return Figure(self.accessibleName(), sheet.size, dots, ratio, sheet.paint)

    def frames(self) -> list[QImage]:
        """The same sheet as it is written, a frame a row, and at last all of it."""
        if self.written is None:
            return []
        sheet, pictures = self._sheet(), self.written.pictures
        frames = []
        for rows in (*range(pictures.begun, pictures.pixels.shape[1]), None):
            frames.append(QImage(sheet.size, QImage.Format.Format_RGB888))
            painter = QPainter(frames[-1])
            sheet.paint(painter, rows)
            painter.end()
        return frames

    def _sheet(self) -> ContactSheet:
        writing = self.store.state.writing
        label = writing.label
        told = tr("told no class")
        if label is not None and label < len(self.classes):
            told = tr("told: {name}", name=self.classes[label])
        elif writing.dream and self.classes:
            told = tr("told: {name}", name=f"{self.classes[0]} … {self.classes[-1]}")
        words = (
            self.accessibleName(),
            told,
            f"{tr('Temperature')} {writing.temperature:.2f}",
            f"{tr('Seed')} {writing.seed}",
        )
        return ContactSheet(self._tiles, " · ".join(words), self.theme, self.font())

    def _grid(self) -> tuple[int, int]:
        """How many stand side by side, and how large each is: as large as all of them fit."""
        count = 1 if self.written is None else self.written.pictures.count
        dream = self.store.state.writing.dream
        best = (count, 0)
        for columns in range(1, count + 1):
            lines = ceil(count / columns)
            wide = (self.width() - 2 * EDGE - (columns - 1) * GAP) // columns
            room = self.height() - EDGE - (0 if dream else self._line)  # for the hint
            high = (room - (lines - 1) * GAP) // lines - self._line
            if min(wide, high) > best[1]:
                best = (columns, min(wide, high))
        return best[0], max(best[1], 8)

    @property
    def _line(self) -> int:
        return name_height(self.fontMetrics())

    def _name(self, number: int) -> str:
        return str(number + 1)

    def _make_tiles(self) -> None:
        written = self.written
        self._tiles = [] if written is None else tiles_of(written, self.classes, self.theme)

    def _changed(self) -> None:
        self.set_words()
