"""Signs that nobody writes, to learn from alone: what tells a digit from anything else must not be
told by how a few letters and shapes were described (`training.not_digits`).

Each kind is made by a rule of its own from random numbers. They come in groups that weigh alike
where a judge learns (`training.familiarity`), so that none is lost among the others.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.drawing import Drawing, Stroke

from .reference_digits import Prototype, make

Points = NDArray[np.float64]
Paths = list[str]

SEED = "rnn-desk invented"

SIGNS, SPOILT, COMPOSED, THICK, CROSSED, OUTLINED, DOTTED = 2400, 2400, 2000, 1500, 1000, 2500, 1500
"""Drawings of each kind."""

FULL_TURN = 2 * math.pi


def invented(drawings: Sequence[Drawing], part: float = 1.0) -> list[tuple[Drawing, ...]]:
    """All kinds in their groups, the spoilt and the dotted ones made from these digits; part: of
    their numbers."""

    def many(count: int, maker: Callable[[random.Random], Drawing]) -> tuple[Drawing, ...]:
        name = getattr(maker, "__name__", "")
        return tuple(maker(random.Random(f"{SEED}/{name}/{k}")) for k in range(round(part * count)))

    def spoilt(rng: random.Random) -> Drawing:
        return _spoilt(drawings, rng)

    def dotted(rng: random.Random) -> Drawing:
        return _dotted(drawings, rng)

    return [
        (*many(SIGNS, _sign), *many(SPOILT, spoilt)),
        (*many(COMPOSED, _composed), *many(CROSSED, _crossed)),
        many(THICK, _thick),
        (*many(OUTLINED, _outlined), *many(DOTTED, dotted)),
    ]


def _drawn(paths: Paths, rng: random.Random) -> Drawing:
    """Paths, as `Prototype` describes them, drawn by a hand."""
    sign = Prototype("sign", "invented", tuple(paths))
    return replace(make(sign, rng.randrange(10**9)), label=None)


def _polyline(points: Sequence[tuple[float, float]]) -> str:
    """A path from point to point; those that are too near the one before are left out."""
    kept = [points[0]]
    for point in points[1:]:
        if math.dist(point, kept[-1]) > 1:
            kept.append(point)
    if len(kept) == 1:
        kept.append((kept[0][0] + 2, kept[0][1] + 2))
    return "M " + " L ".join(f"{x:.1f} {y:.1f}" for x, y in kept)


def _dot(x: float, y: float) -> str:
    return _polyline([(x, y), (x + 1, y + 2)])


def _sign(rng: random.Random) -> Drawing:
    """One to four strokes between a few places, straight or bent."""
    places = [(rng.uniform(0, 80), rng.uniform(0, 100)) for _ in range(rng.randint(3, 6))]
    strokes = []
    for _ in range(rng.randint(1, 4)):
        x, y = rng.choice(places)
        path = f"M {x:.1f} {y:.1f}"
        for _ in range(rng.randint(1, 3)):
            x, y = rng.choice([place for place in places if place != (x, y)])
            bend = f"Q {rng.uniform(-20, 100):.0f} {rng.uniform(-20, 120):.0f} "
            path += f" {bend if rng.random() < 0.5 else 'L '}{x:.1f} {y:.1f}"
        strokes.append(path)
    return _drawn(strokes, rng)


# --- of simple pieces ---


def _composed(rng: random.Random) -> Drawing:
    """One to four simple pieces, laid over one another."""
    count = rng.choice((1, 2, 2, 3, 3, 4))
    return _drawn([path for _ in range(count) for path in _piece(rng)], rng)


def _piece(rng: random.Random) -> Paths:
    """An oval, a polygon, a line, an arc, a dot, a wave, a few corners, or rings in one another."""
    wide, high = rng.uniform(23, 90), rng.uniform(25, 100)
    x, y = rng.uniform(0, 100 - 0.9 * wide), rng.uniform(0, 100 - 0.9 * high)
    oval = f"E {x + wide / 2:.1f} {y + high / 2:.1f}"
    kind = rng.choice(("oval", "polygon", "line", "arc", "dot", "wave", "corners", "rings"))
    if kind == "oval":
        begin, end = rng.uniform(-180, 0), rng.uniform(180, 400)
        return [f"{oval} {wide / 2:.1f} {high / 2:.1f} {begin:.0f} {end:.0f}"]
    if kind == "polygon":
        spikes = rng.choice((0.05, 0.2, 0.55))
        corners = _round_about(rng.randint(3, 9), 0.0, spikes, rng)
        return [_polyline([(x + wide / 2 * (1 + a), y + high / 2 * (1 + b)) for a, b in corners])]
    if kind == "line":
        angle, half = rng.uniform(0, math.pi), rng.uniform(10, 55)
        middle = rng.uniform(10, 90), rng.uniform(10, 90)
        step = half * math.cos(angle), half * math.sin(angle)
        return [_polyline([(middle[0] + s * step[0], middle[1] + s * step[1]) for s in (-1, 1)])]
    if kind == "arc":
        begin = rng.uniform(0, 360)
        end = begin + rng.uniform(60, 260)
        return [f"{oval} {wide / 2:.1f} {high / 2:.1f} {begin:.0f} {end:.0f}"]
    if kind == "dot":
        return [_dot(x, y)]
    if kind == "wave":
        across = np.linspace(x, x + wide, rng.randint(3, 7)).tolist()
        return [_polyline([(at, y + rng.uniform(0, high)) for at in across])]
    if kind == "corners":
        count = rng.randint(3, 5)
        return [_polyline([(rng.uniform(0, 80), rng.uniform(0, 100)) for _ in range(count)])]
    return _rings(x + wide / 2, y + high / 2, wide / 2, high / 2, rng.randint(2, 4))


def _rings(x: float, y: float, wide: float, high: float, count: int) -> Paths:
    parts = [(number + 1) / count for number in range(count)]
    return [f"E {x:.1f} {y:.1f} {wide * part:.1f} {high * part:.1f} 0 360" for part in parts]


def _round_about(
    count: int, uneven: float, spikes: float, rng: random.Random
) -> list[tuple[float, float]]:
    """Corners about the middle, the first one once more at the end; uneven: how far they are from
    their even places, in parts of the way to the next; spikes: how much nearer some are."""
    begin = rng.uniform(0, FULL_TURN)
    shifts = [rng.uniform(-uneven, uneven) for _ in range(count)]
    angles = [begin + FULL_TURN * (k + shift) / count for k, shift in enumerate(shifts)]
    reach = [1 - rng.uniform(0, spikes) for _ in range(count)]
    corners = [(r * math.cos(a), r * math.sin(a)) for a, r in zip(angles, reach, strict=True)]
    return [*corners, corners[0]]


# --- thick, crossed, closed ---


def _thick(rng: random.Random) -> Drawing:
    """A dash, dots, a blot, a crescent, rays, or a piece with dots."""
    kind = rng.choice(("dash", "dots", "blot", "crescent", "crescent", "rays", "dotted"))
    if kind == "dash":
        angle, long = rng.uniform(0, math.pi), rng.uniform(4, 12)
        return _drawn([_polyline([(0, 0), (long * math.cos(angle), long * math.sin(angle))])], rng)
    if kind == "dots":
        spots = [(rng.uniform(0, 90), rng.uniform(0, 100)) for _ in range(rng.randint(2, 6))]
        return _drawn([_dot(*spot) for spot in spots], rng)
    if kind == "blot":
        size = rng.uniform(20, 60), rng.uniform(20, 60)
        return _drawn(_rings(50, 50, *size, rng.randint(2, 6)), rng)
    if kind == "crescent":
        return _drawn(_crescent(rng), rng)
    if kind == "rays":
        return _drawn(_rays(rng), rng)
    spots = [(rng.uniform(0, 90), rng.uniform(-20, 120)) for _ in range(rng.randint(1, 2))]
    return _drawn([*_piece(rng), *(_dot(*spot) for spot in spots)], rng)


def _crescent(rng: random.Random) -> Paths:
    """A moon to any side, sometimes filled."""
    wide, inner = rng.uniform(30, 70), rng.uniform(0.15, 0.75)
    turn = rng.choice((((1, 0), (0, 1)), ((-1, 0), (0, 1)), ((0, 1), (1, 0)), ((0, 1), (-1, 0))))
    down = np.linspace(-1, 1, 12)
    bulge = wide * np.sqrt(1 - down**2)

    def side(part: float) -> Points:
        points: Points = np.stack([part * bulge, 50 + 50 * down], axis=1) @ np.array(turn, float)
        return points

    outline = np.concatenate([side(1.0), side(inner)[::-1]])
    paths = [_polyline(outline.tolist())]
    if rng.random() < 0.3:
        paths.append(_polyline(side((1 + inner) / 2).tolist()))
    return paths


def _rays(rng: random.Random) -> Paths:
    count, hole, begin = rng.randint(3, 9), rng.uniform(2, 25), rng.uniform(0, FULL_TURN)
    paths = []
    for number in range(count):
        angle = begin + FULL_TURN * number / count
        to = math.cos(angle), math.sin(angle)
        paths.append(_polyline([(r * to[0], r * to[1]) for r in (hole, 50)]))
    return [*paths, f"E 0 0 {hole:.1f} {hole:.1f} 0 360"] if rng.random() < 0.5 else paths


def _crossed(rng: random.Random) -> Drawing:
    """Upright and level lines across one another, sometimes in a frame."""
    wide, high = rng.uniform(50, 90), rng.uniform(50, 100)
    upright, level = rng.randint(1, 3), rng.randint(1, 4)
    beyond = rng.uniform(-1, 7)
    paths = []
    for k in range(upright):
        x = wide * (k + 0.5 + rng.uniform(-0.15, 0.15)) / upright
        paths.append(_polyline([(x, -beyond), (x + rng.uniform(-8, 8), high)]))
    for k in range(level):
        y = high * (k + 0.5 + rng.uniform(-0.15, 0.15)) / level
        paths.append(_polyline([(-beyond, y), (wide, y + rng.uniform(-8, 8))]))
    if rng.random() < 0.4:
        paths.append(_polyline([(0, 0), (wide, 0), (wide, high), (0, high), (0, 0)]))
    return _drawn(paths, rng)


def _outlined(rng: random.Random) -> Drawing:
    """A closed line with corners: a polygon, a drop, a half disc, a lens."""
    kind = rng.choice(("polygon", "polygon", "polygon", "drop", "half", "lens"))
    wide, high = rng.uniform(20, 45), rng.uniform(20, 50)
    if kind == "polygon":
        sides = rng.choice((3, 4, 4, 4, 5, 5, 6, 7))
        corners = _round_about(sides, rng.uniform(0.02, 0.3), 0.2, rng)
    elif kind == "drop":
        slim = rng.uniform(0.5, 1.2)
        round_ = np.linspace(0, FULL_TURN, 17).tolist()
        corners = [
            (math.sin(a) * math.sin(a / 2) ** slim, -math.cos(min(a, FULL_TURN - a) / 2))
            for a in round_
        ]
    elif kind == "half":
        turned = np.linspace(0, math.pi * rng.uniform(0.8, 1.3), 12).tolist()
        corners = [(math.cos(a), math.sin(a)) for a in turned]
        corners.append(corners[0])
    else:
        fat = rng.uniform(0.2, 0.6)
        half = np.linspace(-1, 1, 9).tolist()
        there = [(fat * math.cos(u * math.pi / 2), u) for u in half]
        corners = [*there, *((-x, y) for x, y in reversed(there))]
    turn = 0.0 if kind == "polygon" else rng.uniform(0, FULL_TURN)
    cos, sin = math.cos(turn), math.sin(turn)
    placed = [(wide * x, high * y) for x, y in corners]
    return _drawn([_polyline([(x * cos - y * sin, x * sin + y * cos) for x, y in placed])], rng)


# --- made of digits ---

_ONES_OWN = {"mirrored": "34679", "turned": "1234578"}
"""Digits that are none any more when they are mirrored, or turned on their side."""


def _spoilt(drawings: Sequence[Drawing], rng: random.Random) -> Drawing:
    """A digit mirrored, turned on its side, or with a stroke across it that is not its own."""
    how = rng.choice(("mirrored", "turned", "struck"))
    while True:
        one = rng.choice(drawings)
        if how == "struck" or str(one.label) in _ONES_OWN[how]:
            break
    placed = _about_the_middle(one)
    if how == "mirrored":
        placed = [p * [-1, 1] for p in placed]
    elif how == "turned":
        placed = [p[:, ::-1] * rng.choice(([-1, 1], [1, -1])) for p in placed]
    else:
        angle = rng.uniform(0, math.pi)
        along = np.array([math.cos(angle), math.sin(angle)])
        at = np.array([rng.uniform(-0.4, 0.4), rng.uniform(-0.5, 0.5)])
        reach = rng.uniform(0.4, 0.8)
        placed.append(at + np.linspace(-reach, reach, 20)[:, None] * along)
    return Drawing(tuple(Stroke(p * 300 + 250) for p in placed))


def _dotted(drawings: Sequence[Drawing], rng: random.Random) -> Drawing:
    """A digit, or what a pen has done of it by and by, with a dot or a short dash above or
    below."""
    placed = _about_the_middle(rng.choice(drawings))
    if rng.random() < 0.5 and len(placed) == 1 and len(placed[0]) > 8:
        placed = [placed[0][: int(len(placed[0]) * rng.uniform(0.45, 0.85))]]
    every = np.concatenate(placed)
    low, high = every.min(0), every.max(0)
    away = rng.uniform(0.14, 0.3)
    y = high[1] + away if rng.random() < 0.7 else low[1] - away
    near = (low[0] + high[0]) / 2 + rng.gauss(0, 0.08)
    x = rng.uniform(low[0], high[0]) if rng.random() < 0.5 else near
    long, angle = rng.choice((0.02, 0.02, 0.06, 0.12)), rng.uniform(0, math.pi)
    to = [x + long * math.cos(angle), y + long * math.sin(angle)]
    placed.append(np.array([[x, y], to]))
    return Drawing(tuple(Stroke(p * 280 + 250) for p in placed))


def _about_the_middle(drawing: Drawing) -> list[Points]:
    """Its strokes about the origin, the longer side one long."""
    points = [stroke.points[:, :2] for stroke in drawing.strokes]
    every = np.concatenate(points)
    low, high = every.min(0), every.max(0)
    span = max(float((high - low).max()), 1e-6)
    return [(p - (low + high) / 2) / span for p in points]
