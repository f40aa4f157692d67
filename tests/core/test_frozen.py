"""Frozen dataclasses of our own are as those of the standard library, whatever is asked of them."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from functools import cached_property

import pytest

from rnn_desk.core.frozen import _MANY, frozen


def _classes(make, make_by_identity):
    """The same classes, made by one decorator and by the other."""

    @make
    class Point:
        """Of all kinds of fields."""

        x: int
        y: float = 1.0
        values: int = 2
        names: list = field(default_factory=list)
        hidden: str = field(default="h", repr=False)
        aside: int = field(default=0, compare=False)
        late: int = field(default=5, kw_only=True)
        made: int = field(init=False)

        def __post_init__(self):
            object.__setattr__(self, "made", self.x + 1)

        @cached_property
        def double(self):
            return 2 * self.x

    @make
    class Deep(Point):
        """Adds to another."""

        z: int = 3

    @make
    class Checked:
        """Is checked, and has an equality of its own."""

        x: int = 1

        def __post_init__(self):
            if self.x < 0:
                raise ValueError(self.x)

        def __eq__(self, other):
            return True

        def __hash__(self):
            return 7

    @make_by_identity
    class Alone:
        """Equal to itself alone."""

        x: int = 1

    return Point, Deep, Checked, Alone


OURS = _classes(frozen, frozen(eq=False))
THEIRS = _classes(dataclass(frozen=True), dataclass(frozen=True, eq=False))


USED = _classes(frozen, frozen(eq=False))
"""Ours after so many values that they have an `__init__` of their own."""

for each in USED:
    for _ in range(_MANY):
        each(1)


@pytest.fixture(params=[(kind, place) for kind in ("new", "used") for place in (0, 1)], ids=str)
def both(request):
    """Our class, Point or Deep, and theirs."""
    kind, place = request.param
    return {"new": OURS, "used": USED}[kind][place], THEIRS[place]


def test_one_that_is_used_much_has_an_init_of_its_own():
    own = [vars(each)["__init__"] for each in USED]
    assert len({*own, vars(Kept)["__init__"]}) == len(USED) + 1


GIVEN = [
    ((1,), {}),
    ((1, 2.0, 7, ["a"], "b", 3), {"late": 4}),
    ((), {"x": 1, "names": ["n"]}),
]


@pytest.mark.parametrize(("args", "kwargs"), GIVEN)
def test_made_of_the_same_they_say_the_same(both, args, kwargs):
    ours, theirs = (cls(*args, **kwargs) for cls in both)
    assert repr(ours) == repr(theirs)
    assert asdict(ours) == asdict(theirs)
    assert [f.name for f in fields(ours)] == [f.name for f in fields(theirs)]
    assert replace(ours, x=9).x == replace(theirs, x=9).x == 9
    assert ours.double == theirs.double
    assert type(ours).__match_args__ == type(theirs).__match_args__
    assert copy.deepcopy(ours) == ours


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ((), {}),
        ((1,), {"x": 1}),
        ((1,), {"made": 1}),
        ((1,), {"w": 1}),
        (range(9), {}),
        ((), {"y": 1.0}),
    ],
)
def test_what_one_takes_for_a_mistake_so_does_the_other(both, args, kwargs):
    for cls in both:
        with pytest.raises(TypeError):
            cls(*args, **kwargs)


def test_equal_are_those_of_equal_fields_and_of_one_class():
    for point, deep, _, _ in (OURS, USED, THEIRS):
        assert point(1) == point(1)
        assert point(1) == point(1, aside=9)
        assert point(1) != point(2)
        assert point(1) != deep(1)
        assert point(1) != 1
        assert hash(replace(point(1), names=())) == hash(replace(point(1, aside=9), names=()))


def test_an_equality_of_its_own_and_a_check_are_kept():
    for _, _, checked, alone in (OURS, USED, THEIRS):
        assert checked(1) == checked(2)
        assert hash(checked()) == 7
        with pytest.raises(ValueError, match="-1"):
            checked(-1)
        assert alone() != alone()
        assert len({alone(), alone()}) == 2


def test_nothing_of_them_can_be_changed(both):
    for cls in both:
        value = cls(1)
        with pytest.raises(FrozenInstanceError):
            value.x = 2
        with pytest.raises(FrozenInstanceError):
            del value.x
        assert value.x == 1


@frozen
class Kept:
    """At the top of a module, as what is pickled must be."""

    x: int = 1


def test_they_can_be_pickled():
    assert pickle.loads(pickle.dumps(Kept(3))) == Kept(3)
