"""The vanishing gradient, measured: how much the loss still feels of each row's state.

Back-propagation through time carries the gradient from the last row to the first, and at each row
it is multiplied by the same matrix and by the slopes of tanh or of the gates. In a plain RNN that
begins with small random weights it shrinks with every row (Bengio, Simard and Frasconi 1994), so
the first rows hardly teach it. An LSTM that begins by remembering, and an RNN whose matrix begins
as a rotation (`training.models`), let it through. Here that is no claim but a number for each row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from .checkpoint import Checkpoint
from .data import Digits
from .models import Network, build

PICTURES = 500
"""Validation pictures that the mean is taken over."""


def gradient_by_row(model: Network, digits: Digits) -> list[float] | None:
    """`|d loss / d h_t|` for each row t, the mean over the pictures; None where no layer has rows.

    The loss is the cross entropy of the answer after the last row alone; h_t is the state of the
    first layer that steps from row to row, of a bidirectional one the half that goes down. The
    model is left as it was, but for its mode: it is in `eval` then.
    """
    if model.over_rows is None:
        return None
    images, labels = digits.batch(slice(None))
    layer = model.get_submodule(model.over_rows)
    assert isinstance(layer, nn.RNNBase)
    unrolled = _Unrolled(layer)
    model.eval()
    model.set_submodule(model.over_rows, unrolled)
    try:
        loss = functional.cross_entropy(model.answer(images), labels, reduction="sum")
        gradients = torch.autograd.grad(loss, unrolled.states)  # [N, units] a row
    finally:
        model.set_submodule(model.over_rows, layer)
    return [gradient.norm(dim=1).mean().item() for gradient in gradients]


def before_and_after(run: Checkpoint, digits: Digits) -> dict[str, list[float]] | None:
    """`gradient_by_row` with the weights that the run's seed draws, and with its best ones.

    The keys are "start" and "end". No random number is drawn that a run would miss.
    """
    some = digits.part(0, PICTURES)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(run.seed)
        model = build(run.recipe)
        start = gradient_by_row(model, some)
        model.load_state_dict(run.best)
        end = gradient_by_row(model, some)
    return None if start is None or end is None else {"start": start, "end": end}


class _Unrolled(nn.Module):
    """A recurrent layer one row at a time, so that each h_t is a tensor of its own.

    torch's layers step inside one operation, whose gradient by its output is not that by h_t: it
    lacks what goes through the later rows' states.
    """

    def __init__(self, layer: nn.RNNBase) -> None:
        super().__init__()
        self.whole = layer
        same: Callable[..., nn.RNNBase] = type(layer)
        self.down = same(layer.input_size, layer.hidden_size)
        self.down.load_state_dict(
            {n: v for n, v in layer.state_dict().items() if not n.endswith("_reverse")}
        )
        self.states: list[Tensor] = []

    def forward(self, rows: Tensor) -> tuple[Tensor, None]:
        state: Any = None
        self.states = []
        for row in rows:
            out, state = self.down(row[None], state)
            h = out[0]
            self.states.append(h)
            # The next row must come from this very tensor, or its gradient would miss that way.
            state = (h[None], state[1]) if isinstance(state, tuple) else h[None]
        result = torch.stack(self.states)
        if self.whole.bidirectional:
            up = self.whole(rows)[0][..., self.whole.hidden_size :]
            result = torch.cat([result, up], dim=-1)
        return result, None
