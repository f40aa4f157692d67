"""Between the drawing and the views: wants readings, and says what is to be shown.

Data flows one way: state -> presenter -> jobs -> engine -> jobs -> presenter -> views.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import replace
from functools import partial
from statistics import median

from PySide6.QtCore import QObject, QTimer, Signal

from rnn_desk.app.jobs import Slot
from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Read, Source
from rnn_desk.app.wanted import Sheet
from rnn_desk.core.frozen import frozen
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Original
from rnn_desk.core.trace import GradientTrace, Target, Trace
from rnn_desk.protocol.answers import Cause
from rnn_desk.qt.work.baselines import Baselines
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.models import LoadedModels

PAIR_MS = 12
"""Milliseconds that one model's reading waits for the other's of the same moment, so that the
window is painted once for both; a slow model's readings are shown when they come."""

GRADIENT_MS = 56
"""Milliseconds between two readings with gradients, at the least: a gradient takes some times as
long as all else of a reading, and the pen would wait for each."""

_TIMES_KEPT = 31
"""Answers over which the time shown is the median, so that it can be read."""


@frozen(eq=False)
class Shown:
    """What the views are to show.

    traces: one a model, or none where nothing is drawn. beside: the readings, with gradients, of
    models of which nothing else is shown.
    """

    traces: tuple[Trace, ...] = ()
    beside: tuple[Trace, ...] = ()


class Presenter(QObject):
    """Keeps the newest drawing, and announces what to show of it.

    Whatever makes an earlier reading wrong (undone, cleared, another model) begins a new sheet;
    while a pen moves, the drawing only grows, and a reading of a moment ago is the newest there is.
    """

    shown = Signal(object)
    """A Shown."""
    timed = Signal(float)
    """The milliseconds that a reading by the first model usually takes."""
    refused = Signal(object)
    """A Refused: what was asked for could not be done; what is shown stays."""
    device_failed = Signal(object, object)
    """A Model whose device failed under it, and a Refused that says how."""

    def __init__(
        self,
        engine: Engine,
        models: LoadedModels,
        baselines: Baselines,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._models = models
        self._baselines = baselines
        self._sheet = Sheet()
        self._shown_moment = -1
        self._source: Source | None = None
        self._traces: list[Trace | None] = [None, None]
        self._moments = [-1, -1]
        self._whole_moments = [-1, -1]
        self._whole_moment = -1
        self._whole_at = [0.0, 0.0]
        self._beside: dict[str, Trace] = {}
        self._shown = Shown()
        self._times: deque[float] = deque(maxlen=_TIMES_KEPT)
        self._reading = tuple(
            engine.slot(
                f"read {place}",
                partial(self._read, place),
                failed=partial(self._not_read, place),
                paced=True,
            )
            for place in (0, 1)
        )
        self._reading_beside: dict[str, Slot] = {}
        self._timing = engine.slot("time", self._time, failed=self._not_shown)
        self._pair = QTimer(self)
        self._pair.setSingleShot(True)
        self._pair.setInterval(PAIR_MS)
        self._pair.timeout.connect(self._show_traces)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(GRADIENT_MS)
        self._rest.timeout.connect(self._complete)
        models.changed.connect(self._models_changed)
        models.moved.connect(self._models_moved)
        baselines.changed.connect(self._baselines_changed)

    @property
    def settled(self) -> bool:
        """Whether the views were shown a reading of the newest drawing by every model, those
        beside included."""
        slots = (*self._reading, *self._reading_beside.values())
        waits = self._pair.isActive() or self._rest.isActive() or not self._baselines.settled
        return not waits and all(slot.settled for slot in slots)

    @property
    def moment(self) -> int:
        """How often what is to be read has changed."""
        return self._sheet.moment

    @property
    def shown_moment(self) -> int:
        """The one of which every model's reading was shown, or of a later one; -1 where none is."""
        return self._shown_moment

    @property
    def whole_moment(self) -> int:
        """The one of which every model's reading was shown with all that is wanted in it."""
        return self._whole_moment

    @property
    def trace(self) -> Trace | None:
        """The first model's Trace that is shown, if any."""
        return self._shown.traces[0] if self._shown.traces else None

    @property
    def traces(self) -> tuple[Trace, ...]:
        """Each model's Trace that is shown, if any."""
        return self._shown.traces

    @property
    def beside(self) -> tuple[Trace, ...]:
        """The Traces of models of which the gradient alone is shown."""
        return self._shown.beside

    def show(
        self,
        drawing: Original,
        experiment: Experiment,
        gradient_of: Target | None,
        ruled: bool = False,
    ) -> None:
        """This is on the canvas now, a ruled one or not, and done to it and to the first model;
        Traces carry the gradient of this class, or none."""
        before, now = self._sheet, self._sheet.showing(drawing, experiment, gradient_of, ruled)
        if now.moment == before.moment:
            self._sheet = now
        else:
            self._ask(now)

    def read_again(self) -> None:
        """Have the first model read once more what is shown, to tell by it nothing but how long a
        reading takes. While anything else is read, that tells it."""
        if self.settled and self._source is not None:
            first, *_ = self._sheet.readings(self._models.loaded, self._source)
            self._timing.want_anew(first)

    def time_anew(self) -> None:
        """Tell of no reading's time so far: the first ones by a model take longer than any after
        them."""
        self._times.clear()
        self.read_again()

    def _models_changed(self, *_: object) -> None:
        self._times.clear()
        self._show(Shown())
        self._ask(self._sheet.afresh())

    def _baselines_changed(self) -> None:
        self._want()
        if self.settled:  # whoever waited for them is told, though nothing more is read
            self._show(self._shown)

    def _models_moved(self, *_: object) -> None:
        self._times.clear()
        self._want()

    def _ask(self, sheet: Sheet) -> None:
        """Have this read from now on; on another sheet, what was read before is wrong."""
        before, self._sheet = self._sheet, sheet
        if sheet.number != before.number:
            self._pair.stop()
            self._traces, self._moments, self._beside = [None, None], [-1, -1], {}
            self._whole_moments = [-1, -1]
            self._shown_moment = self._whole_moment = -1
        self._source = sheet.source(self._models.loaded)
        self._want()
        if sheet.original.is_empty:  # said last, when nothing is waited for any more
            self._pair.stop()
            self._show(Shown())

    def _want(self) -> None:
        """Want the readings of the source as it is, or none."""
        self._timing.want(None)
        self._rest.stop()
        self._want_of_models()
        self._want_beside()

    def _want_of_models(self) -> None:
        """Those of the models that are shown; with gradients, if it is time for them."""
        source, sheet = self._source, self._sheet
        wanted = () if source is None else sheet.readings(self._models.loaded, source)
        now, taken = time.monotonic(), False
        for place, slot in enumerate(self._reading):
            if place >= len(wanted):
                slot.want(None)
                self._traces[place], self._moments[place] = None, -1
                self._whole_moments[place] = -1
                continue
            owed = self._traces[place] is None or not self._whole_at[place]
            due = not taken and self._is_due(place, len(wanted), now)
            whole = owed or due or sheet.gradient_of is None
            taken |= whole
            slot.want(replace(wanted[place], whole=whole))

    def _is_due(self, place: int, count: int, now: float) -> bool:
        """Whether it is time for this one's gradient. Models take turns: what is shown of all waits
        for the one that has a gradient in it."""
        since = [(now - at) * 1e3 for at in self._whole_at[:count]]
        return since[place] >= GRADIENT_MS and min(since) >= GRADIENT_MS / count

    def _complete(self) -> None:
        """Nothing has changed for a while: what was left out of the last reading is read."""
        self._whole_at = [0.0, 0.0]
        self._ask(self._sheet.later())

    def _want_beside(self) -> None:
        """Of the models beside, the gradient of the class that the first model's is of."""
        source, trace, wanted = self._source, self._traces[0], {}
        if source is not None and trace is not None and isinstance(trace.gradient, GradientTrace):
            wanted = self._sheet.beside(
                self._models.loaded, self._baselines.models, source, trace.gradient.target
            )
        for path in wanted:
            if path not in self._reading_beside:
                self._reading_beside[path] = self._engine.slot(
                    f"beside {path}", self._read_beside, failed=self._not_shown
                )
        self._beside = {path: trace for path, trace in self._beside.items() if path in wanted}
        for path, slot in self._reading_beside.items():
            slot.want(wanted.get(path))

    def _read(self, place: int, request: Read, trace: Trace) -> None:
        if place == 0:
            self._time(request, trace)
        self._moments[place] = request.moment
        if request.whole:
            self._whole_moments[place] = request.moment
            self._whole_at[place] = time.monotonic()
        count = len(self._models.loaded)
        before = self._traces[place]
        if request.whole:
            self._want_of_models()  # what is wanted next need not be
        elif before is not None:  # the gradient of a moment ago is the newest there is
            trace = replace(trace, gradient=before.gradient)
        self._traces[place] = trace
        if any(m > w for m, w in zip(self._moments[:count], self._whole_moments, strict=False)):
            self._rest.start()
        else:
            self._rest.stop()
        if place == 0:
            self._want_beside()
        if len(set(self._moments[:count])) == 1:
            self._show_traces()
        elif not self._pair.isActive():
            self._pair.start()

    def _time(self, _: Read, trace: Trace) -> None:
        """Tell how long the first model takes, after one reading more."""
        self._times.append(trace.timings.total)
        self.timed.emit(median(self._times))

    def _read_beside(self, request: Read, trace: Trace) -> None:
        self._beside[request.ref.path] = trace
        if all(slot.settled for slot in self._reading_beside.values()):
            self._show_traces()
        elif not self._pair.isActive():
            self._pair.start()

    def _not_read(self, place: int, request: Read, failure: Failure) -> None:
        """There is a sentence in place of this reading; a model that is gone says so itself."""
        if failure.cause is Cause.DEVICE:
            self.device_failed.emit(request.opened, failure.why)
        elif failure.cause is not Cause.LOST or request.opened.is_own:
            self._traces[place], self._moments[place] = None, request.moment
            self.refused.emit(failure.why)
            if place == 0:
                self._show(Shown())
            else:
                self._show_traces()  # not what this one read of what lay there before

    def _not_shown(self, _: Read, failure: Failure) -> None:
        """What is shown of the models stays."""
        if not failure.is_silent:
            self.refused.emit(failure.why)

    def _show_traces(self) -> None:
        """Hand what has been read to the views."""
        self._pair.stop()
        traces = tuple(filter(None, self._traces[: len(self._models.loaded)]))
        if self._traces[0] is None:
            return
        if traces[0].raster.is_blank and not self._sheet.experiment.changes_picture:
            traces = ()  # all of it was erased
        self._shown_moment = min(self._moments[: len(self._models.loaded)])
        self._whole_moment = min(self._whole_moments[: len(self._models.loaded)])
        order = [model.ref.path for model in self._baselines.models]
        beside = (self._beside.get(path) for path in order) if traces else ()
        self._show(
            Shown(traces, tuple(t for t in beside if t and isinstance(t.gradient, GradientTrace)))
        )

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._engine.will_paint()
        self.shown.emit(shown)
