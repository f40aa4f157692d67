"""The pictures that were written, side by side: endings of what is begun, or dreams."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnn_desk.app.actions import write
from rnn_desk.app.state import DREAMS
from rnn_desk.app.written import Written
from rnn_desk.core.arrays import NDArray
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.heat import paint_image
from rnn_desk.qt.views.view import MARGIN, View
from rnn_desk.qt.views.writing.ink import written_images

GAP = 10
"""Pixels between two pictures."""

ACROSS = 3
"""Endings side by side, where they have the room that they make use of."""

EDGE = 3
"""Pixels around all of them, for the frame of the one that is looked at."""

FEW = 0.25
"""The part of endings of the class that was told, up to which it is said why there are so few."""

_CORNER = 5

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
        self._images: list[QImage] = []
        self._as_far_as: int | None = None  # a row, while an animation is made
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
        side = (high - EDGE - (ACROSS - 1) * GAP) // ACROSS - self._line
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
        same = (
            written is not None
            and self.written is not None
            and written.pictures is self.written.pictures
        )
        self.written, self.classes = written, classes
        if not same:
            self._make_images()
        self.update()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._make_images()

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
        places = self._places()
        for number, (image, place) in enumerate(zip(self._images, places, strict=True)):
            self._paint_tile(painter, number, image, place)
        if places and (hint := self._hint()):
            below = QRect(0, places[-1].bottom() + self._line, self.width(), 2 * self._line)
            painter.setFont(self.font())
            painter.setPen(QColor(self.theme.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(below, flags, hint)

    def _hint(self) -> str:
        """Why endings are not of the class that the writer was told, where few are."""
        label, written = self.store.state.writing.label, self.written
        if label is None or written is None or written.read is None or not written.pictures.begun:
            return ""
        if (written.read.argmax(1) == label).mean() > FEW:
            return ""
        return tr(
            "What stands there leaves little room for a {name}: slide the row up",
            name=self.classes[label],
        )

    def _paint_tile(self, painter: QPainter, number: int, image: QImage, place: QRect) -> None:
        assert self.written is not None
        pictures = self.written.pictures
        paint_image(painter, place, image)
        side = pictures.pixels.shape[1]
        row = self.store.state.pointed.row
        looked_at = self.store.state.writing.looked_at == number
        written = self._rows_seen(number, row, side)
        if written < side:
            veil = QRect(place)
            veil.setTop(place.top() + place.height() * written // side)
            painter.fillRect(veil, QColor(self.theme.paper))
        if not self.store.state.writing.dream and 0 < pictures.begun < side:
            y = place.top() + place.height() * pictures.begun / side
            painter.setPen(QPen(QColor(self.theme.muted), 1, Qt.PenStyle.DotLine))
            painter.drawLine(round(place.left()), round(y), round(place.right()), round(y))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if looked_at:
            painter.setPen(QPen(QColor(self.theme.accent), 2 + self.theme.stroke))
        else:
            painter.setPen(QPen(QColor(self.theme.line), self.theme.stroke))
        painter.drawRoundedRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5), _CORNER, _CORNER)
        self._paint_name(painter, number, place)

    def _paint_name(self, painter: QPainter, number: int, place: QRect) -> None:
        """What the reader takes it for, and how sure it is."""
        assert self.written is not None
        below = QRect(place.left(), place.bottom() + 2, place.width(), self._line - 2)
        read = self.written.read
        if read is None or number >= len(read):
            return
        if self._veiled(number):
            return
        best = int(read[number].argmax())
        name, part = self.classes[best], f"{read[number][best]:.0%}"
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.Bold)
        painter.setFont(bold)
        metrics = painter.fontMetrics()
        gap = metrics.horizontalAdvance(" ") * 2
        wide = metrics.horizontalAdvance(name) + gap + self.fontMetrics().horizontalAdvance(part)
        if wide > below.width():  # in large letters, below small pictures
            part, wide = "", metrics.horizontalAdvance(name)
        left = below.left() + (below.width() - wide) // 2
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRect(left, below.top(), wide, below.height()), middle, name)
        left += metrics.horizontalAdvance(name) + gap
        painter.setFont(self.font())
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(QRect(left, below.top(), wide, below.height()), middle, part)

    def _rows_seen(self, number: int, row: int | None, side: int) -> int:
        """How many rows of a picture are there: of dreams before the one that is written all, of it
        down to the row looked at, of those after it none."""
        if self._as_far_as is not None:
            return self._as_far_as
        if not self.store.state.writing.dream:
            return side
        now = self.store.state.writing.looked_at
        if row is None or now is None:
            return side
        return side if number < now else row + 1 if number == now else 0

    def frames(self) -> list[QImage]:
        """The pictures as they are written, a frame a row, and at last all of them; on a ground,
        with the reader's answers from the last row on."""
        if self.written is None:
            return []
        pictures = self.written.pictures
        side = pictures.pixels.shape[1]
        return [self._frame(rows) for rows in range(pictures.begun, side)] + [self._frame(None)]

    def _frame(self, rows: int | None) -> QImage:
        image = QImage(self.size() + QSize(2 * MARGIN, 2 * MARGIN), QImage.Format.Format_RGB888)
        image.fill(QColor(self.theme.window))
        self._as_far_as = rows
        painter = QPainter(image)
        painter.translate(MARGIN, MARGIN)
        self._paint_all(painter)
        painter.end()
        self._as_far_as = None
        return image

    def _veiled(self, number: int) -> bool:
        side = 0 if self.written is None else self.written.pictures.pixels.shape[1]
        return self._rows_seen(number, self.store.state.pointed.row, side) < side

    def _grid(self) -> tuple[int, int]:
        """How many stand side by side, and how large each is: as large as all of them fit."""
        count = 1 if self.written is None else self.written.pictures.count
        best = (count, 0)
        for columns in range(1, count + 1):
            lines = ceil(count / columns)
            wide = (self.width() - 2 * EDGE - (columns - 1) * GAP) // columns
            high = (self.height() - EDGE - (lines - 1) * GAP) // lines - self._line
            if min(wide, high) > best[1]:
                best = (columns, min(wide, high))
        return best[0], max(best[1], 8)

    @property
    def _line(self) -> int:
        return self.fontMetrics().height() + 6

    def _name(self, number: int) -> str:
        return str(number + 1)

    def _make_images(self) -> None:
        self._images = []
        if self.written is not None:
            pictures = self.written.pictures
            self._images = written_images(pictures.pixels, pictures.begun, self.theme)

    def _changed(self) -> None:
        self.set_words()
