"""What classes are called: digits, letters, words; the orders that data sets have them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits
from typing import Literal

import numpy as np

from rnn_desk.core.arrays import NDArray
from rnn_desk.core.number_words import digit_of

Alphabet = Literal["digits", "letters", "both", "others"]
"""What a model's classes are, for the most part."""

_BALANCED = (*digits, *ascii_uppercase, *"abdefghnqrt")
"""EMNIST's balanced set: small letters that look like their capitals are taken for those."""

LABEL_ORDERS: Mapping[str, tuple[str, ...]] = {
    "digits": tuple(digits),
    "one_to_nine_zero": (*digits[1:], "0"),
    "letters": tuple(ascii_uppercase),
    "emnist_letters": ("-", *ascii_uppercase),
    "digits_and_capitals": (*digits, *ascii_uppercase),
    "emnist_balanced": _BALANCED,
    "both_cases": (*ascii_uppercase, *ascii_lowercase),
    "emnist_by_class": (*digits, *ascii_uppercase, *ascii_lowercase),
    "fashion_mnist": (
        "T-shirt",
        "trouser",
        "pullover",
        "dress",
        "coat",
        "sandal",
        "shirt",
        "sneaker",
        "bag",
        "ankle boot",
    ),
    "kmnist": ("お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を"),
}
"""The classes in the orders that well-known data sets have them in, by name. EMNIST's letters begin
with a class that is never used."""

_ALIKE = tuple(
    frozenset(group)
    for group in (
        *("Oo0", "Il1", "Ss5", "Zz2", "gq9"),
        *(letter + letter.lower() for letter in "CKMPUVWXYJ"),
    )
)
"""Characters that cannot be told apart by their shape, or hardly."""


def letter_of(name: str) -> str | None:
    """The letter that a class's name means: "A", "a", "letter A"; None where none."""
    last = name.strip().split(" ")[-1] if name.strip() else ""
    return last if len(last) == 1 and last in ascii_letters else None


def character_of(name: str) -> str | None:
    """The digit or the letter that a class's name means; None where none."""
    return letter_of(name) or digit_of(name)


def alphabet_of(classes: Sequence[str]) -> Alphabet:
    """What the classes are, for the most part: one that is neither a digit nor a letter, as for
    paper without ink, changes nothing."""
    characters = [character_of(name) for name in classes]
    letters = sum(name is not None and name.isalpha() for name in characters)
    numbers = sum(name is not None and name.isdigit() for name in characters)
    if 2 * (letters + numbers) <= len(classes):
        return "others"
    if not letters or not numbers:
        return "letters" if letters else "digits"
    return "both"


def is_said(truth: str, name: str, classes: Sequence[str]) -> bool:
    """Whether a class's name is a right answer to a character that was drawn: that character, or
    one that looks like it; a letter of the other case where the classes have one case of it."""
    said = character_of(name)
    if said is None:
        return False
    if said == truth or any(said in group and truth in group for group in _ALIKE):
        return True
    return said.lower() == truth.lower() and truth not in map(character_of, classes)


def class_of(truth: str, classes: Sequence[str]) -> int | None:
    """The place of the class that a character is counted as: the one of its name, else one that is
    a right answer to it; None where there is none."""
    for same in (lambda name: name == truth, lambda name: character_of(name) == truth):
        if (place := next((k for k, name in enumerate(classes) if same(name)), None)) is not None:
            return place
    return next((k for k, name in enumerate(classes) if is_said(truth, name, classes)), None)


def allowed(truths: Sequence[str], classes: Sequence[str]) -> NDArray[np.bool_]:
    """Which classes are right answers to each character that was drawn, `[n, classes]`."""
    rows = {each: [is_said(each, name, classes) for name in classes] for each in set(truths)}
    return np.array([rows[each] for each in truths], bool).reshape(len(truths), len(classes))
