"""In which form a device runs a model faster: with its recurrent operators, or written out.

Asked only where the device has left a recurrent operator to the CPU. Both forms are run by turns on
the same picture, and the one written out is taken where it is faster and says the same.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.rewriting import RECURRENT
from rnn_desk.engine.runtime.sessions import start_placed
from rnn_desk.protocol.devices import Device, Forms, Placement

log = logging.getLogger(__name__)

TOLERANCE = 1e-4
"""Greatest difference between the two forms' outputs at which they say the same."""

_WARM_UP, _RUNS = 2, 9

Fed = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Started:
    """A model on a device: the graph that runs, and its session. placement: None on the CPU."""

    model: bytes
    session: ort.InferenceSession
    placement: Placement | None


def start_fastest(
    model: bytes, device: Device, fed: Fed, written_out: Callable[[], bytes | None]
) -> Started:
    """The model on the device, in the faster form. Raises Refused, as `start_placed` does.

    written_out: makes the other form, None where there is none.
    """
    usual = Started(model, *start_placed(model, device, fed))
    left = usual.placement.left_of(RECURRENT) if usual.placement else ()
    other = written_out() if left else None
    if other is None:
        return usual
    try:
        plain = Started(other, *start_placed(other, device, fed))
    except Refused as refusal:
        log.info("written out, the model does not start on %s: %s", device.label, refusal)
        return usual
    forms = _compared(usual, plain, fed, left)
    chosen = plain if forms.written_out else usual
    assert chosen.placement is not None
    return replace(chosen, placement=replace(chosen.placement, forms=forms))


def _compared(usual: Started, plain: Started, fed: Fed, operators: tuple[str, ...]) -> Forms:
    """Both run by turns, so that whatever else the machine does slows both down."""
    names = [entry.name for entry in usual.session.get_outputs()]
    taken: tuple[list[float], list[float]] = ([], [])
    values: list[list[NDArray[Any]]] = []
    for _ in range(_WARM_UP + _RUNS):
        values = []
        for started, times in zip((usual, plain), taken, strict=True):
            began = time.perf_counter()
            values.append(started.session.run(names, dict(fed)))
            times.append((time.perf_counter() - began) * 1e3)
    agree = all(np.allclose(one, other, atol=TOLERANCE) for one, other in zip(*values, strict=True))
    operator_ms, written_out_ms = (median(times[_WARM_UP:]) for times in taken)
    return Forms(operators, operator_ms, written_out_ms, agree)
