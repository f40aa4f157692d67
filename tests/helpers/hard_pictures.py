"""Pictures of digits as strangers bring them: every kind of paper, ink, light, frame and file.

A kind is a function of a random generator and of drawings; it says what the picture shows. Each is
made anew from its seed, so that no picture lies in the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from rnn_desk.core.drawing import Drawing
from rnn_desk.core.ink import visible_ink

Floats = NDArray[np.float64]
Random = np.random.Generator

_FINE = 4
"""Samples of a pixel along each side."""


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture, and the digits that it shows, in reading order; none on blank paper."""

    kind: str
    labels: tuple[str, ...]
    image: Image.Image = field(repr=False)
    suffix: str = ".png"
    options: dict[str, Any] = field(default_factory=dict)

    def save(self, folder: Path, name: str) -> Path:
        """Write it there as the file that it is."""
        path = folder / f"{name}-{self.kind}{self.suffix}"
        self.image.save(path, **self.options)
        return path


Pick = Callable[[], Drawing]
"""Gives the next drawing."""

Maker = Callable[[Random, Pick], Shown]


def cover(drawing: Drawing, tall: float, pen: float, slant: float = 0.0) -> Floats:
    """The drawing's ink, 0..1, `tall` pixels high or wide; pen: its width as a part of that."""
    lines = visible_ink(drawing)
    turn = np.array([[np.cos(slant), -np.sin(slant)], [np.sin(slant), np.cos(slant)]])
    points = [line.points @ turn.T for line in lines]
    every = np.concatenate(points)
    low, high = every.min(axis=0), every.max(axis=0)
    width = pen * tall
    scale = (tall - width) / max((high - low).max(), 1e-9)
    columns, rows = (np.ceil((high - low) * scale + width) + 2).astype(int)
    fine = Image.new("L", (int(columns) * _FINE, int(rows) * _FINE))
    draw = ImageDraw.Draw(fine)
    r = width * _FINE / 2
    for each in points:
        at = ((each - low) * scale + width / 2 + 1) * _FINE
        places = [(float(x), float(y)) for x, y in at]
        if len(places) > 1:
            draw.line(places, fill=255, width=max(1, round(2 * r)))
        for x, y in places:
            draw.ellipse((x - r, y - r, x + r, y + r), fill=255)
    return np.asarray(fine.resize((int(columns), int(rows)), Image.Resampling.BOX)) / 255


def placed(ink: Floats, rows: int, columns: int, random: Random, margin: float = 0.1) -> Floats:
    """The ink somewhere on a sheet of that size."""
    sheet = np.zeros((rows, columns))
    free_y, free_x = rows - ink.shape[0], columns - ink.shape[1]
    my, mx = int(free_y * margin), int(free_x * margin)
    y, x = random.integers(my, free_y - my + 1), random.integers(mx, free_x - mx + 1)
    sheet[y : y + ink.shape[0], x : x + ink.shape[1]] = ink
    return sheet


def digit_on(
    random: Random,
    pick: Pick,
    rows: int = 300,
    columns: int = 300,
    part: tuple[float, float] = (0.4, 0.8),
) -> tuple[str, Floats]:
    """A digit's label, and its ink on a sheet."""
    drawing = pick()
    tall = random.uniform(*part) * min(rows, columns)
    ink = cover(drawing, tall, random.uniform(0.05, 0.15), random.uniform(-0.1, 0.1))
    return str(drawing.label), placed(ink, rows, columns, random)


def grey(values: Floats) -> Image.Image:
    """Grey levels as a picture of eight bits."""
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def _mixed(ink: Floats, paper: Floats | float, level: Floats | float) -> Floats:
    return np.asarray(paper + ink * (level - np.asarray(paper)))


def _jpeg(random: Random, low: int = 40) -> dict[str, Any]:
    return {"quality": int(random.integers(low, 96))}


# --- clean paper ---


def plain(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick)
    return Shown(
        "plain", (label,), grey(_mixed(ink, random.uniform(200, 255), random.uniform(0, 90)))
    )


def bright(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick)
    return Shown(
        "bright", (label,), grey(_mixed(ink, random.uniform(0, 60), random.uniform(150, 255)))
    )


def pens(random: Random, pick: Pick) -> Shown:
    drawing = pick()
    rows = int(random.integers(60, 900))
    pen = random.choice([random.uniform(0.015, 0.04), random.uniform(0.15, 0.2)])
    ink = placed(cover(drawing, 0.7 * rows, pen), rows, rows, random)
    return Shown("pens", (str(drawing.label),), grey(_mixed(ink, 250, 20)))


def cropped(random: Random, pick: Pick) -> Shown:
    drawing = pick()
    ink = cover(drawing, random.uniform(40, 300), random.uniform(0.06, 0.14))
    pad = int(random.integers(1, 5))
    return Shown("cropped", (str(drawing.label),), grey(_mixed(np.pad(ink, pad), 250, 20)))


def faint(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick)
    paper = round(random.uniform(20, 250))
    by = random.choice([-1, 1]) if 40 < paper < 215 else (1 if paper < 128 else -1)
    return Shown("faint", (label,), grey(_mixed(ink, paper, paper + by * random.uniform(8.6, 24))))


def faint_photo(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick)
    paper = random.uniform(170, 240)
    noise = random.normal(0, random.uniform(0.8, 2), ink.shape)
    values = _mixed(ink, paper, paper - random.uniform(14, 30)) + noise
    return Shown("faint_photo", (label,), grey(values), ".jpg", _jpeg(random, 75))


def dim(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 300, 400)
    paper = random.uniform(12, 45)
    return Shown("dim", (label,), grey(_mixed(ink, paper, paper + random.uniform(10, 40))))


def small(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 400, 400, (0.07, 0.15))
    return Shown("small", (label,), grey(_mixed(ink, 245, 20)))


def small28(random: Random, pick: Pick) -> Shown:
    drawing = pick()
    ink = cover(drawing, random.uniform(9, 14), random.uniform(0.1, 0.16))
    sheet = np.zeros((28, 28))
    y = random.choice([1, 27 - ink.shape[0]])
    x = random.choice([1, 27 - ink.shape[1]])
    sheet[y : y + ink.shape[0], x : x + ink.shape[1]] = ink
    turned = random.random() < 0.4
    return Shown(
        "small28", (str(drawing.label),), grey(255 - 255 * sheet if turned else 255 * sheet)
    )


# --- frames ---


def border(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, part=(0.35, 0.65))
    paper, level = random.uniform(215, 255), random.uniform(0, 70)
    if random.random() < 0.3:
        paper, level = random.uniform(0, 40), random.uniform(180, 255)
    values = _mixed(ink, paper, level)
    frame = random.uniform(0, 255)
    while abs(frame - paper) < 40:
        frame = random.uniform(0, 255)
    sides = random.integers(1, 40, 4) if random.random() < 0.5 else [random.integers(1, 40)] * 4
    if random.random() < 0.3:
        sides = [side if random.random() < 0.5 else 0 for side in sides]
    top, bottom, left, right = map(int, sides)
    values = np.pad(values, ((top, bottom), (left, right)), constant_values=frame)
    return Shown("border", (label,), grey(values))


def line_border(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, part=(0.35, 0.65))
    values = _mixed(ink, 246, 20)
    for k in range(int(random.integers(1, 3))):
        at = k * int(random.integers(3, 7))
        values[at, at : 300 - at] = values[299 - at, at : 300 - at] = random.uniform(0, 120)
        values[at : 300 - at, at] = values[at : 300 - at, 299 - at] = random.uniform(0, 120)
    return Shown("line_border", (label,), grey(values))


def boxed(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, part=(0.3, 0.5))
    fine = Image.new("L", (1200, 1200))
    draw = ImageDraw.Draw(fine)
    inked = np.argwhere(ink > 0.5)
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0)
    gap = random.uniform(10, 36)
    box = [left - gap, top - gap, right + gap, bottom + gap]
    if random.random() < 0.4:
        side = max(box[2] - box[0], box[3] - box[1])
        box[2], box[3] = box[0] + side, box[1] + side
    if random.random() < 0.25:
        box = [box[0] - gap, box[1] - gap, box[2] + gap, box[3] + gap]
        draw.ellipse([4 * b for b in box], outline=255, width=int(random.integers(6, 24)))
    else:
        x, y = np.mean(box[::2]), np.mean(box[1::2])
        angle = random.uniform(-0.06, 0.06)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        corners = np.array([[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]])
        corners = ((corners - [x, y]) @ turn.T + [x, y]) * 4
        width = int(random.integers(4, 24))
        draw.polygon([tuple(c) for c in corners], outline=255, width=width)
    frame = np.asarray(fine.resize((300, 300), Image.Resampling.BOX)) / 255
    values = _mixed(frame, _mixed(ink, 246, 20), random.uniform(0, 60))
    return Shown("boxed", (label,), grey(values))


def panel(random: Random, pick: Pick) -> Shown:
    """A screenshot: bars with something on them, and a panel with the digit."""
    label, ink = digit_on(random, pick, 280, 300, (0.4, 0.75))
    dark = random.random() < 0.4
    paper, level = (random.uniform(15, 40), 230) if dark else (random.uniform(235, 255), 15)
    around = random.uniform(50, 90) if dark else random.uniform(90, 220)
    values = np.full((400, 520), around)
    top, left = int(random.integers(30, 110)), int(random.integers(10, 200))
    values[top : top + 280, left : left + 300] = _mixed(ink, paper, level)
    values[: int(random.integers(10, 28))] = random.uniform(20, 250)
    return Shown("panel", (label,), grey(values))


def edge_shade(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, part=(0.35, 0.6))
    values = _mixed(ink, random.uniform(225, 250), random.uniform(10, 60))
    wide = int(random.integers(6, 45))
    shade = np.linspace(random.uniform(0, 130), 255, wide)
    side = int(random.integers(0, 4))
    values = np.rot90(values, side).copy()
    values[:wide] = np.minimum(values[:wide], shade[:, None])
    return Shown("edge_shade", (label,), grey(np.rot90(values, -side)))


def remains(random: Random, pick: Pick) -> Shown:
    """A part of a neighbour at an edge."""
    label, ink = digit_on(random, pick, part=(0.4, 0.6))
    other = cover(pick(), 150, 0.09)
    wide = int(random.integers(8, 30))
    side = int(random.integers(0, 4))
    sheet = np.zeros((300, 340))
    sheet[:, 40:] = ink
    piece = other[:, -wide:]
    y = int(random.integers(0, 300 - piece.shape[0]))
    sheet[y : y + piece.shape[0], : piece.shape[1]] = piece
    sheet = sheet if side % 2 == 0 else sheet[:, ::-1]
    if side % 2:
        sheet = sheet[:, ::-1].copy()
        mirrored = np.zeros_like(sheet)
        mirrored[:, :300] = ink
        mirrored[y : y + piece.shape[0], -piece.shape[1] :] = other[:, : piece.shape[1]]
        sheet = mirrored
    return Shown("remains", (label,), grey(_mixed(sheet, 245, 25)))


# --- lines on the paper ---


def _lines(random: Random, side: int, both: bool, tilt: float = 0.0) -> Floats:
    """A grid, or ruled lines, 0..1."""
    fine = Image.new("L", (side * 2, side * 2))
    draw = ImageDraw.Draw(fine)
    space = random.uniform(14, 60) * 2
    width = int(random.integers(2, 6))
    start = random.uniform(0, space)
    for k in range(-2, int(2 * side / space) + 3):
        at = start + k * space
        lean = np.tan(tilt) * side * 2
        draw.line((0, at, 2 * side, at + lean), fill=255, width=width)
        if both:
            draw.line((at, 0, at - lean, 2 * side), fill=255, width=width)
    return np.asarray(fine.resize((side, side), Image.Resampling.BOX)) / 255


def grid(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 400, 400, (0.3, 0.7))
    lines = _lines(random, 400, True)
    paper, level = random.uniform(225, 252), random.uniform(5, 50)
    line = paper + random.uniform(0.15, 0.85) * (level - paper)
    values = _mixed(ink, _mixed(lines, paper, line), level)
    return Shown("grid", (label,), grey(values))


def ruled(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 400, 400, (0.3, 0.7))
    lines = _lines(random, 400, False, random.uniform(-0.04, 0.04))
    paper, level = random.uniform(225, 252), random.uniform(5, 50)
    line = paper + random.uniform(0.15, 0.9) * (level - paper)
    values = _mixed(ink, _mixed(lines, paper, line), level)
    values = values + random.normal(0, random.uniform(0, 2), values.shape)
    return Shown("ruled", (label,), grey(values))


def grid_photo(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 480, 480, (0.3, 0.6))
    lines = _lines(random, 480, True, random.uniform(-0.05, 0.05))
    line = 240 + random.uniform(0.2, 0.6) * (40 - 240)
    values = _mixed(ink, _mixed(lines, 240, line), 40) * _light(random, 480, 480)
    values = values + random.normal(0, 2, values.shape)
    return Shown("grid_photo", (label,), grey(values), ".jpg", _jpeg(random, 60))


# --- light ---


def _light(random: Random, rows: int, columns: int) -> Floats:
    y, x = np.mgrid[0:rows, 0:columns] / max(rows, columns)
    angle = random.uniform(0, 2 * np.pi)
    along = x * np.cos(angle) + y * np.sin(angle)
    along = (along - along.min()) / np.ptp(along)
    return np.asarray(1 - random.uniform(0.1, 0.5) * along)


def photo(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 480, 640, (0.3, 0.7))
    values = _mixed(ink, random.uniform(190, 240), random.uniform(30, 90)) * _light(
        random, 480, 640
    )
    values = values + random.normal(0, random.uniform(1, 5), values.shape)
    return Shown("photo", (label,), grey(values), ".jpg", _jpeg(random))


def vignette(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 480, 480, (0.3, 0.6))
    y, x = np.mgrid[-1:1:480j, -1:1:480j]
    values = _mixed(ink, 225, 50) * (1 - random.uniform(0.15, 0.35) * (x * x + y * y))
    values = values + random.normal(0, 2, values.shape)
    return Shown("vignette", (label,), grey(values), ".jpg", _jpeg(random))


def hard_shadow(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 450, 600, (0.35, 0.65))
    y, x = np.mgrid[0:450, 0:600]
    angle = random.uniform(0, 2 * np.pi)
    away = (x - random.uniform(200, 400)) * np.cos(angle) + (y - random.uniform(150, 300)) * np.sin(
        angle
    )
    soft = random.uniform(0.7, 4)
    light = 1 - random.uniform(0.3, 0.6) / (1 + np.exp(-away / soft))
    values = _mixed(ink, 225, random.uniform(20, 60)) * light
    values = values + random.normal(0, random.uniform(0.5, 2), values.shape)
    return Shown("hard_shadow", (label,), grey(values), ".jpg", _jpeg(random, 70))


def hand_shadow(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 450, 600, (0.35, 0.65))
    y, x = np.mgrid[0:450, 0:600]
    cx, cy = random.uniform(100, 500), random.uniform(100, 400)
    a, b = random.uniform(90, 230, 2)
    away = (np.hypot((x - cx) / a, (y - cy) / b) - 1) * min(a, b)
    light = 1 - random.uniform(0.3, 0.6) / (
        1 + np.exp(np.clip(away / random.uniform(0.7, 4), -50, 50))
    )
    values = _mixed(ink, 225, random.uniform(20, 60)) * light
    values = values + random.normal(0, random.uniform(0.5, 2), values.shape)
    return Shown("hand_shadow", (label,), grey(values), ".jpg", _jpeg(random, 70))


def _warped(values: Floats, corners: Floats, rows: int, columns: int, ground: Floats) -> Floats:
    """The sheet laid with its corners at these places (x, y) of a ground."""
    h, w = values.shape
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], float)
    a = []
    for (x, y), (u, v) in zip(corners, source, strict=True):
        a.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        a.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    factors = np.linalg.solve(np.array(a), source.ravel())
    size = (columns, rows)
    sheet = grey(values).transform(
        size, Image.Transform.PERSPECTIVE, factors.tolist(), Image.Resampling.BICUBIC
    )
    mask = Image.new("L", (w, h), 255).transform(
        size, Image.Transform.PERSPECTIVE, factors.tolist(), Image.Resampling.BILINEAR
    )
    part = np.asarray(mask) / 255
    return np.asarray(ground * (1 - part) + np.asarray(sheet, float) * part)


def _ground(random: Random, rows: int, columns: int, level: float) -> Floats:
    grain = random.normal(0, random.uniform(1, 6), (rows, columns))
    return np.asarray(level + grain)


def card(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 200, 200, (0.45, 0.75))
    if random.random() < 0.8:
        sheet, level = _mixed(ink, 235, 30), random.uniform(20, 130)
    else:
        sheet, level = _mixed(ink, 30, 230), random.uniform(120, 220)
    angle = random.uniform(-0.12, 0.12)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * random.uniform(70, 115)
    corners = corners @ turn.T + random.uniform(-6, 6, (4, 2))
    corners = corners + np.array([random.uniform(150, 250), random.uniform(130, 170)])
    values = _warped(sheet, corners, 300, 400, _ground(random, 300, 400, level))
    return Shown("card", (label,), grey(values), ".jpg", _jpeg(random, 70))


def perspective(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 300, 300, (0.4, 0.7))
    corners = np.array([[0, 0], [400, 0], [400, 400], [0, 400]]) + random.uniform(-45, 45, (4, 2))
    values = _warped(_mixed(ink, 230, 35), corners, 400, 400, np.full((400, 400), 230.0))
    values = values * _light(random, 400, 400) + random.normal(0, 3, values.shape)
    return Shown("perspective", (label,), grey(values), ".jpg", _jpeg(random))


def chalk(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 400, 500, (0.35, 0.7))
    values = _mixed(ink * random.uniform(0.6, 1, ink.shape), random.uniform(40, 80), 220)
    values = values + random.normal(0, random.uniform(2, 6), values.shape)
    return Shown("chalk", (label,), grey(values), ".jpg", _jpeg(random))


def jpeg(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 200, 200)
    quality = {"quality": int(random.integers(5, 30))}
    return Shown("jpeg", (label,), grey(_mixed(ink, 240, 40)), ".jpg", quality)


# --- colour, depth and transparency ---


def _coloured(ink: Floats, paper: Floats, level: Floats) -> Image.Image:
    values = paper + ink[..., None] * (level - paper)
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


_LUMINANCE = np.array([0.299, 0.587, 0.114])


def equal_grey(random: Random, pick: Pick) -> Shown:
    """Ink and paper of one brightness, and another colour."""
    label, ink = digit_on(random, pick)
    while True:
        paper, level = random.uniform(20, 235, (2, 3))
        level = level + (paper - level) @ _LUMINANCE
        if level.min() >= 0 and level.max() <= 255 and np.ptp(paper - level) > 130:
            break
    suffix = random.choice([".png", ".webp", ".bmp"])
    return Shown("equal_grey", (label,), _coloured(ink, paper, level), str(suffix))


def coloured(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick)
    paper = np.array([255, 255, 255.0]) - random.uniform(0, 60, 3)
    level = np.eye(3)[random.integers(0, 3)] * 200 + random.uniform(0, 50, 3)
    if random.random() < 0.3:
        level = np.array([255, random.uniform(215, 245), random.uniform(20, 120)])
    return Shown("coloured", (label,), _coloured(ink, paper, level))


def coloured_photo(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick, 480, 480, (0.35, 0.7))
    paper = np.array([235, 230, 215]) - random.uniform(0, 30, 3)
    level = np.array([[40, 60, 150], [170, 40, 50], [40, 130, 70]])[random.integers(0, 3)]
    values = (paper + ink[..., None] * (level - paper)) * _light(random, 480, 480)[..., None]
    values = values + random.normal(0, 3, values.shape)
    image = Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))
    return Shown("coloured_photo", (label,), image, ".jpg", _jpeg(random, 60))


def deep(random: Random, pick: Pick) -> Shown:
    """A file of sixteen bits that uses ten, twelve, or all of them."""
    label, ink = digit_on(random, pick)
    most = 2 ** int(random.choice([10, 12, 14, 16])) - 1
    on_black = random.random() < 0.5
    values = _mixed(ink, 0.03, 0.95) if on_black else _mixed(ink, 0.95, 0.1)
    image = Image.fromarray(np.rint(values * most).astype(np.uint16))
    return Shown("deep", (label,), image, str(random.choice([".png", ".tif"])))


def alpha(random: Random, pick: Pick) -> Shown:
    """The shape is in the transparency alone, or on transparent ground."""
    label, ink = digit_on(random, pick)
    level = random.choice([255, 0, round(random.uniform(0, 255))])
    a = np.rint(ink * 255).astype(np.uint8)
    if random.random() < 0.2:
        a = 255 - a
    g = np.full(ink.shape, level, np.uint8)
    image = (
        Image.merge("LA", (Image.fromarray(g), Image.fromarray(a)))
        if random.random() < 0.3
        else Image.merge("RGBA", (*[Image.fromarray(g)] * 3, Image.fromarray(a)))
    )
    return Shown("alpha", (label,), image)


def formats(random: Random, pick: Pick) -> Shown:
    label, ink = digit_on(random, pick)
    image = grey(_mixed(ink, 245, 30))
    suffix = str(random.choice([".tif", ".tiff", ".gif", ".bmp", ".webp", ".avif"]))
    if suffix == ".gif":
        image = image.convert("P")
    elif suffix == ".tif" and random.random() < 0.5:
        image = image.convert("1")
    return Shown("formats", (label,), image, suffix)


# --- several ---


def _row_of(
    random: Random, pick: Pick, count: int, tall: float, gap: tuple[float, float]
) -> tuple[tuple[str, ...], Floats]:
    pen = random.uniform(0.06, 0.13)
    drawings = [pick() for _ in range(count)]
    inks = [cover(each, tall * random.uniform(0.85, 1.1), pen) for each in drawings]
    wide = [int(random.uniform(*gap) * tall) for _ in inks]
    rows = int(tall * 1.5)
    sheet = np.zeros(
        (rows, sum(w + ink.shape[1] for w, ink in zip(wide, inks, strict=True)) + wide[0])
    )
    x = 0
    for w, ink in zip(wide, inks, strict=True):
        x += w
        y = (rows - ink.shape[0]) // 2 + int(random.uniform(-0.05, 0.05) * tall)
        sheet[y : y + ink.shape[0], x : x + ink.shape[1]] = ink
        x += ink.shape[1]
    return tuple(str(each.label) for each in drawings), sheet


def several(random: Random, pick: Pick) -> Shown:
    labels, ink = _row_of(
        random, pick, int(random.integers(2, 7)), random.uniform(60, 140), (0.2, 0.7)
    )
    ink = np.pad(ink, int(random.integers(10, 60)))
    values = _mixed(ink, 245, 25) if random.random() < 0.7 else _mixed(ink, 25, 230)
    return Shown("several", labels, grey(values))


def several_photo(random: Random, pick: Pick) -> Shown:
    labels, ink = _row_of(
        random, pick, int(random.integers(2, 5)), random.uniform(90, 140), (0.25, 0.6)
    )
    ink = np.pad(ink, 40)
    values = _mixed(ink, 225, 50) * _light(random, *ink.shape)
    values = values + random.normal(0, 3, values.shape)
    return Shown("several_photo", labels, grey(values), ".jpg", _jpeg(random, 60))


def rows_of_several(random: Random, pick: Pick) -> Shown:
    labels: tuple[str, ...] = ()
    sheets = []
    for _ in range(int(random.integers(2, 4))):
        more, ink = _row_of(random, pick, int(random.integers(2, 5)), 90, (0.3, 0.6))
        labels = (*labels, *more)
        sheets.append(ink)
    wide = max(ink.shape[1] for ink in sheets)
    ink = np.vstack([np.pad(each, ((0, 20), (0, wide - each.shape[1]))) for each in sheets])
    return Shown("rows_of_several", labels, grey(_mixed(np.pad(ink, 30), 245, 25)))


def ballot(random: Random, pick: Pick) -> Shown:
    """Cells of a form, a digit in each."""
    count = int(random.integers(2, 5))
    side = int(random.integers(80, 130))
    thick = int(random.integers(1, 5))
    labels, cells = [], []
    for _ in range(count):
        drawing = pick()
        labels.append(str(drawing.label))
        ink = cover(drawing, random.uniform(0.5, 0.7) * side, random.uniform(0.07, 0.13))
        cell = placed(ink, side, side, random, 0.3)
        frame = np.ones((side + 2 * thick, side + 2 * thick))
        frame[thick:-thick, thick:-thick] = cell
        cells.append(frame)
    gap = int(random.choice([0, random.integers(6, 30)]))
    sheet = np.zeros((side + 2 * thick, 0))
    for cell in cells:
        if sheet.shape[1]:
            sheet = np.hstack([sheet, np.zeros((len(cell), gap))])
        sheet = np.hstack([sheet, cell])
    sheet = np.pad(sheet, int(random.integers(0, 40)))
    return Shown("ballot", tuple(labels), grey(_mixed(sheet, 245, random.uniform(0, 60))))


# --- blank ---


def blank(random: Random, _: Pick) -> Shown:
    """Paper of every kind, with nothing on it."""
    rows, columns = 300, int(random.integers(300, 420))
    paper = random.uniform(20, 250)
    values = np.full((rows, columns), paper)
    kind = int(random.integers(0, 8))
    if kind == 1:
        values = values + random.normal(0, random.uniform(0.5, 8), values.shape)
    elif kind == 2:
        values = values * _light(random, rows, columns) + random.normal(0, 2, values.shape)
    elif kind == 3:
        both = bool(random.random() < 0.5)
        lines = _lines(random, columns, both)[:rows]
        values = _mixed(lines, 240, random.uniform(60, 220))
    elif kind == 4:
        frame = 255 - paper if abs(2 * paper - 255) > 60 else 0.0
        values = np.pad(values, int(random.integers(1, 40)), constant_values=frame)
    elif kind == 5:
        level = random.uniform(0.4, 0.7)
        x = np.arange(columns) > random.uniform(0.3, 0.7) * columns
        values = 220 * np.where(x, level, 1)[None, :] + random.normal(0, 1.5, values.shape)
    elif kind == 6:
        y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
        values = 220 * (1 - 0.3 * (x * x + y * y)) + random.normal(0, 2, values.shape)
    elif kind == 7:
        values = np.pad(np.full((160, 160), 235.0), 70, constant_values=70)
        values = values + random.normal(0, 3, values.shape)
    jpg = kind in (1, 2, 5, 6, 7) and random.random() < 0.7
    options = _jpeg(random, 60) if jpg else {}
    return Shown("blank", (), grey(values), ".jpg" if jpg else ".png", options)


KINDS: tuple[Maker, ...] = (
    plain, bright, pens, cropped, faint, faint_photo, dim, small, small28, border, line_border,
    boxed, panel, edge_shade, remains, grid, ruled, grid_photo, photo, vignette, hard_shadow,
    hand_shadow, card, perspective, chalk, jpeg, equal_grey, coloured, coloured_photo, deep, alpha,
    formats, several, several_photo, rows_of_several, ballot, blank,
)  # fmt: skip


def hard_pictures(drawings: Sequence[Drawing], each: int, seed: int) -> list[Shown]:
    """So many pictures of each kind, their parameters and digits drawn from the seed."""
    made = []
    for number, kind in enumerate(KINDS):
        random = np.random.default_rng((seed, number))

        def pick(random: Random = random) -> Drawing:
            return drawings[int(random.integers(len(drawings)))]

        made += [kind(random, pick) for _ in range(each)]
    return made
