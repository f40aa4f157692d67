"""Digits with what a model says of them, many at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from rnn_desk.app.client import Client, Unanswered
from rnn_desk.app.requests import Open, ReadApart, ReadMany
from rnn_desk.cli.digits import Digit
from rnn_desk.core.apart import standing_apart
from rnn_desk.core.console import warn
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import DOUBTED_BELOW
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.devices import CPU_NAME
from rnn_desk.protocol.model import Model

AT_ONCE = 1024
"""Digits read together: enough to keep the runtime busy, few enough that answers flow."""


@dataclass(frozen=True, eq=False)
class Answered:
    """A digit, its probabilities `[classes]`, or None where there is no ink to read, how familiar
    it is, None where that cannot be had, and the name of the device that read it. apart: of a
    drawing that looks like several digits, what each of these is read as."""

    digit: Digit
    probabilities: NDArray[np.float32] | None
    familiarity: float | None
    device: str
    apart: tuple[str, ...] = ()

    @property
    def doubted(self) -> bool | None:
        """Whether it is unlike anything that the model has learnt, or looks like several digits;
        None where that is not known."""
        if self.familiarity is None:
            return None
        return self.familiarity < DOUBTED_BELOW or bool(self.apart)


def answers(
    digits: Iterator[Digit | Refused], client: Client, model: Model
) -> Iterator[Answered | Refused]:
    """Every digit with its answer, or what was refused, in order.

    A device that fails leaves the rest to the CPU.
    """
    side = model.card.side
    while batch := list(islice(digits, AT_ONCE)):
        inked = [d for d in batch if isinstance(d, Digit) and not d.raster.is_blank]
        pictures = [digit.raster.pixels for digit in inked]
        pixels = np.array(pictures, np.float32).reshape(-1, side, side)  # also where there are none
        try:
            found = client.call(ReadMany(model.ref, model, pixels))
        except Unanswered as failure:
            if failure.cause is not Cause.DEVICE:
                raise
            warn(f"{failure}; the CPU reads now")
            model = client.call(Open(model.ref.on(CPU_NAME), before=model)).model
            found = client.call(ReadMany(model.ref, model, pixels))
        familiar: list[float | None] = [None] * len(inked)
        if isinstance(found.familiarity, np.ndarray):
            familiar = found.familiarity.tolist()
        read = zip(found.probabilities, familiar, strict=True)
        by_digit = dict(zip(map(id, inked), read, strict=True))
        for item in batch:
            if isinstance(item, Refused):
                yield item
            else:
                known = by_digit.get(id(item), (None, None))
                answered = Answered(item, *known, model.device.name)
                yield _checked(_told_apart(answered, client, model))


def _told_apart(answered: Answered, client: Client, model: Model) -> Answered:
    """The answer, with what the digits of a drawing are read as where it has several."""
    drawing = answered.digit.original
    if answered.familiarity is None or answered.digit.part is not None:
        return answered
    if not isinstance(drawing, Drawing) or not standing_apart(drawing):
        return answered
    found = client.call(ReadApart(model.ref, model, drawing))
    return answered if found is None else replace(answered, apart=found.names)


def _checked(answered: Answered) -> Answered | Refused:
    """The answer, refused where the model calculated itself into infinity."""
    if answered.probabilities is None or np.isfinite(answered.probabilities).all():
        return answered
    return Refused(
        "{file}, digit {index}: the model's answer is not a number",
        file=answered.digit.file,
        index=answered.digit.index,
    )


def as_json(name: str) -> int | str:
    """A class as `--json` has it: one that is a number is one, as in files of drawings."""
    return int(name) if name.isascii() and name.isdecimal() else name
