"""The reference digits: labelled drawings that ship with the program, of all styles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cache, cached_property
from string import ascii_uppercase

import numpy as np

from rnn_desk.assets_door import asset
from rnn_desk.core.alphabet import alphabet_of, character_of
from rnn_desk.core.arrays import Array
from rnn_desk.core.drawing import Drawing, read_drawings
from rnn_desk.core.frozen import frozen
from rnn_desk.core.raster import rasterise

_DIGITS = frozenset("0123456789")

_FEW = 4
"""Drawings of each label in a first look."""


@frozen
class References:
    """Drawings whose labels are known."""

    drawings: tuple[Drawing, ...] = field(repr=False)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The label of each drawing."""
        return tuple(str(drawing.label) for drawing in self.drawings)

    @cached_property
    def few(self) -> tuple[int, ...]:
        """The places of some drawings of each label, spread over all of its drawings."""
        places: list[int] = []
        for label in sorted(set(self.labels)):
            own = [place for place, other in enumerate(self.labels) if other == label]
            spread = np.linspace(0, len(own) - 1, min(_FEW, len(own))).astype(int)
            places.extend(own[k] for k in spread)
        return tuple(places)

    def pictures(
        self,
        frame: tuple[int, float],
        places: Sequence[int],
        between: Callable[[], None] = lambda: None,
    ) -> Array:
        """The rasters `[n, side, side]` of some drawings.

        between: called after each that had to be made, which takes about a millisecond.
        """
        for place in places:
            if (frame, place) not in self._made:
                self._made[frame, place] = rasterise(self.drawings[place], *frame).pixels
                between()
        return np.stack([self._made[frame, place] for place in places])

    @cached_property
    def _made(self) -> dict[tuple[tuple[int, float], int], Array]:
        return {}


@cache
def other_drawings() -> Mapping[str, Drawing]:
    """Drawings that are no digits, by what they show. Raises Refused."""
    entries = read_drawings(asset("reference", "others.jsonl"))
    return {str(e.extra.get("style")): e for e in entries if isinstance(e, Drawing)}


@cache  # read and rendered once, for whatever asks
def reference_digits() -> References:
    """Those that ship with the program. Raises Refused where they are missing or damaged."""
    entries = read_drawings(asset("reference", "digits.jsonl"))
    return References(tuple(entry for entry in entries if isinstance(entry, Drawing)))


def references_for(classes: Sequence[str]) -> References | None:
    """The drawings that a model of these classes is held against: digits where it has all ten,
    letters where its classes are letters, all of one case at least; None where it has neither.
    Raises Refused."""
    counted = tuple(map(str, range(len(classes))))
    if len(classes) > len(_DIGITS) and tuple(classes) == counted:
        return None  # nobody has said what they are
    characters = {(character_of(name) or "").upper() for name in classes}
    if characters >= _DIGITS:
        return reference_digits()
    letters = alphabet_of(classes) == "letters" and characters >= set(ascii_uppercase)
    return reference_letters() if letters else None


@cache
def reference_letters() -> References:
    """The letters that ship with the program, capitals and small ones. Raises Refused."""
    entries = read_drawings(asset("reference", "letters.jsonl"))
    return References(tuple(entry for entry in entries if isinstance(entry, Drawing)))
