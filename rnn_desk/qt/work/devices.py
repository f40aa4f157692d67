"""Which device is wanted, which there are, and the models' way there."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Bench, KnownDevices, ListDevices, Open, Opened
from rnn_desk.app.speed_cache import load_speeds, save_speeds
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.devices import AUTO, CPU_NAME, DeviceFigures
from rnn_desk.protocol.model import Model, ModelRef
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.models import LoadedModels

log = logging.getLogger(__name__)


class Devices(QObject):
    """Keeps the name of the wanted device. A model reads where it is until it is there."""

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

    def __init__(
        self,
        wanted: str,
        kept: Path | None,
        engine: Engine,
        models: LoadedModels,
        parent: QObject | None = None,
    ) -> None:
        """kept: the file of what was measured before; None keeps nothing."""
        super().__init__(parent)
        self._kept = kept
        self._wanted = wanted
        self._models = models
        self._figures: list[DeviceFigures] = []
        self._failed: set[tuple[str, str]] = set()
        self._settled_for: ModelRef | None = None  # as it is on its fastest device
        self._bringing = tuple(
            engine.slot(f"device {place}", self._brought, failed=self._stays) for place in (0, 1)
        )
        self._listing = engine.slot("devices", self._listed, failed=self._no_list)
        self._measuring = engine.slot(
            "bench", self._all_measured, failed=self._not_measured, part=self._one_measured
        )
        models.changed.connect(self._models_changed)

    @property
    def busy(self) -> bool:
        """Whether models are on their way."""
        return not all(slot.settled for slot in self._bringing)

    def want(self, name: str) -> None:
        """Run on this device from now on, as soon as it is ready."""
        self._wanted = name
        self._failed.clear()
        for slot in self._bringing:
            slot.want(None)  # what was refused before is tried again
        self._bring()

    def leave(self, model: Model, why: Refused) -> None:
        """The device has failed under this model: the CPU takes over."""
        self._failed.add((model.ref.sha256, model.device.name))
        self.refused.emit(Refused("{reason}; the CPU reads now", reason=why))
        self._bring()

    def list(self) -> None:
        """Find out which devices there are; `listed` tells."""
        self._listing.want_anew(ListDevices())

    def measure(self, model: Model) -> None:
        """Measure the model on every device; `measured` tells."""
        self._figures = []
        self._measuring.want_anew(Bench(model.ref.on(CPU_NAME), model))

    def _models_changed(self, models: tuple[Model, ...]) -> None:
        first = self._measuring.wanted
        if first is not None and not models[0].same_as(first.model):
            self._measuring.want(None)  # whoever asks again asks of the model that reads then
        self._bring()

    def _bring(self) -> None:
        """Bring the models to the device that is wanted, if they are elsewhere."""
        models = self._models.loaded
        for place, slot in enumerate(self._bringing):
            model = models[place] if place < len(models) else None
            slot.want(None if model is None else self._way_there(model))

    def _way_there(self, model: Model) -> Open | None:
        """What brings a model where it is wanted; None where it is, or has failed there."""
        wanted = self._wanted
        if (model.ref.sha256, model.device.name) in self._failed:
            wanted = CPU_NAME
        elif any(sha256 == model.ref.sha256 for sha256, _ in self._failed):
            return None
        if wanted == model.device.name or (wanted == AUTO and self._settled_for == model.ref):
            return None
        speeds = self._speeds() if wanted == AUTO else {}
        return Open(model.ref.on(wanted), speeds=speeds, before=model)

    def _brought(self, request: Open, answer: Opened) -> None:
        before, after = request.before, answer.model
        assert before is not None
        if request.ref.device == AUTO:
            self._settled_for = after.ref
            self._save(answer.speeds)
        first = self._models.loaded[:1] == (before,)
        self._models.move(before, after)
        if first:
            self.explained.emit(answer.why)
            if after.doubt is not None:
                self.doubted.emit(after.doubt)

    def _stays(self, request: Open, failure: Failure) -> None:
        if not failure.is_silent:
            self.refused.emit(failure.why)

    def _listed(self, _: ListDevices, known: KnownDevices) -> None:
        self.listed.emit(known.devices)
        if known.clash is not None:
            self.doubted.emit(known.clash)

    def _no_list(self, _: ListDevices, failure: Failure) -> None:
        self.listed.emit(failure.why)

    def _one_measured(self, _: Bench, part: DeviceFigures | Refused) -> None:
        """One device's figures; a device that fails is left out."""
        if isinstance(part, Refused):
            log.info("%s", part)
        else:
            self._figures.append(part)

    def _all_measured(self, *_: object) -> None:
        self.measured.emit(tuple(self._figures))

    def _not_measured(self, _: Bench, failure: Failure) -> None:
        self.measured.emit(failure.why)

    def _speeds(self) -> Mapping[str, float | None]:
        return {} if self._kept is None else load_speeds(self._kept)

    def _save(self, speeds: Mapping[str, float | None]) -> None:
        if self._kept is not None and speeds != self._speeds():
            try:
                save_speeds(self._kept, speeds)
            except Refused as refusal:
                log.info("%s", refusal)
