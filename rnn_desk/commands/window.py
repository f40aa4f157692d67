"""The window, and its picture: what needs Qt, loaded only now."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from rnn_desk.commands.digits import at_index, drawings_of
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.qt import startup


def show_window(model: Path | None, device: str | None, lang: str | None, present: bool) -> int:
    """Show the window until it is closed; its exit status. Raises Refused."""
    startup.check(os.environ)
    from rnn_desk import app

    return app.run(model=model, device=device, lang=lang, present=present)


def render(
    out: Path,
    drawing: Path | None,
    index: int,
    model: Path | None,
    device: str | None,
    lang: str | None,
    row: int | None,
    unit: tuple[int, int] | None,
    **scene: Any,
) -> None:
    """Write the window's picture, with that drawing on its canvas; or its reading as an animation.

    Raises Refused.

    row, unit: the row, and the layer and unit, pointed at; from 1, as the window counts them.
    scene: the other fields of `app.Scene`.
    """
    if drawing is None and out.suffix.lower() in (".gif", ".webp"):
        raise Refused("{file} would show a reading: name a drawing with --drawing", file=out)
    drawn = None if drawing is None else at_index(drawings_of(drawing), index, drawing)
    startup.check({**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    from rnn_desk import app

    shown = app.Scene(
        row=None if row is None else row - 1,
        unit=None if unit is None else (unit[0] - 1, unit[1] - 1),
        **scene,
    )
    app.render(out, drawn, model, device, lang, shown)


def paint_times(model: Path, drawings: tuple[Drawing, ...]) -> list[float]:
    """Milliseconds that the window takes to paint each drawing's reading. Raises Refused."""
    startup.check({**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    from rnn_desk import app

    return app.paint_times(model, drawings)
