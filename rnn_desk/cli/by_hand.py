"""What a person says of a file on the command line: `--input`, `--labels`, `--set`."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from math import isfinite
from pathlib import Path
from typing import Any, get_args

from rnn_desk.app.client import Client
from rnn_desk.app.requests import LookInto
from rnn_desk.core import card as cards
from rnn_desk.core.alphabet import LABEL_ORDERS
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.orientation import Turn
from rnn_desk.protocol.by_hand import Offered
from rnn_desk.protocol.findings import Way
from rnn_desk.protocol.model import ModelRef

_VALUES: Mapping[str, tuple[str, ...]] = {
    "layout": get_args(cards.Layout),
    "value_range": get_args(cards.ValueRange),
    "polarity": get_args(cards.Polarity),
    "turn": get_args(Turn),
    "reading": ("rows", "columns"),
    "margin": get_args(cards.Margin),
    "alpha": get_args(cards.Alpha),
    "fitted": get_args(cards.Fitted),
}
"""What can be said of an input in words, by its field in the card."""

_NUMBERS = ("side", "channels")
_SEVERAL = ("scale", "offset", "shape")
_BARE = {
    value: field
    for field in ("layout", "value_range", "polarity", "turn", "reading")
    for value in _VALUES[field]
    if value != "mnist"
}
"""Values that say by themselves which field they are of."""

_RANGE = ".."


@frozen
class Said:
    """input: the fields that are said, by name. labels: the classes' names, none for those of the
    file. given: values of other inputs."""

    input: Mapping[str, Any]
    labels: tuple[str, ...]
    given: tuple[tuple[str, float], ...]

    @property
    def anything(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.input or self.labels or self.given)


def add_by_hand(parser: ArgumentParser) -> None:
    """What can be said of a model, in place of what its card or the search says."""
    parser.add_argument(
        "--input",
        type=_input,
        metavar="SAID",
        default={},
        help="how it is fed, such as NCHW,-1..1,black_on_white,columns or "
        "scale=2,offset=-1,turn=mirrored,side=28; the rest is the plainest that fits",
    )
    parser.add_argument(
        "--labels",
        type=_labels,
        metavar="NAMES",
        default=(),
        help="what its classes are called: 1..9,0 or A..Z, names with commas between, or one of "
        + ", ".join(LABEL_ORDERS),
    )
    parser.add_argument(
        "--set",
        type=_given,
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="the value of an input beside the picture; may be given several times",
    )


def by_hand(said: Said, client: Client, file: Path) -> tuple[str, ByHand]:
    """The file's SHA-256, and what is said of it, with the rest as it is found. Raises Refused."""
    offered: Offered = client.call(LookInto(ModelRef(str(file))))
    if not said.input and not said.given:
        return offered.sha256, ByHand(classes=said.labels)
    way = _way(said.input, offered, file)
    known = {extra.port.name: extra.proposed for extra in offered.extras}
    for name, _ in said.given:
        if name not in known:
            raise Refused("{file} has no input {name} beside the picture", file=file, name=name)
    given = tuple({**known, **dict(said.given)}.items())
    return offered.sha256, ByHand(way.input, way.side, said.labels, given)


def _way(told: Mapping[str, Any], offered: Offered, file: Path) -> Way:
    """What is said of the input, over the plainest way that it leaves. Raises Refused."""
    for way in offered.ways:
        there = {**vars_of(way.input), "side": way.side}
        fixed = {name: value for name, value in told.items() if name in ("layout", "channels")}
        if all(there[name] == value for name, value in fixed.items()) and told.get(
            "side", way.side
        ) == way.side:  # fmt: skip
            of_input = {name: value for name, value in told.items() if name != "side"}
            if "scale" in told or "offset" in told:
                of_input = {"scale": (1.0,), "offset": (0.0,), "value_range": "scaled", **of_input}
            return Way(replace(way.input, **of_input), way.side)
    raise Refused("{file} has no input that holds such pictures", file=file)


def vars_of(reading: InputReading) -> dict[str, Any]:
    """Its fields by their names."""
    return {field.name: getattr(reading, field.name) for field in fields(InputReading)}


def _input(text: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for part in text.split(","):
        name, equals, value = part.strip().partition("=")
        if not equals:
            if name not in _BARE:
                known = ", ".join(_BARE)
                raise ArgumentTypeError(f"{name!r} is none of {known}, nor FIELD=VALUE")
            name, value = _BARE[name], name
        told[name] = _value(name, value)
    return told


def _value(name: str, value: str) -> Any:
    if name in _VALUES:
        if value not in _VALUES[name]:
            raise ArgumentTypeError(f"{name} is one of {', '.join(_VALUES[name])}, not {value!r}")
        return value
    try:
        if name in _NUMBERS:
            return int(value)
        if name in _SEVERAL:
            kind = int if name == "shape" else float
            return tuple(kind(each) for each in value.split("/"))
    except ValueError:
        raise ArgumentTypeError(f"{name} is a number, not {value!r}") from None
    known = ", ".join((*_VALUES, *_NUMBERS, *_SEVERAL))
    raise ArgumentTypeError(f"{name!r} is nothing that can be said of an input: {known}")


def _labels(text: str) -> tuple[str, ...]:
    if text in LABEL_ORDERS:
        return LABEL_ORDERS[text]
    names = [name for part in text.split(",") for name in _names(part.strip())]
    if not all(names):
        raise ArgumentTypeError("a label is empty")
    return tuple(names)


def _names(part: str) -> Sequence[str]:
    """A name; or, of A..Z and 0..9, all between."""
    first, _, last = part.partition(_RANGE)
    if len(first) == len(last) == 1 and first <= last:
        return [chr(code) for code in range(ord(first), ord(last) + 1)]
    return [part]


def _given(text: str) -> tuple[str, float]:
    name, equals, value = text.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not equals or not name or not isfinite(number):
        raise ArgumentTypeError(f"{text!r} is not NAME=VALUE, its value a number")
    return name, number
