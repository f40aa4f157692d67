"""Everything that the monkey does, as a table."""

from __future__ import annotations

from collections.abc import Collection

from tests.monkey.acts import (
    commands,
    drawing,
    files,
    harm,
    lab,
    lessons,
    reading,
    rest,
    window,
)
from tests.monkey.acts.act import Act

_ROOMS = (drawing, reading, lab, files, commands, lessons, window, harm, rest)


def acts(only: Collection[str] = (), without: Collection[str] = ()) -> tuple[Act, ...]:
    """All acts, or those of these names alone, without those. ValueError for a name of none."""
    table = tuple(act for room in _ROOMS for act in room.ACTS)
    unknown = {*only, *without} - {act.name for act in table}
    if unknown:
        raise ValueError(f"no act is called {', '.join(sorted(unknown))}")
    return tuple(a for a in table if (not only or a.name in only) and a.name not in without)
