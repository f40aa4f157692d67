"""A training run on disk: after each epoch, all that is needed to go on.

One file, `checkpoint.pt`, holds the recipe, the weights, the optimizer's moments, the states of the
random generators and the figures so far. It is written whole or not at all, and read with torch's
`weights_only`, so a checkpoint from elsewhere can run no code. `log.csv` repeats the figures for
people and spreadsheets.
"""

from __future__ import annotations

import csv
import io
import pickle
import zipfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular, write_whole

from .devices import Precision
from .recipes import Recipe, recipe_from

Weights = dict[str, Tensor]
"""What `nn.Module.state_dict` gives: every parameter and buffer by its name."""

FORMAT = 2
MAX_BYTES = 4 * 1024**3


@dataclass(frozen=True)
class EpochFigures:
    """What one epoch came to. The training accuracy counts augmented pictures; both are 0..1."""

    epoch: int
    loss: float
    training_accuracy: float
    validation_accuracy: float
    rate: float
    seconds: float


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A run after `epoch` epochs."""

    recipe: Recipe
    seed: int
    data: str
    """The folder the pictures came from."""
    limit: int | None
    """How many of the training pictures are used; None is all of them."""
    drawings: str | None
    """The file of drawings that are learnt from too, if any."""
    fold: int | None
    """Which fifth of the drawings is held out, from 0; None is none."""
    begun_from: str | None
    """The model whose weights it began with, if any."""
    digest: str
    """`Material.digest` of all of it: to go on with other pictures would be another run."""
    device: str
    """What it was trained on: `torch.device`'s name for it."""
    precision: Precision
    """What the products of matrices are computed in; the weights are always float32."""
    epoch: int
    history: tuple[EpochFigures, ...]
    model: Weights = field(repr=False)
    best_epoch: int
    """The epoch with the best validation accuracy so far; the last, where weights are averaged."""
    best: Weights = field(repr=False)
    """The weights after that epoch: what is exported."""
    optimizer: dict[str, Any] = field(repr=False)
    average: Weights = field(repr=False)
    """The running average of the weights; empty where the recipe has none."""
    moments: dict[int, Weights] = field(repr=False)
    """The weights after some steps, by the number of steps, as the recipe asks for."""
    random: dict[str, Tensor] = field(repr=False)
    """The generators' states: shuffling, augmentation and dropout go on where they were."""


def save(folder: Path, checkpoint: Checkpoint) -> None:
    """Write the run's two files into `folder`. Raises Refused where they cannot be written."""
    record = {
        **{name: getattr(checkpoint, name) for name in Checkpoint.__dataclass_fields__},
        "format": FORMAT,
        "recipe": asdict(checkpoint.recipe),
        "history": [asdict(figures) for figures in checkpoint.history],
    }
    packed = io.BytesIO()
    torch.save(record, packed)
    write_whole(folder / "checkpoint.pt", packed.getvalue())
    write_whole(folder / "log.csv", _table(checkpoint.history).encode())


def load(folder: Path) -> Checkpoint:
    """The run in `folder`, its tensors on the CPU.

    Raises Refused where there is none, or where the file is damaged or from another version.
    """
    path = folder / "checkpoint.pt"
    if not path.exists():
        raise Refused(
            "{folder} holds no training run: start one with `rnn-desk-train run`", folder=folder
        )
    data = read_regular(path, MAX_BYTES)
    try:
        # torch does not look at the archive's checksums, and takes older formats than an archive.
        if zipfile.ZipFile(io.BytesIO(data)).testzip() is not None:
            raise zipfile.BadZipFile
        record = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
        if not isinstance(record, dict):
            raise TypeError("no dictionary")
        if record.pop("format") != FORMAT:
            raise Refused("{file} is from another version of this program: train again", file=path)
        record["recipe"] = recipe_from(record["recipe"])
        record["history"] = tuple(EpochFigures(**figures) for figures in record["history"])
        return Checkpoint(**record)
    except (
        pickle.UnpicklingError,
        zipfile.BadZipFile,
        EOFError,
        RuntimeError,  # torch's, for an archive that is cut short
        KeyError,
        TypeError,
        ValueError,
    ) as error:
        raise Refused("{file} is damaged: train again", file=path) from error


def random_states(device: torch.device) -> dict[str, Tensor]:
    """The states of torch's generators that a run on `device` draws from."""
    states = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(device)
    elif device.type == "mps":
        states["mps"] = torch.mps.get_rng_state()
    return states


def restore_random_states(states: dict[str, Tensor], device: torch.device) -> None:
    """Set the generators to `states`; one whose state is not among them is left alone."""
    torch.set_rng_state(states["cpu"])
    if device.type == "cuda" and "cuda" in states:
        torch.cuda.set_rng_state(states["cuda"], device)
    elif device.type == "mps" and "mps" in states:
        torch.mps.set_rng_state(states["mps"])


def _table(history: tuple[EpochFigures, ...]) -> str:
    """The figures as CSV, one line an epoch."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(EpochFigures.__dataclass_fields__), lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(figures) for figures in history)
    return text.getvalue()
