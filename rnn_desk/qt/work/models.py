"""The models that read, and what becomes of them: exchanged, compared, moved, let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.errors import Refused

if TYPE_CHECKING:  # the engine brings onnxruntime along, which is loaded after the first paint
    from rnn_desk.engine.reading.lab import Lab
    from rnn_desk.engine.reading.reader import Reader


class LoadedModels(QObject):
    """One model, or two to be compared, or none yet. A model that is let go ends what it does."""

    changed = Signal(object)
    """The readers: other models than before, or the same that show more, or less."""
    moved = Signal(object)
    """The readers: the same models as before, on another device."""
    refused = Signal(object)
    """A Refused: the models stay those that they were."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers: tuple[Reader, ...] = ()
        self._lab: Lab | None = None

    @property
    def readers(self) -> tuple[Reader, ...]:
        """The models that read now."""
        return self._readers

    @property
    def lab(self) -> Lab | None:
        """The first of them, for experiments."""
        return self._lab

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
        self.changed.emit(self._readers)

    def take(self, place: int, reader: Reader) -> None:
        """A model has been opened: it reads in place of the first, or beside it at place 1."""
        if place == 0 or not self._readers:
            self.use((reader, *self._readers[1:]))
        elif reader.card.frame != self._readers[0].card.frame:
            self.refused.emit(
                Refused(
                    "{file} reads pictures of {side} rows, and cannot stand beside a model that "
                    "reads {rows}: choose another one",
                    file=reader.origin.path,
                    side=reader.card.side,
                    rows=self._readers[0].card.side,
                )
            )
        else:
            self.use((self._readers[0], reader))

    def stop_comparing(self) -> None:
        """Let the second model go."""
        self.use(self._readers[:1])

    def exchange(self, before: Reader, after: Reader) -> None:
        """A model that reads shows more than before, or less, unless another has come since."""
        if before in self._readers:
            self.use(tuple(after if each is before else each for each in self._readers))

    def move(self, before: tuple[Reader, ...], after: tuple[Reader, ...]) -> None:
        """The models `before` are on another device now, unless others have come since."""
        if self._readers == before:
            self._readers = after
            if self._lab is not None:
                self._lab = self._lab.of(after[0])
            self.moved.emit(after)

    def give_up(self, for_good: bool = False) -> None:
        """End what they do that may never come to an end; for good, whatever they are asked yet."""
        for reader in self._readers:
            reader.give_up(for_good=for_good)
