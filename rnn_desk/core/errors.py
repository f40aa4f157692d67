"""The one kind of failure that a person can cause and mend."""

from __future__ import annotations

import traceback
import unicodedata
from functools import partial
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

LONGEST = 300
"""Characters of one field of a sentence; what a file calls its parts may be of any length."""


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
    """A field of a sentence as it can stand in one: text on one line, not too long."""
    if isinstance(field, PurePath):
        return one_line(str(field), longest=4096)
    return one_line(field) if isinstance(field, str) else field


def one_line(text: str, longest: int = LONGEST) -> str:
    """Text from outside on one line, without what writes backwards or cannot be seen.

    >>> one_line("a" + chr(10) + "b" + chr(0x202E))
    'a b'
    """
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    if text.isprintable():
        return text
    kept = (
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join("".join(kept).split())
