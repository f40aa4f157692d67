"""The figures of a model, measured on its file: what `evaluate` prints, and what its card says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from rnn_desk.core.card import ModelCard
from rnn_desk.core.progress import progress

from .data import Digits
from .drawn import labelled, pictures
from .evaluate import Reader, calibration_error, mean_settled_row
from .robustness import HARMS


@dataclass(frozen=True)
class Figures:
    """What a model comes to. Shares are 0..1.

    accuracy: on the data set's test part. counts: how many pictures each share is of.
    calibration_error: expected calibration error, see `training.evaluate`.
    mean_settled_row: from 1; None where a model has no belief of a row.
    robustness: accuracy on the same pictures, harmed, by the harm's words.
    drawings: accuracy on a file of drawings, if there was one.
    """

    accuracy: float
    count: int
    calibration_error: float
    mean_settled_row: float | None
    robustness: dict[str, float] = field(default_factory=dict)
    drawings: float | None = None
    drawings_count: int = 0

    def as_record(self) -> dict[str, Any]:
        """As plain data, for JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """As lines for people."""
        yield f"{'test pictures':24} {self.accuracy:.2%} of {self.count:,}"
        yield f"{'calibration error':24} {self.calibration_error:.2%}"
        if self.mean_settled_row is not None:
            yield f"{'answer stands at row':24} {self.mean_settled_row:.1f} of 28, the mean"
        for words, share in self.robustness.items():
            yield f"{words:24} {share:.2%}"
        if self.drawings is not None:
            yield f"{'drawings':24} {self.drawings:.2%} of {self.drawings_count:,}"


def measure(reader: Reader, test: Digits, drawings: Path | None, harmed: bool = True) -> Figures:
    """The figures of an opened file. Raises Refused where the drawings cannot be read.

    harmed: whether the table of robustness is wanted, which takes ten times as long as the rest.
    """
    images, labels = test.batch(slice(None))
    wanted = labels.numpy()
    robustness = {}
    drawn, count = None, 0
    with progress("reading the test pictures") as line:
        logits = reader.logits(images.numpy())
        settled = None
        if reader.reads_by_row:
            by_row = reader.logits_by_row(images.numpy())
            settled = mean_settled_row(by_row, reader.as_read(images.numpy()))
        if harmed:
            for words, harm in HARMS.items():
                line.say(f"reading them harmed: {words}")
                robustness[words] = reader.accuracy(harm(images).numpy(), wanted)
        if drawings is not None:
            line.say("reading the drawings")
            digits = pictures(labelled(drawings, reader.card.classes), reader.card.classes)
            shown, meant = digits.batch(slice(None))
            drawn, count = reader.accuracy(shown.numpy(), meant.numpy()), len(digits)
    return Figures(
        accuracy=float((logits.argmax(axis=1) == wanted).mean()),
        count=len(test),
        calibration_error=calibration_error(logits, wanted),
        mean_settled_row=settled,
        robustness=robustness,
        drawings=drawn,
        drawings_count=count,
    )


def onto_card(card: ModelCard, figures: Figures, drawings: Path | None) -> ModelCard:
    """The card with the figures written on it; what was not measured stays as it was."""
    accuracies = {**card.accuracies, f"{card.training['dataset']}_test": figures.accuracy}
    if drawings is not None and figures.drawings is not None:
        name = drawings.name.removesuffix(".gz").removesuffix(".jsonl")
        accuracies[name] = figures.drawings
    kept = ("calibration_error", "mean_settled_row", "robustness")
    record = figures.as_record()
    measured = {k: record[k] for k in kept if k != "robustness" or figures.robustness}
    return replace(card, accuracies=accuracies, figures={**card.figures, **measured})
