"""Pictures with other numbers of rows and columns."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.arrays import Array


def resampled(pictures: Array, rows: int, columns: int) -> Array:
    """Pictures `[..., h, w]` as `[..., rows, columns]`: linear between pixels where they become
    more, means of them where they become fewer."""
    high, wide = pictures.shape[-2:]
    return np.asarray(_matrix(rows, high) @ pictures @ _matrix(columns, wide).T, np.float32)


def _matrix(count: int, side: int) -> Array:
    """What makes `count` pixels of `side`, `[count, side]`."""
    reach = max(side / count, 1.0)
    places = (np.arange(count) + 0.5) * side / count - 0.5
    apart = np.abs(np.clip(places, 0, side - 1)[:, None] - np.arange(side))
    weights = np.maximum(1 - apart / reach, 0)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)
