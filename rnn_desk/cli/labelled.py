"""Digits of which it is said what they are: drawings, IDX images with their labels, folders of
pictures with a folder a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rnn_desk.cli.digits import Digit, digits_of
from rnn_desk.cli.standard_streams import STREAM
from rnn_desk.core.card import ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.idx import read_idx
from rnn_desk.core.kind import kind_of
from rnn_desk.core.labelled import IMAGES, labels_of, names_of
from rnn_desk.core.number_words import digit_of

_TEST = ("t10k", "test")
"""How the names of test sets tell themselves."""

_NO_DATA = ("thumbs.db", "desktop.ini")
"""What Windows leaves in folders of pictures."""


def labelled_digits(data: Path, labels: Path | None, card: ModelCard) -> Iterator[Digit | Refused]:
    """Every digit, its label the name of its class, as far as it has one; what cannot be read is
    its Refused.

    labels: the file of the labels of IDX images; None is the one beside them. card: of the model
    whose classes numbers stand for. Raises Refused where nothing can be found to be read.
    """
    if data != STREAM and data.is_dir():
        yield from _in_folder(data, labels, card)
    elif data != STREAM and _is_idx(data):
        yield from _in_idx(data, labels, card)
    elif labels is not None:
        raise Refused("{file} says itself what its digits are: leave --labels out", file=data)
    else:
        yield from digits_of(data, card.frame)


def class_of(label: str, classes: Sequence[str]) -> int | None:
    """The place of the class that the label means: "7" is "seven" too; None where it is none."""
    if label in classes:
        return classes.index(label)
    digit = digit_of(label)
    if digit is None:
        return None
    return next((k for k, name in enumerate(classes) if digit_of(name) == digit), None)


def _is_idx(data: Path) -> bool:
    """Whether it is one; what is wrong with any other file, whoever reads it says."""
    try:
        return kind_of(data) == "idx"
    except Refused:
        return False


def _in_folder(folder: Path, labels: Path | None, card: ModelCard) -> Iterator[Digit | Refused]:
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    images = [path for path in inside if path.is_file() and IMAGES.fullmatch(path.name)]
    if images:
        yield from _in_idx(_test_set(folder, images), labels, card)
        return
    classes = [path for path in inside if path.is_dir()]
    if not classes:
        raise Refused(
            "{file} holds neither a folder for each class nor IDX images: name a file in it",
            file=folder,
        )
    if all(class_of(place.name, card.classes) is None for place in classes):
        raise Refused(
            "No folder in {file} is named as a class that the model knows, such as {name}: name a "
            "folder that has one for each class",
            file=folder,
            name=card.classes[0],
        )
    for place in classes:
        for file in _files(place):
            for digit in digits_of(file, card.frame, one_each=True):
                yield digit if isinstance(digit, Refused) else replace(digit, label=place.name)


def _files(folder: Path) -> Iterator[Path]:
    """The files of a class, in folders below it too."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.name.lower() not in _NO_DATA:
            yield path


def _test_set(folder: Path, images: Sequence[Path]) -> Path:
    """The one file of images, or the one that is for tests."""
    tests = [path for path in images if any(word in path.name.lower() for word in _TEST)]
    for found in (tests, images):
        if len({path.name.lower().removesuffix(".gz") for path in found}) == 1:
            return found[0]
    raise Refused(
        "{file} holds several files of images: name one of {names}",
        file=folder,
        names=", ".join(path.name for path in images),
    )


def _in_idx(images: Path, labels: Path | None, card: ModelCard) -> Iterator[Digit | Refused]:
    path = labels or labels_of(images)
    numbers = read_idx(path, dimensions=1)
    names = names_of(numbers, card.classes)
    count = 0
    for digit in digits_of(images, card.frame):
        if isinstance(digit, Refused):
            yield digit
            continue
        count += 1
        if count > len(names):
            break
        yield replace(digit, label=names[digit.index])
    if count != len(names):
        yield Refused(
            "{labels} does not hold one label for each image of {images}",
            labels=path,
            images=images,
        )
