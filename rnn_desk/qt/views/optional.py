"""Row views that stand beside a model's layers where they are wanted: built when first shown."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtWidgets import QWidget

from rnn_desk.app.state import Views
from rnn_desk.app.view_table import ViewSpec
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.views.facts import ModelFacts
from rnn_desk.qt.views.rows import RowView


class OptionalView(RowView):
    """One of `app.view_table`, of the model at `place`."""

    name = ""
    """Its name in the table."""

    def __init__(self, place: int, facts: ModelFacts, store: QtStore, parent: QWidget) -> None:
        super().__init__(store, parent)
        self.place = place
        self.facts = facts

    def wanted(self, views: Views) -> bool:
        """Whether it is to be seen."""
        return self.name in views.shown

    def views_changed(self, views: Views) -> None:
        """Other views, or another class, are asked for."""

    def show_together(self, traces: tuple[Trace, ...]) -> None:
        """The readings of all models, before it is shown its own."""


def optional_view(
    spec: ViewSpec, place: int, facts: ModelFacts, store: QtStore, parent: QWidget
) -> OptionalView:
    """Build one, and import what it needs."""
    module, _, name = spec.widget.partition(":")
    view: OptionalView = getattr(import_module(module), name)(place, facts, store, parent)
    view.name = spec.name
    return view
