"""What is wanted of the writer: endings, dreams, how unusual a digit is, what a reader says of it.

Endings have slots of their own, after whatever the pen asks for: between two rows of theirs the
engine reads what was drawn. What is shown while the pen moves is of a moment ago.
"""

from __future__ import annotations

import time
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import (
    Classify,
    Draft,
    MeasureSurprise,
    OpenWriter,
    ReadRaster,
    Request,
    Source,
    Write,
)
from rnn_desk.app.state import DREAMS, Writing
from rnn_desk.app.wanted import grew
from rnn_desk.app.written import Counted, Pictures, Written, pictures_of, shares
from rnn_desk.assets_door import writer_model
from rnn_desk.core.arrays import Array
from rnn_desk.core.picture import Original
from rnn_desk.core.raster import Raster
from rnn_desk.core.ruled import rows_given
from rnn_desk.core.trace import Trace
from rnn_desk.core.writing import WrittenRow
from rnn_desk.protocol.model import Model, ModelRef, WriterModel
from rnn_desk.qt.work.dreams import Dreams
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.models import LoadedModels

ENDINGS = 9
"""Endings that are shown side by side."""

MANY = 200
"""Endings of which it is counted what they are read as, once the pen rests."""

MOVING_MS = 100
"""Milliseconds between two times that endings are asked for while the pen moves: each is painted,
and the ink comes first."""

REST_MS = 200
"""Milliseconds without a change after which the pen rests."""


class WriterWork(QObject):
    """Opens the program's writer when it is first wanted, and asks it."""

    opened = Signal(object)
    """The WriterModel."""
    written = Signal(object)
    """A Written; or None, where nothing is wanted any more."""
    counted = Signal(object)
    """A Counted, or None."""
    surprised = Signal(object)
    """The nats `[side, side]` of each pixel of what lies on the canvas, or None."""
    read = Signal(object)
    """The reader's Trace of the written picture that is looked at, or None."""
    refused = Signal(object)
    """A Refused: why it does not write."""

    def __init__(self, engine: Engine, models: LoadedModels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._writer: WriterModel | None = None
        self._wanted: tuple[Writing, Original, int | None] | None = None
        self._source: Source | None = None
        self._sheet = self._moment = self._drawn_at = 0
        self._rows: list[WrittenRow] = []
        self._rows_of_many: list[WrittenRow] = []
        self._has_counted = False
        self._shown: Written | None = None
        self._unread: Pictures | None = None
        slot = partial(engine.slot, failed=self._failed)
        self._opening = slot("writer", self._open)
        self._writing = slot("endings", self._wrote, part=self._come, paced=True)
        self._judging = slot("endings read", self._judged)
        self._many = slot("many endings", self._wrote_many, part=self._come_of_many)
        self._counting = slot("endings counted", self._count)
        self._measuring = slot("surprise", self._measured)
        self._looking = slot("ending read", self._looked)
        self._dreams = Dreams(engine, self._judge, self._failed)
        self._slots = (
            self._opening,
            self._writing,
            self._judging,
            self._many,
            self._counting,
            self._measuring,
            self._looking,
        )
        self._asked_at = 0.0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(MOVING_MS)
        self._soon.timeout.connect(self._want_endings)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._want_many)
        models.changed.connect(self._models_changed)
        models.moved.connect(self._models_changed)

    @property
    def writer(self) -> WriterModel | None:
        """The writer, where it is open."""
        return self._writer

    @property
    def shown(self) -> Written | None:
        """What was written last, of what is wanted."""
        return self._shown

    @property
    def settled(self) -> bool:
        """Whether all that is wanted is there."""
        waits = self._rest.isActive() or self._soon.isActive()
        return not waits and self._dreams.settled and all(slot.settled for slot in self._slots)

    def want(
        self, writing: Writing, original: Original, row: int | None, moves: bool = False
    ) -> None:
        """This is asked for, of what lies on the canvas down to that row, None for all of it.
        moves: the pen is down, and more will be asked for soon."""
        before, self._wanted = self._wanted, (writing, original, row)
        if not writing.on:
            self._stop()
            return
        if self._writer is None:
            self._opening.want(OpenWriter(ModelRef(str(writer_model()))))
            return
        self._moment += 1
        if before is None or not before[0].on or before[1] is not original:
            if before is None or not grew(before[1], original):
                self._sheet += 1
            self._source, self._drawn_at = self._source_of(original), self._moment
        if writing.dream:
            self._soon.stop()
            self._want_dreams(writing)
        elif moves and time.monotonic() - self._asked_at < MOVING_MS / 1e3:
            if not self._soon.isActive():
                self._soon.start()
        else:
            self._soon.stop()
            self._want_endings()

    def look_at(self, number: int | None) -> None:
        """Have the reader read this one of the pictures, row by row."""
        reader, shown = self._reader, self._shown
        if number is None or shown is None or reader is None or number >= shown.pictures.count:
            self._looking.want(None)
            self.read.emit(None)
            return
        raster = Raster(shown.pictures.pixels[number].copy())
        self._looking.want_anew(ReadRaster(reader.ref, reader, raster))

    @property
    def _reader(self) -> Model | None:
        """The model that reads what is written; None where it reads other pictures."""
        first = self._models.loaded[0] if self._models.loaded else None
        fits = first is not None and self._writer is not None
        if not fits or first.card.frame != self._writer.card.frame:  # type: ignore[union-attr]
            return None
        return first

    def _source_of(self, original: Original) -> Source | None:
        if original.is_empty or self._writer is None:
            return None
        return Source(original, self._writer.card.frame, ruled=True)

    def _want_endings(self) -> None:
        """Some endings, and how unusual it is what is there; many once nothing changes any more."""
        assert self._wanted is not None
        assert self._writer is not None
        self._asked_at = time.monotonic()
        self._dreams.stop()
        self._has_counted = False
        self._many.want(None)
        self._counting.want(None)
        self._writing.want(
            Write(
                self._writer.ref,
                self._writer.shape,
                self._draft(ENDINGS),
                self._sheet,
                goes_on=True,
                moment=self._moment,
            )
        )
        self._measure(self._wanted[0].label)
        self._rest.start()

    def _draft(self, count: int) -> Draft:
        assert self._wanted is not None
        writing, _, row = self._wanted
        return Draft(self._source, row, writing.label, writing.temperature, writing.seed, count)

    def _measure(self, label: int | None) -> None:
        """How unusual it is what lies on the canvas."""
        assert self._writer is not None
        if self._source is None:
            self._measuring.want(None)
            self.surprised.emit(None)
            return
        pixels = self._source.rastered[0].pixels[None]
        self._measuring.want(
            MeasureSurprise(self._writer.ref, pixels, label, self._sheet, moment=self._drawn_at)
        )

    def _want_dreams(self, writing: Writing) -> None:
        """Of each class one; of a class that is chosen, as many."""
        assert self._writer is not None
        for slot in (self._writing, self._many, self._counting, self._measuring):
            slot.want(None)
        self._rest.stop()
        self.surprised.emit(None)
        self.counted.emit(None)
        told, seed = (writing.label, writing.temperature), writing.seed
        if writing.label is not None:
            drafts = [Draft(None, None, *told, seed, DREAMS)]
        else:
            classes = range(min(DREAMS, self._writer.shape.classes))
            drafts = [Draft(None, None, k, writing.temperature, seed) for k in classes]
        self._dreams.want(self._writer, drafts)

    def _want_many(self) -> None:
        """Nothing has changed for a while: count what becomes of many."""
        self._rows_of_many = []
        if self._writer is not None and self._reader is not None:
            draft = self._draft(MANY)
            self._many.want_anew(Write(self._writer.ref, self._writer.shape, draft))

    def _stop(self) -> None:
        self._rest.stop()
        self._soon.stop()
        self._dreams.stop()
        for slot in self._slots:
            slot.want(None)
        if self._shown is not None:
            self._shown = None
            self.read.emit(None)
            self.written.emit(None)

    def _open(self, _: OpenWriter, writer: WriterModel) -> None:
        self._writer = writer
        self.opened.emit(writer)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.want(*wanted)

    def _come(self, _: Write, rows: tuple[WrittenRow, ...]) -> None:
        if rows[0].row == 0:
            self._rows = []
        self._rows += rows

    def _wrote(self, request: Write, _: None) -> None:
        if len(self._rows) == request.shape.side:
            self._judge(pictures_of(request.wish, self._rows))

    def _judge(self, pictures: Pictures) -> None:
        """Have the reader read them, and show them then: they are painted once."""
        self._unread = pictures
        reader = self._reader
        if reader is None:
            self._judging.want(None)
            self._show(Written(pictures))
        elif self._judging.settled:
            self._judging.want_anew(Classify(reader.ref, reader, pictures.pixels))

    def _judged(self, request: Classify, read: Array) -> None:
        pictures = self._unread
        if pictures is None:
            return
        if request.pixels is not pictures.pixels:
            self._judge(pictures)
            return
        self._show(Written(pictures, read))
        if self._wanted is not None and self._wanted[0].ends and not self._has_counted:
            self.counted.emit(Counted(len(read), shares(read)))

    def _come_of_many(self, _: Write, rows: tuple[WrittenRow, ...]) -> None:
        self._rows_of_many += rows

    def _wrote_many(self, request: Write, _: None) -> None:
        reader = self._reader
        if reader is not None:
            pixels = pictures_of(request.wish, self._rows_of_many).pixels
            self._counting.want_anew(Classify(reader.ref, reader, pixels))
        self._rows_of_many = []

    def _count(self, _: Classify, read: Array) -> None:
        self._has_counted = True
        self.counted.emit(Counted(len(read), shares(read)))

    def _measured(self, request: MeasureSurprise, nats: Array) -> None:
        """Of the rows that are there; that nothing stands below them is no surprise yet."""
        if self._wanted is not None:
            there = rows_given(self._wanted[1], request.pixels[0])
            rows = np.arange(len(nats[0]))[:, None]
            self.surprised.emit(np.where(rows < there, nats[0], 0))

    def _looked(self, _: ReadRaster, trace: Trace) -> None:
        self.read.emit(trace)

    def _show(self, written: Written) -> None:
        self._shown = written
        self.written.emit(written)

    def _models_changed(self, *_: object) -> None:
        if self._shown is not None:
            self._judging.want(None)
            self._judge(self._shown.pictures)
        if self._writer is not None and self._wanted is not None and self._wanted[0].ends:
            self._rest.start()

    def _failed(self, _: Request, failure: Failure) -> None:
        if not failure.is_silent:
            self.refused.emit(failure.why)
