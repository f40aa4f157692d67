"""Drawings as training pictures: each drawn again and again, as other hands and pens would.

A drawing is the path of a pen, so it can be varied before it becomes a picture: lean, proportion,
a slow warp, tremor, where one stroke stands to another, the speed that spreads its points, the
pen's width. Half of the pictures are rendered as the
program renders what is drawn in it (`rnn_desk.core.raster`), the other half coarsely, as MNIST's
were scanned, so that the two kinds of picture are no sign of who wrote them.

Thirty hands do not know all ways of writing a digit, so the project's own invented ones
(`training.reference_digits`) are among them, in other numbers than those that ship.

Drawings of one hand are alike: who is in the training must not be in the measuring. So one in five
is held out: whole writers where there are five or more, and what the others wrote has every class;
else one in five of what each writer wrote of each class, in whatever order that was drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing, Stroke, read_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import SIDE, rasterise

from .console import bar_stream, warn
from .data import Digits
from .reference_digits import invented

FOLDS = 5
"""One group in so many is held out."""

RENDERINGS = 6
"""How many pictures are made of each drawing."""

RENDERED = 8_000
"""How many are made at least of all drawings of a file together: of a few dozen more of each, so
that what is shown often is seldom the same."""

INVENTED = 30
"""How many drawings are made of each invented way of writing a digit, where digits are learnt."""

SLANT = 0.35
"""Limit of the lean, in x per y."""
TURN = 0.12
"""Limit of the turn, in radians."""
ASPECT = 0.3
"""Limit of the logarithm of width over height."""
WARP = 0.035
"""Standard deviation of the slow warp that bends all strokes alike, as a part of the size."""
SLIP = 0.04
"""Standard deviation of how far a stroke stands from its place, as a part of the size."""
TREMOR = 0.012
"""Standard deviation of the slow wandering of the pen, as a part of the drawing's size."""
PEN = (0.55, 1.6)
"""Narrowest and widest pen, as parts of the ordinary one."""
SPEED = 0.3
"""Points at most, as a part of all, that a fast pen leaves out."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """The drawings of a file, parted into those to learn from and those held out.

    learn: pictures `[n * RENDERINGS, 28, 28]`, the renderings of a drawing one after another; first
    those of the file's drawings, `own` of the n. Of a small file each drawing stands there several
    times, with other renderings.
    held_out: one picture a drawing, rendered as the program does, nothing varied.
    """

    learn: Digits = field(repr=False)
    held_out: Digits = field(repr=False)
    own: int
    groups: tuple[str, ...]
    """Who is held out: the writers' names, or nothing where the drawings do not say."""


def labelled(path: Path, classes: tuple[str, ...]) -> list[Drawing]:
    """The drawings of a file; how many are left out, as they have no label, is said.

    Raises Refused at the first line that is no drawing or has a label that is none of the classes:
    a part of a file would be trained on, or measured, without a word.
    """
    drawings = []
    unlabelled = 0
    for number, drawing in enumerate(read_drawings(path), start=1):
        if isinstance(drawing, Refused):
            raise drawing
        if drawing.label is None:
            unlabelled += 1
            continue
        if str(drawing.label) not in classes:
            raise Refused(
                "{file}, drawing {number}: its label {label} is none of {classes}",
                file=path,
                number=number,
                label=drawing.label,
                classes=", ".join(classes),
            )
        drawings.append(drawing)
    if unlabelled and not drawings:
        raise Refused(
            '{file} does not say of any drawing what it is: give each its "label", or collect '
            "them with the program's Teach, Collect drawings",
            file=path,
        )
    if not drawings:
        raise Refused("{file} holds no drawings", file=path)
    if unlabelled:
        warn(f"{path}: drawings without a label, left out: {unlabelled}")
    return drawings


def pictures(drawings: list[Drawing], classes: tuple[str, ...]) -> Digits:
    """One picture a drawing, as the program shows it to a model."""
    images = np.empty((len(drawings), SIDE, SIDE), np.uint8)
    for place, drawing in enumerate(drawings):
        images[place] = _as_bytes(rasterise(drawing).pixels)
    return Digits(torch.from_numpy(images), _labels(drawings, classes))


def prepared(path: Path, classes: tuple[str, ...], fold: int | None) -> Drawn:
    """The drawings of a file, parted and rendered; fold, 0 to 4, says which group is held out.

    Where it is None, none is.

    The same file and fold give the same pictures. Raises Refused, as `labelled` does, and
    where there are too few drawings to hold any out.
    """
    drawings = labelled(path, classes)
    held, groups = _held_out(drawings, fold)
    if fold is not None and (not held.any() or held.all()):
        raise Refused(
            "{file} holds too few drawings to hold some out: give at least {least}, or drawings "
            "of several writers",
            file=path,
            least=FOLDS,
        )
    learn = [drawing for drawing, out in zip(drawings, held, strict=True) if not out]
    kept = [drawing for drawing, out in zip(drawings, held, strict=True) if out]
    learn *= -(-RENDERED // (len(learn) * RENDERINGS))
    own = len(learn)
    learn += [drawing for drawing in invented(INVENTED) if str(drawing.label) in classes]
    generator = np.random.default_rng(FOLDS if fold is None else fold)
    images = np.empty((len(learn), RENDERINGS, SIDE, SIDE), np.uint8)
    for place, drawing in enumerate(
        tqdm(learn, "drawing", leave=False, disable=None, file=bar_stream())
    ):
        for number in range(RENDERINGS):
            images[place, number] = rendering(drawing, generator, coarse=number % 2 == 1)
    labels = _labels(learn, classes).repeat_interleave(RENDERINGS)
    return Drawn(
        Digits(torch.from_numpy(images.reshape(-1, SIDE, SIDE)), labels),
        pictures(kept, classes),
        own,
        groups,
    )


def held_out(path: Path, classes: tuple[str, ...], fold: int) -> tuple[Digits, tuple[str, ...]]:
    """What `prepared` holds out, and of whom, without rendering the rest."""
    drawings = labelled(path, classes)
    held, groups = _held_out(drawings, fold)
    kept = [drawing for drawing, out in zip(drawings, held, strict=True) if out]
    return pictures(kept, classes), groups


def rendering(drawing: Drawing, generator: np.random.Generator, coarse: bool) -> NDArray[np.uint8]:
    """One picture `[28, 28]`, 0 paper .. 255 ink, of the drawing as another hand would draw it."""
    pixels = rasterise(varied(drawing, generator), 2 * SIDE if coarse else SIDE).pixels
    if coarse:
        # As MNIST was made: black and white first, then smaller, so that edges come in few greys.
        black = (pixels > 0.5).astype(np.float32)
        pixels = black.reshape(SIDE, 2, SIDE, 2).mean(axis=(1, 3))
    return _as_bytes(pixels)


def varied(drawing: Drawing, generator: np.random.Generator) -> Drawing:
    """The drawing as another hand, with another pen, would draw it; `generator` draws how."""
    turn, lean, aspect = (generator.uniform(-most, most) for most in (TURN, SLANT, ASPECT))
    cos, sin = np.cos(turn), np.sin(turn)
    change = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1.0, -lean], [0.0, 1.0]])
    change = change @ np.diag([np.exp(aspect / 2), np.exp(-aspect / 2)])
    low, high = np.log(PEN)
    width = float(np.exp(generator.uniform(low, high)) * NOMINAL_WIDTH * drawing.size)
    everything = np.concatenate([one.points for one in drawing.strokes])
    low, extent = everything.min(axis=0), max(float(np.ptp(everything, axis=0).max()), 1e-6)
    left_out = generator.uniform(0, SPEED)
    warp = _warp(generator)
    strokes = []
    for one in drawing.strokes:
        points = (_hurried(one.points, left_out, generator) - low) / extent  # 0..1
        points = points + warp(points) + _wandering(len(points), generator) * TREMOR
        if len(drawing.strokes) > 1:
            points = points + generator.standard_normal(2) * SLIP
        strokes.append(Stroke((points @ change.T) * extent, one.tool, width))
    return replace(drawing, strokes=tuple(strokes))


def _warp(generator: np.random.Generator) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """How far each point `[n, 2]` of 0..1 is moved: a few waves about as long as the drawing."""
    count = 3
    wave = generator.uniform(-1, 1, (count, 2)) * 2 * np.pi
    phase = generator.uniform(0, 2 * np.pi, count)
    push = generator.standard_normal((count, 2)) * WARP * np.sqrt(2 / count)
    return lambda points: np.sin(points @ wave.T + phase) @ push


def _hurried(
    points: NDArray[np.float64], left_out: float, generator: np.random.Generator
) -> NDArray[np.float64]:
    """The path with some of its points missing, never its ends."""
    keep = generator.random(len(points)) >= left_out
    keep[[0, -1]] = True
    return points[keep]


def _wandering(count: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """A slow random path `[count, 2]`: few random places, and straight lines between them."""
    knots = max(2, count // 5)
    places = generator.standard_normal((knots, 2))
    along = np.linspace(0, knots - 1, count)
    return np.stack([np.interp(along, np.arange(knots), places[:, axis]) for axis in (0, 1)], 1)


def _held_out(
    drawings: list[Drawing], fold: int | None
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Which drawings are held out, and of which writers they are."""
    if fold is None:
        return np.zeros(len(drawings), bool), ()
    if out := held_out_writers(drawings, fold):
        held = np.array([str(d.writer) in out for d in drawings])
        left = {str(d.label) for d, is_out in zip(drawings, held, strict=True) if not is_out}
        if left == {str(d.label) for d in drawings}:
            return held, out
    return _one_in_five(drawings, fold), ()


def held_out_writers(drawings: list[Drawing], fold: int) -> tuple[str, ...]:
    """The writers whose drawings are held out; none where they are too few, or not all named."""
    writers = sorted({str(d.writer) for d in drawings if d.writer is not None})
    if len(writers) < FOLDS or any(d.writer is None for d in drawings):
        return ()
    return tuple(writers[fold::FOLDS])


def _one_in_five(drawings: list[Drawing], fold: int) -> NDArray[np.bool_]:
    """Which drawings are held out, of every class as many, and of every writer; a class's only
    drawing never is."""
    held = np.zeros(len(drawings), bool)
    order = sorted(
        range(len(drawings)), key=lambda k: (str(drawings[k].label), str(drawings[k].writer))
    )
    held[order[fold::FOLDS]] = True
    count = Counter(str(drawing.label) for drawing in drawings)
    held &= [count[str(drawing.label)] > 1 for drawing in drawings]
    return held


def _labels(drawings: list[Drawing], classes: tuple[str, ...]) -> torch.Tensor:
    return torch.tensor([classes.index(str(drawing.label)) for drawing in drawings])


def _as_bytes(pixels: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.round(pixels * 255).astype(np.uint8)
