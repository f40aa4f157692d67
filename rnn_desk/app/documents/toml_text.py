"""Writes TOML, which Python reads and does not write: of what a lesson's file holds."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 100


def fields_text(record: Mapping[str, Any]) -> str:
    """Lines of `key = value`; a value that is None has none."""
    lines = (f"{_key(name)} = {value_text(v)}\n" for name, v in record.items() if v is not None)
    return "".join(lines)


def words_text(name: str, words: str) -> str:
    """`name = words`, the words over as many lines as they need, as a person writes them."""
    if len(words) < _WIDTH - len(name) - 6:
        return f"{name} = {value_text(words)}\n"
    wrapped = textwrap.wrap(words, _WIDTH, break_long_words=False, break_on_hyphens=False)
    inside = "\n".join(value_text(line)[1:-1] for line in wrapped)
    return f'{name} = """\n{inside}\n"""\n'


def value_text(value: Any) -> str:
    """A value on one line, None in a list as an empty list. Raises TypeError where TOML has none of
    its kind."""
    if isinstance(value, str):
        # Half a character, as JSON can hold, is none in TOML.
        whole = value.encode("utf-8", "replace").decode("utf-8")
        return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        parts = (f"{_key(k)} = {value_text(v)}" for k, v in value.items() if v is not None)
        return f"{{ {', '.join(parts)} }}"
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return f"[{', '.join('[]' if each is None else value_text(each) for each in value)}]"
    raise TypeError(type(value).__name__)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else value_text(name)
