"""Digits of which it is known what they are; and the labels of IDX images: in which file they are,
and what the numbers in it stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.idx import read_idx
from rnn_desk.core.number_words import digit_of
from rnn_desk.core.picture import Original

IMAGES = re.compile(r"(?i)(.*)images([-._]idx)3(.*)")
"""The name of a file of images, as MNIST, Fashion-MNIST and EMNIST have it."""


@frozen(eq=False)
class Labelled:
    """Digits with what they are. name: of where they come from."""

    name: str
    originals: tuple[Original, ...]
    labels: tuple[str, ...]


def labels_of(images: Path) -> Path:
    """The file of labels that lies beside images, packed or not. Raises Refused."""
    match = IMAGES.fullmatch(images.name)
    if match is not None:
        name = f"{match[1]}labels{match[2]}1{match[3]}"
        plain = name.removesuffix(".gz")
        for each in (name, plain, f"{plain}.gz"):
            if (path := images.with_name(each)).is_file():
                return path
    read_idx(images, dimensions=3)  # these may be the labels themselves
    raise Refused("{file} has no labels beside it: name them with --labels", file=images)


def names_of(numbers: NDArray[np.uint8], classes: Sequence[str]) -> list[str]:
    """The class that each number stands for: a digit by its name, any other by its place, from 1
    where the data counts so, as EMNIST's letters do."""
    if all(digit_of(name) is not None for name in classes):
        return [str(number) for number in numbers.tolist()]
    first = 1 if numbers.size and numbers.min() >= 1 and numbers.max() == len(classes) else 0
    return [
        classes[number - first] if 0 <= number - first < len(classes) else str(number)
        for number in numbers.tolist()
    ]
