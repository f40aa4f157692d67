"""How a model is fed, in words: the same in sheets and on pages."""

from __future__ import annotations

from typing import Protocol

from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import shown
from rnn_desk.protocol.findings import Tried


class Words(Protocol):
    """Says a text, its {fields} filled in, in somebody's language."""

    def __call__(self, text: str, **fields: object) -> str:
        """The text."""
        ...


def english(text: str, **fields: object) -> str:
    """As it is written here."""
    return text.format(**{name: shown(field) for name, field in fields.items()}) if fields else text


def reading_words(tr: Words) -> dict[str, dict[str, str]]:
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


def words_of(reading: InputReading, tr: Words) -> dict[str, str]:
    """Those of its fields that can be chosen, with their values' words."""
    upright = "columns" if reading.reading == "columns" else "rows"
    return {
        field: words[upright if field == "reading" else getattr(reading, field)]
        for field, words in reading_words(tr).items()
    }


def field_names(tr: Words) -> dict[str, str]:
    """The fields of the reading that can be chosen, with their names."""
    return {
        "value_range": tr("Pixel values"),
        "polarity": tr("Ink"),
        "reading": tr("Reading order"),
        "margin": tr("Margin"),
    }


def tried_heads(tr: Words) -> tuple[str, ...]:
    """The heads of the columns of `tried_words`."""
    return tr("Correct"), *field_names(tr).values(), tr("Axes")


def tried_words(tried: Tried, tr: Words) -> tuple[str, ...]:
    """A way of feeding, and how many of the reference digits are read so."""
    if tried.failed is not None:
        score = tr("does not run")
    else:
        score = tr("{right} of {count}", right=tried.right, count=tried.count)
    way = tried.way.input
    return score, *words_of(way, tr).values(), way.layout
