"""What the window's side asks of an engine process, one class a kind of work."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.lab import Experiment
from rnn_desk.core.trace import Target
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import ModelRef


class Open(msgspec.Struct, frozen=True, tag=True):
    """Open a model, so that what is asked of it later is answered at once: `Opened`.

    chosen: what a person said of files' inputs, by their SHA-256; the ref's own comes before it.
    fingerprint, known: what was found out about these very bytes before, and is not to be worked
    out again. speeds: what devices took for a digit, where the device is "auto".
    """

    model: ModelRef
    chosen: Mapping[str, ByHand] = {}
    fingerprint: str = ""
    known: Known | None = None
    speeds: Mapping[str, float | None] = {}


class Read(msgspec.Struct, frozen=True, tag=True):
    """Read one picture, `[side, side]`, 0 paper .. 1 ink: `Reading`.

    experiment: what is done to the network; what was done to the picture has been done. gradient:
    of which class's log probability, None for no gradient.
    """

    model: ModelRef
    pixels: NDArray[np.float32]
    experiment: Experiment = Experiment()
    gradient: Target | None = None


class Classify(msgspec.Struct, frozen=True, tag=True):
    """Read many pictures, `[n, side, side]`, and tell the probabilities alone: `Classified`.

    familiar: and how familiar each is.
    """

    model: ModelRef
    pixels: NDArray[np.float32]
    familiar: bool = False


class MapStates(msgspec.Struct, frozen=True, tag=True):
    """The map of the top layer's states over the reference digits: `MappedStates`."""

    model: ModelRef


class MeasureAccuracy(msgspec.Struct, frozen=True, tag=True):
    """How well the reference digits are read under an experiment: `Measured`."""

    model: ModelRef
    experiment: Experiment


class MakeReport(msgspec.Struct, frozen=True, tag=True):
    """How the model reads the reference digits under other pens: `Reported`."""

    model: ModelRef


class FindWatchable(msgspec.Struct, frozen=True, tag=True):
    """Every tensor of the model that can be watched: `Watchables`."""

    model: ModelRef


class SaveCopy(msgspec.Struct, frozen=True, tag=True):
    """The model's file with its card, and if wanted with its own scaling: `Copied`."""

    model: ModelRef
    scaled: bool = False


class ReadCards(msgspec.Struct, frozen=True, tag=True):
    """The cards of files that the program brings, none of which is opened: `Cards`."""

    paths: tuple[str, ...]


class ListDevices(msgspec.Struct, frozen=True, tag=True):
    """Every device that the program knows, each that may be usable tried: `Devices`."""


class Bench(msgspec.Struct, frozen=True, tag=True):
    """Measure the model on devices, one `Benched` each as a part: `BenchDone`.

    devices: by name, all that are usable where empty. seconds: of each batch's runs.
    """

    model: ModelRef
    devices: tuple[str, ...] = ()
    batches: tuple[int, ...] = ()
    seconds: float = 1.0


class LookInto(msgspec.Struct, frozen=True, tag=True):
    """What there is to choose from, to open a file by hand: `LookedInto`."""

    model: ModelRef


class TryByHand(msgspec.Struct, frozen=True, tag=True):
    """What comes of a person's choice, on one picture `[side, side]`: `CameOf`."""

    model: ModelRef
    pixels: NDArray[np.float32]


class OpenWriter(msgspec.Struct, frozen=True, tag=True):
    """Open a model that writes: `WriterOpened`."""

    model: ModelRef


class Write(msgspec.Struct, frozen=True, tag=True):
    """Write pictures, their rows in parts as they are written, `RowsWritten`: `Written`.

    given, label, temperature, seed, count: see `core.writing.Wish`; given is `[t, side]`.
    """

    model: ModelRef
    given: NDArray[np.float32]
    label: int | None = None
    temperature: float = 1.0
    seed: int = 0
    count: int = 1


class MeasureSurprise(msgspec.Struct, frozen=True, tag=True):
    """How unusual pictures are, `[n, side, side]`, pixel by pixel: `Surprised`.

    label: the class that they are, None for not known.
    """

    model: ModelRef
    pixels: NDArray[np.float32]
    label: int | None = None


Work = (
    Open
    | Read
    | Classify
    | MapStates
    | MeasureAccuracy
    | MakeReport
    | FindWatchable
    | SaveCopy
    | ReadCards
    | ListDevices
    | Bench
    | LookInto
    | TryByHand
    | OpenWriter
    | Write
    | MeasureSurprise
)


class Ask(msgspec.Struct, frozen=True, tag=True):
    """Do this work. slot: what a later request of the same slot replaces, where it is live and has
    not begun; live work is done before any other."""

    number: int
    slot: str
    work: Work
    live: bool = False


class Cancel(msgspec.Struct, frozen=True, tag=True):
    """The answer of that number is not wanted any more."""

    number: int


class Keep(msgspec.Struct, frozen=True, tag=True):
    """These models may still be asked of; the others can be let go."""

    models: tuple[ModelRef, ...]


ToEngine = Ask | Cancel | Keep
