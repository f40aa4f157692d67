"""Requests as the window makes them: what is wanted, and for which moment of which sheet.

Two requests are equal where one's answer is the other's, but for the moment. A *sheet* is begun by
whatever makes an earlier answer wrong (undo, clear, another drawing); growing ink and a dragged
slider only raise the *moment* on it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rnn_desk.core import card as cards
from rnn_desk.core.apart import Apart, read_apart, standing_apart
from rnn_desk.core.arrays import NDArray
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import ModelCard
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.lab import Accuracy, Experiment, altered
from rnn_desk.core.orientation import UPRIGHT, Orientation
from rnn_desk.core.picture import Original, raster_of
from rnn_desk.core.raster import Frame, Raster
from rnn_desk.core.ruled import raster_on, rows_given
from rnn_desk.core.state_map import StateMap
from rnn_desk.core.trace import Target, Trace
from rnn_desk.core.writing import Wish, WriterShape, WrittenRow
from rnn_desk.protocol import answers, checks
from rnn_desk.protocol import requests as wire
from rnn_desk.protocol.by_hand import Offered, TriedByHand
from rnn_desk.protocol.devices import Device, DeviceFigures
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import Model, ModelRef, Watchable, WriterModel
from rnn_desk.protocol.report import Report
from rnn_desk.protocol.sentences import ProtocolError

QUICK_POINTS = 600
"""Of a drawing whose raster takes no longer than to paint the window; a digit has some hundred."""

_PLAIN = Experiment()


@frozen
class Request:
    """What is wanted of an engine process.

    `work` makes the message, off the window's thread, but for what `prepare` did there; `value`
    makes of the answer what the window shows, off it too, and raises ProtocolError, Refused and
    NotFinite.
    """

    moment: int = field(default=0, compare=False, kw_only=True)

    live = False
    """Whether it comes before whatever takes long."""

    @property
    def outlasts(self) -> bool:
        """Whether it is answered although something else is wanted by now: what takes long is
        ended instead."""
        return self.live

    @property
    def model(self) -> Model | None:
        """The opened model that is asked, if one is."""
        return None

    def prepare(self) -> bool:
        """Do of the message what is quick, on the thread that asks: on any other one it would wait
        for the interpreter, which paints, at each of some hundred calls of NumPy. Returns whether
        that is all of it that takes any time."""
        return False

    def work(self) -> wire.Work:
        """The message."""
        raise NotImplementedError

    def value(self, answer: answers.Answer) -> Any:
        """What the answer says, checked."""
        raise NotImplementedError


@frozen
class OfModel(Request):
    """Something that is wanted of an opened model."""

    ref: ModelRef
    opened: Model = field(compare=False, repr=False)

    @property
    def model(self) -> Model:
        return self.opened


@frozen
class Opened:
    """A model that is open. why: why on that device, where the fastest was asked for. speeds: what
    devices took for a digit."""

    model: Model
    why: Refused | None
    speeds: Mapping[str, float | None]


@frozen
class Open(Request):
    """Open a model; or bring one that is open to another device, or let it bring out other tensors.

    before: the same model, as it is open already; what was found out about it is kept.
    """

    ref: ModelRef
    chosen: Mapping[str, ByHand] = field(default_factory=dict, compare=False)
    speeds: Mapping[str, float | None] = field(default_factory=dict, compare=False)
    before: Model | None = field(default=None, compare=False, repr=False)

    def work(self) -> wire.Work:
        before = self.before
        return wire.Open(
            self.ref,
            dict(self.chosen),
            "" if before is None else before.fingerprint,
            None if before is None else Known.of(before.findings),
            dict(self.speeds),
        )

    def value(self, answer: answers.Answer) -> Opened:
        told = _of(answer, answers.Opened)
        return Opened(checks.model_of(self.ref, told), told.why, told.speeds)


@frozen(eq=False)
class Source:
    """What is to be read: what is on the canvas, with what the lab does to it.

    frame: into what it is fitted. orientation: how the picture lies as it is read. ruled: see
    `core.ruled`. One source may be read by several models: its raster is made once, when it is
    first asked for.
    """

    original: Original = field(repr=False)
    frame: Frame
    experiment: Experiment = _PLAIN
    orientation: Orientation = UPRIGHT
    ruled: bool = False

    @cached_property
    def rastered(self) -> tuple[Raster, float]:
        """The raster, and the milliseconds that it took."""
        began = time.perf_counter()
        plain = raster_on(self.original, self.ruled, *self.frame)
        raster = altered(plain, self.experiment, orientation=self.orientation)
        return raster, (time.perf_counter() - began) * 1e3

    def prepare(self) -> bool:
        """Make the raster where that is quick; see `Request.prepare`."""
        quick = isinstance(self.original, Drawing) and (
            sum(len(stroke.points) for stroke in self.original.strokes) <= QUICK_POINTS
        )
        if quick:
            self.rastered  # noqa: B018  it is kept
        return quick


@frozen
class Read(OfModel):
    """Read a source.

    gradient: of which class, None for none. whole: whether the gradient is to be in this reading;
    it takes longer than all else, and so is left out of some while others follow. sheet: see this
    module.
    """

    source: Source = field(compare=False, repr=False)
    experiment: Experiment = field(default=_PLAIN, compare=False)
    gradient: Target | None = None
    sheet: int = 0
    whole: bool = field(default=True, compare=False)

    live = True

    def prepare(self) -> bool:
        return self.source.prepare()

    def work(self) -> wire.Work:
        raster, _ = self.source.rastered
        return wire.Read(self.ref, raster.pixels, self.experiment, self._gradient(raster))

    def value(self, answer: answers.Answer) -> Trace:
        raster, milliseconds = self.source.rastered
        asked = self._gradient(raster) is not None
        reading = _of(answer, answers.Reading)
        return checks.trace_of(self.opened, raster, milliseconds, reading, asked)

    def _gradient(self, raster: Raster) -> Target | None:
        return None if raster.is_blank or not self.whole else self.gradient


@frozen
class ReadRaster(OfModel):
    """Read a picture that is made already, as the command line does."""

    raster: Raster = field(compare=False, repr=False)
    raster_ms: float = field(default=0.0, compare=False)
    gradient: Target | None = None

    live = True

    def work(self) -> wire.Work:
        return wire.Read(self.ref, self.raster.pixels, Experiment(), self.gradient)

    def value(self, answer: answers.Answer) -> Trace:
        reading = _of(answer, answers.Reading)
        return checks.trace_of(
            self.opened, self.raster, self.raster_ms, reading, self.gradient is not None
        )


@frozen
class Classify(OfModel):
    """Probabilities `[n, classes]` of pictures `[n, side, side]`."""

    pixels: NDArray[np.float32] = field(compare=False, repr=False)

    def work(self) -> wire.Work:
        return wire.Classify(self.ref, self.pixels)

    def value(self, answer: answers.Answer) -> Any:
        told = _of(answer, answers.Classified)
        return checks.check_classified(self.opened, len(self.pixels), told)


@frozen(eq=False)
class Classified:
    """probabilities: `[n, classes]`. familiarity: `[n]`, 0..1, or why it cannot be had."""

    probabilities: NDArray[np.float32]
    familiarity: NDArray[np.float32] | Refused | None


@frozen
class ReadMany(Classify):
    """Probabilities of pictures `[n, side, side]`, and how familiar each is."""

    def work(self) -> wire.Work:
        return wire.Classify(self.ref, self.pixels, familiar=True)

    def value(self, answer: answers.Answer) -> Classified:
        told = _of(answer, answers.Classified)
        familiarity = checks.check_familiarities(len(self.pixels), told)
        return Classified(super().value(answer), familiarity)


@frozen
class ReadApart(OfModel):
    """The digits of a drawing, each read by itself: an Apart; None where it is not of several."""

    drawing: Drawing = field(repr=False)

    @cached_property
    def rasters(self) -> tuple[Raster, ...]:
        """What the model sees of each digit."""
        frame = self.opened.card.frame
        return tuple(part.raster(*frame) for part in standing_apart(self.drawing))

    def work(self) -> wire.Work:
        side = self.opened.card.side
        pixels = [raster.pixels for raster in self.rasters]
        several = np.array(pixels, np.float32).reshape(-1, side, side)
        return wire.Classify(self.ref, several, familiar=True)

    def value(self, answer: answers.Answer) -> Apart | None:
        told, count = _of(answer, answers.Classified), len(self.rasters)
        probabilities = checks.check_classified(self.opened, count, told)
        familiarity = checks.check_familiarities(count, told)
        if not isinstance(familiarity, np.ndarray):
            return None
        return read_apart(self.rasters, self.opened.card.classes, probabilities, familiarity)


@frozen
class ReadDrawings(OfModel):
    """The classes, by their places, that drawings are read as; -1 for one without ink."""

    drawings: tuple[Drawing, ...] = field(repr=False)

    @cached_property
    def rasters(self) -> tuple[Raster, ...]:
        """What the model sees of each."""
        frame = self.opened.card.frame
        return tuple(raster_of(drawing, *frame) for drawing in self.drawings)

    def work(self) -> wire.Work:
        side = self.opened.card.side
        pixels = [raster.pixels for raster in self.rasters]
        return wire.Classify(self.ref, np.array(pixels, np.float32).reshape(-1, side, side))

    def value(self, answer: answers.Answer) -> tuple[int, ...]:
        told = _of(answer, answers.Classified)
        probabilities = checks.check_classified(self.opened, len(self.drawings), told)
        read = zip(self.rasters, probabilities, strict=True)
        return tuple(-1 if raster.is_blank else int(part.argmax()) for raster, part in read)


@frozen
class MapStates(OfModel):
    """The map of the top layer's states."""

    def work(self) -> wire.Work:
        return wire.MapStates(self.ref)

    def value(self, answer: answers.Answer) -> StateMap | None:
        return checks.map_of(self.opened, _of(answer, answers.MappedStates))


@frozen
class MeasureAccuracy(OfModel):
    """How well the reference digits are read under an experiment."""

    experiment: Experiment

    def work(self) -> wire.Work:
        return wire.MeasureAccuracy(self.ref, self.experiment)

    def value(self, answer: answers.Answer) -> Accuracy:
        accuracy: Accuracy = _of(answer, answers.Measured).accuracy
        if not (0 <= accuracy.plain <= 1 and 0 <= accuracy.altered <= 1 and accuracy.count > 0):
            raise ProtocolError("an accuracy that is none")
        return accuracy


@frozen
class MakeReport(OfModel):
    """How the model reads the reference digits under other pens."""

    def work(self) -> wire.Work:
        return wire.MakeReport(self.ref)

    def value(self, answer: answers.Answer) -> Report:
        return checks.report_of(self.opened, _of(answer, answers.Reported))


@frozen
class FindWatchable(OfModel):
    """Every tensor that can be watched."""

    def work(self) -> wire.Work:
        return wire.FindWatchable(self.ref)

    def value(self, answer: answers.Answer) -> tuple[Watchable, ...]:
        return checks.check_watchables(self.opened, _of(answer, answers.Watchables).tensors)


@frozen
class SaveCopy(OfModel):
    """The bytes of a copy of the model's file that carries its card."""

    scaled: bool

    def work(self) -> wire.Work:
        return wire.SaveCopy(self.ref, self.scaled)

    def value(self, answer: answers.Answer) -> bytes:
        file: NDArray[np.uint8] = _of(answer, answers.Copied).file
        return file.tobytes()


@frozen
class ReadCards(Request):
    """The cards of models that the program brings, by their files."""

    paths: tuple[Path, ...]

    def work(self) -> wire.Work:
        return wire.ReadCards(tuple(map(str, self.paths)))

    def value(self, answer: answers.Answer) -> dict[Path, ModelCard]:
        told = _of(answer, answers.Cards).cards
        return {Path(path): cards.presentable(cards.from_json(c)) for path, c in told.items()}


@frozen
class KnownDevices:
    """What a model can run on here. clash: what is wrong with the installed wheels."""

    devices: tuple[Device, ...]
    clash: Refused | None
    onnxruntime: str


@frozen
class ListDevices(Request):
    """Every device that the program knows, each that may be usable tried."""

    def work(self) -> wire.Work:
        return wire.ListDevices()

    def value(self, answer: answers.Answer) -> KnownDevices:
        told = _of(answer, answers.Devices)
        return KnownDevices(told.devices, told.clash, told.onnxruntime)


@frozen
class Bench(OfModel):
    """How fast the model is on devices: a part for each, its figures or why there are none."""

    devices: tuple[str, ...] = ()
    batches: tuple[int, ...] = ()
    seconds: float = 1.0

    def work(self) -> wire.Work:
        return wire.Bench(self.ref, self.devices, self.batches, self.seconds)

    def value(self, answer: answers.Answer) -> DeviceFigures | Refused | str:
        """A device's figures, why there are none, or onnxruntime's version at the end."""
        match answer:
            case answers.Benched(figures=figures, why=why):
                if figures is not None:
                    return checks.check_figures(figures)
                if why is None:
                    raise ProtocolError("neither figures nor why there are none")
                return why
            case _:
                return str(_of(answer, answers.BenchDone).onnxruntime)


@frozen
class OfWriter(Request):
    """Something that is wanted of a model that writes."""

    ref: ModelRef


@frozen
class OpenWriter(OfWriter):
    """Open a model that writes."""

    def work(self) -> wire.Work:
        return wire.OpenWriter(self.ref)

    def value(self, answer: answers.Answer) -> WriterModel:
        return checks.writer_of(self.ref, _of(answer, answers.WriterOpened))


@frozen(eq=False)
class Draft:
    """What is to be written, before it is known how the drawing's rows look.

    source: of the drawing that is begun, None for nothing. row: the last one of it that is kept,
    None for all that it can be gone on from (`core.ruled`). The others: see `core.writing.Wish`.
    """

    source: Source | None = field(default=None, repr=False)
    row: int | None = None
    label: int | None = None
    temperature: float = 1.0
    seed: int = 0
    count: int = 1

    def wish(self, side: int) -> Wish:
        """What a writer of pictures of that side is asked for."""
        given = np.zeros((0, side), np.float32)
        if self.source is not None:
            pixels = self.source.rastered[0].pixels
            given = pixels[: rows_given(self.source.original, pixels, self.row)]
        return Wish(given, self.label, self.temperature, self.seed, self.count)


@frozen
class OfFile(Request):
    """Something that is wanted of a file that is not open: a process of its own does it, and ends.

    ref: its file, with what a person says of it.
    """

    ref: ModelRef


@frozen
class LookInto(OfFile):
    """What there is to choose from, to open the file by hand."""

    def work(self) -> wire.Work:
        return wire.LookInto(self.ref)

    def value(self, answer: answers.Answer) -> Offered:
        return checks.offered_of(_of(answer, answers.LookedInto))


@frozen
class TryByHand(OfFile):
    """What comes of a choice on the source, whose frame is that of the choice."""

    source: Source = field(repr=False)

    def work(self) -> wire.Work:
        raster, _ = self.source.rastered
        return wire.TryByHand(self.ref, raster.pixels)

    def value(self, answer: answers.Answer) -> TriedByHand:
        return checks.tried_of(_of(answer, answers.CameOf))


@frozen
class Write(OfWriter):
    """Write pictures: their rows come in parts, as they are written, and the answer is None.

    Not live: between two rows, what comes from the pen is read. sheet: see this module. goes_on:
    whether it is written to its end although more is begun by now, as what takes no longer than the
    pen from one point to the next.
    """

    shape: WriterShape
    draft: Draft = field(compare=False, repr=False)
    sheet: int = 0
    goes_on: bool = field(default=False, compare=False)

    @property
    def outlasts(self) -> bool:
        return self.goes_on

    @cached_property
    def wish(self) -> Wish:
        """What the writer is asked for."""
        return self.draft.wish(self.shape.side)

    def prepare(self) -> bool:
        return self.draft.source is not None and self.draft.source.prepare()

    def work(self) -> wire.Work:
        wish = self.wish
        return wire.Write(self.ref, wish.given, wish.label, wish.temperature, wish.seed, wish.count)

    def value(self, answer: answers.Answer) -> tuple[WrittenRow, ...] | None:
        if isinstance(answer, answers.Written):
            return None
        return checks.rows_of(self.shape, self.wish, _of(answer, answers.RowsWritten))


@frozen
class MeasureSurprise(OfWriter):
    """Nats `[n, side, side]` of pictures of greys, the class known or None. rows: how many of them
    are there, None for all; those below have none. sheet: see this module."""

    pixels: NDArray[np.float32] = field(compare=False, repr=False)
    label: int | None = None
    rows: int | None = field(default=None, compare=False)
    sheet: int = 0

    def work(self) -> wire.Work:
        return wire.MeasureSurprise(self.ref, self.pixels, self.label, self.rows)

    def value(self, answer: answers.Answer) -> NDArray[np.float32]:
        count, side, _ = self.pixels.shape
        return checks.surprise_of(count, side, _of(answer, answers.Surprised))


def _of(answer: answers.Answer, kind: type[Any]) -> Any:
    if not isinstance(answer, kind):
        raise ProtocolError(f"{type(answer).__name__} where {kind.__name__} is due")
    return answer
