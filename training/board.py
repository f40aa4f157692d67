"""TensorBoard logs of a run: an option, for those who compare many runs."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from rnn_desk.core.errors import Refused

from .checkpoint import EpochFigures


def board(folder: Path) -> Callable[[EpochFigures], None]:
    """What writes an epoch's figures into `folder`, a curve for each of them.

    Raises Refused where TensorBoard is not installed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it says of its own dependencies
            from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise Refused(
            "TensorBoard is not installed: get it with "
            '`python -m pip install "rnn-desk[tensorboard]"`, '
            "or leave --tensorboard out; log.csv and curves.png are written in any case"
        ) from error

    def write(figures: EpochFigures) -> None:
        writer = SummaryWriter(folder)
        for name, value in asdict(figures).items():
            if name != "epoch" and value is not None:
                writer.add_scalar(name, value, figures.epoch)
        writer.close()  # at once: a run that is killed leaves whole files

    return write
