"""The models that an engine process has open, each found again by what names it in requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from rnn_desk.core.errors import Refused
from rnn_desk.engine.evaluation.fastest_device import Choice, fastest
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.lab import Lab
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.inference.writer import Writer, open_writer
from rnn_desk.engine.runtime.devices import CPU, device_named
from rnn_desk.protocol.devices import AUTO
from rnn_desk.protocol.findings import Examined
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.requests import Open


class Models:
    """Opens what is asked for, from what is open already where that is quicker."""

    def __init__(self) -> None:
        self._labs: dict[ModelRef, Lab] = {}
        self._writers: dict[str, Writer] = {}
        self._early: dict[str, Reader] = {}

    def open_early(self, path: str) -> None:
        """Open a file that will be asked for. What is refused is so again when it is."""
        with suppress(Refused):
            self._early[path] = open_reader(Path(path), CPU)

    def lab(self, ref: ModelRef, tell: Callable[[str], None]) -> Lab:
        """The model for interventions, opened where it is not yet. Raises Refused."""
        if ref not in self._labs:
            self.open(Open(ref), tell)
        return self._labs[ref]

    def reader(self, ref: ModelRef, tell: Callable[[str], None]) -> Reader:
        """The model, opened where it is not yet. Raises Refused."""
        return self.lab(ref, tell).reader

    def writer(self, ref: ModelRef) -> Writer:
        """The model that writes, opened where it is not yet. Raises Refused."""
        if ref.path not in self._writers:
            self._writers[ref.path] = open_writer(Path(ref.path))
        writer = self._writers[ref.path]
        if ref.sha256 and writer.sha256 != ref.sha256:
            raise Refused("{file} was changed since it was opened: open it again", file=ref.path)
        return writer

    def open(self, work: Open, tell: Callable[[str], None]) -> tuple[ModelRef, Choice | None]:
        """Open a model, and say how it is named from now on; and why it is on its device, where
        the fastest was asked for. Raises Refused."""
        ref, choice = work.model, None
        lab = self._same(ref)
        if lab is None:
            lab = Lab(self._from_file(work, tell))
        reader = lab.reader
        if ref.device == AUTO:
            choice = fastest(reader, work.speeds)
            reader = choice.reader
        elif ref.device != reader.device.name:
            reader = reader.on(device_named(ref.device))
        names = tuple(tensor.name for tensor in reader.watched)
        if ref.watched is not None and ref.watched != names:
            known = {tensor.name: tensor for tensor in (*reader.watched, *reader.watchable)}
            reader = reader.watching([known[name] for name in ref.watched if name in known])
        said = ref.by_hand or work.chosen.get(reader.origin.sha256)
        named = ModelRef(
            ref.path,
            reader.origin.sha256,
            said,
            reader.device.name,
            tuple(tensor.name for tensor in reader.watched),
        )
        self._labs[named] = lab.of(reader)
        if ref.sha256 and ref != named:
            self._labs[ref] = self._labs[named]  # asked for by a name that says less
        return named, choice

    def keep(self, refs: Iterable[ModelRef]) -> None:
        """Let go of all other models."""
        self._early.clear()
        kept = set(refs)
        self._labs = {ref: lab for ref, lab in self._labs.items() if ref in kept}

    def _same(self, ref: ModelRef) -> Lab | None:
        """The same file read in the same way, on whatever device."""
        if not ref.sha256:
            return None
        labs = self._labs.items()
        return next((lab for known, lab in labs if known.same_model_as(ref)), None)

    def _from_file(self, work: Open, tell: Callable[[str], None]) -> Reader:
        ref = work.model
        chosen = dict(work.chosen)
        if ref.by_hand is not None:
            chosen[ref.sha256] = ref.by_hand
        examined = None
        if work.known is not None:
            examined = Examined(work.known.findings, work.fingerprint)
        reader = self._early.pop(ref.path, None)
        if reader is None or examined is not None or reader.origin.sha256 in chosen:
            reader = open_reader(Path(ref.path), CPU, examined, tell, chosen)
        if ref.sha256 and reader.origin.sha256 != ref.sha256:
            raise Refused("{file} was changed since it was opened: open it again", file=ref.path)
        return reader
