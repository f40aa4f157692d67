"""Engine processes that all windows of a test worker share: to start them takes half a second."""

from itertools import count

from rnn_desk.app.engines import Engines
from rnn_desk.app.limits import Limits


class SharedEngines:
    """Hands each outcome to the window whose request it is of."""

    def __init__(self, limits=None):
        self._numbers = count(1)
        self._askers = {}
        self._kept = {}
        self._lost = []
        self.engines = Engines(self._hear, self._lose, limits or Limits())
        self.engines.start()

    def make(self, heard, lost, limits):  # noqa: ARG002  the limits are those of all
        """What a window has in place of processes of its own."""
        return _Asker(self, heard, lost)

    def close(self):
        self.engines.close()

    def _hear(self, number, outcome):
        asker, own = self._askers.get(number, (None, 0))
        if asker is not None and not asker.closed:
            asker.heard(own, outcome)

    def _lose(self, refs, why):
        for lost in list(self._lost):
            lost(refs, why)


class _Asker:
    def __init__(self, shared, heard, lost):
        self._shared = shared
        self._own = {}
        self.heard = heard
        self._gone = lost
        self.closed = False
        shared._lost.append(lost)

    def start(self):
        pass

    def ask(self, number, slot, request):
        theirs = next(self._shared._numbers)
        self._own[number] = theirs
        self._shared._askers[theirs] = self, number
        self._shared.engines.ask(theirs, f"{id(self)} {slot}", request)

    def cancel(self, number):
        if number in self._own:
            self._shared.engines.cancel(self._own[number])

    def keep(self, refs):
        self._shared._kept[self] = tuple(refs)
        self._shared.engines.keep(ref for refs in self._shared._kept.values() for ref in refs)

    def close(self):
        self.closed = True
        self._shared._lost.remove(self._gone)
        for number in list(self._own):
            self.cancel(number)
        self.keep(())
        del self._shared._kept[self]
