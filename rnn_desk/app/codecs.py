"""How the larger values of the state are written as text; places are counted from 1 there."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rnn_desk.app.text import TEXT, Codec, many, one_of
from rnn_desk.app.values import MOST_RECENT, LayerShown, LessonPlace, ModelChoice, RuledUnit, Unit
from rnn_desk.assets_door import asset, is_bundled
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, from_json, to_json
from rnn_desk.core.lab import Experiment, GateFactor, GateHeld
from rnn_desk.core.landmarks import ROWS, UNITS
from rnn_desk.core.ordering import ORDERS
from rnn_desk.core.picture import Original, Picture, picture_of
from rnn_desk.core.references import other_drawings, reference_digits
from rnn_desk.core.scan.areas import Box

EMPTY = "empty"
"""In place of a reference digit: nothing lies on the canvas."""

MOST_PLACES = 4096
"""Rows, units or layers that a document can name at once."""

_LARGEST_SIDE = 4096

_BUNDLED = re.compile(r"[\w-]+(/[\w-]+)*")


def _place(value: Any) -> int:
    """A place counted from 0, of one counted from 1."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 2**31:
        raise ValueError
    return value - 1


def _row(value: Any) -> int | str | None:
    if value is None or (isinstance(value, str) and value in ROWS):
        return value
    return _place(value)


def _write_row(row: int | str | None) -> int | str | None:
    return row + 1 if isinstance(row, int) else row


ROW = Codec(_row, _write_row)
"""A row; or a rule of `core.landmarks.ROWS`; or none."""


def _unit(value: Any) -> Unit | RuledUnit | None:
    if value in (None, ""):
        return None
    parts = str(value).split(":")
    if len(parts) == 2 and parts[1] in UNITS:
        return RuledUnit(_place(int(parts[0])), parts[1])
    model, layer, unit = [1, *map(int, parts)] if len(parts) == 2 else map(int, parts)
    return Unit(_place(model), _place(layer), _place(unit))


def _write_unit(unit: Unit | RuledUnit | None) -> str | None:
    if unit is None:
        return None
    if isinstance(unit, RuledUnit):
        return f"{unit.layer + 1}:{unit.rule}"
    model = [] if unit.model == 0 else [unit.model + 1]
    return ":".join(map(str, [*model, unit.layer + 1, unit.unit + 1]))


UNIT = Codec(_unit, _write_unit)
"""A unit as "2:31", its layer and its number, before them the model if that is not the first; or a
rule of `core.landmarks.UNITS` in place of the number; or none."""


def _target(value: Any) -> int | str:
    return "answer" if value == "answer" else _place(value)


TARGET = Codec(_target, lambda target: target if target == "answer" else target + 1)
"""The class that a gradient is of, or the answer."""


def _class(value: Any) -> int | None:
    if value == ANY:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MOST_PLACES:
        raise ValueError
    return value


ANY = "any"
"""In place of a class: whichever."""

CLASS = Codec(_class, lambda index: ANY if index is None else index)
"""A class by its index from 0, which of digits is the digit; or any."""


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MOST_SEEDS:
        raise ValueError
    return value


MOST_SEEDS = 2**31

SEED = Codec(_whole, int)
"""What chooses, of all that chance could bring."""


def _layers(value: Any) -> tuple[LayerShown, ...]:
    if not isinstance(value, list) or len(value) > MOST_PLACES:
        raise ValueError
    return tuple(shown for index, each in enumerate(value) for shown in _shown(index, each))


def _shown(index: int, value: Any) -> Iterator[LayerShown]:
    """What a layer shows; of a word alone, in all models."""
    if isinstance(value, str):
        yield from (LayerShown(model, index, TEXT.read(value)) for model in (0, 1))
    else:
        model, layer, quantity, order = value
        yield LayerShown(_place(model), _place(layer), TEXT.read(quantity), _ORDER.read(order))


_ORDER = one_of(*ORDERS)


LAYERS = Codec(
    _layers,
    lambda layers: [[s.model + 1, s.layer + 1, s.quantity, s.order] for s in layers],
)
"""What layers show: a list of `[model, layer, quantity, order]`; or of quantities alone, layer
after layer."""


def _model(value: Any) -> ModelChoice | None:
    if value in (None, ""):
        return None
    if isinstance(value, str):
        return ModelChoice(_path(value))
    return ModelChoice(_path(value["file"]), many(TEXT, MOST_PLACES).read(value["watched"]))


def _path(name: str) -> str:
    """The path of a file, or of a bundled model by its name."""
    name = TEXT.read(name)
    return str(asset("models", f"{name}.onnx")) if _BUNDLED.fullmatch(name) else name


def _write_model(model: ModelChoice | None) -> Any:
    if model is None:
        return None
    name = model_name(model.path) if is_bundled(Path(model.path)) else model.path
    return {"file": name, "watched": list(model.watched)} if model.watched else name


def model_name(path: str) -> str:
    """The name of a bundled model, by its path."""
    inside = Path(path).absolute().relative_to(asset("models").absolute())
    return inside.with_suffix("").as_posix()


MODEL = Codec(_model, _write_model)
"""A model by its file, or a bundled one by its name."""


def _drawing(value: Any) -> Original:
    if isinstance(value, str):
        return reference_digit(value)
    if "grey" in value:
        return _picture(value)
    return from_json(json.dumps(value)).resized(CANVAS_SIZE)


def _picture(value: Any) -> Picture:
    rows, columns = (_place(side) + 1 for side in value["shape"])
    data = base64.b64decode(value["grey"], validate=True)
    if max(rows, columns) > _LARGEST_SIDE or len(data) != rows * columns:
        raise ValueError
    grey = np.frombuffer(data, np.uint8).reshape(rows, columns)
    box = _box(value["box"]).within(rows, columns) if value.get("box") is not None else None
    return picture_of(grey, as_it_is=value["as_it_is"] is True, box=box)


def _box(value: Any) -> Box:
    left, top, right, bottom = (float(each) for each in value)
    if not (0 <= left < right <= _LARGEST_SIDE and 0 <= top < bottom <= _LARGEST_SIDE):
        raise ValueError
    return Box(left, top, right, bottom)


def _write_drawing(original: Original) -> Any:
    if isinstance(original, Drawing):
        return json.loads(to_json(original))
    box = {} if original.box is None else {"box": list(astuple(original.box))}
    return {
        "shape": list(original.grey.shape),
        "grey": base64.b64encode(original.grey.tobytes()).decode("ascii"),
        "as_it_is": original.as_it_is,
        **box,
    }


@cache  # so that two steps of a lesson lay the same one down
def reference_digit(name: str) -> Drawing:
    """The first reference digit of that label and style, such as "4 closed"; one of the drawings
    that are no digits, such as "heart"; or an empty one."""
    if name == EMPTY:
        return Drawing()
    if name in other_drawings():
        return other_drawings()[name].resized(CANVAS_SIZE)
    for drawing in reference_digits().drawings:
        if name == f"{drawing.label} {drawing.extra['style']}":
            return drawing.resized(CANVAS_SIZE)
    raise ValueError


DRAWING = Codec(_drawing, _write_drawing)
"""What lies on the canvas: a drawing as one of a file of drawings, or a picture's greys; or the
name of a reference digit."""


def _lab(value: Any) -> Experiment:
    known = {"covered", "shuffled", "noise", "noise_seed", "shift", "rotation", "off", "gates",
             "hold", "forget"}  # fmt: skip
    if not isinstance(value, dict) or not known.issuperset(value):
        raise ValueError
    if not frozenset(value.get("gates", {})).isdisjoint(value.get("hold", {})):
        raise ValueError
    return Experiment(
        covered=frozenset(_rows(value.get("covered", []))),
        shuffle=_seed(value.get("shuffled", False)),
        noise=abs(_amount(value.get("noise", 0.0))),
        noise_seed=_seed(value.get("noise_seed", 0)) or 0,
        shift=_pair(value.get("shift", (0.0, 0.0))),
        rotation=_amount(value.get("rotation", 0.0)),
        off=frozenset(_pairs(value.get("off", []))),
        gates=tuple(
            GateFactor(*place, _amount(factor)) for place, factor in _gates(value.get("gates", {}))
        ),
        held=tuple(
            GateHeld(*place, "mean" if at == "mean" else _amount(at))
            for place, at in _gates(value.get("hold", {}))
        ),
        zeroed=frozenset(_pairs(value.get("forget", []))),
    )


def _write_lab(experiment: Experiment) -> dict[str, Any]:
    e = experiment
    written = {
        "covered": [[first + 1, last + 1] for first, last in _ranges(e.covered)],
        "shuffled": False if e.shuffle is None else True if e.shuffle == 0 else e.shuffle,
        "noise": e.noise,
        "noise_seed": e.noise_seed,
        "shift": list(e.shift),
        "rotation": e.rotation,
        "off": [[layer + 1, unit + 1] for layer, unit in sorted(e.off)],
        "gates": {f"{g.layer + 1}:{g.gate}": g.factor for g in e.gates},
        "hold": {f"{g.layer + 1}:{g.gate}": g.at for g in e.held},
        "forget": [[layer + 1, row + 1] for layer, row in sorted(e.zeroed)],
    }
    return {name: told for name, told in written.items() if told not in (False, 0, [], {}, [0, 0])}


LAB = Codec(_lab, _write_lab)
"""An experiment; what is not named in it is not done. covered: rows from the first to the last of a
pair, or of several; off, forget: pairs of a layer and its unit, or the row after which it is."""


def _rows(value: Any) -> set[int]:
    ranges = [value] if value and isinstance(value[0], int) else value
    if len(ranges) > MOST_PLACES:
        raise ValueError
    rows: set[int] = set()
    told = 0
    for first, last in ranges:
        new = range(_place(first), min(_place(last) + 1, MOST_PLACES))
        told += len(new)
        if told > MOST_PLACES:
            raise ValueError
        rows.update(new)
    return rows


def _ranges(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of rows that follow one another."""
    first = last = None
    for row in sorted(rows):
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = row
    if first is not None and last is not None:
        yield first, last


def _seed(value: Any) -> int | None:
    """True is the first seed, False none."""
    if isinstance(value, bool):
        return 0 if value else None
    if not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError
    return value


def _amount(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e4:
        raise ValueError
    return float(value)


def _pair(value: Any) -> tuple[float, float]:
    right, down = value
    return _amount(right), _amount(down)


def _pairs(value: Any) -> Iterator[tuple[int, int]]:
    if len(value) > MOST_PLACES:
        raise ValueError
    for layer, place in value:
        yield _place(layer), _place(place)


def _gates(value: Any) -> Iterator[tuple[tuple[int, str], Any]]:
    """Each gate's layer and letter, and what is said of it."""
    if len(value) > MOST_PLACES:
        raise ValueError
    for place, said in value.items():
        layer, _, gate = place.partition(":")
        if str(int(layer)) != layer:  # written in one way, each gate stands there once
            raise ValueError
        yield (_place(int(layer)), TEXT.read(gate)), said


def _lesson(value: Any) -> LessonPlace | None:
    if value is None:
        return None
    name, step = value
    return LessonPlace(TEXT.read(name), _place(step))


LESSON = Codec(_lesson, lambda place: None if place is None else [place.name, place.step + 1])
"""A lesson by its name, and its step."""


def _recent(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):  # as older settings have it, a line each
        value = [line for line in value.split("\n") if line]
    return tuple(TEXT.read(path) for path in value[:MOST_RECENT])


def _merge_recent(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Ours first; where we have forgotten all, none."""
    return (*ours, *(path for path in theirs if path not in ours))[:MOST_RECENT] if ours else ()


RECENT = Codec(_recent, list, _merge_recent)
"""Paths, the newest first."""
