"""Frozen dataclasses that are quickly made: a window's first picture waits for a hundred of them.

`dataclasses` writes and compiles six methods for each class, which takes some half a millisecond;
here they are the same functions for all, until a class has made so many values that an `__init__`
written for its fields, which takes a tenth of the time, is worth it. Fields, `replace`, `asdict`
and `__post_init__` are those of `dataclasses`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache
from reprlib import recursive_repr
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, eq: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: Any = None, /, *, eq: bool = True) -> Any:
    """Make a class a frozen dataclass. eq: two values are equal, and as keys the same, where their
    fields are; else each is equal to itself alone."""

    def make(cls: type[T]) -> type[T]:
        of_its_own = vars(cls)
        methods = {"__init__": _init, "__repr__": _repr, **(_COMPARED if eq else {})}
        for name, method in methods.items():
            if of_its_own.get(name) is None:  # __hash__ is, where a class has its own __eq__
                setattr(cls, name, method)
        cls.__setattr__ = _assign  # type: ignore[method-assign]
        cls.__delattr__ = _delete  # type: ignore[method-assign]
        return dataclass(init=False, repr=False, eq=False)(cls)

    return make if cls is None else make(cls)


_MANY = 50
"""Values of a class from which on its `__init__` is written for it."""


@dataclass
class _Plan:
    """What is to be known of a class for each of its values: the fields that it takes, those of
    them by place, the ones that are shown, and those that are compared; made: how many values were
    made by it."""

    taken: dict[str, Field[Any]]
    places: tuple[str, ...]
    shown: tuple[str, ...]
    compared: tuple[str, ...]
    checks: bool
    made: int = 0


def _plan(value: Any) -> _Plan:
    """That of the value's class."""
    cls: Any = type(value)
    return _made_plan(cls)


@cache
def _made_plan(cls: Any) -> _Plan:
    known = fields(cls)
    return _Plan(
        taken={each.name: each for each in known if each.init},
        places=tuple(each.name for each in known if each.init and not each.kw_only),
        shown=tuple(each.name for each in known if each.repr),
        compared=tuple(each.name for each in known if each.compare),
        checks=hasattr(cls, "__post_init__"),
    )


def _init(self: Any, *args: Any, **given: Any) -> None:
    cls = type(self)
    plan, values = _plan(self), self.__dict__
    if args:
        if len(args) > len(plan.places):
            raise TypeError(
                f"{cls.__name__} takes {len(plan.places)} values by their places, not {len(args)}"
            )
        placed = dict(zip(plan.places, args, strict=False))
        if twice := placed.keys() & given.keys():
            raise TypeError(f"{cls.__name__} got two values for {min(twice)!r}")
        given |= placed
    for name, each in plan.taken.items():
        values[name] = given.pop(name) if name in given else _default(each)
    if given:
        raise TypeError(f"{cls.__name__} has no field {min(given)!r}")
    if plan.checks:
        self.__post_init__()
    plan.made += 1
    if plan.made == _MANY and vars(cls).get("__init__") is _init:
        cls.__init__ = _written_init(plan)


def _written_init(plan: _Plan) -> Callable[..., None]:
    """An `__init__` that takes these fields by their names, none of which begins as ours do."""
    known: dict[str, Any] = {"__none": object(), "__default": _default}
    by_place, body = ["self"], ["__values = self.__dict__"]
    by_name: list[str] = []
    for name, each in plan.taken.items():
        known[f"__{name}"], stands_in = each.default, f"__{name}"
        if each.default is MISSING:  # made anew, or to be given, though it may follow others
            known[f"__{name}"], stands_in = each, "__none"
            body.append(f"if {name} is __none: {name} = __default(__{name})")
        (by_name if each.kw_only else by_place).append(f"{name}={stands_in}")
        body.append(f"__values[{name!r}] = {name}")
    taken = ", ".join([*by_place, *(["*", *by_name] if by_name else [])])
    lines = [*body, *(["self.__post_init__()"] if plan.checks else [])]
    exec("\n    ".join([f"def __init__({taken}):", *lines]), known)
    made: Callable[..., None] = known["__init__"]
    return made


def _default(each: Field[Any]) -> Any:
    if each.default is not MISSING:
        return each.default
    if each.default_factory is MISSING:
        raise TypeError(f"a value is needed for {each.name!r}")
    return each.default_factory()


@recursive_repr("...")
def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name in _plan(self).shown)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _eq(self: Any, other: object) -> Any:
    if self is other:
        return True
    return _compared(self) == _compared(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_compared(self))


def _compared(value: Any) -> tuple[Any, ...]:
    return tuple([getattr(value, name) for name in _plan(value).compared])


def _assign(_: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_COMPARED = {"__eq__": _eq, "__hash__": _hash}
