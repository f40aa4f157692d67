"""How the row views stand side by side: how high a row is, and how wide each view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnn_desk.core.frozen import frozen
from rnn_desk.qt.views.layer import LayerView
from rnn_desk.qt.views.row_axis import Room, RowAxis
from rnn_desk.qt.views.rows import RowView
from rnn_desk.qt.window.gutter import gutter_width

SPACE = 14
"""Pixels between two views."""

SEEN_SHARE = {1: 0.42, 2: 0.26}
"""The part of the width that the picture may take, by how many models stand beside it."""

SEEN_SHARE_AMONG_MANY = {1: 0.35, 2: 0.24}
"""Likewise, where more views stand beside it than a model usually has."""

SEEN_SHARE_WITHOUT_LAYERS = {1: 0.47, 2: 0.26}
"""Likewise, where no layer stands beside it, whose units want the width."""

USUAL_VIEWS = 3
"""Views of a model beside the picture: two layers, and the belief."""

TWO_PICTURES = 0.75
"""How much smaller the picture is where each of two models has its own."""

TALLEST_PIXEL = {1: 1.3, 2: 1.5}
"""By how many models stand side by side, how much higher than wide a pixel may be, where the window
is higher than wide views can use."""

LOWEST_ROW = 6
"""Pixels of a row at least: a lesson, a panel and large letters share a small screen with them."""

NARROWEST = {1: 110, 2: 76}
"""Pixels that a belief or a gradient takes at least, by how many models stand side by side."""

NARROWEST_LINES = {1: 5.6, 2: 4.2}
"""Likewise, in parts of a line of the text: in large letters their titles want to be read."""

LEAST = 44
"""Pixels that a layer keeps where there are too many views for all to have what they need."""

EVEN_SHARE = {1: 0.45, 2: 0.65}
"""By how many models stand side by side, the part of the layers' room that is shared out evenly: a
narrow layer has a title."""


@frozen
class RowLayout:
    """The views shown, from left to right; of so many rows, with words so high, of so many models.

    two_pictures: each of two models has its own picture. share: the part of the width that the
    picture may take, where it is another one than a model's views leave.
    """

    views: Sequence[RowView]
    rows: int
    line: int
    models: int
    two_pictures: bool
    share: float | None = None

    def height_for(self, width: int) -> int:
        """Pixels beyond which this width makes no use of more."""
        widest = self._widest(width)
        return replace(widest, row_height=self._tallest(widest)).height

    def axis(self, width: int, height: int) -> RowAxis:
        """One row height for all: as high as fits, but most of the width is left to the layers."""
        widest = self._widest(width)
        by_height = (height - replace(widest, row_height=0).height) // self.rows
        return replace(widest, row_height=max(LOWEST_ROW, min(by_height, self._tallest(widest))))

    def places(self, width: int, axis: RowAxis) -> list[tuple[int, int]]:
        """Where each view begins, and how wide it is: what suffices for those that need no more,
        and the rest to the layers of all models."""
        whole = width - gutter_width(self.line) - SPACE * (len(self.views) - 1)
        picture = min(axis.row_height, self._widest(width).row_height) * self.rows
        usual = max(
            NARROWEST[self.models],
            int(NARROWEST_LINES[self.models] * self.line),
            min(int(axis.row_height * 10), (whole - picture) // len(self.views)),
        )
        room = Room(whole, picture, usual, axis.row_height, self.models)
        places, left = [], gutter_width(self.line)
        for taken in self._widths(room):
            places.append((left, taken))
            left += taken + SPACE
        return places

    def _widths(self, room: Room) -> list[int]:
        wanted = [view.width_in(room) for view in self.views]
        wide = [view for view, width in zip(self.views, wanted, strict=True) if width is None]
        enough = (room.whole - LEAST * len(wide)) / max(1, sum(width or 0 for width in wanted))
        if enough < 1:  # then they give way alike
            wanted = [None if width is None else int(width * enough) for width in wanted]
        share = room.whole - sum(width or 0 for width in wanted)
        total = sum(view.columns for view in wide) or 1
        even = EVEN_SHARE[self.models]

        def part(view: RowView) -> int:
            return int(share * (even / len(wide) + (1 - even) * view.columns / total))

        return [
            part(view) if width is None else width
            for view, width in zip(self.views, wanted, strict=True)
        ]

    def _widest(self, width: int) -> RowAxis:
        """The highest rows at which the picture, its pixels square, leaves room beside it."""
        many = len(self.views) - 1 > USUAL_VIEWS * self.models
        shares = SEEN_SHARE_AMONG_MANY if many else SEEN_SHARE
        if not any(isinstance(view, LayerView) for view in self.views):
            shares = SEEN_SHARE_WITHOUT_LAYERS
        share = shares[self.models] if self.share is None else self.share
        if self.two_pictures:
            share *= TWO_PICTURES
        return RowAxis(max(LOWEST_ROW, int(width * share) // self.rows), self.rows, self.line)

    def _tallest(self, widest: RowAxis) -> int:
        return int(widest.row_height * TALLEST_PIXEL[self.models])
