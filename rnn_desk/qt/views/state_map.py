"""The path of the top layer's state through the reading, among those of the reference digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from rnn_desk.app.actions import point
from rnn_desk.core.arrays import NDArray
from rnn_desk.core.errors import Refused
from rnn_desk.core.state_map import StateMap
from rnn_desk.core.trace import Trace
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.views.filled import fills_itself
from rnn_desk.qt.views.ground import Ground
from rnn_desk.qt.views.heat import heat_image, paint_image
from rnn_desk.qt.views.labels import apart
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.views.row_axis import row_words

MARGIN = 14

LABEL = 9
"""Pixels from the middle of a class's label to its edge, at least."""

NEAREST = 5
THUMB = 44

CLASS_COLOURS = (
    "#4477aa", "#ee6677", "#228833", "#b8a010", "#3aa7c9",
    "#aa3377", "#888888", "#e07b39", "#6f5fc4", "#7a5230",
)  # fmt: skip
"""One a class, told apart by the common kinds of colour blindness as far as ten can be; the digit
stands at the end of every class's paths, so that nothing hangs on colour alone."""

_EDGE = 6
"""Pixels that words keep from the panel's edge."""

_CAPTION = 5
"""Lines of text that the caption is wide at least, were they turned on their side."""


class StateMapView(Panel):
    """Left: the plane with all paths. Right: the reference digits whose states are nearest now."""

    takes_turns = True

    chosen = Signal(object)
    """The Drawing of a reference digit that was clicked."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self.map: StateMap | None = None
        self._model: Model | None = None
        self._being_made = False
        self.why: Refused | None = None
        self._ground = Ground()
        self._path: list[QPointF] = []
        self._near: list[tuple[int, float]] = []
        self._thumbs: list[QImage] = []
        self._known_thumbs: dict[int, QImage] = {}
        fills_itself(self)
        self.setMouseTracking(True)
        store.pointed_changed.connect(self._find_nearest)
        store.teaching_changed.connect(self._find_nearest)
        self.set_words()

    def sizeHint(self) -> QSize:
        return QSize(420, 190)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)

    def set_words(self) -> None:
        """The language has changed."""
        self.setAccessibleName(tr("State map"))
        self.update()

    def serves(self, models: tuple[Model, ...]) -> bool:
        return not models or bool(models[0].layers)

    def show_models(self, models: tuple[Model, ...]) -> None:
        if not models[0].same_as(self._model):  # the map is the first model's alone
            self._model = models[0]
            self.show_answer(None)
            self._being_made = bool(models[0].layers)

    def show_answer(self, answer: StateMap | Refused | None) -> None:
        """This is the map of the first model; None where it has no states."""
        self.map = answer if isinstance(answer, StateMap) else None
        self.why = answer if isinstance(answer, Refused) else None
        self._being_made = False
        self._near, self._known_thumbs = [], {}
        self.show_traces(self.traces)

    def show_traces(self, traces: tuple[Trace, ...]) -> None:
        super().show_traces(traces)
        self._path = []
        if self.map is not None and traces and traces[0].layers:
            h = traces[0].layers[-1].h
            if h.shape[1] == len(self.map.mean):
                self._path = self._line(self.map.project(h))
        self._find_nearest()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._known_thumbs = {}
        self._find_nearest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.show_traces(self.traces)

    def showEvent(self, event: QShowEvent) -> None:
        self._find_nearest()  # while it is hidden, it is not kept up

    def numbers(self) -> NDArray[np.float32] | None:
        """The path in the plane, a row a line."""
        if self.map is None or not self._path or self.store.state.unread_from is not None:
            return None
        return self.map.project(self.traces[0].layers[-1].h)

    def column_names(self) -> Sequence[str]:
        return [tr("component {number}", number=number) for number in (1, 2)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self._caption()
        self._ground.paint(
            painter, self, (self.map, words), lambda on: self._paint_references(on, words)
        )
        if self.map is None:
            painter.setPen(QColor(self.theme.muted))
            area = self.rect().adjusted(MARGIN, 6, -MARGIN, -6)
            painter.drawText(area, Qt.TextFlag.TextWordWrap, self.words())
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._path:
            self._paint_path(painter)
        self._paint_nearest(painter)

    def words(self) -> str:
        """What stands in the place of a map."""
        if self._being_made:
            return tr("The map is being made…")
        if self.why is not None:
            return sentence(self.why)
        return tr("A map is made of a layer's states; none are here.")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self._thumb_at(event.position())
        if near is not None and self.map is not None:
            self.chosen.emit(self.map.references.drawings[near[0]])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._thumb_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self.store.do(point.hover, self._row_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.store.do(point.hover, None)

    def tooltip_words(self, at: QPoint) -> str:
        """What a click there does, or where the row is in the map."""
        place = QPointF(at)
        near, row = self._thumb_at(place), self._row_at(place)
        if self.map is None:
            return ""
        if near is not None:
            index, distance = near
            return tr(
                "A reference digit, a {name}; its state at this row is {distance:.2f} away.\n"
                "Near states need not get the same answer: it weighs some directions far more\n"
                "than others. click: put it on the canvas",
                name=self.map.references.labels[index],
                distance=distance,
            )
        if row is not None:
            return row_words(row, self.store.state.pointed.rows)
        return self._about(self.map) if self._plane().contains(place) else ""

    def _about(self, shown: StateMap) -> str:
        """What is to be seen here."""
        return tr(
            "Each faint line is the way of the top layer's state while a reference digit is read,\n"
            "the strong one that of your digit: a point a row, in the plane of two principal\n"
            "components, which hold {share:.0%} of the variance.",
            share=shown.share,
        )

    def _row(self) -> int:
        """The row looked at; the last one that was read, at most."""
        state = self.store.state
        row = state.pointed.rows - 1 if state.pointed.row is None else state.pointed.row
        return row if state.unread_from is None else max(0, min(row, state.unread_from - 1))

    def _find_nearest(self) -> None:
        """The reference digits in the most similar state; a few hundred distances."""
        self._near = []
        seen = self.isVisibleTo(self.window()) and not self.store.state.hides("answer")
        if seen and self.map is not None and self._path:
            row = self._row()
            whole = sum(self._thumb(k).bottom() <= self.height() for k in range(NEAREST))
            self._near = self.map.nearest(self.traces[0].layers[-1].h[row], row, whole)
            pictures = self.map.references.pictures
            self._thumbs = [self._thumb_of(pictures, index) for index, _ in self._near]
        self.update()

    def _thumb_of(self, pictures: NDArray[np.float32], index: int) -> QImage:
        """A reference digit's picture, kept: one that is near stays so for many readings."""
        if index not in self._known_thumbs:
            self._known_thumbs[index] = heat_image(pictures[index], self.theme.picture, 1.0)
        return self._known_thumbs[index]

    def _plane(self) -> QRectF:
        """Where the plane is painted: what the nearest digits leave."""
        right = 2 * THUMB + 3 * MARGIN
        return QRectF(MARGIN, 6, max(40, self.width() - right - MARGIN), self.height() - 12)

    def _line(self, points: NDArray[np.float32]) -> list[QPointF]:
        """Points of the plane `[n, 2]` in widget pixels, as many of them a unit on either axis; the
        axis on which the paths reach further lies. They stand in the middle, or so far right that
        the caption has room."""
        assert self.map is not None
        area = self._plane()
        caption = self.fontMetrics().horizontalAdvance(self._caption()) + MARGIN
        extent = np.maximum(self.map.high - self.map.low, 1e-6)
        lying, standing = np.argsort(-extent, kind="stable")
        scale = min(area.width() / extent[lying], area.height() / extent[standing])
        spare = area.width() - extent[lying] * scale
        left = area.x() + max(spare / 2, min(spare, caption))
        xs = left + (points[:, lying] - self.map.low[lying]) * scale
        middle = (self.map.low[standing] + self.map.high[standing]) / 2
        ys = area.center().y() - (points[:, standing] - middle) * scale
        return list(map(QPointF, xs.tolist(), ys.tolist()))

    def _caption(self) -> str:
        """Which layer's states these are, and how much of them the plane shows."""
        if self.map is None or self._model is None:
            return ""
        return tr(
            "{layer}: {share:.0%} of the variance",
            layer=self._model.layers[-1].name,
            share=self.map.share,
        )

    def _paint_references(self, painter: QPainter, caption: str) -> None:
        """The faint paths of all reference digits, and whose they are."""
        if self.map is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        labels = self.map.references.labels
        classes = sorted(set(labels))
        of_class = [[k for k, label in enumerate(labels) if label == name] for name in classes]
        rows = self.map.paths.shape[1]
        points = self._line(self.map.paths.reshape(-1, 2))  # of all paths at once
        for number, members in enumerate(of_class):
            colour = _class_colour(number)
            colour.setAlpha(55)
            painter.setPen(QPen(colour, 1))
            for k in members:
                painter.drawPolyline(points[k * rows : (k + 1) * rows])
        painter.setPen(QColor(self.theme.muted))
        left = self._plane()
        free = min(place.x() for place in points) - left.x() - MARGIN
        left.setWidth(max(_CAPTION * painter.fontMetrics().height(), free))
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, caption)
        ends = [np.median(self.map.paths[members, -1], axis=0) for members in of_class]
        self._paint_labels(painter, classes, self._line(np.array(ends)))

    def _paint_labels(self, painter: QPainter, classes: list[str], ends: list[QPointF]) -> None:
        """Each class's name where its paths end; where several end, beside it on a line."""
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        size = max(2 * LABEL, painter.fontMetrics().height() + 2)
        area = self._plane().adjusted(LABEL, LABEL, -LABEL, -LABEL)
        points = np.array([[end.x(), end.y()] for end in ends])
        corners = (area.left(), area.top()), (area.right(), area.bottom())
        places = [QPointF(x, y) for x, y in apart(points, size + 2, *corners).tolist()]
        for number, place in enumerate(places):
            painter.setPen(QPen(_class_colour(number), 2))
            painter.drawLine(ends[number], place)
        for number, (name, place) in enumerate(zip(classes, places, strict=True)):
            spot = QRectF(place.x() - size / 2, place.y() - size / 2, size, size)
            painter.setPen(QPen(QColor(self.theme.window), 1))
            painter.setBrush(_class_colour(number))
            painter.drawEllipse(spot)
            painter.setPen(QColor("#ffffff"))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_path(self, painter: QPainter) -> None:
        """What was read, strongly; what was not, faintly; and the row looked at."""
        row, text = self._row(), QColor(self.theme.text)
        path = self._path[: self.store.state.unread_from]
        if not path:
            return
        faint = QColor(text)
        faint.setAlpha(70)
        painter.setPen(QPen(faint, 1.5))
        if row + 1 < len(path):
            painter.drawPolyline(path[row:])
        painter.setPen(QPen(text, 2))
        painter.drawPolyline(path[: row + 1])
        painter.setBrush(text)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in path[: row + 1]:
            painter.drawEllipse(place, 2.2, 2.2)
        painter.setBrush(Qt.BrushStyle.NoBrush)  # the label below it is to be read
        painter.setPen(QPen(QColor(self.theme.accent), 3))
        painter.drawEllipse(path[row], LABEL + 2, LABEL + 2)

    def _thumb(self, place: int) -> QRectF:
        """Where the nearest digit number `place` stands: two columns."""
        area = self._plane()
        x = area.right() + 2 * MARGIN + (place % 2) * (THUMB + 6)
        top = max(24, self.fontMetrics().height() + _EDGE)
        return QRectF(x, top + (place // 2) * (THUMB + 6), THUMB, THUMB)

    def _thumb_at(self, at: QPointF) -> tuple[int, float] | None:
        """The reference digit there, and how far its state is."""
        for place, near in enumerate(self._near):
            if self._thumb(place).contains(at):
                return near
        return None

    def _row_at(self, at: QPointF) -> int | None:
        """The row whose point of the path is under the pointer."""
        path = self._path[: self.store.state.unread_from]
        near = [((point - at).manhattanLength(), row) for row, point in enumerate(path)]
        distance, row = min(near, default=(99.0, 0))
        return row if distance < 8 else None

    def _paint_nearest(self, painter: QPainter) -> None:
        if self.map is None or not self._near:
            return
        painter.setPen(QColor(self.theme.muted))
        words, first, metrics = tr("nearest"), self._thumb(0), self.fontMetrics()
        x = min(first.x(), self.width() - _EDGE - metrics.horizontalAdvance(words))
        painter.drawText(QPointF(x, first.y() - 2 - metrics.descent()), words)
        for place, image in enumerate(self._thumbs):
            spot = self._thumb(place)
            paint_image(painter, spot.toRect(), image)
            painter.setPen(QPen(QColor(self.theme.line), 1))
            painter.drawRect(spot)


def _class_colour(number: int) -> QColor:
    return QColor(CLASS_COLOURS[number % len(CLASS_COLOURS)])
