"""Files in MNIST's format for tests."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def write_idx(array: NDArray[np.uint8]) -> bytes:
    """The bytes of an IDX file that holds `array`."""
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def bars(count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Pictures that a network learns in a minute: digit k is a bar across, 2 k rows down."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 10, count).astype(np.uint8)
    images = generator.integers(0, 40, (count, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[4 + 2 * label : 6 + 2 * label, 6:22] = 220
    return images, labels


def write_digits(folder: Path, training: int = 600, test: int = 120) -> Path:
    """A folder with the four files of MNIST's kind, and something else in them."""
    folder.mkdir(parents=True, exist_ok=True)
    for prefix, count, seed in (("train", training, 1), ("t10k", test, 2)):
        images, labels = bars(count, seed)
        (folder / f"{prefix}-images-idx3-ubyte").write_bytes(write_idx(images))
        (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(write_idx(labels))
    return folder
