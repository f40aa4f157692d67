"""From which row on an answer stands."""

from __future__ import annotations

from typing import Any

import numpy as np

from rnn_desk.core.arrays import NDArray

AT_LEAST = 0.5
"""An answer stands where its probability is at least this: of an answer that is less probable, all
others together are more so."""


def settled_row(belief: NDArray[Any], seen: NDArray[Any]) -> int | None:
    """The first row from which on the final answer stays the most probable and at least half
    probable, and up to which there is ink; None where it never is so.

    belief: probabilities after each row `[rows, classes]`. seen: what was read `[rows, pixels]`.
    Before the first ink there is nothing that an answer could be to.
    """
    if not belief.shape[1]:
        return None
    final = int(belief[-1].argmax())
    stands = (belief.argmax(axis=1) == final) & (belief[:, final] >= AT_LEAST)
    stands &= np.logical_or.accumulate(seen.any(axis=1))
    if not stands[-1]:
        return None
    others = np.flatnonzero(~stands)
    return int(others[-1]) + 1 if len(others) else 0
