"""How fast `run lstm` goes through its pictures, against a plain loop over torch's own `nn.LSTM`.

    python -m tests.benchmarks.training_speed

The plain loop is what a tutorial has: two layers of `nn.LSTM`, a head, cross entropy, Adam, the
same batch, float32, no augmentation. Ours augments every picture, asks every row, clips and decays.
Both run in turns in one process, on random pictures, so what else the machine does slows both.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from training.data import Digits, Material
from training.devices import Precision, precision_named
from training.loop import Trainer, begin
from training.recipes import recipe_named

PICTURES = 1280
"""Of one turn: 10 batches."""

CPU = torch.device("cpu")


@dataclass(frozen=True)
class Speeds:
    """Pictures a second: of the plain loop, ours in float32, and ours as `run` would choose."""

    plain: float
    float32: float
    chosen: float
    precision: Precision


class Plain(nn.Module):
    """The tutorial's network, with as many parameters as the recipe's."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.LSTM(28, 128), nn.LSTM(128, 64)
        self.head = nn.Linear(64, 10)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """The logits after the last row."""
        states, _ = self.first(((images - 0.1307) / 0.3081).transpose(0, 1))
        states, _ = self.second(states)
        logits: torch.Tensor = self.head(states[-1])
        return logits


def plain_epoch(digits: Digits, batch: int) -> Callable[[], None]:
    """One turn of the plain loop."""
    model = Plain()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def epoch() -> None:
        for chosen in torch.split(torch.randperm(len(digits)), batch):
            images, labels = digits.batch(chosen)
            loss = functional.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()

    return epoch


def our_epoch(material: Material, precision: Precision) -> Callable[[], None]:
    """One turn of the loop that `run lstm` goes through."""
    recipe = replace(recipe_named("lstm"), moments=())
    run = begin(recipe, 0, material, data=Path(), precision=precision)
    trainer = Trainer(run, CPU)

    def epoch() -> None:
        trainer.one_epoch(material, 0)

    return epoch


def measured(turns: int = 3) -> Speeds:
    """The medians over so many turns of each, after one that is not counted."""
    torch.manual_seed(0)
    digits = Digits(
        torch.randint(256, (PICTURES, 28, 28), dtype=torch.uint8), torch.randint(10, (PICTURES,))
    )
    material = Material(digits, digits.part(0, 1))
    precision = precision_named("auto", CPU)
    epochs = {
        "plain": plain_epoch(digits, recipe_named("lstm").batch),
        "float32": our_epoch(material, "float32"),
        "chosen": our_epoch(material, precision),
    }
    # On one thread the processor's time is counted, which other programs do not lengthen.
    clock = time.process_time if torch.get_num_threads() == 1 else time.perf_counter
    speeds: dict[str, list[float]] = {name: [] for name in epochs}
    for turn in range(turns + 1):
        for name, epoch in epochs.items():
            started = clock()
            epoch()
            if turn:
                speeds[name].append(PICTURES / (clock() - started))
    medians = {name: statistics.median(values) for name, values in speeds.items()}
    return Speeds(medians["plain"], medians["float32"], medians["chosen"], precision)


def main() -> int:
    """Print them."""
    speeds = measured()
    threads = torch.get_num_threads()
    sys.stdout.write(
        f"pictures a second, batch {recipe_named('lstm').batch}, {threads} thread(s) of the CPU\n"
        f"  plain nn.LSTM, float32, no augmentation  {speeds.plain:8,.0f}\n"
        f"  run lstm, float32, augmented             {speeds.float32:8,.0f}"
        f"  x {speeds.float32 / speeds.plain:.2f}\n"
        f"  run lstm, {speeds.precision}, augmented            {speeds.chosen:8,.0f}"
        f"  x {speeds.chosen / speeds.plain:.2f}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
