"""The middle of the window while the writer is asked: what it wrote, and what it did for it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnn_desk.app.written import Written, trace_of
from rnn_desk.core.arrays import Array
from rnn_desk.core.ruled import rows_begun
from rnn_desk.core.trace import Trace
from rnn_desk.protocol.model import WriterModel
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.belief import BeliefView
from rnn_desk.qt.views.layer import LayerFacts
from rnn_desk.qt.views.rows import RowView
from rnn_desk.qt.views.writing.counts import CountsView
from rnn_desk.qt.views.writing.picture import WrittenView
from rnn_desk.qt.views.writing.states import WRITER, ChancesView, WriterLayerView
from rnn_desk.qt.views.writing.surprise import SurpriseView
from rnn_desk.qt.views.writing.tiles import TilesView
from rnn_desk.qt.window.row_layout import RowLayout
from rnn_desk.qt.window.rows_on_axis import RowsOnAxis
from rnn_desk.qt.window.writing_strip import WritingStrip

SPACE = 14
"""Pixels between the parts."""

ENDING_SHARE, DREAM_SHARE = 0.5, 0.29
"""The part of the rows' width that the picture may take, beside endings and of a dream."""

ROWS_SHARE = 0.45
"""The part of the width that the rows get beside endings."""

LOW_SHARES = 0.38, 0.22
"""Likewise, and the part of the counts, where these have no room below the rows."""

DREAMS_SHARE = 0.3
"""The part of the height that dreams get, above their rows."""


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


class _Body(QWidget):
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
        wide, high = self.width(), self.height()
        if dream:
            below = round(high * DREAMS_SHARE)
            self._rows.setGeometry(QRect(0, 0, wide, high - below - SPACE))
            self._tiles.setGeometry(QRect(0, high - below, wide, below))
        else:
            least = self._counts.minimumSizeHint().height()
            tight = self._rows.minimumSizeHint().height() + SPACE + least > high
            left = round(wide * (LOW_SHARES[0] if tight else ROWS_SHARE))
            if tight:
                counts = round(wide * LOW_SHARES[1])
                self._rows.setGeometry(QRect(0, 0, left, high))
                self._counts.setGeometry(QRect(left + SPACE, 0, counts, high))
                left += counts + SPACE
            else:
                rows = min(self._rows.heightForWidth(left), high - least - SPACE)
                self._rows.setGeometry(QRect(0, 0, left, rows))
                self._counts.setGeometry(QRect(0, rows + SPACE, left, high - rows - SPACE))
            self._tiles.setGeometry(QRect(left + 2 * SPACE, 0, wide - left - 2 * SPACE, high))
        self._rows.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange(self._dream)


class WritingPanel(QWidget):
    """Shows what it is handed; the control of the same name hands it on."""

    save_wanted = Signal(object)
    """A View is to be saved as a file."""
    copied = Signal(str)
    """What was copied from a view, in words."""
    alone_wanted = Signal(object)
    """A View is to be shown alone."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.strip = WritingStrip(store, self)
        self.tiles = TilesView(store, self)
        self.rows = WriterRows(store, self)
        self.counts = CountsView(store, self)
        for view in (self.tiles, self.rows, self.counts):
            view.save_wanted.connect(self.save_wanted)
            view.copied.connect(self.copied)
        self.rows.alone_wanted.connect(self.alone_wanted)
        self._writer: WriterModel | None = None
        self._written: Written | None = None
        self._read: Trace | None = None
        self.trace: Trace | None = None
        """What the reader read of the canvas; `show_picture` shows it."""
        self.nats: Array | None = None
        """How unusual each pixel of what lies on the canvas is; likewise."""
        self._body = _Body(self.rows, self.counts, self.tiles)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE - 4)
        layout.addWidget(self.strip)
        layout.addWidget(self._body, 1)
        store.writing_changed.connect(self._writing_changed)
        store.pointed_changed.connect(self._show_belief)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 230)

    def show_writer(self, writer: WriterModel) -> None:
        """This model writes."""
        self._writer = writer
        self.strip.show_classes(writer.card.classes)
        self.rows.set_writer(writer)
        self.show_picture()

    def show_written(self, written: Written | None) -> None:
        """These pictures are there now."""
        self._written = written
        classes = () if self._writer is None else self._writer.card.classes
        self.tiles.show_written(written, classes)

    def show_read(self, trace: Trace | None) -> None:
        """What the reader read of the picture that is looked at."""
        self._read = trace
        self.show_picture()

    @property
    def ghost(self) -> Array | None:
        """What lies over the sheet, `[n, side, side]`: the picture that is looked at, of a dream as
        far as it is written; or all endings."""
        writing, row = self.store.state.writing, self.store.state.pointed.row
        if self._written is None:
            return None
        pixels, number = self._written.pictures.pixels, writing.looked_at
        looked_at = pixels if number is None else pixels[number : number + 1]
        if number is None and not self._written.pictures.begun:
            return None  # all that there could be is a cloud of no shape
        if not writing.dream:
            return looked_at
        dreamt = looked_at.copy()
        dreamt[:, self.store.state.pointed.rows if row is None else row + 1 :] = 0
        return dreamt

    @property
    def begun(self) -> int:
        """How many rows were given to what is written."""
        return 0 if self._written is None else self._written.pictures.begun

    def chosen(self, number: int) -> Array | None:
        """The picture of that number, where there is one."""
        if self._written is None or number >= self._written.pictures.count:
            return None
        pixels: Array = self._written.pictures.pixels[number]
        return pixels

    def _writing_changed(self) -> None:
        self._body.arrange(self.store.state.writing.dream)
        self.show_picture()

    def show_picture(self) -> None:
        """The picture that is looked at with all that is known of it; without one, the drawing."""
        written, writer, number = self._written, self._writer, self.store.state.writing.looked_at
        if written is None or writer is None:
            self._hand_on(None, 0, None, None)
        elif number is not None and number < written.pictures.count:
            read = self._read
            if read is not None and (read.seen != written.pictures.pixels[number]).any():
                read = None
            trace = trace_of(writer, written.pictures, number, read)
            dream = self.store.state.writing.dream
            nats = None if dream else self._nats_drawn
            chances = written.pictures.chances[number]
            label = written.pictures.labels[number]
            self.rows.picture.told = _told(label, trace.classes) if dream else ""
            self._hand_on(trace, written.pictures.begun, nats, chances)
        else:
            nats = self._nats_drawn
            self.rows.picture.told = ""
            self._hand_on(self.trace, writer.shape.side, nats, None)

    @property
    def _nats_drawn(self) -> Array | None:
        """Of the rows down to the last ink; that nothing stands below them is no surprise yet."""
        if self.nats is None or self.trace is None:
            return None
        nats = self.nats.copy()
        nats[rows_begun(self.trace.raster.pixels) :] = 0
        return nats

    def _hand_on(
        self, trace: Trace | None, begun: int, nats: Array | None, chances: Array | None
    ) -> None:
        rows = self.rows
        rows.picture.show_picture(trace, begun, nats)
        rows.surprise.nats = nats
        rows.surprise.show_trace(trace)
        if rows.belief is not None:
            rows.belief.show_trace(trace)
        if self.store.state.writing.dream:
            rows.chances.show_chances(trace, chances)
            if rows.layer is not None and (trace is None or trace.model.name == self._name):
                rows.layer.show_trace(trace)
        self._show_belief()

    @property
    def _name(self) -> str:
        return "" if self._writer is None else self._writer.card.name

    def _show_belief(self) -> None:
        """What the reader believes after the last row that is there."""
        trace = self.trace
        if trace is None or self._writer is None:
            classes = () if self._writer is None else self._writer.card.classes
            self.counts.show_belief(None, classes)
            return
        row = self.store.state.pointed.row
        if row is None:
            row = max(0, self.begun - 1)
        self.counts.show_belief(trace.belief[min(row, trace.rows - 1)], trace.classes)


def _told(label: int | None, classes: tuple[str, ...]) -> str:
    """Which class the writer was told, in words."""
    return tr("told no class") if label is None else tr("told: {name}", name=classes[label])
