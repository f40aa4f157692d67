"""Photographs of a class's sheets: many digits on one paper, ruled, framed, named, lit from aside.

Each is made anew from its seed, and says where its digits lie, so that what is found in it can be
held against that without any network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from rnn_desk.core.drawing import Drawing
from rnn_desk.core.scan.areas import Box
from tests.helpers.hard_pictures import Floats, Pick, Random, cover

Paint = Callable[[Random, "Sheet"], "Sheet"]
"""Does something to a sheet: prints on it, lays it down, lights it, photographs it."""

BLUE, BLACK, PENCIL = (35, 50, 120), (25, 25, 30), (95, 95, 100)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet in the making.

    colours: `[rows, columns, 3]`, 0..255. written: its digits' labels and boxes, line by line.
    """

    colours: Floats = field(repr=False)
    written: tuple[tuple[str, Box], ...]
    cell: tuple[float, float]
    start: tuple[float, float]
    table: tuple[int, int]

    def image(self) -> Image.Image:
        """As a picture of eight bits."""
        return Image.fromarray(np.clip(np.rint(self.colours), 0, 255).astype(np.uint8))

    def mixed(self, cover: Floats, colour: Sequence[float]) -> Sheet:
        """With something of that colour printed where it covers the paper, 0..1."""
        part = cover[..., None]
        return replace(self, colours=self.colours * (1 - part) + part * np.asarray(colour))


def written(
    random: Random,
    pick: Pick,
    rows: int,
    columns: int,
    ink: Sequence[float] = BLUE,
    size: tuple[int, int] = (880, 1180),
    tall: tuple[float, float] = (0.4, 0.6),
    margin: float = 0.08,
    pen: tuple[float, float] = (0.06, 0.1),
    paper: Sequence[float] = (238, 236, 230),
    on: Paint | None = None,
) -> Sheet:
    """So many lines of so many digits, each somewhere in its cell; `on` prints what is below."""
    high, wide = size
    start = margin * wide, margin * high
    cell = (wide - 2 * start[0]) / columns, (high - 2 * start[1]) / rows
    empty = Sheet(np.ones((high, wide, 3)) * paper, (), cell, start, (rows, columns))
    below = empty if on is None else on(random, empty)
    layer = np.zeros((high, wide))
    found = []
    for row in range(rows):
        for column in range(columns):
            drawing = pick()
            digit = cover(drawing, random.uniform(*tall) * min(cell), random.uniform(*pen))
            h, w = digit.shape
            x = int(start[0] + column * cell[0] + random.uniform(0.3, 0.7) * (cell[0] - w))
            y = int(start[1] + row * cell[1] + random.uniform(0.3, 0.7) * (cell[1] - h))
            spot = layer[y : y + h, x : x + w]
            np.maximum(spot, digit, out=spot)
            found.append((str(drawing.label), Box(x + 1, y + 1, x + w - 1, y + h - 1)))
    return replace(below.mixed(layer, ink), written=tuple(found))


# --- what is printed on the paper ---


def _drawn(sheet: Sheet, paint: Callable[[Any], None]) -> Floats:
    high, wide, _ = sheet.colours.shape
    fine = Image.new("L", (2 * wide, 2 * high))
    paint(ImageDraw.Draw(fine))
    return np.asarray(fine.resize((wide, high), Image.Resampling.BOX)) / 255


def ruled(every: float = 0.5, strength: float = 0.45, margin_line: bool = True) -> Paint:
    """Writing paper; every: from line to line, in cells."""

    def paint(_: Random, sheet: Sheet) -> Sheet:
        high, wide, _ = sheet.colours.shape
        step = every * sheet.cell[1]

        def lines(draw: Any) -> None:
            y = sheet.start[1] * 0.6
            while y < high:
                draw.line((0, 2 * y, 2 * wide, 2 * y), fill=255, width=4)
                y += step

        out = sheet.mixed(strength * _drawn(sheet, lines), (90, 120, 190))
        if margin_line:
            x = sheet.start[0] * 1.4
            red = _drawn(sheet, lambda d: d.line((x, 0, x, 2 * high), fill=255, width=5))
            out = out.mixed(0.7 * red, (200, 60, 70))
        return out

    return paint


def squared(step: float = 30, strength: float = 0.4) -> Paint:
    """Squared paper."""

    def paint(random: Random, sheet: Sheet) -> Sheet:
        high, wide, _ = sheet.colours.shape
        shift = random.uniform(0, step)

        def lines(draw: Any) -> None:
            for k in range(int(max(high, wide) / step) + 1):
                at = 2 * (shift + k * step)
                draw.line((0, at, 2 * wide, at), fill=255, width=3)
                draw.line((at, 0, at, 2 * high), fill=255, width=3)

        return sheet.mixed(strength * _drawn(sheet, lines), (110, 140, 190))

    return paint


def table(strength: float = 0.9, width: int = 5, colour: Sequence[float] = BLACK) -> Paint:
    """A line round each cell, the table's own edge included."""

    def paint(_: Random, sheet: Sheet) -> Sheet:
        rows, columns = sheet.table
        (x0, y0), (w, h) = sheet.start, sheet.cell

        def lines(draw: Any) -> None:
            for k in range(rows + 1):
                y = 2 * (y0 + k * h)
                draw.line((2 * x0, y, 2 * (x0 + columns * w), y), fill=255, width=width)
            for k in range(columns + 1):
                x = 2 * (x0 + k * w)
                draw.line((x, 2 * y0, x, 2 * (y0 + rows * h)), fill=255, width=width)

        return sheet.mixed(strength * _drawn(sheet, lines), colour)

    return paint


def boxes(strength: float = 0.9, width: int = 5, gap: float = 0.1, round_: float = 0.0) -> Paint:
    """A box in each cell, apart from the others."""

    def paint(_: Random, sheet: Sheet) -> Sheet:
        (x0, y0), (w, h) = sheet.start, sheet.cell

        def lines(draw: Any) -> None:
            for row in range(sheet.table[0]):
                for column in range(sheet.table[1]):
                    x, y = x0 + column * w, y0 + row * h
                    spot = [x + gap * w, y + gap * h, x + (1 - gap) * w, y + (1 - gap) * h]
                    draw.rounded_rectangle(
                        [2 * v for v in spot], round_ * min(w, h), outline=255, width=width
                    )

        return sheet.mixed(strength * _drawn(sheet, lines), BLACK)

    return paint


def baselines(under: float = 0.82) -> Paint:
    """A short line in each cell, to write on; the digits may touch it."""

    def paint(_: Random, sheet: Sheet) -> Sheet:
        (x0, y0), (w, h) = sheet.start, sheet.cell

        def lines(draw: Any) -> None:
            for row in range(sheet.table[0]):
                for column in range(sheet.table[1]):
                    x, y = 2 * (x0 + column * w), 2 * (y0 + (row + under) * h)
                    draw.line((x + 0.2 * w, y, x + 1.8 * w, y), fill=255, width=4)

        return sheet.mixed(0.8 * _drawn(sheet, lines), (90, 90, 95))

    return paint


_NAMES = ("Mia", "Ben", "Ada", "Tom", "Lin", "Eva", "Max", "Ida", "Jo", "Wei", "Ali", "Zoe")


def names(tall: float = 0.16) -> Paint:
    """A name at the top of each cell; tall: its letters, in cells."""

    def paint(random: Random, sheet: Sheet) -> Sheet:
        (x0, y0), (w, h) = sheet.start, sheet.cell
        font = ImageFont.load_default(2 * tall * h)

        def words(draw: Any) -> None:
            for row in range(sheet.table[0]):
                for column in range(sheet.table[1]):
                    at = 2 * (x0 + (column + 0.08) * w), 2 * (y0 + (row + 0.02) * h)
                    draw.text(at, str(random.choice(_NAMES)), fill=255, font=font)

        return sheet.mixed(_drawn(sheet, words), (60, 60, 65))

    return paint


def line_names(tall: float = 0.3) -> Paint:
    """A name before each line, in the margin."""

    def paint(random: Random, sheet: Sheet) -> Sheet:
        (x0, y0), (_, h) = sheet.start, sheet.cell
        font = ImageFont.load_default(2 * tall * min(h, x0))

        def words(draw: Any) -> None:
            for row in range(sheet.table[0]):
                at = x0 * 0.2, 2 * (y0 + (row + 0.4) * h)
                draw.text(at, str(random.choice(_NAMES)), fill=255, font=font)

        return sheet.mixed(_drawn(sheet, words), (60, 60, 65))

    return paint


def heading(tall: float = 0.045) -> Paint:
    """A printed line above all."""

    def paint(_: Random, sheet: Sheet) -> Sheet:
        high, wide, _ = sheet.colours.shape
        font = ImageFont.load_default(2 * tall * high)

        def words(draw: Any) -> None:
            draw.text((0.3 * wide, 0.012 * high), "Class 4b, Monday", fill=255, font=font)

        return sheet.mixed(_drawn(sheet, words), (40, 40, 45))

    return paint


def holes(dark: float = 60) -> Paint:
    """Two punched holes at the left, the table seen through them."""

    def paint(_: Random, sheet: Sheet) -> Sheet:
        high, wide, _ = sheet.colours.shape
        r, x = 0.018 * wide, 0.035 * wide

        def discs(draw: Any) -> None:
            for y in (0.3 * high, 0.7 * high):
                draw.ellipse([2 * (x - r), 2 * (y - r), 2 * (x + r), 2 * (y + r)], fill=255)

        return sheet.mixed(_drawn(sheet, discs), (dark,) * 3)

    return paint


def both(*paints: Paint) -> Paint:
    """One after the other."""

    def paint(random: Random, sheet: Sheet) -> Sheet:
        for each in paints:
            sheet = each(random, sheet)
        return sheet

    return paint


# --- how it lies, is lit and photographed ---


def laid(
    ground: float | None = None, turn: float = 0.03, tilt: float = 0.02, part: float = 1.0
) -> Paint:
    """The sheet turned and seen from aside; ground: how bright what it lies on is, None where
    nothing but paper is seen; part: how much of the picture it takes."""

    def paint(random: Random, sheet: Sheet) -> Sheet:
        high, wide, _ = sheet.colours.shape
        source = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], float)
        angle = random.uniform(-turn, turn)
        matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        middle = np.array([wide / 2, high / 2])
        corners = (source - middle) * part @ matrix.T + middle
        corners += random.uniform(-tilt, tilt, (4, 2)) * wide
        forth = _homography(source, corners)
        back = np.linalg.inv(forth)
        factors = (back / back[2, 2]).ravel()[:8].tolist()
        options = ((wide, high), Image.Transform.PERSPECTIVE, factors, Image.Resampling.BICUBIC)
        seen = np.asarray(sheet.image().transform(*options), float)
        mask = Image.new("L", (wide, high), 255).transform(*options)
        cover = (np.asarray(mask) / 255)[..., None]
        if ground is None:
            under = np.ones((high, wide, 3)) * np.median(sheet.colours, axis=(0, 1))
        else:
            grain = random.normal(0, 4, (high, wide, 1)) + 6 * np.sin(
                np.arange(wide)[None, :, None] / random.uniform(8, 30)
            )
            under = ground * np.array([1.05, 0.95, 0.85]) + grain
        return replace(
            sheet,
            colours=under * (1 - cover) + seen * cover,
            written=tuple((label, _mapped(box, forth)) for label, box in sheet.written),
        )

    return paint


def _homography(source: Floats, target: Floats) -> Floats:
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    return np.append(np.linalg.solve(np.array(rows), target.ravel()), 1).reshape(3, 3)


def _mapped(box: Box, by: Floats) -> Box:
    corners = np.array(
        [
            [box.left, box.top, 1],
            [box.right, box.top, 1],
            [box.right, box.bottom, 1],
            [box.left, box.bottom, 1],
        ]
    )
    there = corners @ by.T
    at = there[:, :2] / there[:, 2:]
    (left, top), (right, bottom) = at.min(axis=0), at.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


def lit(falls: float = 0.35, shadow: float = 0.0) -> Paint:
    """Light that falls off to one side; shadow: how much a shadow with a soft edge takes."""

    def paint(random: Random, sheet: Sheet) -> Sheet:
        high, wide, _ = sheet.colours.shape
        y, x = np.mgrid[0 : 1 : high * 1j, 0 : wide / high : wide * 1j]
        angle = random.uniform(0, 2 * np.pi)
        along = x * np.cos(angle) + y * np.sin(angle)
        light = 1 - falls * (along - along.min()) / np.ptp(along)
        if shadow:
            away = (x - 0.6 * wide / high) * np.cos(angle + 1) + (y - 0.5) * np.sin(angle + 1)
            light = light * (1 - shadow / (1 + np.exp(-away * random.uniform(20, 120))))
        return replace(sheet, colours=sheet.colours * light[..., None])

    return paint


def taken(blur: float = 1.0, noise: float = 4.0) -> Paint:
    """What a phone does: a little out of focus, and noise."""

    def paint(random: Random, sheet: Sheet) -> Sheet:
        soft = np.asarray(sheet.image().filter(ImageFilter.GaussianBlur(blur)), float)
        return replace(sheet, colours=soft + random.normal(0, noise, soft.shape))

    return paint


# --- kinds ---


@dataclass(frozen=True, eq=False)
class Taken:
    """A picture of a sheet, and what is on it."""

    kind: str
    image: Image.Image = field(repr=False)
    written: tuple[tuple[str, Box], ...]
    suffix: str = ".jpg"
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """Sheets of one kind: what is printed, how many digits, how it is photographed."""

    name: str
    rows: int
    columns: int
    on: Paint | None = None
    photo: tuple[Paint, ...] = (laid(), lit(), taken())
    suffix: str = ".jpg"
    write: dict[str, Any] = field(default_factory=dict)


KINDS = (
    Kind("row of five", 1, 5, write={"size": (400, 1200)}),
    Kind("three rows of five", 3, 5),
    Kind("4 x 6", 4, 6, write={"tall": (0.45, 0.65)}),
    Kind("6 x 4 upright", 6, 4, write={"size": (1180, 880), "ink": BLACK}),
    Kind("7 x 10 small", 7, 10, write={"ink": BLACK, "tall": (0.4, 0.6)}),
    Kind("pencil", 3, 5, write={"ink": PENCIL, "pen": (0.04, 0.06)}),
    Kind("ruled", 4, 6, ruled()),
    Kind("ruled strongly", 3, 5, ruled(0.34, 0.8)),
    Kind("squared", 3, 5, squared()),
    Kind("squared finely", 4, 6, squared(18, 0.5), write={"ink": BLACK}),
    Kind("table", 4, 6, table()),
    Kind("table of fat lines", 3, 5, table(1.0, 12)),
    Kind("faint table", 4, 6, table(0.35)),
    Kind("boxes", 3, 5, boxes()),
    Kind("round boxes", 4, 6, boxes(round_=0.3)),
    Kind("baselines", 3, 5, baselines(), write={"tall": (0.5, 0.62)}),
    Kind("names in cells", 3, 5, both(table(), names())),
    Kind("names above", 3, 5, names(0.13)),
    Kind("names before", 4, 6, line_names()),
    Kind("heading", 4, 6, heading()),
    Kind("holes", 4, 6, both(ruled(), holes())),
    Kind("on a dark table", 3, 5, None, (laid(50, 0.06, 0.02, 0.85), lit(0.2), taken())),
    Kind("on a light table", 3, 5, None, (laid(160, 0.06, 0.02, 0.85), lit(0.2), taken())),
    Kind("ruled on a table", 4, 6, ruled(), (laid(90, 0.05, 0.02, 0.85), lit(0.2), taken())),
    Kind("table on a table", 4, 6, table(), (laid(70, 0.05, 0.02, 0.85), lit(0.2), taken())),
    Kind("shadow", 3, 5, None, (laid(), lit(0.2, 0.45), taken())),
    Kind("ruled in shadow", 4, 6, ruled(), (laid(), lit(0.2, 0.4), taken())),
    Kind("table in shadow", 4, 6, table(), (laid(), lit(0.2, 0.4), taken())),
    Kind("scan of a table", 4, 6, table(), (), ".png"),
    Kind("scan, squared", 4, 6, squared(26, 0.7), (), ".png", {"ink": BLACK}),
    Kind("blackboard", 2, 5, None, (lit(), taken(1.5, 6)), ".webp",
         {"ink": (225, 225, 220), "paper": (45, 60, 52)}),
    Kind("whiteboard", 3, 5, None, (lit(0.3), taken(1.5, 3)), ".jpg",
         {"ink": (30, 110, 60), "paper": (215, 220, 225)}),
    Kind("dark screen", 3, 5, boxes(0.25, 4), (), ".png",
         {"ink": (200, 200, 205), "paper": (30, 31, 34)}),
)  # fmt: skip


def class_sheets(
    drawings: Sequence[Drawing], each: int, seed: int, kinds: Sequence[Kind] = KINDS
) -> list[Taken]:
    """So many of each kind; their digits and all else drawn from the seed."""
    made = []
    for number, kind in enumerate(kinds):
        random = np.random.default_rng((seed, number))

        def pick(random: Random = random) -> Drawing:
            return drawings[int(random.integers(len(drawings)))]

        for _ in range(each):
            sheet = written(random, pick, kind.rows, kind.columns, on=kind.on, **kind.write)
            for paint in kind.photo:
                sheet = paint(random, sheet)
            options = {"quality": int(random.integers(60, 95))} if kind.suffix == ".jpg" else {}
            made.append(Taken(kind.name, sheet.image(), sheet.written, kind.suffix, options))
    return made


@dataclass(frozen=True)
class Told:
    """What was found of a sheet. found: the number of the digit that each box found is on, or None
    for none."""

    kind: str
    wanted: int
    found: tuple[int | None, ...]

    @property
    def missing(self) -> int:
        """Digits that no box is on alone."""
        return self.wanted - len({place for place in self.found if place is not None})

    @property
    def extra(self) -> int:
        """Boxes on no digit, on several, or on one that has a box."""
        return len(self.found) - (self.wanted - self.missing)

    @property
    def in_order(self) -> bool:
        """Whether the digits that were found are in reading order."""
        places = [place for place in self.found if place is not None]
        return places == sorted(places)


def told(sheet: Taken, found: Sequence[Box]) -> Told:
    """Hold the boxes found, in the file's pixels, against what is written."""
    return Told(
        sheet.kind,
        len(sheet.written),
        tuple(_on(box, [each for _, each in sheet.written]) for box in found),
    )


def _on(box: Box, written: Sequence[Box]) -> int | None:
    """The digit that the box is on: each covers most of the other."""
    shares = [_shared(_padded(box), _padded(each)) for each in written]
    best = int(np.argmax(shares))
    return best if shares[best] >= 0.5 else None


def _padded(box: Box, by: float = 6) -> Box:
    """A box with paper around it, as much as one found has: the slimmest 1 is as well met as an
    8 is."""
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _shared(a: Box, b: Box) -> float:
    """Their common part of what both cover together."""
    across = max(0.0, min(a.right, b.right) - max(a.left, b.left))
    down = max(0.0, min(a.bottom, b.bottom) - max(a.top, b.top))
    common = across * down
    return common / (a.width * a.height + b.width * b.height - common)
