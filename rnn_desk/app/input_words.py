"""How a model is fed, in words: the same in sheets and on pages."""

from __future__ import annotations

from typing import Protocol

from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import shown
from rnn_desk.core.orientation import Orientation
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
    plain = ("0..1", "0..255", "-1..1", "0..16", "-0.5..0.5", "-128..127")
    ranges = {name: name for name in plain}
    return {
        "value_range": {
            **ranges,
            "mnist": tr("MNIST's mean and deviation"),
            "imagenet": tr("ImageNet's means and deviations"),
            "imagenet_bgr": tr("ImageNet's means and deviations, blue first"),
            "scaled": tr("scaled, with numbers of its own"),
        },
        "polarity": {
            "white_on_black": tr("white on black"),
            "black_on_white": tr("black on white"),
        },
        "turn": {
            "upright": tr("as it was drawn"),
            "mirrored": tr("mirrored, left for right"),
            "upside_down": tr("upside down: from the bottom up"),
            "half_turn": tr("turned by 180°"),
        },
        "reading": {"rows": tr("upright, by rows"), "columns": tr("turned, by columns")},
        "margin": {
            "mnist": tr("as in MNIST"),
            "none": tr("none around the ink"),
            "counted": tr("none, ink counted"),
        },
    }


def orientation_words(orientation: Orientation, tr: Words) -> str:
    """How the picture lies before the network, "" where it is upright."""
    words = {
        ("mirrored", False): tr("mirrored, left for right"),
        ("upside_down", False): tr("upside down: from the bottom up"),
        ("half_turn", False): tr("turned by 180°"),
        ("upright", True): tr("turned: a row is a column of it"),
        ("mirrored", True): tr("turned by 90° to the left: a row is a column of it"),
        ("upside_down", True): tr("turned by 90° to the right: a row is a column of it"),
        ("half_turn", True): tr("turned about its other diagonal: a row is a column of it"),
    }
    return words.get((orientation.turn, orientation.by_columns), "")


def _scaled(reading: InputReading) -> str:
    """The numbers that white ink 0..1 becomes."""
    pairs = zip(reading.scale, reading.offset, strict=False)
    return ", ".join(f"{term:.4g}..{factor + term:.4g}" for factor, term in pairs)


def words_of(reading: InputReading, tr: Words) -> dict[str, str]:
    """Those of its fields that can be chosen, with their values' words."""
    upright = "columns" if reading.reading == "columns" else "rows"
    told = {
        field: words[upright if field == "reading" else getattr(reading, field)]
        for field, words in reading_words(tr).items()
    }
    if reading.value_range == "scaled":
        told["value_range"] = _scaled(reading)
    return told


def field_names(tr: Words) -> dict[str, str]:
    """The fields of the reading that can be chosen, with their names."""
    return {
        "value_range": tr("Pixel values"),
        "polarity": tr("Ink"),
        "turn": tr("Turn"),
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
