"""Files in MNIST's format for tests."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray


def write_idx(array: NDArray[np.uint8]) -> bytes:
    """The bytes of an IDX file that holds `array`."""
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()
