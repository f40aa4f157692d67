"""Moving through the rows, and from unit to unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from rnn_desk.app.actions import point
from rnn_desk.core.errors import Refused
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.state.replay import StrokePlayer
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.message_bar import MessageBar
from rnn_desk.qt.window.reading_panel import ReadingPanel


class RowControl(Control):
    """The commands of the Rows menu."""

    def __init__(
        self,
        store: QtStore,
        player: StrokePlayer,
        reading: ReadingPanel,
        banner: MessageBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._player = player
        self._reading = reading
        self._banner = banner

    def commands(self) -> Mapping[str, Callable[[], object]]:
        reading = self._reading
        return {
            "row_all": self._show_all,
            "unit_left": lambda: self._choose(reading.rows.step_unit, -1),
            "unit_right": lambda: self._choose(reading.rows.step_unit, 1),
            "layer_before": lambda: self._choose(reading.rows.step_layer, -1),
            "layer_after": lambda: self._choose(reading.rows.step_layer, 1),
        }

    def _choose(self, step: Callable[[int], None], by: int) -> None:
        """Choose another unit, where there are any."""
        if self._reading.rows.layer_views():
            step(by)
        elif self._reading.rows.groups:
            self.refused.emit(Refused("This model shows no layers to choose a unit of"))
        else:
            self.not_yet.emit(tr("There is no model yet: wait until it is open"))

    def _show_all(self) -> None:
        """The whole drawing, all rows of it: what is replayed, pinned or complained of is over."""
        self._banner.hide()
        self._player.stop()
        self._store.do(point.pin, None)
