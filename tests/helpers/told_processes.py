"""In place of engine processes: what answers when a test tells it to."""

from rnn_desk.app.limits import Limits
from rnn_desk.app.outcomes import Answered
from rnn_desk.qt.work.engine import Engine


class ToldProcesses:
    """Keeps what is asked until the test says what becomes of it.

    answer_of: makes the answer to a request.
    """

    def __init__(self, heard, answer_of):
        self.asked = []
        self._heard = heard
        self._answer_of = answer_of

    def ask(self, number, _slot, request):
        self.asked.append((number, request))

    def cancel(self, _number):
        pass

    def keep(self, _refs):
        pass

    def close(self):
        pass

    def answer(self, outcome=None):
        """The oldest request: with what answers it, or that outcome."""
        number, request = self.asked.pop(0)
        self._heard(number, Answered(self._answer_of(request)) if outcome is None else outcome)


def engine_of(answer_of=None):
    """The window's engine, and what it asks in place of processes."""
    made = []

    def make(heard, *_):
        made.append(ToldProcesses(heard, answer_of))
        return made[0]

    return Engine(Limits(), make), made[0]
