"""Sentences as they cross between processes: keys of a closed list, with short plain fields.

A process that ran a hostile file is hostile, so a template that comes from it never formats
anything. It is looked up in the list of those that the program itself has, and its fields must be
those that the template names; anything else is a `ProtocolError`.
"""

from __future__ import annotations

from pathlib import PurePath
from string import Formatter
from typing import Any

from rnn_desk.core.errors import Refused
from rnn_desk.core.plain import one_line
from rnn_desk.protocol.sentence_list import SENTENCES

LONGEST_FIELD = 1000
"""Characters of a field; what a sentence quotes is cut shorter still where it is shown."""

_DEEPEST = 5
"""Sentences within sentences."""


class ProtocolError(Exception):
    """What came out of a process is nothing that the program sends."""


def pack(refusal: Refused, depth: int = 0) -> list[Any]:
    """A sentence as plain values, those within it too; too deep a one is said in words."""
    fields: dict[str, Any] = {}
    for name, value in refusal.fields.items():
        if isinstance(value, Refused) and depth + 1 < _DEEPEST:
            fields[name] = pack(value, depth + 1)
        elif isinstance(value, bool | float | None) or (
            isinstance(value, int) and abs(value) < 2**62
        ):
            fields[name] = value
        else:
            longest = 4096 if isinstance(value, PurePath) else LONGEST_FIELD
            fields[name] = one_line(str(value), longest)
    return [refusal.template, fields]


def unpack(packed: object, depth: int = 0) -> Refused:
    """What `pack` gave. Raises ProtocolError where it is nothing that it could have given."""
    match packed:
        case [str(template), dict(fields)] if template in SENTENCES and depth < _DEEPEST:
            pass
        case _:
            raise ProtocolError("a sentence that is none of the program's")
    if set(fields) != _FIELDS[template]:
        raise ProtocolError("a sentence with other fields than its own")
    refusal = Refused(template, **{name: _field(each, depth) for name, each in fields.items()})
    try:
        str(refusal)
    except Exception as error:
        raise ProtocolError("a sentence whose fields do not fit it") from error
    return refusal


def _field(value: object, depth: int) -> object:
    match value:
        case str():
            return one_line(value, 4096)
        case bool() | int() | float() | None:
            return value
        case list():
            return unpack(value, depth + 1)
        case _:
            raise ProtocolError("a field that is neither text, number nor sentence")


def _names(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


_FIELDS = {template: _names(template) for template in SENTENCES}
