"""How well answers fit known labels, whatever their numbers are and however sure they sound."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_desk.engine.input_spec.feeding import log_probabilities
from rnn_desk.engine.input_spec.outputs import kind_of

_TEMPERATURES = 2.0 ** np.arange(-4, 10.5, 0.5)
_NEVER = 1e-9


def losses(values: NDArray[Any], truth: NDArray[np.intp]) -> NDArray[np.float64]:
    """-log p of each picture's true class in nats, for an answer `[n, classes]` of whatever kind.

    The answer's logarithms are first divided by the temperature at which their mean is least (Guo
    and others 2017): a network that is only surer, as one of ReLUs is under a larger scale, is no
    better for it.
    """
    logs = np.maximum(log_probabilities(values, kind_of(values)), np.log(_NEVER))
    logs = np.nan_to_num(logs, nan=np.log(_NEVER))
    logs = logs - logs.max(axis=1, keepdims=True)
    scaled = logs / _TEMPERATURES[:, None, None]
    found = np.log(np.exp(scaled).sum(axis=2)) - scaled[:, np.arange(len(truth)), truth]
    return np.asarray(found[found.mean(axis=1).argmin()])


def beyond_chance(worse: NDArray[np.float64], better: NDArray[np.float64]) -> float:
    """By how many standard errors one reading's losses exceed another's, on the same pictures."""
    apart = worse - better
    if not apart.size:
        return 0.0
    error = apart.std() / np.sqrt(len(apart))
    return float(apart.mean() / error) if error > 0 else 0.0
