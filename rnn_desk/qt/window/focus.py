"""The frame around whatever has the keyboard's focus, the same for every kind of widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from rnn_desk.qt.style.painted import Painted
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.views.view import View

WIDTH = 3
"""Pixels of the frame: more than any border that a widget has of its own."""

LINE = 1
"""Pixels of the line inside it that sets it off from a ground of its own colour."""


class FocusRing(QObject):
    """Follows the focus through all windows of the program, in the accent's colour; what was
    clicked is seen to have been."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._follows = True
        self.frame: Frame | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)

    def stop(self) -> None:
        """Follow it no longer."""
        self._focus_changed(None, None)
        self._follows = False

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.frame is not None:
            self.frame.go()
            self.frame = None
        if not self._follows or new is None:
            return
        clicked = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        chosen_otherwise = clicked or (isinstance(new, View) and not new.reached_by_key)
        if not (chosen_otherwise or new.isWindow() or isinstance(new, QMenu | QMenuBar)):
            self.frame = Frame(new)
            self.frame.destroyed.connect(self._gone)

    def _gone(self) -> None:
        """The widget is gone, and its frame with it."""
        self.frame = None


class Frame(Themed, Painted, QWidget):
    """Lies over the widget that it is a child of, touches nothing, and shows its edge alone."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        widget.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()

    def go(self) -> None:
        """The focus is elsewhere."""
        self.destroyed.disconnect()
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.accent))
        inside = self.rect().adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)
        painter.fillRect(inside, QColor(self.theme.panel))

    def _fit(self) -> None:
        self.setGeometry(
            self._widget.focus_rect() if isinstance(self._widget, View) else self._widget.rect()
        )
        all_of_it = WIDTH + LINE
        inside = self.rect().adjusted(all_of_it, all_of_it, -all_of_it, -all_of_it)
        # Only the edge: what is inside is painted as often as ever, and this is not.
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inside)))
