"""What is shown, and how it looks."""

from __future__ import annotations

from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.app.actions import choose

VIEW = (
    ActionSpec(
        "tensors",
        "Other tensors…",
        "view",
        keys=("Ctrl+T",),
        tip="Show other tensors of the network beside its layers",
        apart=True,
    ),
    ActionSpec(
        "theme_system",
        "Follow the system",
        "view",
        one_of="theme",
        apart=True,
        does=choose.theme,
        args=("system",),
        checked=lambda s: s.look.theme == "system",
    ),
    ActionSpec(
        "theme_light",
        "Light colours",
        "view",
        one_of="theme",
        does=choose.theme,
        args=("light",),
        checked=lambda s: s.look.theme == "light",
    ),
    ActionSpec(
        "theme_dark",
        "Dark colours",
        "view",
        one_of="theme",
        does=choose.theme,
        args=("dark",),
        checked=lambda s: s.look.theme == "dark",
    ),
    ActionSpec(
        "theme_contrast_light",
        "High contrast, light",
        "view",
        one_of="theme",
        does=choose.theme,
        args=("contrast_light",),
        checked=lambda s: s.look.theme == "contrast_light",
    ),
    ActionSpec(
        "theme_contrast_dark",
        "High contrast, dark",
        "view",
        one_of="theme",
        does=choose.theme,
        args=("contrast_dark",),
        checked=lambda s: s.look.theme == "contrast_dark",
    ),
    ActionSpec(
        "present",
        "Present",
        "view",
        keys=("F11",),
        tip="Fill the screen, with letters for the back row",
        apart=True,
        checkable=True,
    ),
    ActionSpec("reset_layout", "Reset the layout", "view"),
)
