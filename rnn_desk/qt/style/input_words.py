"""What is unusual about how a model is fed, in words."""

from __future__ import annotations

from rnn_desk.app.input_words import words_of
from rnn_desk.core.card import InputReading
from rnn_desk.qt.style.words import tr


def departures(reading: InputReading) -> list[str]:
    """What of it is otherwise than with the program's own models: that one should know of when
    states or weights look odd."""
    words, usual = words_of(reading, tr), InputReading()
    told = []
    if reading.polarity != usual.polarity:
        told.append(words["polarity"])
    if reading.value_range != usual.value_range:
        told.append(tr("pixels: {values}", values=words["value_range"]))
    if reading.turn != usual.turn:
        told.append(words["turn"])
    if reading.reading == "columns":
        told.append(words["reading"])
    if reading.margin != usual.margin:
        counted = reading.margin == "counted"
        told.append(tr("ink counted in blocks") if counted else tr("no margin"))
    return told
