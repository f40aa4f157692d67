"""The device on which a model reads one digit fastest: measured once per model and device."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType

import numpy as np
import onnxruntime as ort

from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.runtime import devices as table
from rnn_desk.engine.runtime.sessions import tried
from rnn_desk.protocol.devices import Device

log = logging.getLogger(__name__)

_WARM_UP, _RUNS = 3, 15


@dataclass(frozen=True)
class Choice:
    """The fastest device, the model on it, and milliseconds for one digit by device label.

    speeds: all that is known now, by `_key`; None stands for a device that computes less exactly
    than the CPU.
    """

    reader: Reader
    milliseconds: Mapping[str, float]
    speeds: Mapping[str, float | None]

    @property
    def why(self) -> Refused:
        """The reason in one sentence."""
        if len(self.milliseconds) < 2:
            return Refused("no other device can be used here")
        times = sorted(self.milliseconds.items(), key=lambda item: item[1])
        told = ", ".join(f"{label} {ms:.1f} ms" for label, ms in times)
        return Refused("the fastest for one digit: {times}", times=told)


def fastest(reader: Reader, known: Mapping[str, float | None] = MappingProxyType({})) -> Choice:
    """The model on the device that reads one digit fastest.

    known: what was measured before. A device that fails, or computes less exactly than the CPU, is
    passed over.
    """
    usable = [device for device in map(tried, table.devices()) if device.usable]
    if len(usable) == 1:
        return Choice(reader.on(usable[0]), {usable[0].label: 0.0}, known)
    speeds = dict(known)
    found: dict[str, float] = {}
    readers: dict[str, Reader] = {}
    for device in usable:
        key = _key(reader, device)
        try:
            if key not in speeds:
                there = readers[device.label] = reader.on(device)
                speeds[key] = None if there.doubt else _milliseconds(there)
        except Refused as refusal:
            log.info("%s", refusal)
            continue
        if (taken := speeds[key]) is not None:
            found[device.label] = taken
    by_label = {device.label: device for device in usable}
    for label in sorted(found, key=lambda label: found[label]):
        try:
            return Choice(readers.get(label) or reader.on(by_label[label]), found, speeds)
        except Refused as refusal:  # it was there when it was measured
            log.info("%s", refusal)
    return Choice(reader, found, speeds)


def _key(reader: Reader, device: Device) -> str:
    return f"{reader.identity.sha256} {device.provider} {device.label} {ort.__version__}"


def _milliseconds(reader: Reader) -> float:
    """The median of some readings, after a few that count for nothing."""
    raster = Raster(np.tri(reader.card.side, dtype=np.float32))
    taken = []
    for _ in range(_WARM_UP + _RUNS):
        began = time.perf_counter()
        reader.read(raster)
        taken.append((time.perf_counter() - began) * 1e3)
    return median(taken[_WARM_UP:])
