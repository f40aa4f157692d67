"""The one kind of failure that a person can cause and mend."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from functools import partial
from numbers import Number
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any, Self

from rnn_desk.core.plain import one_line

_LONGEST_PATH = 4096

_ENDLESS = 10**30
"""A whole number that none of the program's own reaches."""


class Refused(Exception):
    """Something was refused: the text is one sentence for the person who asked.

    The sentence is kept as a template with named fields, so that the window can look up its
    translation before it fills them in. Anything that is *our* mistake is any other exception.

    >>> str(Refused("{file} is empty: choose another file", file="a.onnx"))
    'a.onnx is empty: choose another file'
    """

    def __init__(self, template: str, **fields: object) -> None:
        super().__init__(template, fields)
        self.template = template
        self.fields: dict[str, Any] = fields

    def __str__(self) -> str:
        return self.template.format(**{name: shown(f) for name, f in self.fields.items()})

    def with_fields(self, fields: Mapping[str, object]) -> Self:
        """The same refusal, of its kind and with all else that it knows, said of other things."""
        other = type(self)(self.template, **fields)
        vars(other).update({**vars(self), "fields": dict(fields)})
        return other

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is copied from its arguments, and so could not come from another process.
        return partial(type(self), **self.fields), (self.template,)


def mistake(kind: type[BaseException]) -> Refused:
    """What is said of an exception of that kind that nobody foresaw: the mistake is ours."""
    return Refused(
        "Something went wrong inside the program ({reason}); the log has the details",
        reason=kind.__name__,
    )


Place = tuple[str, int]
"""A file and a line of it."""

_PROGRAM = str(Path(__file__).parents[1])


def place_of(trace: TracebackType | None) -> Place:
    """Where in the program an exception was raised; where it was raised at all if not in it."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    own = [place for place in places if place[0].startswith(_PROGRAM)]
    return [("", 0), *places, *own][-1]


def shown(field: object) -> object:
    """A field of a sentence as it can stand in one: words on one line, not too long.

    Numbers stay numbers, for the formats of the sentence; a refusal is a sentence already.
    """
    if isinstance(field, str):
        return one_line(field)
    if isinstance(field, PurePath):
        return one_line(str(field), _LONGEST_PATH)
    if field is None or isinstance(field, Refused) or _is_ordinary(field):
        return field
    return _Written(one_line(str(field)))


def _is_ordinary(field: object) -> bool:
    """Whether it is a number, and no whole one of thousands of digits, as a file may have them."""
    return isinstance(field, Number) and not (isinstance(field, int) and abs(field) >= _ENDLESS)


class _Written(str):
    """A value in words already: with no quotes around it, also where a sentence asks for them."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
