"""How a model is fed, in words."""

from __future__ import annotations

from rnn_desk.core.card import InputReading
from rnn_desk.qt.look.words import tr


def reading_words() -> dict[str, dict[str, str]]:
    """What can be chosen: for each field of the reading its values, with their words."""
    ranges = {name: name for name in ("0..1", "0..255", "-1..1", "0..16")}
    return {
        "value_range": {**ranges, "mnist": tr("MNIST's mean and deviation")},
        "polarity": {
            "white_on_black": tr("white on black"),
            "black_on_white": tr("black on white"),
        },
        "reading": {"rows": tr("upright, by rows"), "columns": tr("turned, by columns")},
        "margin": {"mnist": tr("as in MNIST"), "none": tr("none around the ink")},
    }


def departures(reading: InputReading) -> list[str]:
    """What of it is otherwise than with the program's own models: that one should know of when
    states or weights look odd."""
    words, usual = reading_words(), InputReading()
    upright = "columns" if reading.reading == "columns" else "rows"
    told = []
    if reading.polarity != usual.polarity:
        told.append(words["polarity"][reading.polarity])
    if reading.value_range != usual.value_range:
        told.append(tr("pixels: {values}", values=words["value_range"][reading.value_range]))
    if upright != usual.reading:
        told.append(words["reading"][upright])
    if reading.margin != usual.margin:
        told.append(tr("no margin"))
    return told
