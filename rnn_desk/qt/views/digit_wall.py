"""A wall of drawings, a line or more for each digit; those that are misread are marked."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing
from rnn_desk.core.frozen import frozen
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.view import View

TILE, GAP, MARGIN = 52, 6, 6
_MIDDLE, _FILLED = 0.42, 0.56
"""Where the middle of a drawing is in its tile, from the top, and how much of it that fills: below
is room for what it is read as."""

_NAMES = 44
"""Pixels for the digit at the left of its line."""


@frozen
class Tile:
    """A drawing, and what it is read as where that is not what it was meant to be, else ""."""

    drawing: Drawing
    misread: str = ""


@frozen
class Group:
    """The drawings of one digit."""

    label: str
    tiles: tuple[Tile, ...]


class DigitWall(View):
    """Some of the drawings are chosen, by pointer or keys; what is done with them, others know."""

    chosen_changed = Signal()
    opened = Signal(object)
    """The Drawing that is to lie on the desk."""
    labelled = Signal(str)
    """The chosen ones were meant to be this: its key was pressed."""
    removed = Signal()
    """The chosen ones are to be deleted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.groups: tuple[Group, ...] = ()
        self.chosen: frozenset[Drawing] = frozenset()
        self._current: Drawing | None = None
        self._places: dict[Drawing, QRect] = {}
        self._tiles: dict[Drawing, Tile] = {}
        self._heads: list[tuple[QRect, Group]] = []
        self._pictures: WeakKeyDictionary[Drawing, QPixmap] = WeakKeyDictionary()

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these, from the top downwards; those that stay chosen are still there."""
        self.groups = tuple(groups)
        self._tiles = {tile.drawing: tile for group in self.groups for tile in group.tiles}
        if self._current not in self._tiles:
            self._current = None
        self._lay_out(self.width())
        self.updateGeometry()
        self._choose(self.chosen & self._tiles.keys())

    def theme_changed(self) -> None:
        self._pictures.clear()

    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        lines = sum(max(1, -(-len(group.tiles) // columns)) for group in self.groups)
        return lines * (TILE + GAP) + len(self.groups) * GAP + 2 * MARGIN

    def sizeHint(self) -> QSize:
        return QSize(_NAMES + 8 * (TILE + GAP), 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NAMES + 4 * (TILE + GAP), 120)

    def resizeEvent(self, event: object) -> None:
        self._lay_out(self.width())

    def place_of(self, drawing: Drawing) -> QRect:
        """Where it stands."""
        return self._places[drawing]

    def tooltip_words(self, at: QPoint) -> str:
        drawing = self._at(at)
        return "" if drawing is None else self._words(drawing)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        drawing = self._at(event.position().toPoint())
        keys = event.modifiers()
        if drawing is None:
            self._choose(frozenset())
        elif keys & Qt.KeyboardModifier.ShiftModifier and self._current is not None:
            self._choose(self._between(self._current, drawing))
        else:
            self._current = drawing
            more = keys & Qt.KeyboardModifier.ControlModifier
            self._choose(self.chosen ^ {drawing} if more else frozenset({drawing}))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (drawing := self._at(event.position().toPoint())) is not None:
            self.opened.emit(drawing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        drawings = list(self._tiles)
        if not drawings:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.opened.emit(self._current)
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(frozenset(drawings))
        elif key in _MOVES:
            self._move(key, drawings, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.text().strip():
            self.labelled.emit(event.text().strip())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        bold, small = QFont(self.font()), QFont(self.font())
        bold.setBold(True)
        bold.setPointSizeF(bold.pointSizeF() * 1.4)
        small.setPointSizeF(small.pointSizeF() * 0.85)
        for place, group in self._heads:
            if not place.intersects(event.rect()):
                continue
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.setFont(bold)
            upper = QRect(place.topLeft(), QSize(place.width(), TILE * 3 // 5))
            painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, group.label or "?")
            painter.setFont(small)
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            lower = QRect(place.left(), upper.bottom(), place.width(), TILE * 2 // 5)
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, str(len(group.tiles)))
        painter.setFont(small)
        for drawing, place in self._places.items():
            if place.intersects(event.rect()):
                self._paint_tile(painter, place, self._tiles[drawing])

    def _paint_tile(self, painter: QPainter, place: QRect, tile: Tile) -> None:
        palette, theme = self.palette(), self.theme
        chosen = tile.drawing in self.chosen
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = palette.color(QPalette.ColorRole.Base)
        painter.setBrush(ground)
        accent = palette.color(QPalette.ColorRole.Highlight)
        line = accent if chosen else palette.color(QPalette.ColorRole.Mid)
        painter.setPen(QPen(line, 2.5 if chosen else 1))
        painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), 5, 5)
        painter.drawPixmap(place.topLeft(), self._picture(tile.drawing))
        if tile.misread:
            words = f"→ {tile.misread}"
            width = painter.fontMetrics().horizontalAdvance(words) + 6
            height = painter.fontMetrics().height()
            tag = QRect(place.right() - width, place.bottom() - height, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.WindowText))
            painter.drawRoundedRect(tag, 4, 4)
            painter.setPen(palette.color(QPalette.ColorRole.Window))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
        if self.hasFocus() and tile.drawing is self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), theme.stroke,
                                Qt.PenStyle.DotLine))  # fmt: skip
            painter.drawRect(QRectF(place).adjusted(4, 4, -4, -4))

    def _picture(self, drawing: Drawing) -> QPixmap:
        """The drawing, as large as its tile lets it be."""
        if (there := self._pictures.get(drawing)) is not None:
            return there
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(TILE, TILE) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = [stroke for stroke in drawing.strokes if stroke.tool == "ink"] or drawing.strokes
        low = QPointF(*(min(float(s.points[:, k].min()) for s in ink) for k in (0, 1)))
        high = QPointF(*(max(float(s.points[:, k].max()) for s in ink) for k in (0, 1)))
        extent = max(high.x() - low.x(), high.y() - low.y(), 0.2 * drawing.size)
        painter.translate(TILE / 2, _MIDDLE * TILE)
        painter.scale(_FILLED * TILE / extent, _FILLED * TILE / extent)
        painter.translate(-(low + high) / 2)
        for stroke in drawing.strokes:
            erases = stroke.tool == "eraser"
            pen = QPen(self.palette().color(QPalette.ColorRole.WindowText))
            pen.setWidthF(stroke.width or NOMINAL_WIDTH * drawing.size)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            mode = QPainter.CompositionMode
            painter.setCompositionMode(
                mode.CompositionMode_Clear if erases else mode.CompositionMode_SourceOver
            )
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in stroke.points.tolist()]))
        painter.end()
        self._pictures[drawing] = picture
        return picture

    def _columns(self, width: int) -> int:
        return max(1, (width - _NAMES - 2 * MARGIN + GAP) // (TILE + GAP))

    def _lay_out(self, width: int) -> None:
        columns, top = self._columns(width), MARGIN
        self._places, self._heads = {}, []
        for group in self.groups:
            self._heads.append((QRect(MARGIN, top, _NAMES, TILE), group))
            for number, tile in enumerate(group.tiles):
                line, column = divmod(number, columns)
                left = MARGIN + _NAMES + column * (TILE + GAP)
                where = QRect(left, top + line * (TILE + GAP), TILE, TILE)
                self._places[tile.drawing] = where
            top += max(1, -(-len(group.tiles) // columns)) * (TILE + GAP) + GAP
        self.update()

    def _at(self, at: QPoint) -> Drawing | None:
        there = (drawing for drawing, place in self._places.items() if place.contains(at))
        return next(there, None)

    def _between(self, first: Drawing, last: Drawing) -> frozenset[Drawing]:
        drawings = list(self._tiles)
        low, high = sorted((drawings.index(first), drawings.index(last)))
        return frozenset(drawings[low : high + 1])

    def _move(self, key: int, drawings: list[Drawing], more: bool) -> None:
        """On to the next one in that direction."""
        if self._current is None:
            self._current = drawings[0]
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            place = drawings.index(self._current) + (1 if key == Qt.Key.Key_Right else -1)
            self._current = drawings[max(0, min(len(drawings) - 1, place))]
        else:
            here = self._places[self._current].center()
            down = key == Qt.Key.Key_Down
            others = [
                (abs(p.center().y() - here.y()), abs(p.center().x() - here.x()), k)
                for k, (_, p) in enumerate(self._places.items())
                if (p.center().y() > here.y() if down else p.center().y() < here.y())
            ]
            if others:
                self._current = drawings[min(others)[2]]
        self._choose((self.chosen if more else frozenset()) | {self._current})

    def _choose(self, drawings: frozenset[Drawing]) -> None:
        self.update()
        words = "" if self._current is None else self._words(self._current)
        self.setAccessibleDescription(words)
        if drawings != self.chosen:
            self.chosen = drawings
            self.chosen_changed.emit()

    def _words(self, drawing: Drawing) -> str:
        """What a tile shows."""
        tile, label = self._tiles[drawing], drawing.label
        said = [tr("no label yet") if label is None else str(label)]
        if drawing.writer is not None:
            said.append(tr("writer {name}", name=str(drawing.writer)))
        if tile.misread:
            said.append(tr("read as {label}", label=tile.misread))
        return " · ".join(said)


_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
