"""A drawing of several digits is said to be one, and read apart where that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject

from rnn_desk.app.actions import draw
from rnn_desk.core.apart import Apart, as_picture, standing_apart
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.picture import Picture
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.views.answer import AnswerView
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.digits_apart import DigitsApart


class ApartControl(Control):
    """Tells the answers what the digits of a doubted drawing are, and makes a picture of it."""

    def __init__(
        self,
        store: QtStore,
        work: DigitsApart,
        views: list[AnswerView],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._background = background
        self._views = views
        work.told.connect(self._tell)
        for view in views:
            view.apart_wanted.connect(self._read_apart)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"read_apart": partial(self._read_apart, 0)}

    def _tell(self, place: int, apart: Apart | None) -> None:
        self._views[place].show_apart(apart)

    def _read_apart(self, number: int) -> None:
        """Lay the drawing as a picture in which this one of its digits is read."""
        drawing = self._store.state.canvas.finished
        if isinstance(drawing, Drawing):
            self._background.do(partial(_picture_of, drawing, number), partial(self._lay, drawing))

    def _lay(self, drawing: Drawing, picture: Picture) -> None:
        if self._store.state.canvas.finished is drawing:  # else somebody has drawn on
            self._store.do(draw.put, picture)


def _picture_of(drawing: Drawing, number: int) -> Picture:
    """Raises Refused where there are no several digits to be read apart."""
    picture = as_picture(drawing) if standing_apart(drawing) else None
    digits = () if picture is None else picture.found.digits
    if picture is None or len(digits) < 2:
        raise Refused("Here are no two digits that stand apart: draw them side by side")
    return picture.reading(digits[min(number, len(digits) - 1)].box)
