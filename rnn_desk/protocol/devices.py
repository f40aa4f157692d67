"""Devices, where a model's nodes ran on them, and how fast: plain values that both sides know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np

from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen

CPU_NAME = "cpu"
"""The name of the device on which every model reads at first."""

AUTO = "auto"
"""The name under which the fastest device is asked for."""


@frozen
class Kind:
    """One kind of device: an execution provider, and how to get it.

    name: as the command line takes it. label: as a person reads it where the hardware has no name,
    and `api` after the hardware's name where it has one. package: of the plug-in, if it is one.
    wheel: which has it built in. systems: where there is any such, by `sys.platform`'s names.
    options: the provider's own, as names and values: they keep it to float32.
    """

    name: str
    label: str
    api: str
    provider: str
    package: str = ""
    wheel: str = ""
    systems: tuple[str, ...] = ("linux", "win32")
    options: tuple[tuple[str, str], ...] = ()


@frozen
class Device:
    """One device: `name` as the command line takes it, `label` as a person reads it.

    kind: None for the CPU. index: its place among the devices of its kind. plugged: whether a
    plug-in brings it. refusal: why it is not usable, and what to do. cores: of the CPU.
    """

    name: str
    label: str
    provider: str
    kind: Kind | None = None
    index: int = 0
    plugged: bool = False
    refusal: Refused | None = None
    cores: int = 0

    @property
    def usable(self) -> bool:
        """Whether it may be asked for; whether it starts is known once it was tried."""
        return self.refusal is None

    @property
    def reason(self) -> str:
        """The sentence of `refusal`; empty where it is usable."""
        return "" if self.refusal is None else str(self.refusal)


@frozen
class Forms:
    """Milliseconds for one picture in either form, on a device without a kernel for `operators`:
    with them on the CPU, and with the recurrence written out in plain operations.

    agree: whether both said the same.
    """

    operators: tuple[str, ...]
    operator_ms: float
    written_out_ms: float
    agree: bool = True

    @property
    def written_out(self) -> bool:
        """Whether the recurrence runs written out."""
        return self.agree and self.written_out_ms < self.operator_ms


@frozen
class Deviation:
    """Greatest differences from the CPU on one picture: of probabilities, and of hidden states."""

    probabilities: float
    states: float

    @property
    def exact(self) -> bool:
        """Whether they are what float32 explains; a device may compute in fewer bits unasked."""
        return self.probabilities <= 1e-4 and self.states <= 1e-3


@frozen
class Placement:
    """Where the nodes of a model ran.

    nodes: how many there are; granted: how many of them ran on the device that was asked for.
    share_of_time: 0..1 of the time in nodes that was spent on it, None where it was not measured.
    left: the other nodes, "operator name", in the order in which they ran. forms: None where there
    was nothing to choose. deviation: None where it was not looked at.
    """

    nodes: int
    granted: int
    share_of_time: float | None
    left: tuple[str, ...] = ()
    forms: Forms | None = None
    deviation: Deviation | None = None

    @property
    def share_of_nodes(self) -> float:
        """0..1."""
        return self.granted / self.nodes if self.nodes else 1.0

    @property
    def record(self) -> dict[str, Any]:
        """All of it, as `--json` prints it."""
        record = {**asdict(self), "share_of_nodes": self.share_of_nodes}
        if self.forms is not None:
            record["forms"]["written_out"] = self.forms.written_out
        return record

    def left_of(self, operators: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these operators have a node that was left to the CPU."""
        left = {name.split()[0] for name in self.left}
        return tuple(op for op in operators if op in left)


def doubt(label: str, there: Placement | None) -> Refused | None:
    """What is to be said of a device that computes less exactly than the CPU; None of any other."""
    deviation = None if there is None else there.deviation
    if deviation is None or deviation.exact:
        return None
    return Refused(
        "{label} gives other numbers than the CPU: on one picture, probabilities differ by up to "
        "{probabilities:.1g}, and hidden states by up to {states:.1g}",
        label=label,
        probabilities=deviation.probabilities,
        states=deviation.states,
    )


@frozen
class Spread:
    """Milliseconds: the median and the 99th percentile over `runs`."""

    p50: float
    p99: float
    runs: int


@frozen
class BatchFigures:
    """Runs of `batch` digits at once. first_ms: the very first of that size, not in `spread`."""

    batch: int
    first_ms: float
    spread: Spread

    @property
    def digits_per_second(self) -> float:
        """By the median."""
        return self.batch / self.spread.p50 * 1e3


@frozen
class DeviceFigures:
    """One model on one device. load_ms: making a session. stages: of one drawing's reading, by name
    ("raster", "run", "replay"). placement: None on the CPU."""

    device: Device
    load_ms: float
    batches: tuple[BatchFigures, ...]
    stages: dict[str, Spread]
    placement: Placement | None


def spread(milliseconds: list[float]) -> Spread:
    """The spread of at least one measurement."""
    p50, p99 = np.percentile(milliseconds, [50, 99])
    return Spread(float(p50), float(p99), len(milliseconds))


def overtaken(cpu: DeviceFigures, other: DeviceFigures) -> int | None:
    """The smallest batch measured from which on the other device has more digits per second."""
    rates = {figures.batch: figures.digits_per_second for figures in cpu.batches}
    faster = None
    for figures in sorted(other.batches, key=lambda each: each.batch):
        if figures.digits_per_second <= rates.get(figures.batch, 0.0):
            faster = None
        elif faster is None:
            faster = figures.batch
    return faster


def rows(measured: Iterable[DeviceFigures]) -> list[tuple[str, ...]]:
    """The runs as a table: device, milliseconds of loading, batch, milliseconds of the first run,
    p50, p99, digits/s."""
    return [
        (
            figures.device.label,
            f"{figures.load_ms:.2f}",
            str(each.batch),
            f"{each.first_ms:.2f}",
            f"{each.spread.p50:.2f}",
            f"{each.spread.p99:.2f}",
            f"{each.digits_per_second:.0f}",
        )
        for figures in measured
        for each in figures.batches
    ]
