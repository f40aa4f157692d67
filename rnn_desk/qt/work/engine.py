"""The engine and the jobs, as the window has them: outcomes arrive on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from rnn_desk.app.engines import Engines, MakeProcesses
from rnn_desk.app.jobs import Jobs, Slot
from rnn_desk.app.limits import Limits
from rnn_desk.app.outcomes import Outcome
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.model import ModelRef


class Engine(QObject):
    """Owns the jobs; hands outcomes from the processes' threads to them on the window's thread."""

    lost = Signal(object, object)
    """The refs of models whose process is gone, and a Refused that says why."""
    painted = Signal()
    """What was handed to the views has been painted, and what is wanted next has been asked for."""
    _came = Signal(object, object)
    _gone = Signal(object, object)

    def __init__(
        self,
        limits: Limits,
        make: MakeProcesses = Engines,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._processes = make(self._came.emit, self._gone.emit, limits)
        self.jobs = Jobs(self._processes)
        self._kept: dict[str, tuple[ModelRef, ...]] = {}
        self._stopped = False
        # Qt paints what is to be painted before a timer of 0 ms; and before another one it hears
        # what the pen did meanwhile, so that this is in what is asked next.
        self._painting, self._hearing = QTimer(self), QTimer(self)
        for timer, then in (
            (self._painting, self._hearing.start),
            (self._hearing, self._go_on),
        ):
            timer.setSingleShot(True)
            timer.setInterval(0)
            timer.timeout.connect(then)
        queued = Qt.ConnectionType.QueuedConnection  # also what is said while something is asked
        self._came.connect(self._hear, queued)
        self._gone.connect(self._lose, queued)

    def start(self) -> None:
        """Start the process of the program's own models, so that it is there when it is needed."""
        self._processes.start()

    def slot(self, name: str, answered: Callable[..., None], **others: object) -> Slot:
        """A slot of the jobs; see `app.jobs.Slot`."""
        return self.jobs.slot(name, answered, **others)

    def will_paint(self) -> None:
        """Something was handed to the views: till they are painted, paced slots ask nothing."""
        self.jobs.unpainted()
        self._hearing.stop()
        self._painting.start()

    def _go_on(self) -> None:
        self.jobs.painted()
        self.painted.emit()

    def keep(self, owner: str, refs: Iterable[ModelRef]) -> None:
        """These models are used by `owner`; what nobody uses any more is let go."""
        kept = tuple(refs)
        if kept != self._kept.get(owner, ()) and not self._stopped:
            self._kept[owner] = kept
            self._processes.keep(ref for refs in self._kept.values() for ref in refs)

    def stop(self) -> None:
        """End every process; nothing is answered any more."""
        if self._stopped:
            return
        self._stopped = True
        self._painting.stop()
        self._hearing.stop()
        self.jobs.stop()
        self._processes.close()

    def _hear(self, number: int, outcome: Outcome) -> None:
        if not self._stopped:
            self.jobs.hear(number, outcome)

    def _lose(self, refs: tuple[ModelRef, ...], why: Refused) -> None:
        if not self._stopped:
            self.lost.emit(refs, why)
