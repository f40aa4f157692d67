"""How a model wants its pictures, found by trying readings on digits whose labels are known.

First each usual reading gets a few digits; those that do well get all of them, and harder pictures
of these. What fits the labels best, at the best temperature, is taken; of readings that the
pictures cannot tell apart, the plainest. Where that is not much, or another scale would do better,
the search goes wide: turned and mirrored pictures, other sizes, any scale and offset, the outputs
in any order. What it finds on half of the digits must hold on the other half.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import get_args

from rnn_desk.core.errors import Refused
from rnn_desk.core.orientation import Turn
from rnn_desk.core.references import References
from rnn_desk.engine.input_spec.feeding import is_whole
from rnn_desk.engine.input_spec.input_shape import Fit, Signature
from rnn_desk.engine.input_spec.labelling import Labelling
from rnn_desk.engine.input_spec.looks import Look, Namings, look
from rnn_desk.engine.input_spec.scaling_search import FIRST_STEPS, moved, nearest_valley
from rnn_desk.engine.input_spec.scoring import beyond_chance
from rnn_desk.engine.input_spec.trial import Trial, answering, running
from rnn_desk.engine.input_spec.ways import lying, scaled_ways, spread, unscaled, usual_ways
from rnn_desk.protocol.findings import Tried, Way

GOOD_ENOUGH = 0.5
"""Part of the reference digits; a model read wrongly gets 0.1 to 0.35 of them."""

_GOOD_ENOUGH_IN_ANY_ORDER, _AMONG_MORE = 0.7, 0.9
"""The same where the drawings alone say which output means what, and where there are more outputs
than digits: some order of letters reads many digits."""

TIE = 0.0175
"""Part of the reference digits that counts for nothing."""

SATISFIED = 0.9
"""Above this, the search does not go wide."""

UPRIGHT = 0.7
"""Part of the reference digits that no model reads that wants them turned: it reads those that look
alike, and they are not so many."""

_BEHIND, _BEHIND_IN_FULL = 0.2, 0.05
"""Part of the digits by which a reading may lie behind the best of the few, and get them all; and
behind the best of those, and get the harder pictures too."""

_MOST_IN_FULL, _MOST_HARD = 6, 5
_CHANCE, _SURE = 2.0, 3.0
"""Standard errors of a difference within which two readings do as well; and beyond which a scale
without a name does better than one that has one."""

_HOPEFUL, _BETTER, _MORE = 0.92, 0.85, 0.02
"""Part of its loss that a reading may keep at the most, under a scale without a name; and the part
of all pictures that must be read right beyond those that were."""

_PROMISING, _VALLEYS = 5, 2

_FAR = 0.1
"""Part of the digits by which another scale must do better, where its loss is not clearly less."""


Found = tuple[tuple[Tried, ...], Labelling | None]
"""Every way that was tried, the proposed one first, then by how well they did; and what the
proposed one's classes mean, None where none did well enough to be believed."""


@dataclass(eq=False)
class Search:
    """Looks at ways, each of them kept as it was last looked at.

    tell: hears "searching" where the search goes wide, and at each of its steps again.
    """

    trial: Trial
    found: Signature
    references: References
    namings: Namings
    tell: Callable[[str], None] = lambda _: None
    looks: dict[Way, Look] = field(default_factory=dict)
    any_order: bool = False
    best: Look = field(init=False)

    def usual(self) -> Found:
        """Try the usual ways."""
        first = self._first(usual_ways(self.found), self.references.few)
        self.best = self._best(self._promising(first))
        if self.best.part >= SATISFIED:
            self._scaled()
        return self._what_was_found()

    def wide(self) -> Found:
        """Try ways that are not usual too, where the usual ones do not read well."""
        if self.best.part < SATISFIED or self.best.labelling is None:
            self._go_wide()
        self._scaled()
        return self._what_was_found()

    def _what_was_found(self) -> Found:
        best = self._confirmed()
        rest = [each.tried for each in self.looks.values() if each.way != self.best.way]
        return (self.best.tried, *sorted(rest, key=_rank)), best

    def _go_wide(self) -> None:
        """Ways that are less usual, step by step from the best of those before, until one reads
        well: with paper around the ink, without, with the outputs in any order."""
        fits = (*self.found.fits, *self._more())
        turns: tuple[Turn, ...] = ("upright",) if self.best.part >= UPRIGHT else get_args(Turn)
        whole = list(lying(fits, self.found.dtype, turns))
        tight = list(lying(self.found.fits, self.found.dtype, ("upright",), "none"))
        enough = SATISFIED if self.best.part < GOOD_ENOUGH else GOOD_ENOUGH
        for ways, any_order in ((whole, False), (tight, False), (whole, True)):
            self.any_order = any_order
            self._wider(ways)
            if self.best.part >= enough:
                return

    def _wider(self, lain: Sequence[Way]) -> None:
        """Of ways to lay a picture the best, in any range and under any scale."""
        self.tell("searching")
        few = self.references.few
        looks = self._first((each for way in lain for each in spread(way)), few)
        geometries = list(dict.fromkeys(unscaled(each.way) for each in _ranked(looks)))
        self.tell("searching")
        ways = [each for way in geometries[:_PROMISING] for each in scaled_ways(way)]
        looks = _ranked(self._first(ways, few))
        self.tell("searching")
        valleys = [self._valley(each) for each in _apart(looks)[:_VALLEYS]]
        named = [each for each in looks if each.way.input.value_range != "scaled"]
        others = [each for each in looks if each not in named]
        others += [each for each in valleys if each is not None]
        wide = self._best([*self._promising(named, 3), *self._promising(others, 3)])
        if _better(wide, self.best):
            self.best = wide

    def _more(self) -> tuple[Fit, ...]:
        """Less usual fits with which it runs."""
        found = replace(self.found, fits=self.found.more)
        with suppress(Refused):
            found = running(self.trial, found)
            return answering(self.trial, found, self.references).fits
        return ()

    def _scaled(self) -> None:
        """Another scale for the best way, where one nearby may do better."""
        way = self.best.way
        found = self.best.labelling is not None and way.input.value_range != "scaled"
        if not found or is_whole(way.input.dtype) or not len(self._hard(way)):
            return
        lowest = min(self._some(moved(way, 0.6 * step)).loss for step in _AROUND)
        if lowest > _HOPEFUL * self._some(way).loss:
            return
        self.tell("searching")
        valley = self._valley(self.best)
        if valley is None:
            return
        namings = {self.best.output: self.best.labelling}
        halves = self._places()[1], self._hard(way)[1::2]
        new, old = (
            look(self.trial, each, self.references, halves[0], namings, halves[1])
            for each in (valley.way, way)
        )
        if _clearly_better(new, old):
            self.best = self._full(valley.way)

    def _confirmed(self) -> Labelling | None:
        """The labelling of the best way, if it holds on digits on which it was not found."""
        labelling = self.best.labelling
        if labelling is None:
            return None
        if not labelling.free:
            return labelling if self.best.part >= GOOD_ENOUGH else None
        enough = _GOOD_ENOUGH_IN_ANY_ORDER if len(labelling.labels) <= 10 else _AMONG_MORE
        halves = self._places()
        found = look(self.trial, self.best.way, self.references, halves[0], self.namings).labelling
        if found is None:
            return None
        told = {self.best.output: found}
        other = look(self.trial, self.best.way, self.references, halves[1], told)
        return labelling if other.part >= enough and found == labelling else None

    def _first(self, ways: Iterable[Way], places: Sequence[int]) -> list[Look]:
        return [self._look(way, places) for way in ways]

    def _promising(self, first: list[Look], count: int = _MOST_IN_FULL) -> list[Look]:
        """Of ways that were looked at, those that do well, looked at in full, as plain as ever."""
        most = max((each.part for each in first), default=0.0)
        ways = [each.way for each in _ranked(first) if each.part >= most - _BEHIND and each.output]
        full = {way: self._full(way, hard=False) for way in ways[:count]}
        most = max((each.part for each in full.values()), default=0.0)
        near = [each for each in full.values() if each.part >= most - _BEHIND_IN_FULL]
        hard = {each.way: self._full(each.way) for each in _ranked(near)[:_MOST_HARD]}
        return [hard[each.way] for each in first if each.way in hard] or first[:1]

    def _best(self, looks: list[Look]) -> Look:
        """The one that fits the labels best; of those that chance could put there, the first; one
        that is less usual, only where it does clearly better."""
        groups: dict[tuple[bool, ...], list[Look]] = {}
        for each in looks:
            groups.setdefault(_strange(each), []).append(each)
        bests = [_first_of_best(groups[strange]) for strange in sorted(groups)]
        best = bests[0]
        for each in bests[1:]:
            if _better(each, best):
                best = each
        return best

    def _valley(self, start: Look) -> Look | None:
        """The way with the scale that does best on half of the digits."""
        way = start.way
        if start.labelling is None or way.input.dtype == "bool":
            return None
        namings = {start.output: start.labelling}

        def loss(way: Way) -> float:
            return self._some(way, namings).loss

        return self._look(nearest_valley(way, loss), self.references.few)

    def _some(self, way: Way, namings: Namings | None = None) -> Look:
        """A way on a fifth of half of the drawings, and on twice as many harder pictures."""
        places, hard = self._places()[0][::5], self._hard(way)[::10]
        given = namings or {self.best.output: self.best.labelling}
        return look(self.trial, way, self.references, places, given, hard)

    def _places(self) -> tuple[range, range]:
        count = len(self.references.drawings)
        return range(0, count, 2), range(1, count, 2)

    def _hard(self, way: Way) -> range:
        return range(len(self.references.hard_pictures(way.frame)[0]))

    def _full(self, way: Way, hard: bool = True) -> Look:
        places = range(len(self.references.drawings))
        return self._look(way, places, self._hard(way) if hard else ())

    def _look(self, way: Way, places: Sequence[int], hard: Sequence[int] = ()) -> Look:
        seen = look(self.trial, way, self.references, places, self.namings, hard, self.any_order)
        before = self.looks.get(way)
        if before is None or len(before.losses) <= len(seen.losses):
            self.looks[way] = seen
        return seen


_AROUND = (*FIRST_STEPS[1:], *-FIRST_STEPS[1:])


def _apart(looks: Iterable[Look]) -> list[Look]:
    """The same, but of two ways that lie alike not one after the other: the first of each first."""
    first: dict[Way, Look] = {}
    rest = []
    for each in looks:
        if unscaled(each.way) in first:
            rest.append(each)
        else:
            first[unscaled(each.way)] = each
    start = list(first.values())
    return [*start[:1], *rest[:1], *start[1:], *rest[1:]]


def _ranked(looks: Iterable[Look]) -> list[Look]:
    """By how well they did, the plainest first among equals."""
    return sorted(looks, key=lambda each: (each.failed is not None, -each.part, each.loss))


def _strange(each: Look) -> tuple[bool, bool, bool]:
    """What is less usual comes after what is more so: orders of the outputs, scales, margins."""
    free = each.labelling is None or each.labelling.free
    reading = each.way.input
    return free, reading.value_range == "scaled", reading.margin != "mnist"


def _first_of_best(looks: list[Look]) -> Look:
    best = min(looks, key=lambda each: (each.labelling is None, each.loss))
    return next(each for each in looks if each.part >= best.part - TIE and _as_good(each, best))


def _as_good(one: Look, best: Look) -> bool:
    if len(one.losses) != len(best.losses):
        return one.loss <= best.loss
    return beyond_chance(one.losses, best.losses) < _CHANCE


def _clearly_better(one: Look, other: Look) -> bool:
    if len(one.losses) != len(other.losses) or one.part < other.part - TIE:
        return False
    if one.hits.mean() < other.hits.mean() + _MORE:
        return False
    return one.loss < _BETTER * other.loss and beyond_chance(other.losses, one.losses) > _SURE


def _better(one: Look, other: Look) -> bool:
    """Whether one that is less usual is to be taken for the other."""
    if one.labelling is None or other.labelling is None:
        return other.labelling is None
    alike = unscaled(one.way) == unscaled(other.way)
    if one.part > other.part + (_FAR if alike else TIE):
        return True
    return one.part >= other.part - TIE and _clearly_better(one, other)


def _rank(tried: Tried) -> tuple[bool, float, int]:
    """Ways that ran before those that did not, then by their success, then by how sure it is."""
    return tried.failed is not None, -tried.part, -tried.count
