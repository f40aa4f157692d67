"""A writer as it is exported: one row a call, its pixels decided one after the other inside.

`RowWriter` computes all pixels of a picture at once, which is quick where they are known. Here they
are not: each pixel needs those left of it. The same sums are made in another order. What a pixel
adds to the hidden units on its right, and these to the logits, is added once it is known, so a row
costs 28 small products in place of 28 whole passes.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rnn_desk.core.raster import SIDE

from .writer import RowWriter


class WriterStep(nn.Module):
    """The inputs and outputs of `rnn_desk.core.writing`."""

    @torch.no_grad()
    def __init__(self, writer: RowWriter) -> None:
        super().__init__()
        self.layer = writer.layer
        known = writer.layer.hidden_size + SIDE  # the state and the row above
        group = writer.per_pixel + 1
        hidden = writer.hidden.weight * writer.hidden.mask
        direct = writer.direct.weight * writer.direct.mask
        top = writer.logits.weight * writer.logits.mask
        # Each column's hidden units, and one more that hands on the pixel on the left as it is: a
        # pixel is 0 or 1, so ReLU changes nothing of it.
        weight = torch.zeros(SIDE, group, known)
        weight[:, :-1] = hidden[:, :known].reshape(SIDE, -1, known)
        bias = torch.zeros(SIDE, group)
        bias[:, :-1] = writer.hidden.bias.reshape(SIDE, -1)
        self.register_buffer("weight", weight.reshape(-1, known))
        self.register_buffer("bias", bias.flatten())
        self.register_buffer("start", direct[:, :known].contiguous())
        self.register_buffer("start_bias", writer.direct.bias + writer.logits.bias)
        self.group = group
        self.lefts = nn.ParameterList()
        self.tops = nn.ParameterList()
        for column in range(SIDE):
            units = slice(column * (group - 1), (column + 1) * (group - 1))
            left = torch.zeros(column, group)
            left[:, :-1] = hidden[units, known : known + column].T
            above = torch.zeros(group, SIDE)
            above[:-1] = top[:, units].T
            if column:
                left[-1, -1] = 1
                above[-1] = direct[:, known + column - 1]
            self.lefts.append(left)
            self.tops.append(above)

    weight: Tensor
    bias: Tensor
    start: Tensor
    start_bias: Tensor

    def forward(
        self, above: Tensor, named: Tensor, h: Tensor, c: Tensor, draws: Tensor, temperature: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The row, each pixel's chance of ink, and the states that it was written with."""
        signal = torch.cat([above, named], 1)[None]
        _, (h, c) = self.layer(signal, (h[None], c[None]))
        h, c = h[0], c[0]
        seen = torch.cat([h, above], 1)
        groups = torch.split(functional.linear(seen, self.weight, self.bias), self.group, 1)
        # A number below the chance of ink is a logit above the number's own: one comparison a
        # pixel. The numbers that force a pixel become infinite.
        even = draws.clamp(0, 1)
        needed = torch.split((torch.log(even) - torch.log(1 - even)) * temperature, 1, 1)
        logits = functional.linear(seen, self.start, self.start_bias)
        row = above[:, :0]
        found = []
        each = zip(groups, self.lefts, self.tops, needed, strict=True)
        for column, (units, left, top, least) in enumerate(each):
            if column:
                units = torch.addmm(units, row, left)
            logits = torch.addmm(logits, torch.relu(units), top)
            logit = logits[:, column : column + 1]
            pixel = (least < logit).to(above.dtype)
            row = torch.cat([row, pixel], 1) if column else pixel
            found.append(logit)
        return row, torch.sigmoid(torch.cat(found, 1) / temperature), h, c
