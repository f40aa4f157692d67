"""The middle of the window while the writer is asked: what it wrote, and what it did for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnn_desk.app.written import Written, trace_of
from rnn_desk.core.arrays import Array
from rnn_desk.core.trace import Trace
from rnn_desk.protocol.model import WriterModel
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.writing.counts import CountsView
from rnn_desk.qt.views.writing.tiles import TilesView
from rnn_desk.qt.window.writer_rows import WriterRows
from rnn_desk.qt.window.writing_body import SPACE, WritingBody
from rnn_desk.qt.window.writing_strip import WritingStrip


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
        self._body = WritingBody(self.rows, self.counts, self.tiles)
        self._body.arrange(store.state.writing.dream)
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
            nats = None if dream else self.nats
            chances = written.pictures.chances[number]
            label = written.pictures.labels[number]
            self.rows.picture.told = _told(label, trace.classes) if dream else ""
            self._hand_on(trace, written.pictures.begun, nats, chances)
        else:
            nats = self.nats
            self.rows.picture.told = ""
            self._hand_on(self.trace, writer.shape.side, nats, None)

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
