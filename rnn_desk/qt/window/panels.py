"""The panels around the desk, as a table, and what stands in each."""

from __future__ import annotations

from collections.abc import Iterator

from rnn_desk.core.frozen import frozen
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.inspector import InspectorView
from rnn_desk.qt.views.lab import LabView
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.views.speed import SpeedView
from rnn_desk.qt.views.state_map import StateMapView


@frozen
class PanelSpec:
    """One panel: its name in the settings and in `Panels`, its title, whether it starts open.

    beside: the panel whose place it shares, as a tab, until it is moved, if any. share: the part of
    the width that it gets beside the others, in any unit.
    """

    name: str
    title: str
    open: bool = True
    beside: str = ""
    share: int = 1


def panel_table() -> tuple[PanelSpec, ...]:
    """All panels, from left to right along the bottom."""
    return (
        PanelSpec("unit", tr("Unit"), share=67),
        PanelSpec("map", tr("State map"), share=33),
        PanelSpec("lab", tr("Lab"), open=False, beside="map"),
        PanelSpec("speed", tr("Speed"), open=False, beside="map"),
    )


class Panels:
    """What stands in them."""

    def __init__(self, store: QtStore) -> None:
        self.unit = InspectorView(store)
        self.map = StateMapView(store)
        self.lab = LabView(store)
        self.speed = SpeedView(store)
        self.by_name: dict[str, Panel] = {
            "unit": self.unit,
            "map": self.map,
            "lab": self.lab,
            "speed": self.speed,
        }

    def __iter__(self) -> Iterator[Panel]:
        return iter(self.by_name.values())
