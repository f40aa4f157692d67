"""The path of a hidden state through a reading, in the plane in which states differ most.

The plane is spanned by the first two principal components (Pearson, 1901) of every state that the
reference digits give, all rows together; a state is 28 points of it, one a row.
"""

from __future__ import annotations

from dataclasses import field
from functools import cached_property

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.frozen import frozen


@frozen(eq=False)
class References:
    """Labelled drawings and the states of one layer while they were read: `[n, rows, units]`."""

    labels: tuple[str, ...]
    drawings: tuple[Drawing, ...] = field(repr=False)
    pictures: Array = field(repr=False)
    states: Array = field(repr=False)


@frozen(eq=False)
class StateMap:
    """The plane, and the reference digits' paths in it.

    mean `[units]`, axes `[2, units]`, paths `[n, rows, 2]`; share: the part of all variance that
    the plane holds, 0..1.
    """

    references: References
    mean: Array = field(repr=False)
    axes: Array = field(repr=False)
    paths: Array = field(repr=False)
    share: float = 0.0

    @cached_property
    def low(self) -> Array:
        """The least coordinates of all paths, `[2]`."""
        return np.asarray(self.paths.min(axis=(0, 1)))

    @cached_property
    def high(self) -> Array:
        """The greatest coordinates of all paths, `[2]`."""
        return np.asarray(self.paths.max(axis=(0, 1)))

    def project(self, states: Array) -> Array:
        """States `[..., units]` as points of the plane `[..., 2]`."""
        return np.asarray((states - self.mean) @ self.axes.T)

    def nearest(self, state: Array, row: int, count: int) -> list[tuple[int, float]]:
        """The reference digits whose states after that row are nearest to `state` `[units]`, and
        how far they are from it.

        Distances are those of the whole state, not of its shadow in the plane.
        """
        distances = np.linalg.norm(self.references.states[:, row] - state, axis=1)
        return [(int(index), float(distances[index])) for index in np.argsort(distances)[:count]]


def fit(references: References) -> StateMap:
    """The plane of the first two principal components of all states of the references."""
    flat = references.states.reshape(-1, references.states.shape[-1]).astype(np.float64)
    mean = flat.mean(axis=0)
    spread = flat - mean
    variances, vectors = np.linalg.eigh(spread.T @ spread)
    axes = vectors[:, ::-1][:, :2].T
    if len(axes) < 2:  # a layer of one unit has one axis
        axes = np.vstack([axes, np.zeros_like(axes)])
    # A component's sign is chance: let its largest part be positive, so that runs look alike.
    axes = axes * np.sign(axes[np.arange(2), np.abs(axes).argmax(axis=1)] + 1e-12)[:, None]
    total = float(variances.sum())
    share = float(variances[::-1][:2].sum() / total) if total > 0 else 0.0
    paths = (references.states - mean) @ axes.T
    return StateMap(
        references,
        mean.astype(np.float32),
        axes.astype(np.float32),
        paths.astype(np.float32),
        share,
    )
