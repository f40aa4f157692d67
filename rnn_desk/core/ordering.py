"""In which order the units of a layer stand side by side. Units as such have none.

Each function takes `[rows, units]` and answers the units' numbers, `[units]`, from left to right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from rnn_desk.core.arrays import Array, Order


def as_stored(values: Array) -> Order:
    """The order of the file."""
    return np.arange(values.shape[1])


def by_peak(values: Array) -> Order:
    """By the row at which a unit is farthest from zero, the strongest first within a row."""
    peak = np.abs(values)
    return np.lexsort((-peak.max(axis=0), peak.argmax(axis=0)))


def by_likeness(values: Array) -> Order:
    """Units that do alike stand together: by their angle in the plane of the first two components.

    Correlations between units that lie on a ring in that plane fall off with the angle between
    them (Friendly, "Corrgrams", 2002), so going round the ring is a good order for all of them.
    """
    spread = values - values.mean(axis=0)
    length = np.linalg.norm(spread, axis=0)
    alike = spread / np.where(length > 0, length, 1)
    _, _, components = np.linalg.svd(alike, full_matrices=False)
    x, y = components[0], components[1] if len(components) > 1 else np.zeros_like(components[0])
    angle = np.sort(np.arctan2(y, x))
    order = np.argsort(np.arctan2(y, x), kind="stable")
    # Cut the ring where it is emptiest, so that no likeness is torn apart.
    gaps = np.diff(np.append(angle, angle[0] + 2 * np.pi))
    return np.roll(order, -int(gaps.argmax()) - 1)


ORDERS: Mapping[str, Callable[[Array], Order]] = {
    "stored": as_stored,
    "peak": by_peak,
    "likeness": by_likeness,
}
