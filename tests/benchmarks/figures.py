"""What the benchmarks of the window share: which digits, and how figures are printed."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Mapping

from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import Drawing, read_drawings

FRAME_MS = 1000 / 60


def some_drawings(count: int) -> list[Drawing]:
    """The first of the program's own digits."""
    entries = itertools.islice(read_drawings(asset("reference", "digits.jsonl")), count)
    return [drawing for drawing in entries if isinstance(drawing, Drawing)]


def say(figures: Mapping[str, float], as_json: bool) -> None:
    """Print them."""
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for name, value in figures.items():
        sys.stdout.write(f"{name:>24} {value:10.3f}\n")
