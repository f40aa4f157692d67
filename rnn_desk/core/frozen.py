"""Frozen dataclasses that are quickly made: a window's first picture waits for a hundred of them.

`dataclasses` writes and compiles six methods for each class, which takes some half a millisecond;
here they are the same functions for all. Fields, `replace`, `asdict` and `__post_init__` are those
of `dataclasses`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
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


def _init(self: Any, *args: Any, **given: Any) -> None:
    known, name = [each for each in fields(self) if each.init], type(self).__name__
    by_place = [each.name for each in known if not each.kw_only]
    if len(args) > len(by_place):
        raise TypeError(f"{name} takes {len(by_place)} values by their places, not {len(args)}")
    placed = dict(zip(by_place, args, strict=False))
    if twice := placed.keys() & given.keys():
        raise TypeError(f"{name} got two values for {min(twice)!r}")
    given |= placed
    for each in known:
        self.__dict__[each.name] = given.pop(each.name) if each.name in given else _default(each)
    if given:
        raise TypeError(f"{name} has no field {min(given)!r}")
    if (then := getattr(self, "__post_init__", None)) is not None:
        then()


def _default(each: Field[Any]) -> Any:
    if each.default is not MISSING:
        return each.default
    if each.default_factory is MISSING:
        raise TypeError(f"a value is needed for {each.name!r}")
    return each.default_factory()


@recursive_repr("...")
def _repr(self: Any) -> str:
    shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _eq(self: Any, other: object) -> Any:
    return _compared(self) == _compared(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_compared(self))


def _compared(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, each.name) for each in fields(value) if each.compare)


def _assign(_: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_COMPARED = {"__eq__": _eq, "__hash__": _hash}
