"""Colours by role. Widgets ask for a role, never for a colour.

The two themes follow the system's colour scheme, and can be chosen. Contrast of text against its
ground is at least 4.5 to 1 (WCAG 2.2 AA) in both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from rnn_desk.core.colour import ColourMap, signed_map, single_map

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True)
class Theme:
    """One set of colours.

    window, panel: grounds. text, muted: words on them. line: hairlines and frames. accent: what is
    chosen or answered. paper, ink: the canvas. warn: the ground of a message. signed, single: the
    heat maps' colours for -limit..limit and for 0..1; picture: those of the raster.
    """

    name: ThemeName
    window: str
    panel: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    paper: str
    ink: str
    warn: str
    signed: ColourMap = field(repr=False)
    single: ColourMap = field(repr=False)
    picture: ColourMap = field(repr=False)

    def palette(self) -> QPalette:
        """The same roles as Qt's own widgets want them."""
        palette = QPalette()
        role = QPalette.ColorRole
        for target, colour in (
            (role.Window, self.window),
            (role.WindowText, self.text),
            (role.Base, self.panel),
            (role.AlternateBase, self.window),
            (role.Text, self.text),
            (role.Button, self.panel),
            (role.ButtonText, self.text),
            (role.BrightText, self.on_accent),
            (role.ToolTipBase, self.panel),
            (role.ToolTipText, self.text),
            (role.PlaceholderText, self.muted),
            (role.Highlight, self.accent),
            (role.HighlightedText, self.on_accent),
            (role.Link, self.accent),
            (role.Light, self.panel),
            (role.Midlight, self.line),
            (role.Mid, self.line),
            (role.Dark, self.muted),
            (role.Shadow, self.line),
            (role.Accent, self.accent),
        ):
            palette.setColor(target, QColor(colour))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(self.muted))
        return palette

    def style_sheet(self) -> str:
        """What the palette cannot say: flat buttons, frames, the message bar."""
        return f"""
            QMainWindow, QMenuBar {{ background: {self.window}; }}
            QToolButton, QPushButton, QComboBox {{
                background: {self.panel}; color: {self.text}; border: 1px solid {self.line};
                border-radius: 6px; padding: 5px 10px; }}
            QToolButton:hover, QPushButton:hover, QComboBox:hover {{
                border-color: {self.muted}; }}
            QToolButton:focus, QPushButton:focus, QComboBox:focus {{
                border: 2px solid {self.accent}; padding: 4px 9px; }}
            QToolButton:pressed, QPushButton:pressed {{ background: {self.line}; }}
            QToolButton:checked {{
                background: {self.accent}; color: {self.on_accent}; border-color: {self.accent}; }}
            QToolButton:disabled, QPushButton:disabled {{ color: {self.muted};
                background: {self.window}; }}
            QToolButton::menu-indicator {{ image: none; }}
            QComboBox::drop-down {{ border: none; width: 18px; }}
            QLabel#muted {{ color: {self.muted}; }}
            QLabel#name {{ font-weight: 600; }}
            QDockWidget {{ color: {self.muted}; font-weight: 600; }}
            QDockWidget::title {{ background: {self.window}; padding: 5px 14px;
                border-top: 1px solid {self.line}; }}
            QMainWindow::separator {{ background: {self.window}; width: 6px; height: 4px; }}
            QWidget#banner {{ background: {self.warn}; border-radius: 6px; }}
            QToolTip {{ background: {self.panel}; color: {self.text};
                border: 1px solid {self.line}; padding: 4px; }}
        """


LIGHT = Theme(
    name="light",
    window="#f4f5f7",
    panel="#ffffff",
    text="#1a1d21",
    muted="#59636e",
    line="#d5dae0",
    accent="#00705a",
    on_accent="#ffffff",
    paper="#ffffff",
    ink="#16191d",
    warn="#ffe9c7",
    signed=signed_map("#f7f7f7", negative="#1a57a6", positive="#a9480a"),
    single=single_map("#f7f7f7", "#00604d"),
    picture=single_map("#ffffff", "#16191d"),
)

DARK = Theme(
    name="dark",
    window="#16191d",
    panel="#1f2328",
    text="#eceff2",
    muted="#a2adb8",
    line="#3a4149",
    accent="#46d1ac",
    on_accent="#07211a",
    paper="#101214",
    ink="#f2f4f6",
    warn="#4d3a12",
    signed=signed_map("#24282d", negative="#74b2ff", positive="#ffa057"),
    single=single_map("#24282d", "#6fe3c4"),
    picture=single_map("#101214", "#f2f4f6"),
)


def system_theme() -> Theme:
    """The theme that the desktop asks for."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT
