"""Contract 3, the model card: what a model is, as JSON inside its ONNX file.

It lies in the file's `metadata_props` under `CARD_KEY`. Everything a reader of the file has to know
to feed the model and to name its answers is here, with how it was made and how well it does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field, fields, replace
from types import UnionType
from typing import Any, Literal, get_args

from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.json_text import json_text
from rnn_desk.core.orientation import Orientation, Turn
from rnn_desk.core.plain import one_line
from rnn_desk.core.raster import BOX, Frame

CARD_KEY = "rnn_desk.card"
SCHEMA = 1

MAX_CLASSES = 1000
"""More could not be told apart, one beside the other, in any view."""

_LONGEST_NAME, _LONGEST_CLASS = 100, 40
"""Characters that are kept of a model's name, and of a class's."""

Layout = Literal["NHW", "NCHW", "NHWC", "NF", "HNW", "NFC", "FNC", "NCF", "HW", "HWC", "CHW", "F"]
"""Order of the input's axes: N batch, C channel, H rows, W columns, F all pixels in one axis."""

SMALLEST_SIDE, LARGEST_SIDE = 8, 300
"""Pixels a side that a model's picture may have."""

MOST_PIXELS = LARGEST_SIDE**2

_HUGE = 1e30
"""No pixel is scaled to such a number: float32 ends not far beyond."""

COLOURS = 3
"""Channels of red, green and blue."""

ValueRange = Literal[
    "0..1",
    "0..255",
    "mnist",
    "-1..1",
    "0..16",
    "-0.5..0.5",
    "-128..127",
    "imagenet",
    "imagenet_bgr",
    "scaled",
]
"""What black and white are as numbers, the plainest first. "mnist" is (pixel - 0.1307) / 0.3081;
"imagenet" is less each colour's mean over its deviation, red first, or blue first; "scaled" is
pixel * `scale` + `offset`, with numbers of the reading's own."""

OF_COLOURS: tuple[ValueRange, ...] = ("imagenet", "imagenet_bgr")
"""Ranges of three channels alone: each colour has its own."""

Polarity = Literal["white_on_black", "black_on_white"]
Reading = Literal["rows", "columns", "pixels", "whole"]
"""What one time step is: a row, a column (the picture is turned), a pixel; "whole" has none."""

Dtype = Literal[
    "float32",
    "float16",
    "float64",
    "bfloat16",
    "uint8",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint16",
    "bool",
]
"""Element type of the input, by NumPy's name."""

Margin = Literal["mnist", "none", "counted"]
"""What paper there is around the ink: "mnist", it fills 20 of 28; "none", all; "counted", all, and
each pixel counts the ink of a bitmap, as scikit-learn's 8 x 8 digits do (`core.counted`)."""

Alpha = Literal["opaque", "ink"]
"""What the last of four channels holds: white everywhere; or the ink, and the colours are black."""

Fitted = Literal["padded", "stretched", "reshaped"]
"""How a square picture becomes one of another shape: with paper around it; with more or fewer
columns, or rows; or as the same pixels in rows of another length."""

Labels = Literal["named", "counted", "proposed"]
"""Whence the names of the classes are: the file, or a person, says them; nobody does, and they are
counted from 0; or they were proposed after what the model says to drawings whose labels are
known."""

Kind = Literal["reader", "writer"]
"""What the model does: it reads a picture, or it writes one (`core.writing`)."""

Output = Literal["logits", "log_probabilities", "probabilities", "scores", "softmax_twice"]
"""What the model's numbers are; "scores" are 0..1 each, and do not add up to 1; "softmax_twice" is
the softmax of probabilities, which is undone."""

Form = Literal[
    "vector", "columns", "last", "mean", "ctc", "top", "ranked", "smallest", "label", "states"
]
"""How the answer lies in what the model puts out: "vector", a number for each class; "columns", an
output for each class; "last", "mean", an answer after each step, the last of which counts, or all
alike; "ctc", the same with a blank among the classes, decoded greedily; "top", the likeliest
classes and their numbers; "ranked", the likeliest classes alone; "smallest", distances, the
smallest of which wins; "label", nothing but the likeliest class; "states", no answer at all."""


@frozen
class InputReading:
    """How a picture of ink (0 paper .. 1 ink) becomes the model's input tensor.

    In this order: `turn` lays the picture otherwise, `reading` "columns" changes rows for columns,
    `fitted` makes it of `shape`, `polarity` and `value_range` make numbers of it, `channels` and
    `layout` lay them out. batch: pictures in one run, "free" where any number will do. dtype:
    NumPy's name. scale, offset: where `value_range` is "scaled", one number, or one a channel.
    alpha: what the last of 4 channels holds. shape: rows and columns of the input where these are
    not the card's side; empty where they are.
    """

    layout: Layout = "NHW"
    value_range: ValueRange = "0..1"
    polarity: Polarity = "white_on_black"
    reading: Reading = "rows"
    batch: int | Literal["free"] = "free"
    dtype: Dtype = "float32"
    channels: int = 1
    margin: Margin = "mnist"
    turn: Turn = "upright"
    scale: tuple[float, ...] = ()
    offset: tuple[float, ...] = ()
    alpha: Alpha = "opaque"
    shape: tuple[int, ...] = ()
    fitted: Fitted = "padded"

    @property
    def orientation(self) -> Orientation:
        """How the picture lies in the input."""
        return Orientation(self.turn, self.reading == "columns")

    def frame(self, side: int) -> Frame:
        """Into what drawings are fitted for a picture of that side."""
        return Frame(side, BOX if self.margin == "mnist" else 1.0, self.margin == "counted")


@frozen
class LayerSpec:
    """One recurrent layer, in the order in which the picture passes them."""

    op: str
    units: int
    direction: str = "forward"


@frozen
class ModelCard:
    """What is known of a model. `inferred` says that a program worked it out, not its maker.

    side: rows, and columns, of its picture. training: how it was made, as its maker wrote it down.
    accuracies: parts 0..1, by data set. figures: whatever else its maker measured, by name. answer:
    the output with the answer, by its name; "" is the first that has as many numbers as there are
    classes. form: how the answer lies in it. scale: what its numbers are multiplied by. given: the
    value of each other input, by its name. rows_a_call: of a model that takes a picture in several
    calls, with states that go in and out, the rows that each call takes; 0 for any other. labels:
    whence the classes' names are.
    """

    name: str
    classes: tuple[str, ...]
    input: InputReading = InputReading()
    side: int = 28
    output: Output = "logits"
    recurrent_layers: tuple[LayerSpec, ...] = ()
    training: Mapping[str, Any] = field(default_factory=dict)
    accuracies: Mapping[str, float] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    licence: str = ""
    inferred: bool = False
    answer: str = ""
    form: Form = "vector"
    scale: float = 1.0
    given: Mapping[str, float] = field(default_factory=dict)
    rows_a_call: int = 0
    kind: Kind = "reader"
    labels: Labels = "named"

    @property
    def frame(self) -> Frame:
        """Into what drawings are fitted."""
        return self.input.frame(self.side)

    def check_answers(self, file: str) -> None:
        """Raises Refused where the model of that file gives no answer."""
        if not self.classes:
            raise Refused(
                "{file} gives states and no answer: export it with its output layer, or look at "
                "its states with inspect, trace or in the window",
                file=file,
            )


def to_json(card: ModelCard) -> str:
    """The card as the JSON text that goes into the file."""
    return json_text({"schema": SCHEMA, **asdict(card)}, sort_keys=True)


def from_json(text: str) -> ModelCard:
    """The card of that text; raises Refused with what is wrong with it."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("its model card is not JSON") from error
    if not isinstance(record, dict):
        raise Refused("its model card is not a JSON object")
    if isinstance(record.get("schema"), bool) or record.get("schema") != SCHEMA:
        raise Refused(
            "its model card has schema {schema!r}, and this program knows {known}",
            schema=record.get("schema"),
            known=SCHEMA,
        )
    try:
        reading = _reading(record["input"])
        layers = tuple(
            LayerSpec(**_named(LayerSpec, layer))
            for layer in _typed(record["recurrent_layers"], list, "recurrent_layers")
        )
        card = ModelCard(
            name=record["name"],
            classes=tuple(_typed(record["classes"], list, "classes")),
            input=reading,
            side=record["side"],
            output=record["output"],
            recurrent_layers=layers,
            training=_typed(record["training"], dict, "training"),
            accuracies=_typed(record["accuracies"], dict, "accuracies"),
            figures=_typed(record.get("figures", {}), dict, "figures"),
            licence=record["licence"],
            inferred=_typed(record["inferred"], bool, "inferred"),
            answer=_typed(record.get("answer", ""), str, "answer"),
            form=record.get("form", "vector"),
            scale=record.get("scale", 1.0),
            given=_typed(record.get("given", {}), dict, "given"),
            rows_a_call=record.get("rows_a_call", 0),
            kind=record.get("kind", "reader"),
            labels=record.get("labels", "named"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("its model card is not complete ({reason})", reason=str(error)) from error
    _check(card)
    return card


def presentable(card: ModelCard) -> ModelCard:
    """The card with names that can be shown: each on one line, and not too long."""
    return replace(
        card,
        name=one_line(card.name, _LONGEST_NAME) or "?",
        classes=tuple(one_line(name, _LONGEST_CLASS) or "?" for name in card.classes),
    )


def reading_from(record: Mapping[str, Any]) -> InputReading:
    """The reading of such a record; raises Refused with what is wrong with it."""
    try:
        reading = _reading(record)
    except TypeError as error:
        raise Refused("its model card is not complete ({reason})", reason=str(error)) from error
    _check(ModelCard("", ("0",), reading))
    return reading


def _reading(value: Any) -> InputReading:
    """The reading of such a record, as yet unchecked. Raises TypeError where it is none."""
    record = _named(InputReading, value)
    for name in ("scale", "offset", "shape"):
        record[name] = tuple(_typed(record.get(name, []), list | tuple, name))
    return InputReading(**record)


def _named(kind: type, value: Any) -> dict[str, Any]:
    """The fields of such a part of the card. Raises TypeError where they are others."""
    known = [field.name for field in fields(kind)]
    for name in _typed(value, dict, "a part of it"):
        if name not in known:
            raise TypeError(f"{name!r:.40} is none of {', '.join(known)}")
    return dict(value)


def _typed(value: Any, kind: type | UnionType, name: str) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {value!r:.40}")
    return value


def _check(card: ModelCard) -> None:
    reading = card.input
    of_others = OF_COLOURS if reading.channels != COLOURS else ()
    ranges = [span for span in get_args(ValueRange) if span not in of_others]
    allowed = {
        "layout": (reading.layout, get_args(Layout)),
        "value_range": (reading.value_range, tuple(ranges)),
        "polarity": (reading.polarity, get_args(Polarity)),
        "reading": (reading.reading, get_args(Reading)),
        "dtype": (reading.dtype, get_args(Dtype)),
        "margin": (reading.margin, get_args(Margin)),
        "turn": (reading.turn, get_args(Turn)),
        "alpha": (reading.alpha, get_args(Alpha)),
        "fitted": (reading.fitted, get_args(Fitted)),
        "channels": (reading.channels, (1, 3, 4)),
        "output": (card.output, get_args(Output)),
        "form": (card.form, get_args(Form)),
        "kind": (card.kind, get_args(Kind)),
        "labels": (card.labels, get_args(Labels)),
    }
    for name, (value, values) in allowed.items():
        if value not in values:
            raise Refused(
                "its model card says {name} {value!r}, which is none of {values}",
                name=name,
                value=value,
                values=values,
            )
    _check_numbers(reading)
    for layer in card.recurrent_layers:
        if layer.direction not in ("forward", "reverse", "bidirectional"):
            raise Refused(
                "its model card says direction {direction!r} of a layer", direction=layer.direction
            )
        if not (isinstance(layer.op, str) and _counts(layer.units)):
            raise Refused(
                "its model card has a layer {op!r} of {units!r} units",
                op=layer.op,
                units=layer.units,
            )
    if reading.batch != "free" and not _counts(reading.batch):
        raise Refused("its model card says batch {batch!r}", batch=reading.batch)
    if not all(isinstance(text, str) for text in (card.name, card.licence)):
        raise Refused("its model card has a name or a licence that is not text")
    if not all(isinstance(c, str) for c in card.classes) or bool(card.classes) is (
        card.form == "states"
    ):
        raise Refused("its model card names no classes")
    for name, number in {"scale": card.scale, **card.given}.items():
        if not _finite(number):
            raise Refused(
                "its model card gives {name} the value {value!r}", name=name, value=number
            )
    if not (card.rows_a_call == 0 or _counts(card.rows_a_call)):
        raise Refused("its model card says {rows!r} rows a call", rows=card.rows_a_call)
    if len(card.classes) > MAX_CLASSES:
        raise Refused("its model card names more than {most} classes", most=MAX_CLASSES)
    if not (_counts(card.side) and SMALLEST_SIDE <= card.side <= LARGEST_SIDE):
        raise Refused("its model card says a picture of {side!r} pixels a side", side=card.side)
    for name, share in card.accuracies.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise Refused(
                "its model card has an accuracy {name} of {share!r}, not of 0..1",
                name=name,
                share=share,
            )


def _check_numbers(reading: InputReading) -> None:
    """Raises Refused where the reading's own numbers cannot be used."""
    for name, numbers in (("scale", reading.scale), ("offset", reading.offset)):
        known = all(_finite(number) for number in numbers)
        wanted = reading.value_range == "scaled"
        if not known or (wanted and len(numbers) not in (1, reading.channels)):
            raise Refused(
                "its model card says {name} {value!r}, where a finite number is due, or one for "
                "each of {count} channels",
                name=name,
                value=list(numbers),
                count=reading.channels,
            )
    sides = reading.shape
    if sides and not (len(sides) == 2 and all(map(_counts, sides)) and max(sides) <= MOST_PIXELS):
        raise Refused("its model card says an input of shape {shape!r}", shape=list(sides))


def _finite(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) < _HUGE  # type: ignore[arg-type]  # false of NaN as well


def _counts(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
