"""Words from outside as words alone: nothing in them that a screen or a terminal obeys.

What a file calls itself, its classes or its tensors may be anything: escape sequences that colour a
terminal or rename its window, marks that turn the direction of writing around, characters that
nobody sees, ten thousand of them.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 300
"""Characters of one field of a sentence; what a file calls its parts may be of any length."""

_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
"""A colour, or a movement of the cursor, as ECMA-48 writes it. Dropped whole: Python colours its
tracebacks from 3.13 on, and half a sequence would be left in them."""


def plain(text: str, kept: str = "") -> str:
    """Drop what is obeyed, writes backwards or cannot be seen, and put a space for an end of a line
    or a tab, unless it is among those `kept`.

    >>> plain("red: " + chr(27) + "[31m, back: " + chr(0x202E) + ", NUL: " + chr(0))
    'red: , back: , NUL: '
    """
    if text.isprintable():
        return text
    return "".join(_plain(c, kept) for c in _SEQUENCE.sub("", text))


def _plain(character: str, kept: str) -> str:
    if character.isprintable() or character in kept:
        return character
    kind = unicodedata.category(character)
    if kind == "Zs":  # a space of another width
        return character
    return " " if character.isspace() else ""


def one_line(text: str, longest: int = LONGEST) -> str:
    """Text from outside on one line, not too long, as words alone.

    >>> one_line("a" + chr(10) + "b" + chr(0x202E))
    'a b'
    """
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return text if text.isprintable() else " ".join(plain(text).split())


def counted(count: int, thing: str) -> str:
    """So many of a thing, in words whose plural is an s.

    >>> counted(1, "tensor"), counted(2000, "tensor")
    ('1 tensor', '2,000 tensors')
    """
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
