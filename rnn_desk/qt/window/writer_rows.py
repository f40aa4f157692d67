"""The row views of what is written: on one axis, as those of what is read."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rnn_desk.protocol.model import WriterModel
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.views.belief import BeliefView
from rnn_desk.qt.views.layer import LayerFacts
from rnn_desk.qt.views.rows import RowView
from rnn_desk.qt.views.writing.picture import WrittenView
from rnn_desk.qt.views.writing.states import WRITER, ChancesView, WriterLayerView
from rnn_desk.qt.views.writing.surprise import SurpriseView
from rnn_desk.qt.window.row_layout import RowLayout
from rnn_desk.qt.window.rows_on_axis import RowsOnAxis

ENDING_SHARE, DREAM_SHARE = 0.5, 0.29
"""The part of the rows' width that the picture may take, beside endings and of a dream."""


class WriterRows(RowsOnAxis):
    """The picture that is looked at, row by row: beside endings, where it surprises and what the
    reader believes; of a dream, the writer's states and what it held likely."""

    least_width = 260

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self.picture = WrittenView(store, self)
        self.surprise = SurpriseView(store, self)
        self.chances = ChancesView(store, self)
        self.belief: BeliefView | None = None
        self.layer: WriterLayerView | None = None
        for view in (self.picture, self.surprise, self.chances):
            self._connect(view)

    def set_writer(self, writer: WriterModel) -> None:
        """This model writes."""
        (layer,) = writer.card.recurrent_layers
        facts = LayerFacts(f"{layer.op} 1", layer.op, layer.units)
        self.layer = WriterLayerView(WRITER, 0, facts, self.store, self)
        self.belief = BeliefView("covered", writer.card.classes, self.store, self)
        self._connect(self.layer)
        self._connect(self.belief)
        self.store.views_changed.connect(self._views_changed)
        self.arrange()

    def views(self) -> list[RowView]:
        dream = self.store.state.writing.dream
        inside = (self.chances, self.layer) if dream else (self.surprise,)
        views = (self.picture, *inside, self.belief)
        return [view for view in views if view is not None and view is not self.lent]

    def layout_of_rows(self) -> RowLayout:
        share = DREAM_SHARE if self.store.state.writing.dream else ENDING_SHARE
        line = self.fontMetrics().height()
        return RowLayout(self.views(), self.store.state.pointed.rows, line, 1, False, share)

    def arrange(self) -> None:
        """Have those there that belong there."""
        shown = self.views()
        for view in (self.picture, self.surprise, self.chances, self.belief, self.layer):
            if view is not None and view is not self.lent:
                view.setVisible(view in shown)
        self.place()

    def _views_changed(self) -> None:
        if self.layer is not None:
            self.layer.views_changed(self.store.state.views)

    def _connect(self, view: RowView) -> None:
        view.save_wanted.connect(self.save_wanted)
        view.copied.connect(self.copied)
        view.alone_wanted.connect(self.alone_wanted)
