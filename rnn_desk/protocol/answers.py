"""What an engine process answers, one class a kind of work, and how it says that it could not."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import msgspec
import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.arrays import Array
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import Familiarity
from rnn_desk.core.lab import Accuracy
from rnn_desk.core.trace import BeliefKind, LayerTrace, Timings, Watched
from rnn_desk.protocol.by_hand import Offered, TriedByHand
from rnn_desk.protocol.devices import Device, DeviceFigures, Placement
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import Facts, Layer, Watchable
from rnn_desk.protocol.report import Condition


class Opened(msgspec.Struct, frozen=True, tag=True):
    """The model is open: all of `model.Model` but its ref.

    by_hand: what a person said of it, where they did. why: why it is on that device, where
    the fastest was asked for. speeds: what devices took.
    """

    sha256: str
    fingerprint: str
    known: Known
    facts: Facts
    layers: tuple[Layer, ...]
    belief_kind: BeliefKind
    turned: bool
    why_no_states: Refused | None
    device: Device
    placement: Placement | None
    watched: tuple[Watchable, ...]
    by_hand: ByHand | None = None
    why: Refused | None = None
    speeds: Mapping[str, float | None] = {}


class Gradient(msgspec.Struct, frozen=True):
    """A `core.trace.GradientTrace` but for what follows from it."""

    target: int
    layers: tuple[Array, ...]
    cells: tuple[Array, ...]
    saliency: Array | None
    why_no_saliency: Refused | None


class States(msgspec.Struct, frozen=True, array_like=True):
    """A layer of which all else follows from these: a `core.replayed.ReplayedLayer`."""

    h: Array
    x: Array


class Reading(msgspec.Struct, frozen=True, tag=True):
    """What the model did with one picture: a `core.trace.Trace` but for the picture."""

    probabilities: Array
    belief: Array
    layers: tuple[LayerTrace | States, ...]
    watched: tuple[Watched, ...]
    timings: Timings
    gradient: Gradient | None = None
    why_no_gradient: Refused | None = None
    familiarity: Familiarity | None = None
    why_no_familiarity: Refused | None = None


class Classified(msgspec.Struct, frozen=True, tag=True):
    """probabilities: `[n, classes]`. familiarity: `[n]`, 0..1, None where nobody asked, or where it
    cannot be had; then it is said why."""

    probabilities: Array
    familiarity: Array | None = None
    why_no_familiarity: Refused | None = None


class MappedStates(msgspec.Struct, frozen=True, tag=True):
    """See `core.state_map.StateMap`. chosen: the reference digits' places; pictures: `[n,
    side, side]`; states: `[n, rows, units]`. Without states, all are empty."""

    chosen: tuple[int, ...]
    pictures: Array
    states: Array
    mean: Array
    axes: Array
    paths: Array
    share: float


class Measured(msgspec.Struct, frozen=True, tag=True):
    """How many of the reference digits are read."""

    accuracy: Accuracy


class MissedAt(msgspec.Struct, frozen=True):
    """A `report.Missed`, its drawing by its place among the reference digits."""

    place: int
    said: str
    sure: float
    truth: float


class Reported(msgspec.Struct, frozen=True, tag=True):
    """A `report.Report` but for what is known on both sides."""

    conditions: tuple[Condition, ...]
    confusion: NDArray[np.int64]
    missed: tuple[MissedAt, ...]


class Watchables(msgspec.Struct, frozen=True, tag=True):
    """Outputs first, then as the graph has them."""

    tensors: tuple[Watchable, ...]


class Copied(msgspec.Struct, frozen=True, tag=True):
    """The bytes of the model's file with its card."""

    file: NDArray[np.uint8]


class Cards(msgspec.Struct, frozen=True, tag=True):
    """Cards by the path of their files, as contract 3's JSON."""

    cards: Mapping[str, str]


class Devices(msgspec.Struct, frozen=True, tag=True):
    """clash: what is wrong with the installed wheels of onnxruntime, if anything is."""

    devices: tuple[Device, ...]
    clash: Refused | None
    onnxruntime: str


class Benched(msgspec.Struct, frozen=True, tag=True):
    """One device's figures, or why there are none."""

    figures: DeviceFigures | None
    why: Refused | None = None


class BenchDone(msgspec.Struct, frozen=True, tag=True):
    """Every device has been measured."""

    onnxruntime: str


class WriterOpened(msgspec.Struct, frozen=True, tag=True):
    """A model that writes is open. card: as contract 3's JSON. weights: of its recurrent layer,
    None where they cannot be had."""

    sha256: str
    facts: Facts
    card: str
    weights: Weights | None = None


class LookedInto(msgspec.Struct, frozen=True, tag=True):
    """What there is to choose from, to open a file by hand."""

    offered: Offered


class CameOf(msgspec.Struct, frozen=True, tag=True):
    """What comes of a person's choice."""

    tried: TriedByHand


class RowsWritten(msgspec.Struct, frozen=True, tag=True):
    """Some `core.writing.WrittenRow` one below the other, the first of them `first`: what those
    have, with an axis more before it."""

    first: int
    pixels: Array
    chances: Array
    h: Array
    c: Array


class Written(msgspec.Struct, frozen=True, tag=True):
    """All rows are written."""


class Surprised(msgspec.Struct, frozen=True, tag=True):
    """nats: `[n, side, side]`."""

    nats: Array


Answer = (
    Opened
    | Reading
    | Classified
    | MappedStates
    | Measured
    | Reported
    | Watchables
    | Copied
    | Cards
    | Devices
    | Benched
    | BenchDone
    | LookedInto
    | CameOf
    | WriterOpened
    | RowsWritten
    | Written
    | Surprised
)


class Cause(Enum):
    """Why there is no answer, as far as it decides what happens next."""

    REFUSED = "refused"
    """The model or the file does not allow it; the model stays."""
    WRITES = "writes"
    """The file is a model that writes, and was to read."""
    NUMBER = "number"
    """The answer was not a number; the model stays."""
    DEVICE = "device"
    """The device failed; the CPU can."""
    NOT_GRANTED = "not granted"
    """The device cannot be had; the model stays where it is."""
    MISTAKE = "mistake"
    """Something that nobody foresaw: ours, or what a file made of it."""
    MEMORY = "memory"
    """The process may have no more of it; it is ended, and the model with it."""
    LOST = "lost"
    """The process is gone or was ended, and the model with it."""
    CANCELLED = "cancelled"
    """Nobody wanted it any more."""


class Done(msgspec.Struct, frozen=True, tag=True):
    """The answer."""

    number: int
    answer: Answer


class Part(msgspec.Struct, frozen=True, tag=True):
    """A part of the answer; more come, and at last the whole."""

    number: int
    answer: Answer


class Progress(msgspec.Struct, frozen=True, tag=True):
    """What is being done, by a stage's name."""

    number: int
    stage: str


class Failed(msgspec.Struct, frozen=True, tag=True):
    """There is no answer, and why."""

    number: int
    cause: Cause
    why: Refused


class Hello(msgspec.Struct, frozen=True, tag=True):
    """The process has started. pid: its own, as on Windows whoever was started may only have
    started it."""

    pid: int


class Logged(msgspec.Struct, frozen=True, tag=True):
    """Something for the log: a mistake of ours, with its traceback."""

    text: str


FromEngine = Hello | Done | Part | Progress | Failed | Logged
