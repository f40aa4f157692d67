"""The project's own digits: drawn by description, varied by a seed, with known labels.

`assets/reference/digits.jsonl` is what the program tries the readings of an unknown model on, and
what the tests read. Each prototype below describes one way of writing a digit; each drawing is a
prototype with a hand's small variations of slant, proportion, size, place, tremor and speed::

    python -m training.reference_digits assets/reference/digits.jsonl
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, Stroke

from .drawings_command import write

Points = NDArray[np.float64]

PER_DIGIT = 24
"""Drawings of each digit; its prototypes take turns."""

FIRST_INVENTED = 1000
"""Numbers below are for the drawings that ship, which nothing may be trained on."""

MARGIN = 20.0
"""Canvas units that a hand leaves free at the edge, tremor and slips apart."""

SEED = "rnn-desk reference digits"
"""With label, style and number, the seed of each drawing: one changed prototype changes no other.
`random.Random` promises the same numbers in every release of Python; NumPy does not."""


@dataclass(frozen=True)
class Prototype:
    """One way of writing a digit, or of drawing something else, in a box about 60 wide and 100
    high, y downwards.

    Each stroke is a path: `M x y` starts, `L x y` goes straight on, `Q` and `C` are quadratic and
    cubic Bezier curves as in SVG, and `E cx cy rx ry from to` is an arc of an ellipse, its angles
    in degrees, clockwise on the screen from the right: -90 is its top. An arc that starts elsewhere
    than the pen is reached in a straight line. `slant` leans the whole digit, to the right if > 0.
    """

    label: int | str
    style: str
    strokes: tuple[str, ...]
    slant: float = 0.0


def _all(label: int, **styles: str | tuple[str, ...]) -> tuple[Prototype, ...]:
    return tuple(
        Prototype(label, name.replace("_", " "), (path,) if isinstance(path, str) else path)
        for name, path in styles.items()
    )


PROTOTYPES: tuple[Prototype, ...] = (
    *_all(
        0,
        round="E 32 50 31 50 -80 -445",
        slim="E 22 50 21 50 -75 -438",
        wide="E 40 48 40 46 -70 -432",
        clockwise="E 30 50 30 49 -110 255",
        egg="M 36 1 C 10 -2 0 26 6 58 C 12 88 26 100 36 99 C 54 96 66 62 62 32 C 60 12 48 0 33 2",
        overlapping="M 46 7 C 20 -8 0 24 2 54 C 4 84 16 102 34 99 C 58 94 66 60 60 34 "
        "C 56 14 44 2 30 6",
    ),
    Prototype(0, "slanted", ("E 30 50 25 50 -80 -440",), slant=0.35),
    *_all(
        1,
        plain="M 30 0 L 30 100",
        flag="M 12 24 Q 28 16 36 0 L 36 100",
        long_flag="M 4 42 Q 26 26 38 0 L 38 100",
        serif=("M 14 22 Q 28 16 36 0 L 36 98", "M 12 99 L 62 98"),
        serif_long_flag=("M 8 34 L 36 2 L 36 98", "M 8 98 L 64 99"),
        serif_one_stroke="M 18 18 Q 30 12 36 0 L 37 97 Q 37 99 30 99 L 14 99 L 60 98",
    ),
    Prototype(1, "slanted", ("M 30 0 L 30 100",), slant=0.32),
    *_all(
        2,
        straight="M 6 24 C 8 -6 60 -10 57 28 C 54 54 24 74 3 98 L 62 98",
        looped="M 7 22 C 12 -8 60 -8 55 28 C 51 58 28 86 13 93 C 0 99 -2 83 12 82 "
        "C 28 81 42 100 64 93",
        wavy_base="M 5 20 C 16 -8 58 -6 54 30 C 50 58 22 76 4 96 C 20 84 40 104 64 94",
        curled_start="M 20 27 C 4 30 2 8 22 2 C 46 -5 64 14 54 38 C 46 60 20 78 4 98 L 60 97",
        angular="M 4 16 C 14 0 44 -4 52 8 C 60 22 44 44 4 98 L 60 98",
        small_head="M 12 20 C 16 -3 52 -6 51 20 C 50 46 22 76 2 97 Q 34 94 66 98",
    ),
    *_all(
        3,
        round="M 6 14 C 18 -6 58 -6 54 22 C 52 40 36 46 22 47 C 44 45 62 56 60 74 "
        "C 58 102 18 106 2 86",
        flat_top="M 5 3 L 55 3 L 25 41 C 52 38 62 58 58 76 C 54 102 16 104 2 86",
        looped_middle="M 6 12 C 20 -6 58 -4 53 22 C 50 38 36 46 25 46 C 16 46 17 54 25 52 "
        "C 44 46 62 56 60 75 C 56 102 16 106 3 88",
        small_head="M 12 12 C 22 -4 52 -2 49 18 C 47 34 34 40 22 41 C 48 38 64 52 62 72 "
        "C 60 102 18 106 2 87",
        pointed="M 6 8 Q 26 -6 48 6 Q 58 22 20 46 Q 60 52 56 76 Q 48 104 4 92",
        big_head="M 4 18 C 12 -8 62 -8 60 24 C 58 44 40 50 26 50 C 44 50 58 58 56 76 "
        "C 54 102 18 104 6 90",
    ),
    *_all(
        4,
        closed=("M 46 0 L 3 66 L 66 66", "M 46 1 L 46 100"),
        closed_one_stroke="M 62 66 L 4 66 L 46 2 L 46 100",
        open=("M 14 4 Q 8 36 5 55 L 64 54", "M 48 6 L 46 100"),
        open_angular=("M 22 0 L 3 57 L 66 57", "M 46 28 L 43 100"),
        open_wide=("M 8 6 L 6 50 Q 7 55 12 55 L 70 52", "M 54 2 L 54 100"),
        open_low_stem=("M 28 0 L 2 62 L 62 60", "M 42 36 L 40 100"),
    ),
    *_all(
        5,
        two_strokes=("M 14 4 L 9 43 C 28 32 62 36 59 68 C 56 102 14 106 2 87", "M 13 4 L 59 2"),
        one_stroke="M 58 2 L 15 4 L 10 44 C 28 32 62 36 59 68 C 56 102 14 106 2 88",
        smooth="M 57 3 C 40 3 26 2 20 5 C 15 10 15 28 13 41 C 30 32 62 40 58 70 "
        "C 54 100 16 104 4 90",
        big_belly=("M 16 2 L 13 34 C 34 24 70 34 66 66 C 62 104 16 108 3 84", "M 16 3 L 60 0"),
        angular="M 54 2 L 12 2 L 10 44 L 36 42 C 58 44 60 62 56 78 C 50 100 18 100 2 94",
        long_bar=("M 10 4 L 8 46 C 22 38 54 40 52 68 C 50 100 14 104 0 90", "M 9 4 L 66 6"),
    ),
    *_all(
        6,
        curved="M 46 2 C 20 12 2 44 4 72 C 6 106 54 108 56 76 C 58 48 16 46 6 76",
        straight_stem="M 40 0 L 12 52 C -6 86 10 101 30 100 C 58 98 60 60 38 56 C 22 54 10 62 6 78",
        curled_top="M 56 14 C 46 -8 6 4 4 60 C 3 92 14 101 30 100 C 62 98 62 54 34 54 "
        "C 18 54 8 66 6 80",
        small_loop="M 40 0 C 16 24 2 54 4 78 C 8 106 50 106 50 82 C 50 60 18 60 6 82",
        big_loop="M 38 0 C 14 14 0 40 2 66 C 4 108 62 110 62 68 C 62 36 14 38 5 68",
        crossing="M 48 4 C 26 10 4 40 6 74 C 8 104 56 106 56 76 C 56 52 22 50 -2 76",
    ),
    *_all(
        7,
        plain="M 3 4 L 60 3 L 22 100",
        crossed=("M 3 4 L 60 3 L 24 100", "M 15 52 L 58 50"),
        serif="M 4 18 L 5 3 L 60 3 L 24 100",
        curved="M 1 9 C 16 -1 40 8 60 2 C 46 34 32 60 28 100",
        curved_crossed=("M 2 10 C 16 0 40 8 60 2 C 46 34 34 60 31 100", "M 16 50 Q 36 46 58 49"),
        serif_crossed=("M 4 17 L 6 3 L 62 3 L 28 100", "M 18 48 L 60 48"),
        steep="M 2 5 Q 30 7 54 3 Q 50 22 44 40 L 34 100",
    ),
    *_all(
        8,
        two_circles=("E 32 25 21 24 80 -285", "E 31 75 27 26 -85 -450"),
        s_curve="M 51 13 C 40 -6 7 -4 8 22 C 9 46 57 46 57 75 C 57 107 3 107 4 76 "
        "C 5 50 54 46 54 21 C 54 14 52 12 48 8",
        s_curve_slim="M 42 10 C 34 -4 8 -2 10 24 C 12 48 46 48 46 76 C 46 106 4 106 6 76 "
        "C 8 50 44 48 44 22 C 44 14 42 10 36 5",
        from_the_middle="M 30 48 C 2 40 4 2 32 1 C 60 2 60 38 32 48 C 0 58 -4 98 30 99 "
        "C 66 98 64 58 27 47",
        small_head="M 46 12 C 38 -4 14 -4 14 18 C 14 40 62 42 62 72 C 62 108 2 108 2 74 "
        "C 2 46 48 40 49 18 C 49 12 48 9 42 6",
        mirrored_s="M 12 14 C 22 -6 56 -4 54 23 C 52 46 4 48 4 76 C 5 107 58 107 58 76 "
        "C 58 50 9 46 9 20 C 9 15 11 12 14 9",
    ),
    *_all(
        9,
        straight_tail="E 29 28 27 28 -15 -372 L 53 100",
        two_strokes=("E 29 28 26 27 -25 -385", "M 56 4 L 53 100"),
        curved_tail="M 54 16 C 46 -6 4 -6 3 28 C 3 58 48 58 54 18 C 58 60 52 100 10 96",
        slanted_tail="E 31 27 28 27 -20 -380 Q 52 66 26 100",
        big_loop="E 32 34 31 34 -25 -375 C 62 62 60 80 56 100",
        small_loop="E 32 22 22 22 -20 -372 C 54 50 52 80 42 100",
        hooked_tail="E 30 28 27 28 -15 -370 L 55 74 C 54 102 26 104 12 92",
    ),
)


def make(prototype: Prototype, number: int) -> Drawing:
    """The drawing of that prototype with that number: the same one every time."""
    rng = random.Random(f"{SEED}/{prototype.label}/{prototype.style}/{number}")
    hand = _hand(rng, prototype.slant)
    placed = [hand(_even(_path(text), 0.5)) for text in prototype.strokes]
    everything = np.concatenate(placed)
    low, high = everything.min(axis=0), everything.max(axis=0)
    height = rng.uniform(0.38, 0.78) * CANVAS_SIZE
    scale = height / max(float(high[1] - low[1]), float(high[0] - low[0]))
    room = CANVAS_SIZE - 2 * MARGIN - (high - low) * scale
    corner = MARGIN + room * [_toward_middle(rng), _toward_middle(rng)]
    rate = rng.uniform(60, 120)  # points a second
    speed = rng.uniform(3.2, 4.8) * height  # canvas units a second, on a straight line
    strokes = []
    for points in placed:
        on_canvas = _tremor(rng, (points - low) * scale + corner, 0.006 * height, height)
        slip = np.array([rng.gauss(0, 0.008 * height), rng.gauss(0, 0.008 * height)])
        timed = _as_a_pen_moves(rng, on_canvas + slip, speed, rate, height)
        strokes.append(Stroke(np.round(timed, 1)))
    return Drawing(tuple(strokes), label=prototype.label, extra={"style": prototype.style})


def drawings() -> Iterator[Drawing]:
    """All of them, digit by digit."""
    for label in range(10):
        styles = [p for p in PROTOTYPES if p.label == label]
        for number in range(PER_DIGIT):
            yield make(styles[number % len(styles)], number // len(styles))


def invented(each: int) -> Iterator[Drawing]:
    """`each` drawings of every prototype, none of which ships with the program."""
    for prototype in PROTOTYPES:
        for number in range(FIRST_INVENTED, FIRST_INVENTED + each):
            yield make(prototype, number)


def _path(text: str) -> Points:
    """The points of a path, as `Prototype` describes it, `[n, 2]`, finely along its curves."""
    words = text.split()
    pieces: list[Points] = []
    pen = np.zeros(2)
    arguments = {"M": 2, "L": 2, "Q": 4, "C": 6, "E": 6}
    while words:
        command = words.pop(0)
        count = arguments[command]
        numbers = np.array([float(word) for word in words[:count]])
        del words[:count]
        if command == "E":
            angle = np.radians(np.linspace(numbers[4], numbers[5], 200))
            round_it = np.stack([np.cos(angle), np.sin(angle)], axis=1)
            piece = numbers[:2] + numbers[2:4] * round_it
        elif command == "M":
            piece = numbers[None]
        else:
            piece = _bezier(np.vstack([pen, numbers.reshape(-1, 2)]))
        pieces.append(piece)
        pen = piece[-1]
    return np.concatenate(pieces)


def _bezier(control: Points) -> Points:
    """A Bezier curve of any degree, by its Bernstein polynomials, `[100, 2]`."""
    t, n = np.linspace(0, 1, 100)[:, None], len(control) - 1
    total = np.zeros((100, 2))
    for k, point in enumerate(control):
        total += math.comb(n, k) * t**k * (1 - t) ** (n - k) * point
    return total


def _even(points: Points, step: float) -> Points:
    """The same path with a point every `step`, its ends kept."""
    at = _along(points)
    wanted = np.linspace(0, at[-1], max(2, math.ceil(at[-1] / step)))
    return _at(points, at, wanted)


def _along(points: Points) -> Points:
    """Length of the path up to each of its points, `[n]`."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])


def _at(points: Points, at: Points, wanted: Points) -> Points:
    return np.stack([np.interp(wanted, at, points[:, axis]) for axis in (0, 1)], axis=1)


def _hand(rng: random.Random, slant: float) -> Callable[[Points], Points]:
    """How this writer, today, bends the digit: slant, turn, proportion, and a gentle warp."""
    lean = slant + rng.uniform(-0.06, 0.16)
    turn = rng.uniform(-0.05, 0.05)
    wide = rng.uniform(0.85, 1.15)
    waves = [
        (rng.uniform(0.4, 1.1), rng.uniform(0, 2 * math.pi), rng.uniform(-2.0, 2.0))
        for _ in range(4)
    ]

    def bend(points: Points) -> Points:
        x, y = points.T
        (fa, pa, a), (fb, pb, b), (fc, pc, c), (fd, pd, d) = waves
        turns = 2 * math.pi / 100
        wx = x + a * np.sin(turns * fa * y + pa) + b * np.sin(turns * fb * x + pb)
        wy = y + c * np.sin(turns * fc * x + pc) + d * np.sin(turns * fd * y + pd)
        leaning = (wx - 30) * wide - lean * (wy - 50)
        cos, sin = math.cos(turn), math.sin(turn)
        return np.stack([cos * leaning - sin * wy, sin * leaning + cos * wy], axis=1)

    return bend


def _toward_middle(rng: random.Random) -> float:
    """Where in the room that is left, 0..1: anywhere, and most often near the middle."""
    return (rng.random() + rng.random()) / 2


def _tremor(rng: random.Random, points: Points, size: float, height: float) -> Points:
    """The path with a hand's unsteadiness of about `size`, in waves of a part of the height."""
    at = _along(points) / height
    moved = points.copy()
    for axis in (0, 1):
        for waves_per_height in (0.9, 1.7, 3.1):
            phase = 2 * math.pi * rng.random()
            frequency = waves_per_height * rng.uniform(0.8, 1.2)
            amount = size * rng.uniform(0.3, 1.0) / waves_per_height
            moved[:, axis] += amount * np.sin(2 * math.pi * frequency * at + phase)
    return moved


def _as_a_pen_moves(
    rng: random.Random, points: Points, speed: float, rate: float, height: float
) -> Points:
    """The points that a tablet reports `rate` times a second.

    A hand goes slower where it bends (speed falls with the cube root of curvature: Lacquaniti,
    Terzuolo and Viviani 1983) and at both ends, and never quite evenly.
    """
    even = _even(points, height / 250)
    at = _along(even)
    dx, dy = np.gradient(even[:, 0]), np.gradient(even[:, 1])
    heading = np.unwrap(np.arctan2(dy, dx))
    window = np.ones(13) / 13
    padded = np.pad(np.abs(np.gradient(heading, at)), 6, mode="edge")
    curvature = np.convolve(padded, window, "valid") * height
    to_end = np.minimum(at, at[-1] - at) / height
    wave = 0.15 * np.sin(2 * math.pi * (at / height * rng.uniform(0.7, 2.0) + rng.random()))
    pace = speed * np.minimum(1, 0.35 + 6 * to_end) * (1 + 0.3 * curvature) ** (-1 / 3) * (1 + wave)
    step = np.diff(at) * (1 / pace[1:] + 1 / pace[:-1]) / 2
    seconds = np.concatenate([[0.0], np.cumsum(step)])
    reports = np.append(np.arange(0, seconds[-1], 1 / rate), seconds[-1])
    return _at(even, at, np.interp(reports, seconds, at))


def main(arguments: list[str] | None = None) -> int:
    """Write the file; the command line of this module."""
    return write(drawings, (__doc__ or "").partition("\n")[0], arguments)


if __name__ == "__main__":
    raise SystemExit(main())
