"""What every view has in common: a menu to copy and save what it shows, by pointer and by key."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from rnn_desk.core.arrays import NDArray
from rnn_desk.qt.style.figure import Figure
from rnn_desk.qt.style.plain import add_action
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.tooltip import Explained

MARGIN = 12
"""Pixels around a view in its figure."""

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class View(Themed, Explained, Worded):
    """A widget that shows one thing: a subclass says what its numbers are, and what else can be
    chosen in its menu. Its menu is opened by the right mouse button or, while the view has the
    focus, by the keyboard's menu key."""

    save_wanted = Signal(object)
    """This View is to be saved as a file, wherever a person says."""
    copied = Signal(str)
    """What was just copied to the clipboard, in words."""
    alone_wanted = Signal(object)
    """This View is to be shown alone, as large as the window; or as before, if it is."""

    can_be_alone = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reached_by_key = False
        """Whether it got the focus by a key, if it has it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A click shows by itself what was chosen; a key has a frame drawn around it."""
        self.reached_by_key = event.reason() in _BY_KEY
        super().focusInEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show it alone: what the first of the two clicks chose, the second one lets go."""
        if not self.can_be_alone:
            return  # its clicks do something at once, and a second one is too many
        self.mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.alone_wanted.emit(self)

    # What a subclass says.

    def numbers(self) -> NDArray[np.float32] | None:
        """What is shown as numbers, `[lines, columns]`; None where there are none."""
        return None

    @property
    def has_numbers(self) -> bool:
        """Whether there are any now."""
        return self.numbers() is not None

    def column_names(self) -> Sequence[str]:
        """What each column of the numbers is called, for whoever gets them."""
        values = self.numbers()
        return [] if values is None else [str(k + 1) for k in range(values.shape[1])]

    def line_names(self) -> Sequence[str]:
        """What each line of the numbers is called."""
        values = self.numbers()
        return [] if values is None else [str(k + 1) for k in range(len(values))]

    def line_kind(self) -> str:
        """What a line of the numbers is one of."""
        return tr("row")

    def model_file(self) -> str:
        """The name of the file of the model whose numbers are shown; "" where they are of none."""
        return ""

    def room_beside(self) -> int:
        """Pixels that its figure has to the left of the view, for what names the lines there."""
        return 0

    def paint_alone(self, painter: QPainter, corner: QPoint) -> None:
        """Paint the view by itself, with its upper left corner there."""
        self.render(painter, corner)

    def focus_rect(self) -> QRect:
        """What the frame of the keyboard's focus lies around."""
        return self.rect()

    def fill_menu(self, menu: QMenu) -> None:
        """Put what only this view offers at the top of its menu."""

    # What all have in common.

    def menu(self) -> QMenu:
        """What can be done with this view."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.addSeparator()
        if self.can_be_alone:
            alone = add_action(menu, tr("Show this alone, or all again"))
            alone.triggered.connect(lambda *_: self.alone_wanted.emit(self))
        add_action(menu, tr("Copy the picture")).triggered.connect(lambda *_: self.copy_picture())
        numbers = add_action(menu, tr("Copy the numbers"))
        numbers.setEnabled(self.has_numbers)
        numbers.triggered.connect(lambda *_: self.copy_numbers())
        save = add_action(menu, tr("Save this view…"))
        save.triggered.connect(lambda *_: self.save_wanted.emit(self))
        return menu

    def figure(self) -> Figure:
        """The view by itself, with a margin around it."""
        corner = QPoint(MARGIN + self.room_beside(), MARGIN)
        size = QSize(corner.x() + self.width() + MARGIN, self.height() + 2 * MARGIN)

        def paint(painter: QPainter) -> None:
            painter.fillRect(QRect(QPoint(), size), self.palette().window())
            self.paint_alone(painter, corner)

        return Figure(
            self.accessibleName(), size, self.logicalDpiX(), self.devicePixelRatioF(), paint
        )

    def copy_picture(self) -> None:
        """What the view looks like, to the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.figure().pixmap())
        self.copied.emit(tr("Copied the picture: {name}", name=self.accessibleName()))

    def copy_numbers(self) -> None:
        """The numbers as a spreadsheet takes them: lines of cells with tabs between."""
        text = "\n".join("\t".join(line) for line in self.table())
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(tr("Copied the numbers: {name}", name=self.accessibleName()))

    def table(self) -> list[list[str]]:
        """The numbers as cells, their names above and before them; empty where there are none."""
        values = self.numbers()
        if values is None:
            return []
        lines = zip(self.line_names(), values.tolist(), strict=True)
        cells = ([name, *(f"{value:.6g}" for value in line)] for name, line in lines)
        return [[self.line_kind(), *self.column_names()], *cells]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())
