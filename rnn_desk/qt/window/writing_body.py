"""How what was written, the rows and the counts share the middle of the window out."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rnn_desk.qt.views.writing.counts import CountsView
from rnn_desk.qt.views.writing.tiles import TilesView
from rnn_desk.qt.window.writer_rows import WriterRows

SPACE = 14
"""Pixels between the parts."""

ROWS_SHARES = 0.4, 0.5
"""The parts of the width that the rows get beside endings, at least and at most."""

LOW_SHARES = 0.38, 0.22
"""Likewise, and the part of the counts, where these have no room below the rows."""


class WritingBody(QWidget):
    """Rows and counts beside endings; or rows above dreams."""

    def __init__(self, rows: WriterRows, counts: CountsView, tiles: TilesView) -> None:
        super().__init__()
        self._rows, self._counts, self._tiles = rows, counts, tiles
        self._dream = False
        for part in (rows, counts, tiles):
            part.setParent(self)

    def arrange(self, dream: bool) -> None:
        """Lay them out for endings, or for dreams."""
        self._dream = dream
        self._counts.setHidden(dream)
        if dream:
            self._arrange_dreams()
        else:
            self._arrange_endings()
        self._rows.arrange()

    def _arrange_dreams(self) -> None:
        """The rows as high as they make use of, and the pictures below them."""
        wide, high = self.width(), self.height()
        least = self._tiles.height_for(wide)
        rows = max(0, min(self._rows.heightForWidth(wide), high - least - SPACE))
        self._rows.setGeometry(QRect(0, 0, wide, rows))
        self._tiles.setGeometry(QRect(0, rows + SPACE, wide, max(0, high - rows - SPACE)))

    def _arrange_endings(self) -> None:
        """The pictures as large as they can be, and rows and counts in the room beside them."""
        wide, high = self.width(), self.height()
        least = self._counts.minimumSizeHint().height()
        if self._rows.minimumSizeHint().height() + SPACE + least > high:
            left, counts = (round(wide * share) for share in LOW_SHARES)
            self._rows.setGeometry(QRect(0, 0, left, high))
            self._counts.setGeometry(QRect(left + SPACE, 0, counts, high))
            left += counts + SPACE
        else:
            narrow, broad = (round(wide * share) for share in ROWS_SHARES)
            left = max(narrow, min(broad, wide - 2 * SPACE - self._tiles.width_for(high)))
            rows = min(self._rows.heightForWidth(left), high - least - SPACE)
            self._rows.setGeometry(QRect(0, 0, left, rows))
            self._counts.setGeometry(QRect(0, rows + SPACE, left, high - rows - SPACE))
        self._tiles.setGeometry(QRect(left + 2 * SPACE, 0, wide - left - 2 * SPACE, high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange(self._dream)
