"""Names that a file may give itself, or a part of it, to be taken for more than words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.helpers import cards, models

PICTURE = Path(__file__).parents[2] / "assets" / "pictures" / "desk.png"

NAMES = {
    "an image": f'<img src="{PICTURE}" width=400>',
    "a heading": "<h1>NOT YOUR FILE</h1>",
    "an entity": "&lt;b&gt;bold",
    "ampersands": "R&D & &Close",
    "unsaved": "a[*]b",
    "a colour": "\x1b[31mred\x1b[0m",
    "a title": "\x1b]0;owned\x07bell",
    "8 bits": "\x9b31mred",
    "backwards": "gpj\u202eexe.\u2066x",
    "lines": "first\nsecond\r\nthird\u2028fourth\x85\x0b",
    "endless": "W" * 10_000,
    "NUL": "a\0b",
    "unseen": "a\u200b\u2060\ufeffb",
    "a tab": "a\tb",
}


def _together(picture: str) -> str:
    """All of the names in one, the image's with that path."""
    return " ".join(name.replace(str(PICTURE), picture)[:200] for name in NAMES.values())


WORST = _together(str(PICTURE))
"""All of them in one."""

FILE_NAME = "".join(
    c for c in _together(PICTURE.name) if (c not in "/\0W" and ord(c) < 0x80) or c in "\u202e\u2028"
)
"""As much of it as a file can be called: 255 bytes at most, wherever the project lies."""

_OBEYED = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))}
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = set("\u200b\u2060\ufeff\u2028\u2029")


def forbidden_in(text: str, allowed: str = "") -> set[str]:
    """What is in the text that may not be shown: obeyed, writing backwards, or not to be seen."""
    return ((_OBEYED | {chr(code) for code in _TURNING} | _UNSEEN) & set(text)) - set(allowed)


def named(folder: Path, name: str, file: str = "model.onnx", classes: Sequence[str] = ()) -> Path:
    """A model that calls all that it and its card can name by that name.

    classes: its classes, where they are to be known for digits whatever digits the name has.
    """
    model = models.attention()
    for node in model.graph.node:
        for tensors in (node.input, node.output):
            tensors[:] = [name if tensor == "attention" else tensor for tensor in tensors]
    model.graph.output[1].name = name
    model.producer_name = name
    card = models.card(
        name=name,
        classes=tuple(classes) or tuple(f"{digit}{name}" for digit in cards.DIGITS),
        licence=name,
        accuracies={name: 0.5, "mnist_test": 0.9},
        training={name: float("nan")},
        figures={name: float("inf"), "least": float("-inf")},
    )
    # As a careless program writes it: with numbers that JSON does not have.
    return models.saved(folder, model, json.dumps({"schema": 1, **asdict(card)}), name=file)
