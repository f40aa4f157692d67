"""One kind of thing that the monkey does."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from tests.monkey.hand import Hand, Pauses


@dataclass(frozen=True)
class Act:
    """Its name, how often it is played beside the others, and what it does.

    One that yields milliseconds lets the window go on so long, and is then played on.
    """

    name: str
    weight: float
    play: Callable[[Hand], Pauses | None]

    @property
    def short(self) -> bool:
        """Whether it is over at once, and so can be played in the middle of another."""
        return not inspect.isgeneratorfunction(self.play)
