"""What devices took for a digit, kept between two runs of the program in a small JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rnn_desk.core.files import write_whole

FILE = "speeds.json"
"""Beside the settings."""


def load_speeds(path: Path) -> dict[str, float | None]:
    """Milliseconds for one digit, by model, device and version; None stands for a device that
    computes less exactly than the CPU. Nothing where the file is absent or damaged."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return {str(k): None if ms is None else float(ms) for k, ms in record.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}  # nothing was measured yet, or what was is lost: it is measured again


def save_speeds(path: Path, speeds: Mapping[str, float | None]) -> None:
    """Keep them. Raises Refused."""
    write_whole(path, json.dumps(dict(speeds)).encode())
