"""One view alone, as large as the window: it is lent by wherever it stands, and given back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QWidget

from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.painted import Painted
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.views.row_axis import RowAxis
from rnn_desk.qt.views.rows import RowView
from rnn_desk.qt.views.view import View
from rnn_desk.qt.window.gutter import Gutter, gutter_width
from rnn_desk.qt.window.rows_on_axis import RowsOnAxis
from rnn_desk.qt.window.rows_panel import RowsPanel

EDGE = 24
"""Pixels between the window's edge and the view."""


class Spotlight(Themed, Painted, QWidget):
    """Lies over the whole window while there is a view in it."""

    def __init__(self, store: QtStore, rows: RowsPanel, window: QWidget) -> None:
        super().__init__(window)
        self._store = store
        self._lender: RowsOnAxis | None = None
        self._window = window
        self._view: View | None = None
        self._stand_in: QWidget | None = None
        self._gutter = Gutter(store, self)
        self._step = store.state.teaching.place
        self.hide()
        window.installEventFilter(self)
        rows.leaving.connect(self.give_back)
        store.teaching_changed.connect(self._see_step)

    @property
    def view(self) -> View | None:
        """The view that is shown alone, if one is."""
        return self._view

    def show_alone(self, view: View) -> None:
        """Show this view alone; or all again, if it is already."""
        if self._view is not None:
            self.give_back()
            return
        self._view = view
        rows = view.parentWidget()
        if isinstance(view, RowView) and isinstance(rows, RowsOnAxis):
            self._lender = rows
            rows.lend(view)
        else:
            self._stand_in = QWidget(view.parentWidget())
            self._stand_in.setFixedSize(view.size())
            _replace(view, self._stand_in)
        view.setParent(self)
        self._gutter.setVisible(isinstance(view, RowView))
        self._fit()
        self.show()
        self.raise_()
        view.show()
        view.setFocus(Qt.FocusReason.MouseFocusReason)

    def give_back(self) -> None:
        """All is as it was."""
        view, self._view = self._view, None
        if view is None:
            return
        self.hide()
        lender, self._lender = self._lender, None
        if lender is not None and isinstance(view, RowView):
            lender.take_back(view)
        elif self._stand_in is not None:
            _replace(self._stand_in, view)
            self._stand_in.deleteLater()
            self._stand_in = None
            view.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(self.theme.window))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _see_step(self) -> None:
        """Another step of a lesson speaks of other views."""
        before, self._step = self._step, self._store.state.teaching.place
        if before != self._step:
            self.give_back()

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        view, room = self._view, self.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        if view is None:
            return
        if not isinstance(view, RowView):
            view.setGeometry(room)
            return
        axis = RowAxis(1, self._store.state.pointed.rows, self.fontMetrics().height())
        words = axis.height - axis.rows
        axis = RowAxis(max(1, (room.height() - words) // axis.rows), axis.rows, axis.line)
        self._gutter.set_axis(axis)
        gutter = gutter_width(axis.line)
        wide = view.wide_alone(axis, room.width() - gutter)
        left = room.x() + gutter + (room.width() - gutter - wide) // 2
        self._gutter.setGeometry(QRect(left - gutter, room.y(), gutter, axis.height))
        view.set_axis(axis)
        view.setGeometry(QRect(left, room.y(), wide, axis.height))


def _replace(widget: QWidget, other: QWidget) -> None:
    """Put another widget in its place."""
    parent = widget.parentWidget()
    if isinstance(parent, QDockWidget):
        parent.setWidget(other)
    elif parent is not None and (layout := parent.layout()) is not None:
        layout.replaceWidget(widget, other)
