"""Row views side by side on one row axis, whatever they show."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.views.row_axis import RowAxis
from rnn_desk.qt.views.rows import RowView
from rnn_desk.qt.window.gutter import Gutter, gutter_width
from rnn_desk.qt.window.row_layout import LOWEST_ROW, RowLayout


class RowsOnAxis(QWidget):
    """Lays row views out so that their rows are at the same heights, whatever the size. A subclass
    says which they are."""

    save_wanted = Signal(object)
    """A View is to be saved as a file."""
    copied = Signal(str)
    """What was copied from a view, in words."""
    alone_wanted = Signal(object)
    """A View is to be shown alone."""

    least_width = 420

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.axis = RowAxis(14, store.state.pointed.rows, self.fontMetrics().height())
        self.gutter = Gutter(store, self)
        self.lent: RowView | None = None
        """The view that stands elsewhere."""
        self._placed: list[tuple[RowView, tuple[int, int]]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def views(self) -> list[RowView]:
        """The row views shown here, from left to right, without one that is lent."""
        raise NotImplementedError

    def layout_of_rows(self) -> RowLayout:
        """How they share the room out."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        return QSize(self.least_width, replace(self.axis, row_height=LOWEST_ROW).height)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.layout_of_rows().height_for(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.place()
        super().changeEvent(event)

    def lend(self, view: RowView) -> None:
        """Let a view stand elsewhere; the others take its room."""
        self.lent = view
        self.place()

    def take_back(self, view: RowView) -> None:
        """Have it stand where it stood."""
        self.lent = None
        view.setParent(self)
        view.show()
        self._placed = []
        self.place()

    def place(self) -> None:
        """Have every view where it belongs, if any of them does not."""
        layout = self.layout_of_rows()
        axis = layout.axis(self.width(), self.height())
        places = layout.places(self.width(), axis)
        wanted = [(view, place) for view, place in zip(layout.views, places, strict=True)]
        if (axis, wanted) == (self.axis, self._placed):
            return
        self.axis, self._placed = axis, wanted
        self.updateGeometry()
        self.gutter.setGeometry(QRect(0, 0, gutter_width(self.axis.line), self.axis.height))
        self.gutter.set_axis(self.axis)
        for view, (left, width) in wanted:
            view.set_axis(self.axis)
            view.setGeometry(QRect(left, 0, width, self.axis.height))
