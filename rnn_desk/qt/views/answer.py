"""What the network says, large, and how sure it is of each class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from rnn_desk.app.actions import choose, show
from rnn_desk.core.apart import Apart
from rnn_desk.core.arrays import NDArray
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import add_action
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.answer_bars import Bars, Listed, bars_in, paint_bars, paint_names, part_words
from rnn_desk.qt.views.doubt import (
    UNSURE,
    about_familiarity,
    apart_words,
    doubt_words,
    familiarity_words,
    is_doubted,
    nearest,
    pictures_apart,
    pictures_of,
)
from rnn_desk.qt.views.filled import fills_itself
from rnn_desk.qt.views.folded import Folded
from rnn_desk.qt.views.ground import Ground
from rnn_desk.qt.views.row_axis import row_words
from rnn_desk.qt.views.view import View

_MARGIN = 4


SHORT = 25.4
"""The height below which the digit and its probability stand side by side, in parts of the text's
letters."""

LIMITS = (0.0, 0.5, 0.7, 0.9)
"""How probable a class has to be, to choose from."""

_THUMB = 44
"""Pixels of a known digit's picture at the most."""

_NUMBER, _NUMBER_LINE = 1.7, 2.3
"""Letters of the probability, and the line that they stand in, in parts of the text's letters."""

_DIGIT, _LEAST_DIGIT = 56, 3.2
"""Pixels of the large digit at the least, and in parts of the text's letters."""

_NARROW = 5
"""Of these letters' pixels, the width below which that of the probability is looked at."""

_SENTENCE, _LEAST_SENTENCE = 1.15, 0.6
"""Letters of a sentence in place of a digit, at the most and at the least, in the same parts."""

_NOTCH = 120
"""What Qt calls one step of a wheel."""


class AnswerView(View):
    """The most probable class as a large digit, its probability, and a bar a class.

    While a row is looked at, the answer is the belief after that row, and says so. Of a doubted
    drawing that looks like several digits, each is shown, and can be clicked.
    """

    apart_wanted = Signal(int)
    """The digits are to be read apart, and of these the one with this number, from 0."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self._trace: Trace | None = None
        self.classes: tuple[str, ...] = tuple("0123456789")
        self.mark = ""
        self.hint = ""
        self._under_pointer: int | None = None
        self.by_size = False
        self._folded = Folded()
        self._ground = Ground()
        self._said = ("", "", "")
        self._familiar = ""
        self._places_near: tuple[int, ...] = ()
        self._near: list[QImage] = []
        self._apart: Apart | None = None
        self._room: tuple[object, int] = (None, 0)
        self._placed: tuple[object, Bars] | None = None
        fills_itself(self)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        store.pointed_changed.connect(self._refresh)
        store.look_changed.connect(self._refresh)
        store.views_changed.connect(self.update)
        store.canvas_changed.connect(self._doubt_anew)
        store.teaching_changed.connect(self._refresh)
        self.set_words()

    def sizeHint(self) -> QSize:
        return QSize(190, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 168)  # two of them, where models are compared, fit a small screen

    def set_words(self) -> None:
        self.setAccessibleName(f"{self.mark} {tr('Answer')}".strip())
        self._room = (None, 0)
        self._refresh()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._refresh()  # the pictures are kept in its colours

    def show_trace(self, trace: Trace | None) -> None:
        """A new Trace, or none, is to be shown."""
        self._trace = trace
        self._refresh()

    @property
    def trace(self) -> Trace | None:
        """The Trace that is shown, if any: none while a lesson asks for it."""
        return None if self.store.state.hides("answer") else self._trace

    def set_model(self, classes: tuple[str, ...], mark: str = "") -> None:
        """The classes of the model, and which of two models compared it is."""
        self.classes, self.mark = classes, mark
        self._folded = Folded()
        self.set_words()

    def show_apart(self, apart: Apart | None) -> None:
        """What the digits of the drawing are, where it looks like several; None where not."""
        if apart is not self._apart:
            self._apart = apart
            self._refresh()

    def set_hint(self, hint: str) -> None:
        """What to say where there is no answer."""
        self.hint = hint
        self._refresh()

    def answer_words(self) -> tuple[str, str, str]:
        """The class, its probability and what it is the answer to, as they are painted."""
        if self.store.state.hides("answer"):
            return UNSURE, "", tr("what do you think?")
        if self.trace is None:
            return "", "", self.hint
        row, parts = self.store.state.pointed.row, self._parts()
        if parts is None:
            return "", "", tr("this file gives states and no answer")
        winner = int(parts.argmax())
        when = (
            tr("all rows read")
            if row is None
            else tr("after {row}", row=row_words(row, self.trace.rows))
        )
        name, part = self.trace.classes[winner], float(parts[winner])
        if self._is_doubted and self._apart is not None:
            return UNSURE, apart_words(self._apart.names), when
        if self._is_doubted:
            return UNSURE, doubt_words(name), when
        if part < self.store.state.look.unsure_below:
            return UNSURE, tr("unsure: {name}? {part:.1%}", name=name, part=part), when
        return name, part_words(part), when

    def numbers(self) -> NDArray[np.float32] | None:
        """The probabilities that the bars show, a class a line."""
        parts = self._parts()
        return None if parts is None else parts[:, None]

    def column_names(self) -> Sequence[str]:
        return [tr("probability")]

    def line_names(self) -> Sequence[str]:
        return self.classes

    def line_kind(self) -> str:
        return tr("class")

    def model_file(self) -> str:
        return "" if self.trace is None else self.trace.model.file

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.class_at(at)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        number = self._digit_at(at)
        if number is not None:
            self.apart_wanted.emit(number)
        elif index is not None:
            self.store.do(show.what_speaks_for, index)
        elif self._places().rest.contains(QPointF(at)):
            self._unfold(self._folded.next_page)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move through the classes, where they are too many for the room."""
        if self._places().rest.isEmpty():
            event.ignore()
            return
        notches = event.angleDelta().y() / _NOTCH
        by = -max(1, round(notches)) if notches > 0 else max(1, round(-notches))
        self._unfold(partial(self._folded.moved, by))
        event.accept()

    def _unfold(self, moved: Callable[[int, int], Folded]) -> None:
        """Show others of the classes."""
        self._folded = moved(len(self.classes), len(self._places().tracks))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A bar has been clicked twice; beside the bars, show it alone."""
        at = event.position().toPoint()
        if self.class_at(at) is None and self._digit_at(at) is None:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        self._point_at(self.class_at(at), self._digit_at(at) is not None)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None, False)

    def _point_at(self, index: int | None, on_digits: bool) -> None:
        """The bar of that class, or the digits, can be clicked, and look it."""
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if on_digits or index is not None else arrow)
        if index != self._under_pointer:
            self._under_pointer = index
            self.update()

    def _digit_at(self, at: QPoint) -> int | None:
        """Which of the digits of a drawing that looks like several lies there; the first one on the
        words that say so."""
        if self._apart is None or not self._is_doubted or at.y() >= self._line().bottom():
            return None
        spots = [] if self._is_short else self._spots()
        return next((number for number, spot in enumerate(spots) if spot.contains(at)), 0)

    def tooltip_words(self, at: QPoint) -> str:
        """The number of the bar at this place, and what a click on it does."""
        index, parts = self.class_at(at), self._parts()
        if parts is None:
            return ""
        if self._digit_at(at) is not None:
            return tr("Click: the drawing becomes a picture, and each of its digits is read")
        if index is None and self._places().rest.contains(QPointF(at)):
            return tr("Click for the next ones, or turn the wheel: the most probable come first")
        if index is None:
            about = tr(
                "What the network answers, and how probable it finds each class.\n"
                "click a bar to see which pixels speak for that class and against it"
            )
            return "\n".join(filter(None, (about, about_familiarity(self.trace))))
        return tr(
            "{name}: {part:.4%}\nclick to see which pixels speak for it and against it",
            name=self.classes[index],
            part=float(parts[index]),
        )

    def fill_menu(self, menu: QMenu) -> None:
        """The order of the bars, and how sure the answer has to be."""
        folded = not self._places().rest.isEmpty()  # then the longest come first
        for by_size, words in ((False, tr("Bars as the classes")), (True, tr("Longest bar first"))):
            chosen = (self.by_size or folded) == by_size
            order = _choice(menu, words, chosen, partial(self._order_chosen, by_size))
            order.setEnabled(not folded)
        menu.addSeparator()
        for limit in LIMITS:
            words = tr("Unsure below {limit:.0%}", limit=limit) if limit else tr("Never unsure")
            _choice(
                menu,
                words,
                self.store.state.look.unsure_below == limit,
                partial(self._limit_chosen, limit),
            )

    def _parts(self) -> NDArray[np.float32] | None:
        """The probability of each class after the row looked at, or after all; None unread."""
        if self.trace is None or not self.trace.classes:
            return None
        row = self.store.state.pointed.row
        return self.trace.probabilities if row is None else self.trace.belief[row]

    def _limit_chosen(self, limit: float, *_checked: bool) -> None:
        self.store.do(choose.unsure_below, limit)

    def _order_chosen(self, by_size: bool, *_checked: bool) -> None:
        self.by_size = by_size
        self.update()

    def _refresh(self) -> None:
        digit, part, when = self.answer_words()
        familiar = familiarity_words(self.trace)
        self._said, self._familiar = (digit, part, when), familiar
        self._places_near = nearest(self.trace) if self._is_doubted else ()
        side = 0 if self.trace is None else self.trace.raster.side
        if self._apart is not None and self._is_doubted:
            self._near = pictures_apart(self._apart, self.theme.picture)
        else:
            self._near = pictures_of(self._places_near, side, self.theme.picture)
        self.setAccessibleDescription(f"{digit} {part} {when} {familiar}".strip())
        self.update()

    @property
    def _is_doubted(self) -> bool:
        canvas = self.store.state.canvas
        return is_doubted(self.trace, canvas) or (self._is_several and canvas.is_whole)

    @property
    def _is_several(self) -> bool:
        """Whether the drawing looks like several digits, whatever the network takes it for."""
        return self.trace is not None and self._apart is not None

    def _doubt_anew(self) -> None:
        """The pen was set down, or lifted."""
        if self._is_doubted != (self._said[0] == UNSURE and bool(self._near)):
            self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        digit, part, when = self._said
        parts, bars = self._parts(), self._places()
        listed = Listed.of(parts, self._order(), bars)
        stays = (
            (
                digit,
                when,
                self.mark,
                self.classes,
                listed,
                self._places_near,
                self._apart,
            ),
            (
                self._under_pointer,
                self.store.state.views.target,
                bars.area.getRect(),
            ),
        )
        self._ground.paint(painter, self, stays, lambda on: self._paint_ground(on, listed, bars))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self.theme.text))
        if self._is_doubted:
            self._paint_sentence(painter, self._doubt(), part)
        elif digit == UNSURE:
            self._paint_sentence(painter, self._line(), part)
        else:
            pixels = self._letters(_NUMBER)
            painter.setFont(self._font(pixels, QFont.Weight.DemiBold))
            if self._line().width() < _NARROW * pixels:
                widest = painter.fontMetrics().horizontalAdvance(">99.9%")
                pixels = min(pixels, pixels * self._line().width() // widest)
                painter.setFont(self._font(pixels, QFont.Weight.DemiBold))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self._line(), flags, part)
        if parts is not None:
            self._paint_familiar(painter, when)
            paint_bars(painter, parts, listed, bars, self.theme, certain=not self._is_doubted)

    def _paint_ground(self, painter: QPainter, listed: Listed, bars: Bars) -> None:
        """What stays while the numbers move: the digit, what it is the answer to, the classes."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        digit, _, when = self._said
        size, line, beside = self._digit_size(), self._line(), self._is_short
        aside = 2 * _MARGIN if self.mark and beside else 0  # for the mark
        top = QRect(aside, 0, size if beside else self.width(), size)
        colours = {"": self.theme.line, UNSURE: self.theme.muted}
        painter.setPen(QColor(colours.get(digit, self.theme.accent)))
        if self._is_doubted and not beside:
            self._paint_near(painter)
        else:
            self._paint_large(painter, top, digit or "–")
        painter.setPen(QColor(self.theme.muted))
        painter.setFont(self.font())
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        if not (self._is_doubted and beside):  # there the sentence needs the room
            painter.drawText(QRect(line.x(), line.bottom() + 3, line.width(), 100), flags, when)
        if self.mark:
            painter.setFont(self._font(QFontInfo(self.font()).pixelSize(), QFont.Weight.DemiBold))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(QPointF(_MARGIN, painter.fontMetrics().ascent() + 1), self.mark)
        marked = self._under_pointer, self.store.state.views.target
        paint_names(painter, listed, bars, self.theme, *marked)
        if height := self._hint_height():
            painter.setFont(self.font())
            painter.setPen(QColor(self.theme.muted))
            words = self.fontMetrics().elidedText(
                tr("click a bar: why?"), Qt.TextElideMode.ElideRight, self.width()
            )
            room = QRect(0, bars.area.bottom() + _MARGIN, self.width(), height)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, words)

    def _paint_large(self, painter: QPainter, room: QRect, words: str) -> None:
        """The class, as large as its name has room."""
        pixels = int(self._digit_size() * 0.9)
        painter.setFont(self._font(pixels, QFont.Weight.Bold))
        room = room.adjusted(_MARGIN, 0, -_MARGIN, 0)
        width = painter.fontMetrics().horizontalAdvance(words)
        if width > room.width():
            pixels = max(self._letters(_SENTENCE), pixels * room.width() // width)
            painter.setFont(self._font(pixels, QFont.Weight.Bold))
            right = Qt.TextElideMode.ElideRight
            words = painter.fontMetrics().elidedText(words, right, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    @property
    def _is_short(self) -> bool:
        """Whether there is little height: then what is said stands beside the digit, not below."""
        return self.height() < self._letters(SHORT)

    def _letters(self, part: float) -> int:
        """Pixels of letters of that part of the text's."""
        return round(part * QFontInfo(self.font()).pixelSize())

    def _line(self) -> QRect:
        """Where the probability is said."""
        size, height = self._digit_size(), self._letters(_NUMBER_LINE)
        if self._is_short:
            return QRect(size, 0, self.width() - size, height)
        return QRect(0, size, self.width(), height)

    def _doubt(self) -> QRect:
        """Where it is said that the drawing is unlike what was learnt: in place of the digit, above
        the known digits that are nearest; beside the mark of doubt where there is little height."""
        size = self._digit_size()
        if self._is_short:
            return QRect(size, 0, self.width() - size, self._beside_digit())
        return QRect(0, 0, self.width(), size - self._thumb() - 2 * _MARGIN)

    def _paint_sentence(self, painter: QPainter, room: QRect, words: str) -> None:
        """A sentence in place of a number, in the largest letters that have room."""
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        for pixels in range(self._letters(_SENTENCE), self._letters(_LEAST_SENTENCE) - 1, -1):
            painter.setFont(self._font(pixels, QFont.Weight.DemiBold))
            needed = painter.fontMetrics().boundingRect(room, flags, words)
            if room.contains(needed):
                break
        painter.drawText(room, flags, words)

    def _thumb(self) -> int:
        """Pixels of the picture of a known digit."""
        return min(_THUMB, self._digit_size() // 2)

    def _paint_familiar(self, painter: QPainter, when: str) -> None:
        """How familiar the drawing is, below what the answer is to."""
        painter.setPen(QColor(self.theme.muted))
        painter.setFont(self.font())
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        line = self._line()
        room = QRect(0, line.bottom() + 3, self.width(), 100)
        if self._is_short:
            room.moveTop(self._beside_digit())
        else:
            height = painter.fontMetrics().boundingRect(room, flags, when).height()
            room.translate(0, height)
        painter.drawText(room, flags, self._familiar)

    def _spots(self) -> list[QRect]:
        """Where the pictures below the sentence are: as large as they have room side by side."""
        count = max(1, len(self._near))
        side = min(self._thumb(), (self.width() - _MARGIN) // count - _MARGIN)
        left = (self.width() - count * (side + _MARGIN) + _MARGIN) // 2
        y = self._digit_size() - 1 - side
        return [
            QRect(left + place * (side + _MARGIN), y, side, side)
            for place in range(len(self._near))
        ]

    def _paint_near(self, painter: QPainter) -> None:
        """The known digits that are nearest, or the drawing's own where they are several, below the
        place of the sentence."""
        painter.setPen(QColor(self.theme.line))
        for spot, image in zip(self._spots(), self._near, strict=True):
            painter.drawImage(spot, image)
            painter.drawRect(spot)
        painter.setPen(QColor(self.theme.muted))
        apart = self._apart is not None
        words = tr("click: read them apart") if apart else tr("the nearest it knows")
        room = self._line()
        needed = self.fontMetrics().horizontalAdvance(words)
        pixels = self._letters(min(1.0, room.width() / max(1, needed)))
        painter.setFont(self._font(pixels, QFont.Weight.Normal))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _beside_digit(self) -> int:
        """Pixels that the digit and what stands beside it take where there is little height."""
        size = self._digit_size()
        return max(size, self._line().bottom() + 3 + self._longest_when(self.width() - size))

    def _bars(self) -> QRect:
        """Where the bars are: below the digit, what stands below or beside it, and how familiar the
        drawing is."""
        line = self.fontMetrics().height()
        if self._is_short:
            top = self._beside_digit() + line + _MARGIN
        else:
            top = self._line().bottom() + 13 + self._longest_when(self.width()) + line
        return QRect(0, top, self.width(), self.height() - top - 4 - self._hint_height())

    def _hint_height(self) -> int:
        """Pixels below the bars for the words which say that they can be clicked."""
        if self._is_short or self.trace is None or not self.trace.classes:
            return 0
        return self.fontMetrics().height() + _MARGIN

    def _longest_when(self, width: int) -> int:
        """Pixels that the words which say what the answer is to take, where they take most: so
        that the bars stay where they are while the rows are passed through."""
        last = self.store.state.pointed.rows - 1
        asked = self.hint, last, width, self.font().key()
        if asked != self._room[0]:  # it is asked for in each painting
            after = tr("after {row}", row=row_words(last, last + 1))
            every = (self.hint, after)
            room, flags = QRect(0, 0, width, 1000), Qt.TextFlag.TextWordWrap
            metrics = self.fontMetrics()
            heights = (metrics.boundingRect(room, flags, words).height() for words in every)
            self._room = asked, max(heights) + 3
        return self._room[1]

    def _digit_size(self) -> int:
        least = max(_DIGIT, self._letters(_LEAST_DIGIT))
        size = max(least, min(self.width() - 20, self.height() // 4, 200))
        if not self._is_short:
            return size
        number = QFontMetrics(self._font(self._letters(_NUMBER), QFont.Weight.DemiBold))
        return min(size, max(least, self.width() - number.horizontalAdvance(">99.9%")))

    def _order(self) -> list[int]:
        """The classes that have a bar, from top to bottom."""
        parts, places = self._parts(), self._places()
        count = len(places.tracks)
        if parts is not None and (self.by_size or not places.rest.isEmpty()):
            by_size = [int(index) for index in (-parts).argsort(kind="stable")]
            return by_size[self._folded.first :][:count]
        return list(range(count))

    def class_at(self, at: QPoint) -> int | None:
        """The class whose bar is there."""
        places = self._places()
        place = int((at.y() - places.area.y()) // places.step)
        return self._order()[place] if 0 <= place < len(places.tracks) else None

    def _places(self) -> Bars:
        """Where the bars are, for all paintings until there is another room for them."""
        area = self._bars()
        key = area.getRect(), self.classes, self.font().key()
        if self._placed is None or key != self._placed[0]:
            self._placed = key, bars_in(area, self.classes, self.font())
        return self._placed[1]

    def _font(self, pixels: int, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setWeight(weight)
        return font


def _choice(menu: QMenu, words: str, chosen: bool, slot: Callable[..., None]) -> QAction:
    action = add_action(menu, words)
    action.setCheckable(True)
    action.setChecked(chosen)
    action.triggered.connect(slot)
    return action
