"""Contract 4, the trace: everything one model did with one picture, frozen.

Views take a Trace and a selection, and compute nothing of their own; what follows from the rest of
a Trace may be worked out when it is first looked at (`core.replayed`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Literal

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import Familiarity
from rnn_desk.core.frozen import frozen
from rnn_desk.core.orientation import UPRIGHT, Orientation
from rnn_desk.core.raster import Raster
from rnn_desk.core.settled import settled_row

BeliefKind = Literal["head", "said", "covered", "none"]
"""How the belief after a row was had: "head", the network's own head applied to that row's state;
"said", the network answers after each row of itself; "covered", the network's answer to the picture
with every row below that one left blank; "none", the network gives states and no answer."""


WatchedKind = Literal["rows", "maps"]
"""How a tensor lies on the row axis: "rows", some numbers for each row; "maps", pictures whose own
rows run from the top of the picture to its bottom, in whatever number."""

Target = int | Literal["answer"]
"""Whose probability a gradient is of: a class by its index, or the model's answer."""


@frozen(eq=False)
class CameIn:
    """What each row's state of a layer was made from: x `[rows, inputs]`, which the layer took in,
    and the states before it, h and c `[rows, units]` (c zero in a cell that has none)."""

    x: Array = field(repr=False)
    h: Array = field(repr=False)
    c: Array = field(repr=False)


@frozen(eq=False)
class LayerTrace:
    """What one direction of one recurrent layer held after each row.

    h: hidden state `[rows, units]`. c: cell state, the same shape, where the cell has one.
    gates: by letter, as `core.cells` has them, each `[rows, units]`; empty where they could not be
    had, and then `why_no_gates` says why. `nonstandard` says in what way the cell is not the plain
    one, so that its equations are others. `between` says what lies between the states of two rows
    where it is not one step of the cell. came_in: None where it is not known. Row r is the state
    when row r was the last one read; a layer of direction "reverse" has by then seen the rows below
    r, not those above.
    """

    name: str
    op: str
    direction: str
    h: Array = field(repr=False)
    c: Array | None = field(default=None, repr=False)
    gates: Mapping[str, Array] = field(default_factory=dict, repr=False)
    why_no_gates: Refused | None = None
    nonstandard: Refused | None = None
    between: Refused | None = None
    came_in: CameIn | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "gates", MappingProxyType(dict(self.gates)))
        for array in (self.h, self.c, *self.gates.values()):
            if array is not None:
                array.flags.writeable = False

    @property
    def h_before(self) -> Array | None:
        """The hidden state that each row began with; None where it is not known."""
        return None if self.came_in is None else self.came_in.h

    @property
    def units(self) -> int:
        """Width of the layer."""
        return int(self.h.shape[1])

    @property
    def quantities(self) -> Mapping[str, Array]:
        """All there is, by its letter, in the order in which a row works it out: the gates, c where
        the cell has one, and h."""
        cell = {} if self.c is None else {"c": self.c}
        return {**self.gates, **cell, "h": self.h}

    def quantity(self, name: str) -> Array | None:
        """One of them, None where there is none of that letter; no more is worked out than that
        takes."""
        return self.h if name == "h" else self.quantities.get(name)


@frozen(eq=False)
class GradientTrace:
    """How the answer would change with each state and pixel: derivatives of log p of one class.

    target: index of that class. layers: d(log p)/d(h), one a layer of the Trace, `[rows, units]`:
    row r is the derivative by the state after row r, with all that follows from it in later rows
    and layers above; an LSTM's c_r is held. saliency: d(log p)/d(pixel) `[side, side]`, None where
    what the first layer takes in is not the pixels one by one, and then `why_no_saliency` says so.
    norms: Euclidean norm of each row of each layer, `[layers, rows]`. cells: d(log p)/d(c) with h
    held, one a layer, zero in a cell without c. state_norms: norms of both together; what passes
    through an LSTM's c, which is most of it, is in these alone.
    """

    target: int
    layers: tuple[Array, ...] = field(repr=False)
    saliency: Array | None = field(repr=False)
    why_no_saliency: Refused | None = None
    cells: tuple[Array, ...] = field(default=(), repr=False)
    norms: Array = field(init=False, repr=False)
    state_norms: Array = field(init=False, repr=False)

    def __post_init__(self) -> None:
        norms = np.stack([np.linalg.norm(layer, axis=1) for layer in self.layers])
        state_norms = norms
        if self.cells:
            state_norms = np.hypot(norms, [np.linalg.norm(c, axis=1) for c in self.cells])
        object.__setattr__(self, "norms", norms)
        object.__setattr__(self, "state_norms", state_norms)
        for array in (*self.layers, *self.cells, self.saliency, norms, state_norms):
            if array is not None:
                array.flags.writeable = False


@frozen(eq=False)
class Watched:
    """A tensor of the network that is no recurrent layer's state, as it was for this picture.

    values: `[rows, features]` where it lies by "rows", `[maps, height, width]` where it is "maps".
    weights: whether each feature's numbers are parts of 1 over the rows, as those of attention are.
    """

    name: str
    kind: WatchedKind
    values: Array = field(repr=False)
    weights: bool = False

    def __post_init__(self) -> None:
        self.values.flags.writeable = False


@frozen
class ModelIdentity:
    """Which model it was: its card's name, its file's name and the SHA-256 of the file."""

    name: str
    file: str
    sha256: str


@frozen
class Timings:
    """Milliseconds of each stage: making the raster, running the network, and what was replayed at
    once."""

    raster: float = 0.0
    run: float = 0.0
    replay: float = 0.0

    @property
    def total(self) -> float:
        """Milliseconds from drawing to trace."""
        return self.raster + self.run + self.replay


@frozen(eq=False)
class Trace:
    """One model's reading of one raster.

    probabilities: `[classes]` float32. belief: `[rows, classes]` float32, the probabilities after
    each row, had in the way that `belief_kind` says. gradient: None where nobody asked for it, a
    Refused where this model has none that could be had. watched: further tensors that somebody
    wants to see. orientation: how the picture lies as it is read, row after row: where by columns,
    a row of all that is here belongs to a column of the raster.
    familiarity: how near the states are to those of known digits; a Refused where that cannot be
    had of this model, None where nobody asked.
    """

    raster: Raster = field(repr=False)
    classes: tuple[str, ...]
    probabilities: Array = field(repr=False)
    belief: Array = field(repr=False)
    belief_kind: BeliefKind
    layers: tuple[LayerTrace, ...]
    model: ModelIdentity
    device: str
    timings: Timings = Timings()
    gradient: GradientTrace | Refused | None = None
    watched: tuple[Watched, ...] = ()
    orientation: Orientation = UPRIGHT
    familiarity: Familiarity | Refused | None = None

    def __post_init__(self) -> None:
        self.probabilities.flags.writeable = False
        self.belief.flags.writeable = False

    @property
    def seen(self) -> Array:
        """The picture as it is read, `[rows, pixels]`."""
        return self.orientation.seen(self.raster.pixels)

    @property
    def turned(self) -> bool:
        """Whether a step is a column of the raster."""
        return self.orientation.by_columns

    @property
    def rows(self) -> int:
        """Number of time steps, one a row."""
        return int(self.belief.shape[0])

    @property
    def answer(self) -> int:
        """Index of the most probable class; needs one class at least."""
        return int(self.probabilities.argmax())

    @property
    def doubted(self) -> bool:
        """Whether it is unlike anything that the network has learnt, whatever the answer."""
        return isinstance(self.familiarity, Familiarity) and self.familiarity.doubted

    @property
    def settled_row(self) -> int | None:
        """The row from which on the answer stands; None where it never does."""
        return settled_row(self.belief, self.seen)
