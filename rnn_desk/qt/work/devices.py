"""Which device is wanted, which there are, and the models' way there, off the window's thread."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.errors import Refused
from rnn_desk.qt.work.worker import Worker

if TYPE_CHECKING:  # the engine brings onnxruntime along, which is loaded after the first paint
    from rnn_desk.engine.reading.reader import Reader
    from rnn_desk.protocol.devices import Device, DeviceFigures

log = logging.getLogger(__name__)

CPU = "cpu"
"""The name of the device on which every model reads at first."""
AUTO = "auto"
"""The name under which the fastest device is asked for."""


@dataclass(frozen=True, eq=False)
class _Wish:
    device: str
    readers: tuple[Reader, ...]
    kept: Path | None


@dataclass(frozen=True, eq=False)
class _Brought:
    readers: tuple[Reader, ...]
    why: Refused | None = None


@dataclass(frozen=True, eq=False)
class _Listed:
    devices: tuple[Device, ...]
    clash: Refused | None


class Devices(QObject):
    """Keeps the name of the wanted device. A model reads on the CPU until its session is there."""

    brought = Signal(object, object)
    """The readers that were, and the same models on the device that is wanted."""
    doubted = Signal(object)
    """A Refused: the device computes less exactly than the CPU, or onnxruntime's wheels clash."""
    refused = Signal(object)
    """A Refused: the device cannot be had, and the models stay where they are."""
    explained = Signal(object)
    """Why this device was chosen, as a sentence, or None where a person chose it."""
    listed = Signal(object)
    """A tuple of Device, each that may be usable tried; or a Refused."""

    measured = Signal(object)
    """A tuple of DeviceFigures, or a Refused."""

    def __init__(self, wanted: str, kept: Path | None, parent: QObject | None = None) -> None:
        """kept: the file of what was measured before; None keeps nothing."""
        super().__init__(parent)
        self._kept = kept
        self._wanted = wanted
        self._newest: _Wish | None = None
        self._bringing = Worker(_bring, self)
        self._listing = Worker(_list, self)
        self._bringing.answered.connect(self._brought)
        self._listing.answered.connect(self._listed)
        self._stopped = threading.Event()
        self._measuring = Worker(self._measure, self)
        self._measuring.answered.connect(lambda _, answer: self.measured.emit(answer))
        self._workers = (self._bringing, self._listing, self._measuring)
        for worker in self._workers:
            worker.start()

    @property
    def wanted(self) -> str:
        """The name of the device that somebody asked for."""
        return self._wanted

    @property
    def busy(self) -> bool:
        """Whether models are on their way."""
        return self._newest is not None

    def want(self, name: str, readers: tuple[Reader, ...]) -> None:
        """Run on this device from now on, as soon as it is ready."""
        self._wanted = name
        self.bring(readers)

    def bring(self, readers: tuple[Reader, ...]) -> None:
        """Bring these models to the device that is wanted, if they are elsewhere."""
        if any(reader.device.name != self._wanted for reader in readers):
            self._newest = _Wish(self._wanted, readers, self._kept)
            self._bringing.ask(self._newest)
        else:
            self._newest = None  # whatever is on its way elsewhere is not wanted any more

    def list(self) -> None:
        """Find out which devices there are; `listed` tells."""
        self._listing.ask(())

    def measure(self, reader: Reader) -> None:
        """Measure the model on every device; `measured` tells."""
        self._measuring.ask(reader)

    def stop(self) -> None:
        """End the threads."""
        self._stopped.set()
        for worker in self._workers:
            worker.stop()

    def _measure(self, reader: Reader) -> tuple[DeviceFigures, ...]:
        """On the worker's thread. A device that fails is left out."""
        from rnn_desk.core import references
        from rnn_desk.engine.evaluation import bench
        from rnn_desk.engine.runtime.devices import devices
        from rnn_desk.engine.runtime.sessions import tried

        digits = references.reference_digits()
        drawings = [digits.drawings[place] for place in digits.few]
        pictures = digits.pictures(reader.card.frame, digits.few)
        measured = []
        for device in devices():
            if tried(device).usable and not self._stopped.is_set():
                try:
                    measured.append(
                        bench.measure(
                            reader,
                            device,
                            pictures,
                            lambda there: map(there.read_drawing, drawings),
                            stopped=self._stopped.is_set,
                        )
                    )
                except Refused as refusal:
                    log.info("%s", refusal)
        return tuple(measured)

    def _listed(self, _: object, answer: _Listed | Refused) -> None:
        if isinstance(answer, Refused):
            self.listed.emit(answer)
            return
        self.listed.emit(answer.devices)
        if answer.clash is not None:
            self.doubted.emit(answer.clash)

    def _brought(self, wish: _Wish, answer: _Brought | Refused) -> None:
        if wish is not self._newest:
            return  # somebody has changed their mind since
        self._newest = None
        if isinstance(answer, Refused):
            self.refused.emit(answer)
        else:
            self.brought.emit(wish.readers, answer.readers)
            self.explained.emit(answer.why)
            for doubt in filter(None, (reader.doubt for reader in answer.readers[:1])):
                self.doubted.emit(doubt)


def _bring(wish: _Wish) -> _Brought:
    from rnn_desk.engine.evaluation.fastest_device import fastest
    from rnn_desk.engine.runtime.devices import device_named

    if wish.device == AUTO:
        choices = [fastest(reader, wish.kept) for reader in wish.readers]
        return _Brought(tuple(choice.reader for choice in choices), choices[0].why)
    device = device_named(wish.device)
    return _Brought(
        tuple(r if r.device.name == device.name else r.on(device) for r in wish.readers)
    )


def _list(_: object) -> _Listed:
    from rnn_desk.engine.runtime.devices import clash, devices
    from rnn_desk.engine.runtime.sessions import tried

    return _Listed(tuple(tried(device) for device in devices()), clash())
