"""Every row view side by side on one row axis: the picture, then each model's states and belief."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rnn_desk.app.actions import point
from rnn_desk.app.view_table import VIEWS
from rnn_desk.core.trace import Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.views.belief import BeliefView
from rnn_desk.qt.views.facts import ModelFacts
from rnn_desk.qt.views.layer import LayerView
from rnn_desk.qt.views.no_states import NoAnswerView, NoStatesView
from rnn_desk.qt.views.optional import OptionalView, optional_view
from rnn_desk.qt.views.rows import RowView
from rnn_desk.qt.views.seen import SeenView
from rnn_desk.qt.views.watched import MapsView, WatchedView
from rnn_desk.qt.window.row_layout import RowLayout
from rnn_desk.qt.window.rows_on_axis import RowsOnAxis


class RowsPanel(RowsOnAxis):
    """The row views of the models that read.

    One model is the rule; two stand side by side, the second one's views after the first one's.
    """

    unwatch_wanted = Signal(int, object)
    """Which model, and its Watchable that is not to be shown any more."""
    tensors_wanted = Signal()
    """The list of all tensors that could be shown is to be opened."""
    leaving = Signal()
    """The models' views are about to go."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self.seen = SeenView(store, self)
        self.seen.save_wanted.connect(self.save_wanted)
        self.seen.copied.connect(self.copied)
        self.seen.alone_wanted.connect(self.alone_wanted)
        self.groups: list[list[RowView]] = []
        self._names: tuple[str, ...] = ()
        self._facts: tuple[ModelFacts, ...] = ()
        store.views_changed.connect(self._views_changed)

    def views(self) -> list[RowView]:
        """The row views shown, from left to right: these pixels -> these states -> this belief."""
        views = [self.seen, *(view for group in self.groups for view in group)]
        return [view for view in views if not view.isHidden() and view is not self.lent]

    @property
    def _side_by_side(self) -> int:
        """How many models stand side by side."""
        return max(1, len(self.groups))

    @property
    def _two_pictures(self) -> bool:
        """Whether each of two models has its own picture: what their answers hang on differs."""
        return self._side_by_side > 1 and self.seen.shows_saliency

    def layer_views(self) -> list[LayerView]:
        """The views of every model's layers, from left to right."""
        return [view for group in self.groups for view in group if isinstance(view, LayerView)]

    def _layer_of(self, view: LayerView) -> tuple[str, int, int, str, int]:
        """Which layer of which model it shows."""
        name = self._names[view.model]
        return name, view.model, view.index, view.facts.name, view.facts.units

    def set_models(self, models: tuple[ModelFacts, ...]) -> None:
        """These models read, one or two: a column a layer and one for the belief. What a layer
        shows is as before where it is the same one."""
        self.leaving.emit()
        shown = {self._layer_of(view): view for view in self.layer_views()}
        for group in self.groups:
            for view in group:
                view.setParent(None)
                view.deleteLater()
        self._facts = models
        self.groups = [self._group(place, facts) for place, facts in enumerate(models)]
        self._names = tuple(facts.name for facts in models)
        for view in self.layer_views():
            if self._layer_of(view) in shown:
                view.show_as(shown[self._layer_of(view)])
        before: QWidget = self.seen
        for group in self.groups:
            for view in group:
                self.setTabOrder(before, view)
                before = view
        self._show_views()

    def show_covered(self, rows: frozenset[int]) -> None:
        """These rows are covered for the first model, which alone is experimented with."""
        self.gutter.show_covered(rows)
        self.seen.show_covered(rows)

    def show_quantity(self, model: int, layer: int, name: str) -> None:
        """Show this state or gate of all units of a layer."""
        for view in self._layer_views():
            if (view.model, view.index) == (model, layer):
                view.show_quantity(name)

    def step_unit(self, by: int) -> None:
        """Choose the unit so many columns beside the one looked at, or the first one there is."""
        views = self._layer_views()
        unit = self.store.state.pointed.unit
        view = next((v for v in views if unit is not None and v.has(unit)), None)
        if view is not None and unit is not None:
            self.store.do(point.pin_unit, view.unit_in(view.column_of(unit) + by))
        elif views:
            self.store.do(point.pin_unit, views[0].unit_in(0))

    def step_layer(self, by: int) -> None:
        """Choose the unit in the same column of another layer, or the first one there is."""
        views = self._layer_views()
        unit = self.store.state.pointed.unit
        place = next((k for k, v in enumerate(views) if unit is not None and v.has(unit)), None)
        if place is not None and unit is not None:
            column = views[place].column_of(unit)
            wanted = views[max(0, min(len(views) - 1, place + by))]
            self.store.do(point.pin_unit, wanted.unit_in(column))
        elif views:
            self.store.do(point.pin_unit, views[0].unit_in(0))

    def show_traces(self, traces: tuple[Trace, ...], beside: tuple[Trace, ...] = ()) -> None:
        """Show a Trace for each model, or none of them; their gradients on one axis, and those of
        the models beside."""
        self.seen.show_trace(traces[0] if traces else None)
        for optional in self._optional_views():
            optional.show_together((*beside, *traces))
        for place, group in enumerate(self.groups):
            for view in group:
                view.show_trace(traces[place] if place < len(traces) else None)

    def _group(self, place: int, facts: ModelFacts) -> list[RowView]:
        """The row views of one model, but for the optional ones, which are built when wanted."""
        views: list[RowView] = []
        if place:  # the first model's stands before all groups
            views.append(self._seen_too())
        views += [
            LayerView(place, index, layer, self.store, self)
            for index, layer in enumerate(facts.layers)
        ]
        for index, tensor in enumerate(facts.watched):
            kind = MapsView if tensor.kind == "maps" else WatchedView
            watched = kind(index, tensor, self.store, self)
            if isinstance(watched, MapsView):
                watched.number = 1 + sum(isinstance(view, MapsView) for view in views)
            watched.hidden_wanted.connect(partial(self.unwatch_wanted.emit, place))
            watched.others_wanted.connect(self.tensors_wanted)
            views.append(watched)
        if facts.why_no_states is not None and not facts.watched:
            views.append(NoStatesView(facts.why_no_states, self.store, self))
        if facts.belief_kind == "none":
            views.append(NoAnswerView(self.store, self))
        else:
            views.append(BeliefView(facts.belief_kind, facts.classes, self.store, self))
        for view in views:
            self._take_in(place, view)
        return views

    def _take_in(self, place: int, view: RowView) -> None:
        """Have a view be one of a model's."""
        view.mark = "AB"[place] if len(self._facts) > 1 else ""
        view.save_wanted.connect(self.save_wanted)
        view.copied.connect(self.copied)
        view.alone_wanted.connect(self.alone_wanted)

    def _build_optional(self) -> None:
        """Build those of the optional views that are wanted and not there, before the belief."""
        wanted = [s for s in VIEWS if s.widget and s.name in self.store.state.views.shown]
        for place, (facts, group) in enumerate(zip(self._facts, self.groups, strict=True)):
            there = {view.name for view in group if isinstance(view, OptionalView)}
            for spec in wanted:
                if spec.name not in there:
                    view = optional_view(spec, place, facts, self.store, self)
                    self._take_in(place, view)
                    view.set_axis(self.axis)
                    view.show_trace(group[-1].trace)
                    group.insert(len(group) - 1, view)

    def _views_changed(self) -> None:
        views = self.store.state.views
        for layer in self.layer_views():
            layer.views_changed(views)
        for optional in self._optional_views():
            optional.views_changed(views)
        for seen in (self.seen, *(view for group in self.groups for view in group)):
            if isinstance(seen, SeenView):
                seen.lay_saliency()
        self._show_views()

    def _layer_views(self) -> list[LayerView]:
        return [view for view in self.views() if isinstance(view, LayerView)]

    def _seen_too(self) -> SeenView:
        """Another model's picture, for what that one's answer hangs on."""
        return SeenView(self.store, self)

    def _optional_views(self) -> list[OptionalView]:
        return [view for group in self.groups for view in group if isinstance(view, OptionalView)]

    def _show_views(self) -> None:
        self._build_optional()
        self.seen.mark = "A" if self._two_pictures else ""
        for group in self.groups:
            for view in group:
                if isinstance(view, OptionalView):
                    view.setVisible(view.wanted(self.store.state.views))
                elif isinstance(view, SeenView):
                    view.setVisible(self._two_pictures)
                else:
                    view.show()
        self.place()

    def layout_of_rows(self) -> RowLayout:
        return RowLayout(
            self.views(),
            self.store.state.pointed.rows,
            self.fontMetrics().height(),
            self._side_by_side,
            self._two_pictures,
        )
