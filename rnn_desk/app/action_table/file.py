"""Opening, saving, and the end."""

from __future__ import annotations

from rnn_desk.app.action_table.spec import ActionSpec, has_drawing
from rnn_desk.app.actions import forget

FILE = (
    ActionSpec("open_model", "Open model…", "file", keys=("Ctrl+O",), tip="Open an ONNX file"),
    ActionSpec(
        "open_by_hand",
        "Open model by hand…",
        "file",
        tip="Say yourself how an ONNX file is fed, and what its classes are called",
    ),
    ActionSpec("about_model", "About this model…", "file", keys=("Ctrl+I",)),
    ActionSpec(
        "open_drawing", "Open drawing or picture…", "file", keys=("Ctrl+Shift+O",), apart=True
    ),
    ActionSpec(
        "save_drawing",
        "Save drawing…",
        "file",
        keys=("Ctrl+S",),
        needs="Draw something first",
        enabled=has_drawing,
    ),
    ActionSpec(
        "open_desk",
        "Open desk…",
        "file",
        tip="Open a desk that was saved: drawing, models and all",
        apart=True,
    ),
    ActionSpec(
        "save_desk",
        "Save desk…",
        "file",
        tip="Save how the desk stands, with its models, as one file",
    ),
    ActionSpec("save_trace", "Save the reading's numbers…", "file", keys=("Ctrl+E",), apart=True),
    ActionSpec("save_picture", "Save the window's picture…", "file", keys=("Ctrl+Shift+E",)),
    ActionSpec("save_animation", "Save the reading as an animation…", "file"),
    ActionSpec("save_view", "Save this view…", "file", keys=("Ctrl+Shift+S",)),
    ActionSpec(
        "recover",
        "Bring the desk back after a crash",
        "file",
        tip="Keep what is on the desk in a file until the program ends as it should",
        apart=True,
        does=forget.toggle_recovery,
        checked=lambda s: s.personal.recover,
    ),
    ActionSpec(
        "forget",
        "Forget everything…",
        "file",
        tip="Remove what the program remembers of the files that were opened here",
    ),
    ActionSpec("quit", "Quit", "file", keys=("Ctrl+Q",), apart=True),
)
