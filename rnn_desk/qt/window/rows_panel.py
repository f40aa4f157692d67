"""Every row view side by side on one row axis: the picture, then each model's states and belief."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnn_desk.app.actions import point
from rnn_desk.core.trace import Target, Trace
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.look.theme import Theme
from rnn_desk.qt.views.belief import BeliefView
from rnn_desk.qt.views.gradient import GradientView
from rnn_desk.qt.views.layer import LayerView
from rnn_desk.qt.views.no_states import NoStatesView
from rnn_desk.qt.views.row_axis import RowAxis
from rnn_desk.qt.views.rows import RowView
from rnn_desk.qt.views.seen import SeenView
from rnn_desk.qt.views.watched import MapsView, WatchedView
from rnn_desk.qt.window.facts import ModelFacts
from rnn_desk.qt.window.gutter import GUTTER, Gutter
from rnn_desk.qt.window.row_layout import LOWEST_ROW, RowLayout


class RowsPanel(QWidget):
    """Lays the row views out so that their rows are at the same heights, whatever the size.

    One model is the rule; two stand side by side, the second one's views after the first one's.
    """

    unwatch_wanted = Signal(int, object)
    """Which model, and its Watchable that is not to be shown any more."""
    tensors_wanted = Signal()
    """The list of all tensors that could be shown is to be opened."""
    target_chosen = Signal(object)
    """A Target: of which class the gradient is to be."""
    cells_wanted = Signal(bool)
    """Whether the gradients of the kinds of cells are to be laid over one another."""

    save_wanted = Signal(object)
    """A View is to be saved as a file."""
    copied = Signal(str)
    """What was copied from a view, in words."""

    def __init__(self, store: QtStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.theme = theme
        self.axis = RowAxis(14, store.state.pointed.rows, self.fontMetrics().height())
        self.gutter = Gutter(store, theme, self)
        self.seen = SeenView(store, theme, self)
        self.seen.save_wanted.connect(self.save_wanted)
        self.seen.copied.connect(self.copied)
        self.groups: list[list[RowView]] = []
        self._names: tuple[str, ...] = ()
        self._gradient_shown = False
        self._laid_over = False
        self._target: Target = "answer"
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, replace(self.axis, row_height=LOWEST_ROW).height)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._layout().height_for(width)

    def views(self) -> list[RowView]:
        """The row views shown, from left to right: these pixels -> these states -> this belief."""
        views = [self.seen, *(view for group in self.groups for view in group)]
        return [view for view in views if not view.isHidden()]

    @property
    def _side_by_side(self) -> int:
        """How many models stand side by side."""
        return max(1, len(self.groups))

    @property
    def _two_pictures(self) -> bool:
        """Whether each of two models has its own picture: what their answers hang on differs."""
        return self._side_by_side > 1 and self.seen.overlay != "none"

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
        shown = {self._layer_of(view): view for view in self.layer_views()}
        for group in self.groups:
            for view in group:
                view.setParent(None)
                view.deleteLater()
        self.groups = [
            self._group(place, facts, "AB"[place] if len(models) > 1 else "")
            for place, facts in enumerate(models)
        ]
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
        self.updateGeometry()

    def show_gradient(self, shown: bool) -> None:
        """Show each model's gradient beside its layers, or do not."""
        self._gradient_shown = shown
        self._show_views()
        self.updateGeometry()

    def show_overlay(self, name: str) -> None:
        """Lay this over the picture; of two models, over a picture each."""
        for view in (self.seen, *(view for group in self.groups for view in group)):
            if isinstance(view, SeenView):
                view.show_overlay(name)
        self._show_views()
        self.updateGeometry()

    def show_covered(self, rows: frozenset[int]) -> None:
        """These rows are covered for the first model, which alone is experimented with."""
        self.gutter.show_covered(rows)
        self.seen.show_covered(rows)

    def lay_over(self, laid: bool) -> None:
        """All gradients as lines of one view, the first model's; or each model's in its own."""
        self._laid_over = laid
        for view in self._gradient_views():
            view.lay_over(laid)
        self._show_views()
        self.updateGeometry()

    def set_target(self, target: Target) -> None:
        """Of this class the gradient is."""
        self._target = target
        for view in self._gradient_views():
            view.target = target

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
        for gradient_view in self._gradient_views():
            gradient_view.show_together((*beside, *traces))
        for place, group in enumerate(self.groups):
            for view in group:
                view.show_trace(traces[place] if place < len(traces) else None)

    def set_theme(self, theme: Theme) -> None:
        """The colours have changed."""
        self.theme = theme
        self.gutter.set_theme(theme)
        for view in (self.seen, *(view for group in self.groups for view in group)):
            view.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._place()
            self.updateGeometry()
        super().changeEvent(event)

    def _group(self, place: int, facts: ModelFacts, mark: str) -> list[RowView]:
        """The row views of one model; `mark` tells two models apart."""
        views: list[RowView] = []
        if place:  # the first model's stands before all groups
            views.append(self._seen_too())
        views += [
            LayerView(place, index, layer, self.store, self.theme, self)
            for index, layer in enumerate(facts.layers)
        ]
        for index, tensor in enumerate(facts.watched):
            kind = MapsView if tensor.kind == "maps" else WatchedView
            watched = kind(index, tensor, self.store, self.theme, self)
            if isinstance(watched, MapsView):
                watched.number = 1 + sum(isinstance(view, MapsView) for view in views)
            watched.hidden_wanted.connect(partial(self.unwatch_wanted.emit, place))
            watched.others_wanted.connect(self.tensors_wanted)
            views.append(watched)
        if facts.why_no_states is not None and not facts.watched:
            views.append(NoStatesView(facts.why_no_states, self.store, self.theme, self))
        gradient = GradientView(facts.classes, self.store, self.theme, self)
        gradient.target = self._target
        gradient.lay_over(self._laid_over)
        gradient.target_chosen.connect(self.target_chosen)
        gradient.cells_wanted.connect(self.cells_wanted)
        views += [gradient, BeliefView(facts.belief_kind, self.store, self.theme, self)]
        for view in views:
            view.mark = mark
            view.save_wanted.connect(self.save_wanted)
            view.copied.connect(self.copied)
        return views

    def _layer_views(self) -> list[LayerView]:
        return [view for view in self.views() if isinstance(view, LayerView)]

    def _seen_too(self) -> SeenView:
        """Another model's picture, for what that one's answer hangs on."""
        seen = SeenView(self.store, self.theme, self)
        seen.show_overlay(self.seen.overlay)
        seen.overlay_chosen.connect(self.seen.overlay_chosen)
        return seen

    def _gradient_views(self) -> list[GradientView]:
        return [view for group in self.groups for view in group if isinstance(view, GradientView)]

    def _show_views(self) -> None:
        self.seen.mark = "A" if self._two_pictures else ""
        for place, group in enumerate(self.groups):
            own = self._gradient_shown and not (self._laid_over and place)
            for view in group:
                if isinstance(view, GradientView):
                    view.setVisible(own)
                elif isinstance(view, SeenView):
                    view.setVisible(self._two_pictures)
                else:
                    view.show()
        self._place()

    def _layout(self) -> RowLayout:
        return RowLayout(
            self.views(),
            self.store.state.pointed.rows,
            self.fontMetrics().height(),
            self._side_by_side,
            self._two_pictures,
        )

    def _place(self) -> None:
        layout = self._layout()
        self.axis = layout.axis(self.width(), self.height())
        self.gutter.setGeometry(QRect(0, 0, GUTTER, self.axis.height))
        self.gutter.set_axis(self.axis)
        places = layout.places(self.width(), self.axis)
        for view, (left, width) in zip(layout.views, places, strict=True):
            view.set_axis(self.axis)
            view.setGeometry(QRect(left, 0, width, self.axis.height))
