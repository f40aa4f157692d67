"""What the examination of a model file may take.

Imports nothing: the settings hold it from the start.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds of time, and MiB of memory beyond what the process takes without any model."""

    seconds: float = 20.0
    mebibytes: int = 2048
