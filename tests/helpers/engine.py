"""Engine processes that a test worker's windows share: to start them takes half a second."""

import queue
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path

from rnn_desk.app.engines import Engines
from rnn_desk.app.limits import Limits
from rnn_desk.app.outcomes import Answered, Failure
from rnn_desk.app.requests import FindWatchable, MapStates, Open, Opened
from rnn_desk.assets_door import is_bundled
from rnn_desk.protocol.model import ModelRef


@cache
def _reader(path):
    from rnn_desk.engine.inference.from_file import open_reader
    from rnn_desk.engine.runtime.devices import CPU

    return open_reader(path, CPU)


def reader_of(model):
    """The engine's own reader of a model that a window has open, with no pipe between."""
    return _reader(model.path)


def resting_trials(engines):
    """How many processes have looked into a refused file, and rest for a while: they would try
    there what a person says of it."""
    homes = [home for home in engines._foreign if home.process is not None]
    return sum(home.trial and not home.asked for home in homes)


class SharedEngines:
    """Hands each outcome to the window whose request it is of.

    One of the program's own models is opened once, and a map of its states made once: nearly every
    window asks for both. What is opened so stays open.
    """

    def __init__(self, limits=None):
        self._numbers = count(1)
        self._askers = {}
        self._kept = {}
        self._lost = []
        self._answers = {}
        self.engines = Engines(self._hear, self._lose, limits or Limits())
        self.engines.start()

    def make(self, heard, lost=lambda *_: None, limits=None):  # noqa: ARG002  as Engines has them
        """What a window or a command has in place of processes of its own; the limits are those of
        all."""
        return _Asker(self, heard, lost)

    def ask(self, asker, own, slot, request):
        """Answer the asker's request of that number."""
        if _is_asked_often(request) and request in self._answers:
            asker.heard(own, _once_more(self._answers[request]))
            return None
        theirs = next(self._numbers)
        self._askers[theirs] = asker, own, request
        self.engines.ask(theirs, f"{asker.number} {slot}", request)
        return theirs

    def close(self):
        self.engines.close()

    def foreign(self):
        """How many processes there are beside that of the program's own models."""
        return len(self.engines.processes()) - 1 - resting_trials(self.engines)

    def keep(self, asker, refs):
        """That window uses these models from now on, or none any more where it is closed."""
        self._kept[asker] = tuple(refs)
        if asker.closed:
            del self._kept[asker]
        opened = [a.value.model.ref for a in self._answers.values() if isinstance(a.value, Opened)]
        self.engines.keep([*opened, *(ref for refs in self._kept.values() for ref in refs)])

    def call(self, request):
        """The answer, waited for."""
        heard = queue.SimpleQueue()
        asker = self.make(lambda _, outcome: heard.put(outcome), lambda *_: None, None)
        asker.ask(1, "test", request)
        while not isinstance(outcome := heard.get(timeout=60), Answered | Failure):
            pass
        asker.closed = True
        self._lost.remove(asker._gone)
        if isinstance(outcome, Failure):
            raise outcome.why
        return outcome.value

    def open(self, path):
        """A model, opened."""
        return self.call(Open(ModelRef(str(path)))).model

    def watching(self, model, count):
        """The model, showing the first so many of all tensors that it could show."""
        tensors = self.call(FindWatchable(model.ref, model))[:count]
        names = tuple(tensor.name for tensor in tensors)
        return self.call(Open(replace(model.ref, watched=names), before=model)).model

    def _hear(self, number, outcome):
        asker, own, request = self._askers.get(number, (None, 0, None))
        if _is_asked_often(request) and isinstance(outcome, Answered):
            self._answers[request] = outcome
        if asker is not None and not asker.closed:
            asker.heard(own, outcome)

    def _lose(self, refs, why):
        for lost in list(self._lost):
            lost(refs, why)


def held_back(desk):
    """What a desk has in place of processes, for tests that hold requests back."""
    return desk.engine._processes


def _is_asked_often(request):
    """Whether it is of one of the program's own files as that is, which no test changes."""
    if isinstance(request, MapStates):
        return True
    if not isinstance(request, Open) or request.before is not None or request.chosen:
        return False
    path = request.ref.path
    return request.ref == ModelRef(path) and is_bundled(Path(path))


def _once_more(answered):
    """The same answer; a model that is opened again is another object."""
    value = answered.value
    if not isinstance(value, Opened):
        return answered
    return Answered(replace(value, model=replace(value.model)))


class _Asker:
    def __init__(self, shared, heard, lost):
        self._shared = shared
        self.number = next(shared._numbers)  # an id may be that of one that is gone
        self._own = {}
        self.heard = heard
        self._gone = lost
        self.closed = False
        self.asked = 0
        self.held = ()
        self.waiting = []
        shared._lost.append(lost)

    def hold(self, *kinds):
        """Let no request of these classes through until `let_go`."""
        self.held = kinds

    def let_go(self):
        """Send what was held back, in its order."""
        self.held, waiting, self.waiting = (), self.waiting, []
        for asked in waiting:
            self.ask(*asked)

    def start(self):
        pass

    def ask(self, number, slot, request):
        if isinstance(request, self.held):
            self.waiting.append((number, slot, request))
            return
        self.asked += 1
        self._own[number] = self._shared.ask(self, number, slot, request)

    def cancel(self, number):
        self.waiting = [asked for asked in self.waiting if asked[0] != number]
        if self._own.get(number) is not None:
            self._shared.engines.cancel(self._own[number])

    def keep(self, refs):
        self._shared.keep(self, refs)

    def close(self):
        self.closed = True
        self._shared._lost.remove(self._gone)
        for number in list(self._own):
            self.cancel(number)
        self.keep(())
