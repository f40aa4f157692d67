"""Changes a batch of pictures as hands and pens would, so that a model learns digits, not MNIST.

MNIST is one way to write and one way to scan. What a person draws in the program is another: lines
of one width with sharp edges, rendered from the pen's path. A model that only ever saw MNIST reads
99 % of MNIST and far less of these. So each training picture is changed, anew in every epoch, in
what does not make a digit another digit: how it stands, how its lines bend, how wide the pen was.

Whole batches at once, on the device they are on, and one interpolation for all of the geometry:
each interpolation blurs, and two blur twice.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from .recipes import Augmentation

HARMED = 0.25
"""The part of the pictures that gets noise, or loses rows, where a recipe asks for it."""


def augment(images: Tensor, how: Augmentation) -> Tensor:
    """Pictures `[N, 28, 28]` in 0..1, each changed at random; torch's own generator draws."""
    changed = redraw_strokes(distort(images, how), how.stroke)
    return blank_rows(add_noise(changed, how.noise), how.missing)


def distort(images: Tensor, how: Augmentation) -> Tensor:
    """Turn, lean, stretch, shift and bend each picture; `[N, 28, 28]` in and out.

    The elastic part is that of Simard, Steinkraus and Platt 2003: a smooth random field moves
    every pixel. Theirs is noise under a wide Gaussian; here a few random points with bicubic
    interpolation between them, which looks the same and costs a tenth.
    """
    n, side = len(images), images.shape[-1]

    def uniform(limit: float) -> Tensor:
        return (torch.rand(n, device=images.device) * 2 - 1) * limit

    turn = uniform(math.radians(how.rotation))
    lean = uniform(how.slant)
    size, aspect = uniform(how.scale), uniform(how.aspect)
    wide, high = torch.exp(-size - aspect / 2), torch.exp(-size + aspect / 2)
    cos, sin = torch.cos(turn), torch.sin(turn)
    # A row [a, b, s] of the matrix says where in the old picture a new pixel comes from. Its units
    # are half pictures, from -1 at the left edge to 1 at the right.
    pixel = 2 / side
    across = torch.stack([wide * cos, wide * (lean * cos - sin), uniform(how.shift * pixel)], 1)
    down = torch.stack([high * sin, high * (lean * sin + cos), uniform(how.shift * pixel)], 1)
    grid = functional.affine_grid(
        torch.stack([across, down], 1), [n, 1, side, side], align_corners=False
    )
    if how.elastic > 0:
        points = torch.randn(n, 2, how.elastic_grid, how.elastic_grid, device=images.device)
        field = functional.interpolate(
            points * (how.elastic * pixel), size=side, mode="bicubic", align_corners=False
        )
        grid = grid + field.permute(0, 2, 3, 1)
    moved = functional.grid_sample(images[:, None], grid, align_corners=False)
    return moved[:, 0].clamp(0, 1)


def redraw_strokes(images: Tensor, share: float) -> Tensor:
    """Draw the strokes of a `share` of the pictures anew, thinner or thicker, with a sharp edge.

    A picture is blurred a little, which makes a hill of each stroke, and the hill is cut: low, and
    the stroke is wide; near its ridge, and it is thin. The cut is a ramp less than a pixel wide,
    as the edges of the program's own lines are; MNIST's, scanned and shrunk, are softer.
    `[N, 28, 28]` in and out.
    """
    if share <= 0:
        return images
    n, device = len(images), images.device
    kernel = torch.tensor([1.0, 2.0, 1.0], device=device) / 4
    blurred = functional.conv2d(images[:, None], torch.outer(kernel, kernel)[None, None], padding=1)
    hill = blurred[:, 0]
    # How high the hills of a picture are: lower where its strokes are thin.
    ridge = (hill * images).sum((1, 2)) / images.sum((1, 2)).clamp(min=1)
    cut = (ridge * (0.4 + 0.55 * torch.rand(n, device=device))).clamp(min=0.1)
    steep = (2.3 + 1.2 * torch.rand(n, device=device)).maximum(0.5 / cut)  # paper stays black
    redrawn = ((hill - cut[:, None, None]) * steep[:, None, None] + 0.5).clamp(0, 1)
    chosen = torch.rand(n, device=device) < share
    return torch.where(chosen[:, None, None], redrawn, images)


def add_noise(images: Tensor, most: float) -> Tensor:
    """Noise on the pixels of one picture in four, each its own amount up to `most`."""
    if most <= 0:
        return images
    n, device = len(images), images.device
    amount = torch.rand(n, device=device) * most * (torch.rand(n, device=device) < HARMED)
    return (images + torch.randn_like(images) * amount[:, None, None]).clamp(0, 1)


def blank_rows(images: Tensor, most: int) -> Tensor:
    """Blank 1 to `most` rows, side by side, of one picture in four."""
    if most <= 0:
        return images
    n, rows = images.shape[:2]
    device = images.device
    count = torch.randint(1, most + 1, (n,), device=device)
    count = count * (torch.rand(n, device=device) < HARMED)
    first = torch.randint(0, rows, (n,), device=device)
    row = torch.arange(rows, device=device)
    blank = (row >= first[:, None]) & (row < (first + count)[:, None])
    return images.masked_fill(blank[:, :, None], 0.0)
