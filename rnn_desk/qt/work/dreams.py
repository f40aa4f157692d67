"""Pictures that are written from nothing: those of all classes side by side, as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Draft, Request, Write
from rnn_desk.app.state import DREAMS
from rnn_desk.app.written import Pictures, pictures_of
from rnn_desk.core.writing import WrittenRow
from rnn_desk.protocol.model import WriterModel
from rnn_desk.qt.work.engine import Engine


class Dreams:
    """Asks for one class after the other, in slots of their own.

    written: called with all pictures, once they are there.
    """

    def __init__(
        self,
        engine: Engine,
        written: Callable[[Pictures], None],
        failed: Callable[[Request, Failure], None],
    ) -> None:
        self._written = written
        self._slots = [
            engine.slot(
                f"dream {place}",
                partial(self._whole, place),
                part=partial(self._come, place),
                failed=failed,
            )
            for place in range(DREAMS)
        ]
        self._rows: list[list[WrittenRow]] = [[] for _ in range(DREAMS)]
        self._there: dict[int, Pictures] = {}
        self._due = 0

    @property
    def settled(self) -> bool:
        """Whether all that is wanted is there."""
        return all(slot.settled for slot in self._slots)

    def want(self, writer: WriterModel, drafts: Sequence[Draft]) -> None:
        """These are wanted, and nothing that was before."""
        self.stop()
        self._due = len(drafts)
        for slot, draft in zip(self._slots, drafts, strict=False):
            slot.want_anew(Write(writer.ref, writer.shape, draft))

    def stop(self) -> None:
        """Nothing is wanted any more."""
        for slot in self._slots:
            slot.want(None)
        self._rows = [[] for _ in self._slots]
        self._there = {}

    def _come(self, place: int, _: Write, rows: tuple[WrittenRow, ...]) -> None:
        self._rows[place] += rows

    def _whole(self, place: int, request: Write, _: None) -> None:
        self._there[place] = pictures_of(request.wish, self._rows[place])
        if len(self._there) < self._due:
            return
        first, *others = (self._there[k] for k in range(self._due))
        for other in others:
            first = first.beside(other)
        self._written(first)
