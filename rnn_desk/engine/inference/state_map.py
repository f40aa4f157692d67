"""The map of a model's states: where the reference digits end up."""

from __future__ import annotations

import time

import numpy as np

from rnn_desk.core.references import reference_digits
from rnn_desk.core.state_map import References as Placed
from rnn_desk.engine.inference.pieces import Between, nothing
from rnn_desk.engine.inference.reader import Reader

SECONDS, FEWEST = 15.0, 20
"""A large network takes a second and more for one digit: as many are placed as fit into so many
seconds, as one digit alone takes them, and so many at least."""


def placed(reader: Reader, between: Between = nothing) -> tuple[tuple[int, ...], Placed]:
    """The reference digits that fit into the time, by their places, and their states in the top
    layer; needs at least one layer."""
    digits = reference_digits()
    pictures = digits.pictures(reader.card.frame, range(len(digits.drawings)), between)
    began = time.monotonic()
    reader.top_states(pictures[:1])
    count = int(SECONDS / max(time.monotonic() - began, 1e-6))
    chosen = np.linspace(0, len(pictures) - 1, min(len(pictures), max(FEWEST, count))).astype(int)
    states = reader.top_states(pictures[chosen], between)
    labels, drawings = ([each[k] for k in chosen] for each in (digits.labels, digits.drawings))
    places = tuple(chosen.tolist())
    return places, Placed(tuple(labels), tuple(drawings), pictures[chosen], states)
