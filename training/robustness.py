"""The same pictures, harmed in ways that a desk and a hand harm them: how well are they still read?

Each line of the table is one harm at one strength, the same for every model: the noise and the rows
are drawn once, from a seed. They are measured on the test set, so they must choose nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

Harm = Callable[[Tensor], Tensor]
"""Pictures `[n, 28, 28]` in 0..1, in and out."""

SEED = 1998
"""Of the noise, and of the rows that go missing."""


def moved(images: Tensor, turn: float = 0.0, scale: float = 1.0, shift: float = 0.0) -> Tensor:
    """Turned by degrees, scaled, and shifted to the lower right by pixels."""
    angle, side = math.radians(turn), images.shape[-1]
    cos, sin, step = math.cos(angle) / scale, math.sin(angle) / scale, -2 * shift / side
    matrix = torch.tensor([[cos, -sin, step], [sin, cos, step]]).expand(len(images), 2, 3)
    grid = functional.affine_grid(matrix, [len(images), 1, side, side], align_corners=False)
    return functional.grid_sample(images[:, None], grid, align_corners=False)[:, 0].clamp(0, 1)


def thinner(images: Tensor) -> Tensor:
    """Strokes about a pixel narrower: each pixel becomes the least of itself and two neighbours."""
    return -_widest(-images)


def thicker(images: Tensor) -> Tensor:
    """Strokes about a pixel wider: each pixel becomes the greatest of itself and two neighbours."""
    return _widest(images)


def noisy(images: Tensor, deviation: float) -> Tensor:
    """Noise on every pixel."""
    noise = torch.randn(images.shape, generator=torch.Generator().manual_seed(SEED))
    return (images + noise * deviation).clamp(0, 1)


def missing_rows(images: Tensor, count: int) -> Tensor:
    """Rows side by side, somewhere between the 5th and the 24th, where the ink is, are blank."""
    generator = torch.Generator().manual_seed(SEED)
    first = torch.randint(4, 25 - count, (len(images), 1), generator=generator)
    row = torch.arange(images.shape[1])
    blank = (row >= first) & (row < first + count)
    return images.masked_fill(blank[:, :, None], 0.0)


HARMS: dict[str, Harm] = {
    "shifted by 3 pixels": lambda images: moved(images, shift=3),
    "turned by 15 degrees": lambda images: moved(images, turn=15),
    "turned by -15 degrees": lambda images: moved(images, turn=-15),
    "scaled by 0.75": lambda images: moved(images, scale=0.75),
    "scaled by 1.2": lambda images: moved(images, scale=1.2),
    "thinner pen": thinner,
    "thicker pen": thicker,
    "noise of 0.2": lambda images: noisy(images, 0.2),
    "2 rows missing": lambda images: missing_rows(images, 2),
    "4 rows missing": lambda images: missing_rows(images, 4),
}
"""The lines of the table, by their words."""


def _widest(images: Tensor) -> Tensor:
    right = functional.pad(images, (0, 1))[:, :, 1:]
    below = functional.pad(images, (0, 0, 0, 1))[:, 1:]
    return torch.maximum(images, torch.maximum(right, below))
