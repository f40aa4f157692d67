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
from rnn_desk.core.counted import counted
from rnn_desk.core.drawing import Drawing, read_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.raster import BOX, Frame, rasterise
from rnn_desk.core.resampling import resampled

_DIGITS = frozenset("0123456789")

_FEW = 4
"""Drawings of each label in a first look."""

_INK = 0.45
"""Where a hard picture's paper is dirty, less than this is dirt."""

_LARGEST = 64
"""Pixels a side up to which a raster is made at its own size."""


@frozen
class References:
    """Drawings whose labels are known.

    hard_file: beside the drawings, pictures of them that are harder to read, as often as they are
    there each; "" where there are none.
    """

    drawings: tuple[Drawing, ...] = field(repr=False)
    hard_file: str = ""

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
        frame: Frame,
        places: Sequence[int],
        between: Callable[[], None] = lambda: None,
    ) -> Array:
        """The rasters `[n, side, side]` of some drawings.

        between: called after each that had to be made, which takes about a millisecond.
        """
        for place in places:
            if (frame, place) not in self._made:
                self._made[frame, place] = _picture(self.drawings[place], *frame)
                between()
        return np.stack([self._made[frame, place] for place in places])

    def hard_pictures(self, frame: Frame) -> tuple[Array, tuple[str, ...]]:
        """Harder pictures `[n, side, side]` and their labels, if there are any. Raises Refused."""
        if not self.hard_file:
            return np.zeros((0, frame[0], frame[0]), np.float32), ()
        if frame not in self._reframed:
            self._reframed[frame] = self._hard_in(frame)
        return self._reframed[frame], self.labels * (len(self._hard) // len(self.labels))

    def _hard_in(self, frame: Frame) -> Array:
        hard = self._hard
        if frame.counted:
            large = resampled(hard, _LARGEST, _LARGEST)
            return np.stack([counted(one, frame.side) for one in large])
        tight = hard if frame.box == BOX else np.stack([_tight(one, frame.box) for one in hard])
        return resampled(tight, frame.side, frame.side)

    @cached_property
    def _hard(self) -> Array:
        try:
            with np.load(asset("reference", self.hard_file), allow_pickle=False) as kept:
                return np.asarray(kept["pictures"] / 255, np.float32)
        except (OSError, ValueError, KeyError) as error:
            raise Refused(
                "{file} is damaged: install the program again", file=self.hard_file
            ) from error

    @cached_property
    def _reframed(self) -> dict[Frame, Array]:
        return {}

    @cached_property
    def _made(self) -> dict[tuple[Frame, int], Array]:
        return {}


def _picture(drawing: Drawing, side: int, box: float, counts: bool) -> Array:
    """The raster; a large one is made of a smaller one, for it would take long."""
    if side <= _LARGEST:
        return rasterise(drawing, side, box, counts).pixels
    return resampled(rasterise(drawing, _LARGEST, box).pixels, side, side)


def _tight(picture: Array, box: float) -> Array:
    """A picture of the same size whose ink is as long as that part of its side."""
    side = len(picture)
    inked = picture > _INK
    spans = [np.flatnonzero(inked.any(axis=axis)) for axis in (1, 0)]
    if not len(spans[0]):
        return picture
    low = np.array([span[0] for span in spans])
    high = np.array([span[-1] + 1 for span in spans])
    length = int(np.ceil((high - low).max() / box))
    room = np.pad(picture, length)
    top, left = ((low + high - length) // 2 + length).tolist()
    return resampled(room[top : top + length, left : left + length], side, side)


@cache
def other_drawings() -> Mapping[str, Drawing]:
    """Drawings that are no digits, by what they show. Raises Refused."""
    entries = read_drawings(asset("reference", "others.jsonl"))
    return {str(e.extra.get("style")): e for e in entries if isinstance(e, Drawing)}


@cache  # read and rendered once, for whatever asks
def reference_digits() -> References:
    """Those that ship with the program. Raises Refused where they are missing or damaged."""
    entries = read_drawings(asset("reference", "digits.jsonl"))
    drawings = tuple(entry for entry in entries if isinstance(entry, Drawing))
    return References(drawings, "hard.npz")


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
