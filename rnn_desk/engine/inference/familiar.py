"""What digits do to a model's states: kept in a file for the program's own models, and for any
other worked out on the reference digits when it is opened."""

from __future__ import annotations

import time

import numpy as np

from rnn_desk.assets_door import asset, is_bundled
from rnn_desk.core.errors import Refused
from rnn_desk.core.familiarity import Known, by_distance, chart_of, from_bytes
from rnn_desk.core.number_words import digit_of
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.messages import NO_MEMORY
from rnn_desk.engine.runtime.sessions import DeviceFailed

ALONG, ACROSS, AXES = 8, 16, 24
"""Directions of a chart that is made of a few hundred digits; more of them are their noise."""

FARTHEST, REACH = 0.02, 4.5
"""Reference digits are drawn by description, and people's are farther from them than they are from
one another: the limit is so many times as far beyond the median as their farthest part lies."""

READS = 0.8
"""The least part of the reference digits that a model must read, if its states are to say what
digits are like."""

SECONDS = 3.0
"""Of processor time, for all reference digits: far less than a file may take to be opened, so that
a slow one is opened all the same, and how familiar a drawing is, is not told."""

COMPARED = 4
"""Reference digits by whose states a model is known again."""

TOGETHER = 2
"""Pictures that a model is known to read at once, from the trial when it is opened."""

MOST_NUMBERS = 2**16
"""Numbers of one path; of a longer one no chart is made while somebody waits."""


def kept_for(reader: Reader) -> Known | None:
    """What ships with the program about this model, if anything does: it has the model's name, and
    was made from states that the model has still."""
    path = reader.origin.path.absolute()
    if not is_bundled(path):
        return None
    file = asset(
        "familiarity", *path.relative_to(asset("models").absolute()).with_suffix(".npz").parts
    )
    if not file.is_file():
        return None
    model, known = from_bytes(file.read_bytes())
    if model != reader.card.name:
        return None
    few = reference_digits().pictures(reader.card.frame, list(known.places[:COMPARED]))
    return known if known.is_of(reader.with_paths(few)[1]) else None


def known_by(reader: Reader) -> Known | Refused:
    """What the model knows, or why that cannot be told."""
    try:
        return kept_for(reader) or _from_references(reader)
    except DeviceFailed:
        raise  # says nothing of the model
    except MemoryError:
        reason = NO_MEMORY
    except Refused as refusal:
        reason = refusal
    return Refused("How familiar a drawing is, cannot be told: {reason}", reason=reason)


def _from_references(reader: Reader) -> Known:
    """By the reference digits that the model reads right. Raises Refused."""
    if reader.device.name != CPU.name:  # which may have too little memory for what it is not asked
        raise Refused("it is told on the CPU alone")
    digits = reference_digits()
    classes = [digit_of(name) or name for name in reader.card.classes]
    if not set(classes) & set(digits.labels):
        raise Refused("it does not know the ten digits")
    places = np.arange(len(digits.drawings))
    pictures = digits.pictures(reader.card.frame, places.tolist())
    until = time.process_time() + SECONDS

    def in_time() -> None:
        if time.process_time() > until:
            raise Refused("it takes too long for a digit")

    _, path = reader.with_paths(pictures[:1], in_time)
    if path[0].size > MOST_NUMBERS:
        raise Refused("its states are too many numbers")
    found = [  # so many as it was tried with: more may be more than there is memory for
        reader.with_paths(pictures[first : first + TOGETHER], in_time)
        for first in range(0, len(pictures), TOGETHER)
    ]
    said = np.concatenate([answers for answers, _ in found]).argmax(axis=1)
    paths = np.concatenate([path for _, path in found])
    right = np.array([classes[k] == own for k, own in zip(said, digits.labels, strict=True)])
    if right.mean() < READS or not np.isfinite(paths).all():
        raise Refused("it reads too few of the reference digits")
    chart = chart_of(paths[right], ALONG, ACROSS, AXES)
    return by_distance(chart, chart.points(paths[right]), places[right].tolist(), FARTHEST, REACH)
