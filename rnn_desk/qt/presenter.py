"""Between the drawing and the views: asks for Traces, and says what is to be shown.

Data flows one way: Document -> presenter -> worker -> presenter -> views.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from rnn_desk.core.card import InputReading
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.core.state_map import StateMap
from rnn_desk.core.trace import GradientTrace, Target, Trace
from rnn_desk.engine.foreign.limits import Limits
from rnn_desk.qt.worker import Worker

if TYPE_CHECKING:  # the engine brings onnxruntime along, which is loaded after the first paint
    from rnn_desk.engine.reading.lab import Accuracy, Lab
    from rnn_desk.engine.reading.reader import Reader

_TIMES_KEPT = 31
"""Answers over which the time shown is the median, so that it can be read."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What the views are to show.

    readers: the models, one, or two to be compared, or none yet. traces: one a model, or none
    where nothing is drawn. milliseconds: what a reading by the first model takes. beside: the
    readings, with gradients, of models of which nothing else is shown.
    """

    readers: tuple[Reader, ...]
    traces: tuple[Trace, ...] = ()
    milliseconds: float = 0.0
    beside: tuple[Trace, ...] = ()


@dataclass(frozen=True, eq=False)
class ModelWish:
    """A model and a device that somebody asked for; place 1 is beside the model at place 0.

    unwanted: set once nobody waits for it any longer. chosen: what a person said of files' inputs.
    """

    path: Path
    device: str
    place: int = 0
    unwanted: threading.Event = field(default_factory=threading.Event)
    chosen: Mapping[str, InputReading] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _ReadWish:
    number: int
    drawing: Drawing
    readers: tuple[Reader, ...]
    gradient_of: Target | None
    lab: Lab
    experiment: Experiment
    beside: tuple[Reader, ...] = ()


@dataclass(frozen=True, eq=False)
class _JudgeWish:
    lab: Lab
    experiment: Experiment


@dataclass(frozen=True, eq=False)
class _Answer:
    """The traces, and the readers that gave them: others than asked where a device failed."""

    traces: tuple[Trace, ...]
    readers: tuple[Reader, ...]
    beside: tuple[Trace, ...] = ()
    failure: Refused | None = None


class Presenter(QObject):
    """Keeps the newest drawing and the models, and announces what to show.

    A Trace is shown unless the drawing was replaced since (undone, cleared) or another model came:
    answers to numbers before that are stale and dropped. While a pen moves, the drawing only grows,
    and an answer to a moment ago is the newest there is.
    """

    shown = Signal(object)
    """A Shown."""
    refused = Signal(object)
    """A Refused: what was asked for could not be done; what is shown stays."""
    loading = Signal(object)
    """A ModelWish whose model is being opened."""
    stage = Signal(str)
    """What is being done to open it: a stage as the engine names them."""
    cancelled = Signal()
    """Nothing is being opened any more: somebody had enough of waiting."""
    moved = Signal(object)
    """The readers: the same models as before, on another device."""

    mapped = Signal(object)
    """A StateMap of the first model's top layer, None where it has no states, or a Refused."""

    judged = Signal(object, object)
    """An Experiment, and the Accuracy of the first model under it, or a Refused."""

    def __init__(self, limits: Limits, parent: QObject | None = None) -> None:
        """limits: what the examination of a model file may take; a reading may take as long."""
        super().__init__(parent)
        self._readers: tuple[Reader, ...] = ()
        self._lab: Lab | None = None
        self._mapped_of: Reader | None = None
        self._drawing = Drawing()
        self._gradient_of: Target | None = None
        self._beside_wanted: tuple[Path, ...] = ()
        self._beside: tuple[Reader, ...] = ()
        self._experiment = Experiment()
        self._number = 0
        self._oldest_wanted = 0
        self._shown_number = 0
        self._times: deque[float] = deque(maxlen=_TIMES_KEPT)
        # A model may read some pictures for ever that is quick with those it was examined with.
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(int(limits.seconds * 1000))
        self._patience.timeout.connect(self._give_up)
        self._limits = limits
        self._unwanted = threading.Event()
        self._opening = Worker(self._open, self)
        self._reading = Worker(_read, self)
        self._mapping = Worker(_map, self)
        self._judging = Worker(_judge, self)
        self._gathering = Worker(_gather, self)
        self._opening.answered.connect(self._opened)
        self._reading.answered.connect(self._read)
        self._mapping.answered.connect(self._mapped)
        self._judging.answered.connect(self._judged)
        self._gathering.answered.connect(self._gathered)
        self._workers = (
            self._opening,
            self._reading,
            self._mapping,
            self._judging,
            self._gathering,
        )
        for worker in self._workers:
            worker.start()

    @property
    def number(self) -> int:
        """The number of the newest drawing; each change of it counts one."""
        return self._number

    @property
    def shown_number(self) -> int:
        """The number of the drawing that the views were last told of."""
        return self._shown_number

    @property
    def readers(self) -> tuple[Reader, ...]:
        """The models that read now."""
        return self._readers

    @property
    def beside_ready(self) -> bool:
        """Whether the models beside, if any are wanted, have been opened."""
        return len(self._beside) == len(self._beside_wanted)

    def open(self, wish: ModelWish) -> None:
        """Open a model off the window's thread; until it is ready the old one answers."""
        self._unwanted.set()  # whatever is being opened just now
        self.loading.emit(wish)
        self._unwanted = wish.unwanted
        self._opening.ask(wish)

    def cancel_opening(self) -> None:
        """Open no model after all; the one before goes on reading."""
        self._unwanted.set()
        self.cancelled.emit()

    def move(self, before: tuple[Reader, ...], after: tuple[Reader, ...]) -> None:
        """The models `before` are on another device now, unless others have come since."""
        if self._readers == before:
            self._readers = after
            if self._lab is not None:
                self._lab = self._lab.of(after[0])
            self._times.clear()
            self.moved.emit(after)
            self._ask(fresh=False)
            self._judge()

    def exchange(self, before: Reader, after: Reader) -> None:
        """A model that reads shows more than before, or less, unless another has come since."""
        if before in self._readers:
            self.use(tuple(after if each is before else each for each in self._readers))

    def use(self, readers: tuple[Reader, ...]) -> None:
        """These models read from now on; one of another picture size cannot stay beside the new."""
        from rnn_desk.engine.reading.lab import Lab  # a model is open, so the engine is loaded

        for reader in self._readers:
            if reader not in readers:
                reader.give_up(for_good=True)  # its next letter may be waiting already
        self._readers = tuple(r for r in readers if r.card.frame == readers[0].card.frame)
        for reader in self._readers:
            reader.take_up()
        if self._lab is None or self._lab.reader is not readers[0]:
            self._lab = Lab(readers[0])
        self._times.clear()
        self.shown.emit(Shown(self._readers))
        self._ask(fresh=True)
        if self._mapped_of is not readers[0]:
            self._mapped_of = readers[0]
            self._mapping.ask(readers[0])
        self._judge()

    def stop_comparing(self) -> None:
        """Let the second model go."""
        self.use(self._readers[:1])

    def show(self, drawing: Drawing) -> None:
        """This is the drawing now."""
        before, self._drawing = self._drawing, drawing
        if drawing.strokes != before.strokes:
            self._ask(fresh=not _grew(before, drawing))

    def want_gradients(self, target: Target | None) -> None:
        """Traces carry the gradient of this class, or none, from now on."""
        if target != self._gradient_of:
            self._gradient_of = target
            self._ask(fresh=True)

    def want_beside(self, paths: tuple[Path, ...]) -> None:
        """While gradients are wanted, those of these models are wanted too; or of none."""
        self._beside_wanted, self._beside = paths, ()
        if paths:
            self._gathering.ask(paths)
        self._ask(fresh=False)

    def try_out(self, experiment: Experiment) -> None:
        """This is done to the picture and to the first model from now on."""
        self._experiment = experiment
        self._ask(fresh=False)
        self._judge()

    def stop(self) -> None:
        """End the threads, and what is being opened."""
        self._unwanted.set()
        for reader in self._readers:
            reader.give_up(for_good=True)
        for worker in self._workers:
            worker.stop()

    def _ask(self, fresh: bool) -> None:
        self._number += 1
        if fresh:
            self._oldest_wanted = self._number
        if not self._drawing.strokes:
            self._shown_number = self._number
            self.shown.emit(Shown(self._readers))
        elif self._lab is not None:
            if not self._patience.isActive():
                self._patience.start()
            self._reading.ask(
                _ReadWish(
                    self._number,
                    self._drawing,
                    self._readers,
                    self._gradient_of,
                    self._lab,
                    self._experiment,
                    self._others_beside(),
                )
            )

    def _others_beside(self) -> tuple[Reader, ...]:
        """Those of the models beside that are not shown anyway, and read such pictures."""
        shown = {reader.identity.sha256 for reader in self._readers}
        frame = self._readers[0].card.frame
        return tuple(
            reader
            for reader in self._beside
            if reader.identity.sha256 not in shown and reader.card.frame == frame
        )

    def _gathered(self, paths: tuple[Path, ...], answer: tuple[Reader, ...] | Refused) -> None:
        if paths != self._beside_wanted:
            return
        if isinstance(answer, Refused):
            self.refused.emit(answer)
            return
        self._beside = answer
        self._ask(fresh=False)

    def _judge(self) -> None:
        """How well the reference digits are read under the experiment, if there is one."""
        if self._experiment.on and self._lab is not None:
            self._judging.ask(_JudgeWish(self._lab, self._experiment))

    def _judged(self, wish: _JudgeWish, answer: Accuracy | Refused) -> None:
        if (wish.lab, wish.experiment) == (self._lab, self._experiment):
            self.judged.emit(wish.experiment, answer)

    def _read(self, wish: _ReadWish, answer: _Answer | Refused) -> None:
        self._patience.stop()
        if wish.number != self._number and self._drawing.strokes:
            self._patience.start()  # for the one that came meanwhile
        if isinstance(answer, _Answer) and answer.failure and self._readers == wish.readers:
            self.move(wish.readers, answer.readers)
            self.refused.emit(Refused("{reason}; the CPU reads now", reason=answer.failure))
        if wish.number < self._oldest_wanted:
            return
        self._shown_number = wish.number
        if isinstance(answer, Refused):
            self.refused.emit(answer)
            return
        self._oldest_wanted = wish.number  # never go back to an older one
        first = answer.traces[0]
        if answer.readers == self._readers:  # else it tells of the device before
            self._times.append(first.timings.total)
        erased = first.raster.is_blank and not wish.experiment.changes_picture
        traces = () if erased else answer.traces
        beside = answer.beside if traces else ()
        self.shown.emit(Shown(self._readers, traces, median(self._times or [0.0]), beside))

    def _open(self, wish: ModelWish) -> Reader | None:
        """On the worker's thread: the model, or None if it is not wanted any more."""
        from rnn_desk.engine.foreign.examiner import Cancelled
        from rnn_desk.engine.foreign.opening import open_model

        try:
            return open_model(
                wish.path,
                wish.device,
                self._limits,
                self.stage.emit,
                wish.unwanted.is_set,
                wish.chosen,
            )
        except Cancelled:
            return None

    def _opened(self, wish: ModelWish, answer: Reader | Refused | None) -> None:
        if answer is None or wish.unwanted.is_set():
            return
        if isinstance(answer, Refused):
            self.refused.emit(answer)
        elif wish.place == 0 or not self._readers:
            self.use((answer, *self._readers[1:]))
        elif answer.card.frame != self._readers[0].card.frame:
            self.refused.emit(
                Refused(
                    "{file} reads pictures of {side} rows, and cannot stand beside a model that "
                    "reads {rows}: choose another one",
                    file=wish.path,
                    side=answer.card.side,
                    rows=self._readers[0].card.side,
                )
            )
        else:
            self.use((self._readers[0], answer))

    def _give_up(self) -> None:
        """End what models do that may never come to an end."""
        for reader in self._readers:
            reader.give_up()

    def _mapped(self, reader: Reader, answer: StateMap | Refused | None) -> None:
        if reader.findings is self._readers[0].findings:  # the same model, on whatever device
            self.mapped.emit(answer)


def _map(reader: Reader) -> StateMap | None:
    from rnn_desk.engine.reading.state_map import state_map

    return state_map(reader)


def _read(wish: _ReadWish) -> _Answer:
    from rnn_desk.engine.runtime.devices import CPU
    from rnn_desk.engine.runtime.sessions import DeviceFailed

    try:
        traces = _traces(wish.readers, wish)
        return _Answer(traces, wish.readers, _traces_beside(traces[0], wish))
    except DeviceFailed as failure:
        readers = tuple(reader.on(CPU) for reader in wish.readers)
        traces = _traces(readers, wish)
        return _Answer(traces, readers, _traces_beside(traces[0], wish), failure)


def _traces(readers: tuple[Reader, ...], wish: _ReadWish) -> tuple[Trace, ...]:
    lab, others = wish.lab.of(readers[0]), readers[1:]
    trace = lab.read(wish.drawing, wish.experiment)
    traces = [reader.read(trace.raster) for reader in others]
    if wish.gradient_of is not None and not trace.raster.is_blank:
        trace = lab.with_gradient(trace, wish.gradient_of, wish.experiment)
        traces = [
            reader.with_gradient(each, wish.gradient_of)
            for reader, each in zip(others, traces, strict=True)
        ]
    return (trace, *traces)


def _traces_beside(first: Trace, wish: _ReadWish) -> tuple[Trace, ...]:
    """What the models beside make of the same picture, with the gradient of the same class."""
    if not isinstance(first.gradient, GradientTrace):
        return ()
    target = first.gradient.target
    traces = (reader.with_gradient(reader.read(first.raster), target) for reader in wish.beside)
    return tuple(trace for trace in traces if isinstance(trace.gradient, GradientTrace))


def _gather(paths: tuple[Path, ...]) -> tuple[Reader, ...]:
    from rnn_desk.engine.foreign.opening import open_model
    from rnn_desk.engine.runtime.devices import CPU

    return tuple(open_model(path, CPU.name) for path in paths)


def _judge(wish: _JudgeWish) -> Accuracy:
    return wish.lab.accuracy(wish.experiment)


def _grew(before: Drawing, after: Drawing) -> bool:
    """Whether `after` is `before` with more of the last stroke, or with strokes added to it."""
    if not 0 < len(before.strokes) <= len(after.strokes):
        return False
    *done, last = zip(before.strokes, after.strokes, strict=False)
    return all(a is b for a, b in done) and bool((last[0].points[0] == last[1].points[0]).all())
