"""Between the drawing and the views: asks for Traces, and says what is to be shown.

Data flows one way: Document -> presenter -> worker -> presenter -> views.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from rnn_desk.app.limits import Limits
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Original, shows_the_same
from rnn_desk.core.trace import Target, Trace
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.readings import Answer, ReadWish, read
from rnn_desk.qt.work.turns import Turns
from rnn_desk.qt.work.worker import Worker
from rnn_desk.qt.work.yardsticks import Yardsticks

if TYPE_CHECKING:  # the engine brings onnxruntime along, which is loaded after the first paint
    from rnn_desk.engine.reading.reader import Reader

WHOLE_MS = 60
"""Milliseconds between two whole readings while a pen moves, with glimpses between them. Gates and
gradients take far longer than all the rest, to work out and to paint; and numbers in an equation or
a line on a log axis that change 120 times a second say no more than at 16 times."""

AFFORDED_MS = 12
"""Milliseconds that a whole reading, painted, may hold a moving pen up; where it takes longer, as
with two models and the gradients of both, it waits until the pen rests."""

REST_MS = 30
"""Milliseconds without a movement after which a pen rests: a mouse tells of one every 8 to 16."""

_WHOLES_KEPT = 5
"""Whole readings over whose time the median tells whether a moving pen can afford them: the first
ones are slow, until all that they need has been loaded."""

_TIMES_KEPT = 31
"""Answers over which the time shown is the median, so that it can be read."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What the views are to show.

    traces: one a model, or none where nothing is drawn. beside: the readings, with gradients, of
    models of which nothing else is shown. glimpse: the traces have no gates and no gradients; whole
    ones follow in a moment.
    """

    traces: tuple[Trace, ...] = ()
    beside: tuple[Trace, ...] = ()
    glimpse: bool = False


class Presenter(QObject):
    """Keeps the newest drawing, and announces what to show of it.

    A Trace is shown unless the drawing was replaced since (undone, cleared) or another model came:
    answers to numbers before that are stale and dropped. While a pen moves, the drawing only grows,
    and an answer to a moment ago is the newest there is.
    """

    shown = Signal(object)
    """A Shown."""
    timed = Signal(float)
    """The milliseconds that a reading by the first model usually takes."""
    refused = Signal(object)
    """A Refused: what was asked for could not be done; what is shown stays."""

    def __init__(
        self,
        models: LoadedModels,
        yardsticks: Yardsticks,
        limits: Limits,
        parent: QObject | None = None,
    ) -> None:
        """limits: what the examination of a model file may take; a reading may take as long."""
        super().__init__(parent)
        self._models = models
        self._yardsticks = yardsticks
        self._drawing: Original = Drawing()
        self._gradient_of: Target | None = None
        self._experiment = Experiment()
        self._whole_owed = False
        self._whole_ms = deque([0.0] * _WHOLES_KEPT, _WHOLES_KEPT)
        self._between_wholes = QTimer(self)
        self._at_rest = QTimer(self)
        for timer, ms in ((self._between_wholes, WHOLE_MS), (self._at_rest, REST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(ms)
        self._at_rest.timeout.connect(self._pay_whole)
        self._number = 0
        self._oldest_wanted = 0
        self._shown_number = 0
        self._trace: Trace | None = None
        self._times: deque[float] = deque(maxlen=_TIMES_KEPT)
        # A model may read some pictures for ever that is quick with those it was examined with.
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(int(limits.seconds * 1000))
        self._patience.timeout.connect(models.give_up)
        self._reading = Worker(read, self)
        self._turns = Turns(self._reading, self)
        self._turns.over.connect(self._turn_over)
        self._preparing = Worker(_prepare, self)
        self._reading.answered.connect(self._read)
        self._reading.start()
        self._preparing.start()
        models.changed.connect(self._models_changed)
        models.moved.connect(self._models_moved)
        yardsticks.changed.connect(lambda: self._ask(fresh=False))

    @property
    def number(self) -> int:
        """The number of the newest drawing; each change of it counts one."""
        return self._number

    @property
    def shown_number(self) -> int:
        """The number of the drawing that the views were last told of."""
        return self._shown_number

    @property
    def settled(self) -> bool:
        """Whether the views were shown a whole reading of the newest drawing."""
        return self._shown_number == self._number and not self._whole_owed

    @property
    def trace(self) -> Trace | None:
        """The first model's whole Trace that is shown, if any."""
        return self._trace

    def show(self, drawing: Original) -> None:
        """This is on the canvas now: the drawing, or a picture in place of one."""
        before, self._drawing = self._drawing, drawing
        if not shows_the_same(drawing, before):
            grew = _grew(before, drawing)
            self._ask(fresh=not grew, in_motion=grew or _began(before, drawing))

    def read_again(self) -> None:
        """Read once more what is shown, to tell by it nothing but how long a reading takes."""
        if self.settled and not self._drawing.is_empty and self._models.lab is not None:
            self._send(timing=True)

    def time_anew(self) -> None:
        """Tell of no reading's time so far: the first ones by a model, while its map is being made,
        take several times as long as any after them."""
        self._times.clear()
        self.read_again()

    def want_gradients(self, target: Target | None) -> None:
        """Traces carry the gradient of this class, or none, from now on."""
        if target != self._gradient_of:
            self._gradient_of = target
            self._prepare()
            self._ask(fresh=True)

    def try_out(self, experiment: Experiment) -> None:
        """This is done to the picture and to the first model from now on."""
        self._experiment = experiment
        self._ask(fresh=False)

    def stop(self) -> None:
        """End the threads."""
        self._reading.stop()
        self._preparing.stop()

    def _models_changed(self, *_: object) -> None:
        self._times.clear()
        self._show(Shown())
        self._ask(fresh=True)
        self._prepare()

    def _models_moved(self, *_: object) -> None:
        self._times.clear()
        self._ask(fresh=False)

    def _ask(self, fresh: bool, in_motion: bool = False) -> None:
        """Have the drawing read; in motion, a glimpse will do while a whole one is not long ago."""
        self._number += 1
        if fresh:
            self._oldest_wanted = self._number
        soon = self._between_wholes.isActive() or median(self._whole_ms) > AFFORDED_MS
        self._whole_owed = in_motion and soon
        if self._whole_owed:
            self._at_rest.start()
        if self._drawing.is_empty:
            self._shown_number = self._number
            self._show(Shown())
        elif self._models.lab is not None:
            self._send()

    def _send(self, timing: bool = False) -> None:
        """Leave the drawing as it is now for the thread that reads."""
        assert self._models.lab is not None
        if not self._patience.isActive():
            self._patience.start()
        self._turns.ask(
            ReadWish(
                self._number,
                self._drawing,
                self._models.readers,
                self._gradient_of,
                self._models.lab,
                self._experiment,
                self._others_beside(),
                glimpse=self._whole_owed,
                timing=timing,
            )
        )

    def _prepare(self) -> None:
        """Work out how gradients are had before the pen asks for the first: it takes 100 ms."""
        if self._gradient_of is not None:
            self._preparing.ask(self._models.readers)

    def _turn_over(self, wish: ReadWish, milliseconds: float) -> None:
        if not wish.glimpse:
            self._whole_ms.append(milliseconds)

    def _pay_whole(self) -> None:
        if self._whole_owed:
            self._ask(fresh=False)

    def _others_beside(self) -> tuple[Reader, ...]:
        """Those of the models beside that are not shown anyway, and read such pictures."""
        readers = self._models.readers
        shown = {reader.identity.sha256 for reader in readers}
        frame = readers[0].card.frame
        return tuple(
            reader
            for reader in self._yardsticks.readers
            if reader.identity.sha256 not in shown and reader.card.frame == frame
        )

    def _read(self, wish: ReadWish, answer: Answer | Refused) -> None:
        self._patience.stop()
        if wish.number != self._number and not self._drawing.is_empty:
            self._patience.start()  # for the one that came meanwhile
        models = self._models
        if isinstance(answer, Answer) and answer.failure and models.readers == wish.readers:
            models.move(wish.readers, answer.readers)
            self.refused.emit(Refused("{reason}; the CPU reads now", reason=answer.failure))
        if wish.number < self._oldest_wanted:
            return
        self._shown_number = wish.number
        if isinstance(answer, Refused):
            self.refused.emit(answer)
            return
        self._oldest_wanted = wish.number  # never go back to an older one
        first = answer.traces[0]
        if not wish.glimpse and answer.readers == models.readers:  # else of the device before
            self._times.append(first.timings.total)
            self.timed.emit(median(self._times))
        if wish.timing:
            return
        if not wish.glimpse:
            self._between_wholes.start()
        erased = first.raster.is_blank and not wish.experiment.changes_picture
        traces = () if erased else answer.traces
        beside = answer.beside if traces else ()
        self._show(Shown(traces, beside, glimpse=wish.glimpse))

    def _show(self, shown: Shown) -> None:
        if not (shown.glimpse and shown.traces):
            self._trace = shown.traces[0] if shown.traces else None
        self.shown.emit(shown)


def _prepare(readers: tuple[Reader, ...]) -> None:
    for reader in readers:
        reader.prepare_gradients()


def _grew(before: Original, after: Original) -> bool:
    """Whether `after` is `before` with more of the last stroke, or with strokes added to it."""
    if not 0 < len(before.strokes) <= len(after.strokes):
        return False
    *done, last = zip(before.strokes, after.strokes, strict=False)
    return all(a is b for a, b in done) and bool((last[0].points[0] == last[1].points[0]).all())


def _began(before: Original, after: Original) -> bool:
    """Whether `after` is the first point on an empty sheet."""
    return not before.strokes and len(after.strokes) == 1 and len(after.strokes[0].points) == 1
