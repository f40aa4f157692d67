"""What is known of an opened model on the other side of the pipe, where no model ever runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from rnn_desk.assets_door import is_bundled
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import ModelCard
from rnn_desk.core.cells import CELLS
from rnn_desk.core.cells.cell import Weights
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.orientation import Orientation
from rnn_desk.core.plain import one_line
from rnn_desk.core.trace import BeliefKind, ModelIdentity, WatchedKind
from rnn_desk.core.writing import WriterShape
from rnn_desk.protocol.devices import Device, Placement, doubt
from rnn_desk.protocol.findings import Findings

MOST_WATCHED_NUMBERS = 2**18
"""Numbers of one watched tensor: as many as can still be painted at every stroke."""

_LONGEST = 80


@frozen
class ModelRef:
    """Names a model in requests: a file by its SHA-256, fed in one way, on one device, with some of
    its tensors brought out.

    path: where the file was found, as text. by_hand: what a person said of it, None where its
    card or the search says it all. device: by name. watched: tensors by name, None for those that
    are shown unasked.
    """

    path: str
    sha256: str = ""
    by_hand: ByHand | None = None
    device: str = "cpu"
    watched: tuple[str, ...] | None = None

    @property
    def file(self) -> str:
        """The file's name, for sentences."""
        return Path(self.path).name

    def on(self, device: str) -> ModelRef:
        """The same model on another device."""
        return replace(self, device=device)

    def same_model_as(self, other: ModelRef) -> bool:
        """Whether both name one file, fed in one way, wherever it runs and whatever is watched."""
        mine, its = (replace(ref, device="", watched=None) for ref in (self, other))
        return mine == its


@frozen
class Port:
    """An input or an output: its shape is None where the file gives none; a length is a number, the
    file's own name for it, or "?"."""

    name: str
    shape: tuple[str, ...] | None


@frozen
class Facts:
    """What a file says of itself.

    size: bytes of the file itself. opset: version of ONNX's standard operators, if it has any.
    operators: how often each is used, the most used first. exporter: its name and version, "" where
    the file does not say. inputs, outputs: what goes in and comes out, as the file names it.
    parameters: how many numbers there are in its tensors, but for indices, shapes and
    single ones.
    """

    size: int
    opset: int | None
    operators: Mapping[str, int]
    exporter: str
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    parameters: int


@frozen
class Watchable:
    """A tensor that can be watched, and how it lies.

    op: the operator that makes it. shape: `(rows, features)`, or `(maps, height, width)`. axes: of
    the tensor, in the order of the shape, those before them dropped at 0; several for features.
    upwards: its first row belongs to the picture's last one. weights: see `core.trace.Watched`.
    """

    name: str
    op: str
    kind: WatchedKind
    shape: tuple[int, ...]
    axes: tuple[int, ...]
    upwards: bool = False
    weights: bool = False

    @property
    def label(self) -> str:
        """The name as it can be shown."""
        return one_line(self.name, _LONGEST) or "?"


@frozen(eq=False)
class Layer:
    """One direction of a recurrent operator, as the views know it.

    number: of its operator among the recurrent ones, from 0; both directions have the same. units,
    inputs: widths of its states, and of what it takes in at a step, 0 where that is not known.
    weights: None where they cannot be had, or are too many to be shown. nonstandard: how its cell
    is not the plain one. why_no_gates: why its gates cannot be replayed. between: what lies between
    the states of two rows, where it is not one step.
    """

    name: str
    op: str
    number: int
    direction: str
    reverse: bool
    units: int
    inputs: int = 0
    weights: Weights | None = field(default=None, repr=False)
    nonstandard: Refused | None = None
    why_no_gates: Refused | None = None
    between: Refused | None = None

    @property
    def why_not_plain(self) -> Refused | None:
        """Why it cannot be computed as a plain cell; None where it can."""
        return self.nonstandard or self.why_no_gates


@frozen(eq=False)
class Model:
    """A model that an engine process has opened.

    ref: names it in requests. findings: what is known of its input and output, and on what
    evidence. turned: a step is a column of the picture. why_no_states: why there are no layers.
    watched: which tensors its readings bring out. placement: where its nodes ran, None on the CPU.
    """

    ref: ModelRef
    fingerprint: str
    facts: Facts
    findings: Findings
    layers: tuple[Layer, ...]
    belief_kind: BeliefKind
    turned: bool
    why_no_states: Refused | None
    device: Device
    placement: Placement | None
    watched: tuple[Watchable, ...]

    @property
    def card(self) -> ModelCard:
        """The card that it came with, or that was worked out."""
        return self.findings.card

    @property
    def path(self) -> Path:
        """Its file."""
        return Path(self.ref.path)

    @property
    def orientation(self) -> Orientation:
        """How a picture lies as it is read, row after row."""
        return Orientation(self.card.input.turn, self.turned)

    @property
    def units(self) -> tuple[int, ...]:
        """How many each of its layers has."""
        return tuple(layer.units for layer in self.layers)

    @property
    def gates(self) -> tuple[tuple[str, ...], ...]:
        """The letters of the gates that each of its layers has."""
        return tuple(CELLS[each.op].gates if each.op in CELLS else () for each in self.layers)

    @property
    def identity(self) -> ModelIdentity:
        """For traces."""
        return ModelIdentity(self.card.name, self.ref.file, self.ref.sha256)

    @property
    def doubt(self) -> Refused | None:
        """What is to be said of its device, where that computes less exactly than the CPU."""
        return doubt(self.device.label, self.placement)

    @property
    def is_own(self) -> bool:
        """Whether the program brought it."""
        return is_bundled(self.path)

    def same_as(self, other: Model | None) -> bool:
        """Whether both are one model, read in one way, wherever it runs and whatever is watched."""
        return other is not None and self.ref.same_model_as(other.ref)


@frozen(eq=False)
class WriterModel:
    """A model that writes, opened. weights: of its recurrent layer, None where they cannot be
    had."""

    ref: ModelRef
    card: ModelCard
    facts: Facts
    weights: Weights | None = field(default=None, repr=False)

    @property
    def shape(self) -> WriterShape:
        """How much it takes and gives."""
        (layer,) = self.card.recurrent_layers
        return WriterShape(self.card.side, len(self.card.classes), layer.units)
