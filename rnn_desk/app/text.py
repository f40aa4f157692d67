"""How the fields of the state are written as text, and read again: in one place for every document.

A field says with `kept` which documents may carry it, and by which codec; the field itself stands
in `app.state`, and `app.schema` walks through all of them.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from dataclasses import field
from enum import Flag, auto
from typing import Any

from rnn_desk.core.frozen import frozen

LONGEST = 4096
"""Characters of a text that a document may carry; a path stays below."""


class Document(Flag):
    """The documents that carry a part of the state."""

    SETTINGS = auto()
    """What the program remembers between two runs."""
    LESSON = auto()
    """A step of a lesson: how the desk is to stand."""
    DESK = auto()
    """A desk that a person saved, `.rnndesk`."""
    RECOVERY = auto()
    """From which the desk comes back after a crash."""
    RENDER = auto()
    """What the flags of `rnn-desk render` set."""


STANDS = Document.LESSON | Document.DESK | Document.RECOVERY
"""Whatever says how the desk is to stand."""


@frozen
class Codec:
    """Reads a value from what JSON or TOML gives, and writes it so.

    `read` raises ValueError, TypeError or Refused where it is something else. `merge` makes one
    value of ours and of what another copy of the program has written since; else ours holds.
    """

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    merge: Callable[[Any, Any], Any] = lambda ours, _: ours


@frozen
class Text:
    """How one field is written: under which name, in which documents.

    also: other names that it is read under, as older files have them.
    """

    name: str
    documents: Document
    codec: Codec
    also: tuple[str, ...] = ()


def kept(
    default: Any, name: str, documents: Document, codec: Codec, also: tuple[str, ...] = ()
) -> Any:
    """A field of a part of the state that documents carry; the default may be a factory."""
    metadata = {"text": Text(name, documents, codec, also)}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


def one_of(*names: str) -> Codec:
    """One of these words."""

    def read(value: Any) -> str:
        if value not in names:
            raise ValueError
        return str(value)

    return Codec(read, str)


def number(low: float, high: float) -> Codec:
    """A number, brought within its range; older files have it as text."""

    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise TypeError
        told = float(value)
        if not math.isfinite(told):
            raise ValueError
        return min(max(told, low), high)

    return Codec(read, lambda value: value)


def many(codec: Codec, most: int) -> Codec:
    """A list of values, written alike."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError
        return tuple(codec.read(each) for each in value)

    return Codec(read, lambda values: [codec.write(each) for each in values])


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _bytes(value: Any) -> bytes:
    return base64.b64decode(_text(value), validate=True)


TEXT = Codec(_text, str)
FLAG = Codec(_flag, bool)
BYTES = Codec(_bytes, lambda data: base64.b64encode(data).decode("ascii"))
"""Qt's own words for where things are, in base64."""


def _shown(value: Any) -> bool:
    return _OLDER[value] if isinstance(value, str) else _flag(value)


_OLDER = {"shown": True, "hidden": False, "saliency": True, "none": False}

SHOWN = Codec(_shown, bool)
"""Whether a view is shown; older settings have it as a word."""
