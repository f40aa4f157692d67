"""Contract 1, the drawing: immutable strokes, and the JSON Lines file that holds them.

One line is one drawing::

    {"label": 7, "strokes": [[[x, y], ...], ...]}

with optional fields: `writer`; `size`, the side of the square canvas (500 when absent; y grows
downwards); `width`, the pen's width in canvas units, one number or one a stroke; `tools`, one of
"ink" or "eraser" a stroke; `pressure`, for each stroke null or one number in 0..1 a point;
`seconds`, for each stroke null or the second at which each point was made.
Fields that are not known here are kept and written back.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_text_lines, write_whole
from rnn_desk.core.frozen import frozen

Tool = Literal["ink", "eraser"]

CANVAS_SIZE = 500.0
"""Side of the canvas in canvas units, where a drawing does not say."""

NOMINAL_WIDTH = 0.056
"""Width of the ordinary pen, as a part of the canvas's side."""

MAX_POINTS = 200_000
"""Points of one drawing; a day of scribbling stays below, a hostile file does not."""

MAX_STROKES = 10_000
"""Strokes of one drawing, likewise: each is painted by itself, in the window's own time."""

_MOST_LISTS = MAX_POINTS + 4 * MAX_STROKES
_MOST_COMMAS = 8 * MAX_POINTS
"""Of a line, with room for fields that are not known here: what has more is refused before it is
taken apart, which no other thread could interrupt."""

_PASSED_OVER = 8

MAX_WIPED = 16_000_000
"""Pairs of a point of ink and a point of an eraser's stroke after it, in one drawing: each is
looked at, in a second or some, before anything can be shown. A person comes nowhere near."""

MAX_EMPTY_LINES = 1000
"""Lines with nothing in them, one after the other, in a file of drawings."""

_AT_A_TIME = 500

MAX_COORDINATE = 1e7
MIN_SIZE = 1e-3
_KNOWN = frozenset({"label", "strokes", "writer", "width", "size", "tools", "pressure", "seconds"})


@frozen(eq=False)
class Stroke:
    """One movement of the pen, from touching the paper to leaving it.

    points: `[n, 2]` float64, x to the right and y downwards, in canvas units; n >= 1.
    width: the pen's diameter in canvas units; None is the ordinary pen.
    pressure: `[n]` float64 in 0..1, or None where the device gives none.
    seconds: `[n]` float64, when each point was made, since any moment that is the same for all
    strokes of a drawing; never running backwards. None where that is not known.
    """

    points: NDArray[np.float64] = field(repr=False)
    tool: Tool = "ink"
    width: float | None = None
    pressure: NDArray[np.float64] | None = field(default=None, repr=False)
    seconds: NDArray[np.float64] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for array in (self.points, self.pressure, self.seconds):
            if array is not None:
                array.flags.writeable = False

    def cut(self, end: int | None, begin: int = 0) -> Stroke:
        """The same stroke with its points from `begin` to before `end` alone, at least one."""
        part = slice(begin, end)
        return replace(
            self,
            points=self.points[part],
            pressure=None if self.pressure is None else self.pressure[part],
            seconds=None if self.seconds is None else self.seconds[part],
        )


@frozen(eq=False)
class Drawing:
    """Strokes in the order in which they were made, on a square canvas."""

    strokes: tuple[Stroke, ...] = ()
    size: float = CANVAS_SIZE
    label: int | str | None = None
    writer: int | str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self.strokes

    def with_stroke(self, stroke: Stroke) -> Drawing:
        """The same drawing with one stroke more."""
        return replace(self, strokes=(*self.strokes, stroke))

    def resized(self, size: float) -> Drawing:
        """The same drawing on a canvas of another size, pen widths and all."""
        scale = size / self.size
        strokes = tuple(
            replace(s, points=s.points * scale, width=None if s.width is None else s.width * scale)
            for s in self.strokes
        )
        return replace(self, strokes=strokes, size=size)

    def moved(self, scale: float, dx: float, dy: float) -> Drawing:
        """The drawing scaled about the origin, then shifted; pen widths stay."""
        offset = np.array([dx, dy])
        moved = (replace(s, points=s.points * scale + offset) for s in self.strokes)
        return replace(self, strokes=tuple(moved))


def stroke(
    points: Iterable[Iterable[float]],
    tool: Tool = "ink",
    width: float | None = None,
    pressure: Iterable[float] | None = None,
    seconds: Iterable[float] | None = None,
) -> Stroke:
    """A stroke from any nested numbers; raises Refused where they are none."""
    array = _numbers(points)
    if array is None or array.ndim != 2 or array.shape[0] == 0 or array.shape[1] != 2:
        raise Refused("a stroke is a list of [x, y] points, at least one")
    if not np.all(np.abs(array) <= MAX_COORDINATE):  # also catches nan and infinity
        raise Refused("a point's coordinates are not ordinary numbers")
    if tool not in ("ink", "eraser"):
        raise Refused("a tool is ink or eraser, not {tool!r}", tool=tool)
    if width is not None and not 0 < width <= MAX_COORDINATE:
        raise Refused("a pen's width is a positive number")
    press = None
    if pressure is not None:
        press = _numbers(pressure)
        if press is None or press.shape != (len(array),) or not np.all((press >= 0) & (press <= 1)):
            raise Refused("pressure is one number in 0..1 for each point")
    return Stroke(array, tool, width, press, None if seconds is None else _times(seconds, array))


def from_json(line: str) -> Drawing:
    """One line of a drawing file as a Drawing; raises Refused with what is wrong."""
    if line.count("[") > _MOST_LISTS or line.count(",") > _MOST_COMMAS:
        raise Refused("it has more in it than {most} points", most=MAX_POINTS)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Refused("it is not JSON") from error
    if not isinstance(record, dict) or not isinstance(record.get("strokes"), list):
        raise Refused("it has no list of strokes")
    raw = record["strokes"]
    try:
        if sum(len(points) for points in raw) > MAX_POINTS:
            raise Refused("it has more than {most} points", most=MAX_POINTS)
        if sum(map(bool, raw)) > MAX_STROKES:
            raise Refused("it has more than {most} strokes", most=MAX_STROKES)
        widths = _per_stroke(record.get("width"), len(raw), "width")
        tools = _per_stroke(record.get("tools", "ink"), len(raw), "tools")
        pressures = _per_stroke(record.get("pressure"), len(raw), "pressure")
        seconds = _per_stroke(record.get("seconds"), len(raw), "seconds")
        strokes = tuple(
            stroke(
                points, cast(Tool, tool), None if width is None else _number(width), press, times
            )
            for points, tool, width, press, times in zip(
                raw, tools, widths, pressures, seconds, strict=True
            )
            if points
        )
    except TypeError as error:
        raise Refused("its strokes are not lists of [x, y] numbers") from error
    if room_to_wipe(strokes) < 0:
        raise Refused("its eraser strokes pass over too much ink to be worked out")
    size = _number(record.get("size", CANVAS_SIZE))
    if not MIN_SIZE <= size <= MAX_COORDINATE:
        raise Refused("its size is not an ordinary positive number")
    return Drawing(
        strokes,
        size,
        _name(record.get("label"), "label"),
        _name(record.get("writer"), "writer"),
        {key: value for key, value in record.items() if key not in _KNOWN},
    )


@frozen
class StrokeText:
    """What a line has of one stroke: its points, the pressure and the second at each."""

    points: str
    pressure: str
    seconds: str


def stroke_text(stroke: Stroke, decimals: int) -> StrokeText:
    """Write a stroke's numbers, the coordinates to so many decimals."""
    return StrokeText(
        _text_of(np.round(stroke.points, decimals)),
        "null" if stroke.pressure is None else _text_of(np.round(stroke.pressure, 4)),
        "null" if stroke.seconds is None else _text_of(np.round(stroke.seconds, 4)),
    )


def to_json(drawing: Drawing, text_of: Callable[[Stroke, int], StrokeText] = stroke_text) -> str:
    """A Drawing as one line; `from_json` gives the same strokes back, to a millionth of the size.

    (Rounder numbers make the file a third as long.) text_of: writes a stroke, or has it written
    already.
    """
    strokes = drawing.strokes
    decimals = 6 - math.ceil(math.log10(drawing.size))
    texts = [text_of(each, decimals) for each in strokes]
    record: dict[str, Any] = dict(drawing.extra)
    if drawing.label is not None:
        record["label"] = drawing.label
    if drawing.writer is not None:
        record["writer"] = drawing.writer
    record["size"] = drawing.size
    parts = [_compact(record)[:-1], f'"strokes":[{",".join(t.points for t in texts)}]']
    if any(s.width is not None for s in strokes):
        parts.append(f'"width":{_compact([s.width for s in strokes])}')
    if any(s.tool != "ink" for s in strokes):
        parts.append(f'"tools":{_compact([s.tool for s in strokes])}')
    if any(s.pressure is not None for s in strokes):
        parts.append(f'"pressure":[{",".join(t.pressure for t in texts)}]')
    if any(s.seconds is not None for s in strokes):
        parts.append(f'"seconds":[{",".join(t.seconds for t in texts)}]')
    return ",".join(parts) + "}"


def _text_of(numbers: NDArray[np.float64]) -> str:
    """Write numbers, some hundred at a time: no other thread gets a turn during one."""
    pieces = (numbers[k : k + _AT_A_TIME] for k in range(0, len(numbers), _AT_A_TIME))
    return f"[{','.join(_compact(piece.tolist())[1:-1] for piece in pieces)}]"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def room_to_wipe(strokes: Iterable[Stroke]) -> int:
    """How many points an eraser's stroke may have after these; below 0, they are too many already.

    A stroke of ink counts as some points more, for what it takes to pass it over.
    """
    ink, room = 1, MAX_WIPED
    for each in strokes:
        if each.tool == "ink":
            ink += len(each.points) + _PASSED_OVER
        else:
            room -= ink * len(each.points)
    return room // ink


def read_drawings(path: Path) -> Iterator[Drawing | Refused]:
    """The drawings of a `.jsonl` or `.jsonl.gz` file; a bad line is answered with its Refused.

    Raises Refused where the file itself cannot be read.
    """
    return (drawing for _, drawing in drawings_with_lines(path))


def drawings_with_lines(path: Path) -> Iterator[tuple[str, Drawing | Refused]]:
    """What `read_drawings` gives, each with the line that it is made of."""
    empty = 0
    for number, line in enumerate(read_text_lines(path), start=1):
        empty = 0 if line.strip() else empty + 1
        if empty > MAX_EMPTY_LINES:
            raise Refused("{file} is no file of drawings: it has only empty lines", file=path)
        if empty:
            continue
        try:
            yield line, from_json(line)
        except Refused as refusal:
            yield (
                line,
                Refused(
                    "{file}, line {line}: this is not a drawing, {reason}; correct or remove the "
                    "line",
                    file=path,
                    line=number,
                    reason=refusal,
                ),
            )


def write_drawings(path: Path, drawings: Iterable[Drawing]) -> None:
    """Write a drawing file, whole or not at all. Raises Refused where it cannot be written."""
    text = "".join(to_json(drawing) + "\n" for drawing in drawings)
    # Half a character, as JSON can hold, has no UTF-8; its escape here is JSON's own.
    write_whole(path, text.encode("utf-8", "backslashreplace"))


def _numbers(values: Iterable[Any]) -> NDArray[np.float64] | None:
    """Numbers, nested evenly, as an array; None where they are none, or of no use."""
    try:
        array = np.array([list(v) if isinstance(v, Iterable) else v for v in values])
    except (TypeError, ValueError):  # nested unevenly, or not at all
        return None
    return array.astype(np.float64) if array.dtype.kind in "iuf" else None


def _times(values: Iterable[Any], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """When each point was made. Raises Refused."""
    times = _numbers(values)
    ordinary = times is not None and times.shape == (len(points),)
    if times is None or not ordinary or not np.all(np.abs(times) <= MAX_COORDINATE):
        raise Refused("seconds is one ordinary number for each point")
    if np.any(np.diff(times) < 0):
        raise Refused("seconds run backwards in a stroke")
    return times


def _number(value: Any) -> float:
    """One number, or what fails every comparison."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return math.nan
    return float(value) if abs(value) <= MAX_COORDINATE else math.inf


def _per_stroke(value: Any, count: int, name: str) -> list[Any]:
    """One value a stroke, from one for all or a list of them; None for an empty list in it, as
    TOML, in which lessons are written, has nothing else for none."""
    if not isinstance(value, list):
        return [value] * count
    if len(value) != count:
        raise Refused("{name} does not have one entry for each stroke", name=name)
    return [None if each == [] else each for each in value]


def _name(value: Any, field_name: str) -> int | str | None:
    if value is None or (isinstance(value, int | str) and not isinstance(value, bool)):
        return value
    raise Refused("its {name} is neither a number nor a word", name=field_name)
