"""Makes `letters_gru_26.onnx`: a small GRU that reads letters, whichever case, as EMNIST's do.

It learns from letters that are drawn as the reference letters are, by other numbers, so that it
has seen none of those. Run from the repository's root, in an environment with torch:

    python -m tests.models.make_letters
"""

from __future__ import annotations

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn import functional

from rnn_desk.core.raster import BOX, rasterise
from tests.models.manifest import FILES, save
from training.letters import CAPITALS, SMALL
from training.reference_digits import FIRST_INVENTED, Prototype, make

EACH, UNITS, EPOCHS = 30, 40, 30
NAME = "letters_gru_26.onnx"


class Letters(nn.Module):
    """A GRU over the rows; takes [N, 28, 28], 0..1, white on black."""

    def __init__(self) -> None:
        super().__init__()
        self.cell = nn.GRU(28, UNITS, batch_first=True)
        self.head = nn.Linear(UNITS, 26)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.cell(x)[1][-1])


def pictures() -> tuple[torch.Tensor, torch.Tensor]:
    """Letters `[n, 28, 28]` and their numbers."""
    made, labels = [], []
    for letter, ways in (CAPITALS | SMALL).items():
        for place, way in enumerate(ways, start=1):
            prototype = Prototype(letter, f"way {place}", tuple(way.split(" | ")))
            for number in range(FIRST_INVENTED, FIRST_INVENTED + EACH):
                made.append(rasterise(make(prototype, number), 28, BOX).pixels)
                labels.append(ord(letter.upper()) - ord("A"))
    return torch.tensor(np.stack(made)), torch.tensor(labels)


def main() -> None:
    """Train it, and write the file."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    x, y = pictures()
    net = Letters()
    optimiser = torch.optim.Adam(net.parameters(), 0.006)
    for _ in range(EPOCHS):
        for part in torch.randperm(len(x)).split(64):
            loss = functional.cross_entropy(net(x[part]), y[part])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    torch.onnx.export(
        net.eval(),
        (x[:2],),
        FILES / NAME,
        dynamo=False,
        input_names=["input"],
        output_names=["output"],
        dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
    )
    save(onnx.load(FILES / NAME), NAME)


if __name__ == "__main__":
    main()
