"""Painting that cannot end the process: what it raises is reported, and the window paints on."""

from __future__ import annotations

import functools
import sys
import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QPaintEvent

from rnn_desk.core.errors import Place, place_of


class Painted:
    """Before `QWidget` among the bases of a class: no `paintEvent` of it or of a subclass raises.

    What it would raise goes to `sys.excepthook`, once for each place in each widget, as a widget is
    painted again and again.
    """

    _raised_at: frozenset[Place] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "paintEvent" in vars(cls):
            cls.paintEvent = _without_raising(vars(cls)["paintEvent"])  # type: ignore[attr-defined]


def _without_raising(
    paint: Callable[[Any, QPaintEvent], None],
) -> Callable[[Any, QPaintEvent], None]:
    @functools.wraps(paint)
    def paint_event(self: Any, event: QPaintEvent) -> None:
        try:
            paint(self, event)
        except Exception as error:  # noqa: BLE001  it is reported
            trace = error.__traceback__.tb_next if error.__traceback__ else None  # from `paint` on
            place = place_of(trace)
            # Its frames hold the painter, which Qt lets nobody keep once the widget is painted.
            traceback.clear_frames(trace)
            if place not in self._raised_at:
                self._raised_at |= {place}
                sys.excepthook(type(error), error, trace)

    return paint_event
