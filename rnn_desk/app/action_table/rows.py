"""Moving through the rows, and from unit to unit."""

from __future__ import annotations

from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.app.actions import choose, point

ROWS = (
    ActionSpec("row_first", "First row", "rows", keys=("Home",), does=point.pin, args=(0,)),
    ActionSpec(
        "row_up", "One row up", "rows", keys=("Up", "PgUp", "Left"), does=point.step, args=(-1,)
    ),
    ActionSpec(
        "row_down",
        "One row down",
        "rows",
        keys=("Down", "PgDown", "Right"),
        does=point.step,
        args=(1,),
    ),
    ActionSpec("row_last", "Last row", "rows", keys=("End",), does=point.pin_last),
    ActionSpec("row_all", "All rows", "rows", keys=("Esc",), tip="Read the whole picture"),
    ActionSpec("unit_left", "Unit to the left", "rows", keys=("Ctrl+Left",), apart=True),
    ActionSpec("unit_right", "Unit to the right", "rows", keys=("Ctrl+Right",)),
    ActionSpec("layer_before", "Layer before", "rows", keys=("Ctrl+Up",)),
    ActionSpec("layer_after", "Layer after", "rows", keys=("Ctrl+Down",)),
    ActionSpec(
        "play",
        "Play or pause",
        "rows",
        keys=("Space",),
        tip="Watch the network read, row by row",
        needs="Draw a digit first",
        apart=True,
        enabled=lambda s: s.writing.dreams or not s.canvas.shown.is_empty,
        does=point.toggle_playing,
        checked=lambda s: s.pointed.playing,
    ),
    ActionSpec("slower", "Slower", "rows", keys=("-",), does=choose.faster, args=(-1,)),
    ActionSpec("faster", "Faster", "rows", keys=("+", "="), does=choose.faster, args=(1,)),
)
