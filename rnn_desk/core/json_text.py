"""Strict JSON, as every other program reads it, whatever a file's numbers and words are."""

from __future__ import annotations

import json
import math
from typing import Any


def json_text(value: Any, ascii_only: bool = False, sort_keys: bool = False) -> str:
    """Write a value as JSON on one line, null for a number that JSON has none for.

    A character that a terminal would obey, that is not to be seen, or that is half of one, is
    written as its escape: the words stay what they are, and can be printed and encoded.

    >>> json_text({"loss": float("nan"), "name": chr(27) + "[31m" + chr(127)})
    '{"loss": null, "name": "\\\\u001b[31m\\\\u007f"}'
    """
    text = json.dumps(_finite(value), ensure_ascii=ascii_only, allow_nan=False, sort_keys=sort_keys)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def _finite(value: Any) -> Any:
    """The value with None in place of what is not a number, or infinite."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return value


def _escape(character: str) -> str:
    """One character in JSON's own way, as one or two units of UTF-16."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[k : k + 2].hex()}" for k in range(0, len(units), 2))
