"""Labels in a plane that do not lie on one another."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.arrays import NDArray

_ROUNDS = 200

_SETTLED = 1e-3
"""Pixels; nobody sees less, and rounding keeps what is missing from ever being nothing."""


def apart(
    points: NDArray[np.float64],
    distance: float,
    low: tuple[float, float],
    high: tuple[float, float],
) -> NDArray[np.float64]:
    """Places `[n, 2]` near the points `[n, 2]`, no two nearer than the distance where there is
    room, all between the corners `low` and `high`.

    Each pair that is too near is moved apart by half of what is missing, again and again.
    """
    places = points.astype(np.float64)
    # Two at the very same point, as those pushed into a corner, have no direction in which to part.
    angles = np.arange(len(places)) * 2.4
    aside = 1e-3 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    places = places + aside
    for _ in range(_ROUNDS):
        between = places[:, None] - places[None]
        same = ~between.any(axis=2)
        between[same] = (aside[:, None] - aside[None])[same]
        lengths = np.linalg.norm(between, axis=2)
        np.fill_diagonal(lengths, np.inf)
        missing = np.maximum(0.0, distance - lengths) / 2
        if missing.max(initial=0.0) < _SETTLED:
            break
        places = places + (between / lengths[..., None] * missing[..., None]).sum(axis=1)
        places = np.clip(places, low, high)
    return places
