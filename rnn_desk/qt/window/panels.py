"""The panels around the desk, as a table, and what stands in each."""

from __future__ import annotations

from collections.abc import Iterator

from rnn_desk.core.frozen import frozen
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.inspector import InspectorView
from rnn_desk.qt.views.lab import LabView
from rnn_desk.qt.views.learning import LearningView
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.views.speed import SpeedView
from rnn_desk.qt.views.state_map import StateMapView


@frozen
class PanelSpec:
    """One panel: its name in the settings and in `Panels`, its title and tooltip, whether it starts
    open.

    beside: the panel whose place it shares, as a tab, until it is moved, if any. share: the part of
    the width that it gets beside the others, in any unit.
    """

    name: str
    title: str
    tip: str
    open: bool = True
    beside: str = ""
    share: int = 1


def panel_table() -> tuple[PanelSpec, ...]:
    """All panels, from left to right along the bottom."""
    return (
        PanelSpec(
            "unit",
            tr("Unit"),
            tr(
                "One unit at one row: its equations, with every number in them, and where each "
                "came from.\nClick a column of a layer to look at another unit."
            ),
            share=67,
        ),
        PanelSpec(
            "map",
            tr("State map"),
            tr("The top layer's states on a plane: each row is a point, a digit is a path."),
            share=33,
        ),
        PanelSpec(
            "lab",
            tr("Lab"),
            tr("Change the picture or the network, and see what breaks"),
            open=False,
            beside="map",
        ),
        PanelSpec(
            "speed",
            tr("Speed"),
            tr("How long a reading takes"),
            open=False,
            beside="map",
        ),
        PanelSpec(
            "learning",
            tr("Learning"),
            tr("Loss and accuracy at the moments of its training that ship with the program"),
            open=False,
            beside="map",
        ),
    )


class Panels:
    """What stands in them."""

    def __init__(self, store: QtStore) -> None:
        self.unit = InspectorView(store)
        self.map = StateMapView(store)
        self.lab = LabView(store)
        self.speed = SpeedView(store)
        self.learning = LearningView(store)
        self.by_name: dict[str, Panel] = {
            "unit": self.unit,
            "map": self.map,
            "lab": self.lab,
            "speed": self.speed,
            "learning": self.learning,
        }

    def __iter__(self) -> Iterator[Panel]:
        return iter(self.by_name.values())
