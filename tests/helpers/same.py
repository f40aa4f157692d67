"""Whether two values are alike all through, the arrays in them too."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import msgspec
import numpy as np

from rnn_desk.core.errors import Refused


def same(one, other):
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)
    if isinstance(one, Refused):
        return str(one) == str(other)
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    names = _fields(one)
    if names:
        return type(one) is type(other) and all(
            same(getattr(one, name), getattr(other, name)) for name in names
        )
    return one == other


def _fields(value):
    if isinstance(value, msgspec.Struct):
        return value.__struct_fields__
    return [field.name for field in fields(value)] if is_dataclass(value) else []
