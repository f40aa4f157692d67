"""Below a picture: what was found in it, and its digits, of which one is picked for the desk."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.app.actions import draw
from rnn_desk.core.picture import Picture
from rnn_desk.core.scan.find import Digit, Found
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import Label, ToolButton, set_tip
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr

_SIDE = 40
"""Pixels of a digit's picture."""

_MOST = 120
"""Digits that are shown; a page of more is read by the command line."""


class FoundStrip(Themed, Worded):
    """Says what was found; of several digits it has a button each. Hidden over a drawing."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._found: Found | None = None
        self.caption = Label()
        self.caption.setWordWrap(True)
        self.buttons: list[ToolButton] = []
        self._group = QButtonGroup(self)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._area)
        layout.addWidget(self.caption)
        store.canvas_changed.connect(self._show)
        self._show()
        self.set_words()

    def set_words(self) -> None:
        self._area.setAccessibleName(tr("Digits of the picture"))
        for number, button in enumerate(self.buttons, start=1):
            set_tip(button, tr("Digit {number} of the picture", number=number))
            button.setAccessibleName(tr("Digit {number} of the picture", number=number))
        self._say()

    def _show(self) -> None:
        shown = self._store.state.canvas.shown
        picture = shown if isinstance(shown, Picture) and not shown.as_it_is else None
        self.setVisible(picture is not None)
        if picture is None:
            self._found = None
            return
        if picture.found is not self._found:
            self._found = picture.found
            self._fill(picture.found)
            self.set_words()
        if self._store.state.canvas.dragged is None:
            self._mark(picture)

    def _fill(self, found: Found) -> None:
        """A button for each digit, where there are several."""
        for button in self.buttons:
            self._group.removeButton(button)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        digits = found.digits[:_MOST] if len(found.digits) > 1 else ()
        self.buttons = [self._button(number, digit) for number, digit in enumerate(digits)]
        for button in self.buttons:
            layout.addWidget(button)
        layout.addStretch(1)
        self._area.setWidget(row)
        self._area.setVisible(bool(digits))
        bar = self._area.horizontalScrollBar().sizeHint().height()
        self._area.setFixedHeight(row.sizeHint().height() + bar + 2)

    def _button(self, number: int, digit: Digit) -> ToolButton:
        button = ToolButton()
        button.setCheckable(True)
        button.setIconSize(QSize(_SIDE - 8, _SIDE - 8))
        button.setFixedSize(_SIDE, _SIDE)
        button.setIcon(self._icon(digit))
        button.clicked.connect(partial(self._pick, number))
        self._group.addButton(button)
        return button

    def _icon(self, digit: Digit) -> QIcon:
        """The digit in the colour of words, and of words on a button that is pressed down."""
        raster = digit.raster().pixels
        icon = QIcon()
        for state, name in ((QIcon.State.Off, self.theme.ink), (QIcon.State.On, self.theme.paper)):
            colour = QColor(name)
            pixels = np.empty((*raster.shape, 4), np.uint8)
            pixels[..., :3] = (colour.blue(), colour.green(), colour.red())
            pixels[..., 3] = np.rint(raster * 255)
            side = len(raster)
            image = QImage(pixels.tobytes(), side, side, 4 * side, QImage.Format.Format_ARGB32)
            icon.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Normal, state)
        return icon

    def theme_changed(self) -> None:
        digits = () if self._found is None else self._found.digits
        for button, digit in zip(self.buttons, digits, strict=False):
            button.setIcon(self._icon(digit))

    def _pick(self, number: int) -> None:
        self._store.do(draw.pick, number)
        shown = self._store.state.canvas.shown
        if isinstance(shown, Picture):
            self._mark(shown)  # also where nothing changed, and the button was let go

    def _mark(self, picture: Picture) -> None:
        """Have the button of the digit that is read pressed down; of one that somebody drew a box
        round, none."""
        read = None if picture.digit is None else picture.digit.box
        self._group.setExclusive(False)
        for button, digit in zip(self.buttons, picture.found.digits, strict=False):
            button.setChecked(digit.box == read)
        self._group.setExclusive(True)

    def _say(self) -> None:
        """Put into words what was found."""
        found = self._found
        if found is None:
            return
        if not found.digits:
            self.caption.setText(tr("No digit was found. Drag the box round one."))
            return
        said = [tr("Dark ink on bright paper") if found.dark else tr("Bright ink on dark paper")]
        if len(found.digits) > 1:
            said.append(tr("{count} digits", count=len(found.digits)))
        rows, columns = found.left_out.shape
        left_out = [
            words
            for name, words in (
                ("frame", tr("the box round it")),
                ("lines", tr("lines")),
                ("edge", tr("what comes in at the edge")),
            )
            if name in found.because
        ]
        if found.sheet.width < columns or found.sheet.height < rows:
            left_out.insert(0, tr("the edges"))
        if left_out:
            said.append(tr("left out: {what}", what=tr(", ").join(left_out)))
        self.caption.setText(" · ".join(said))
