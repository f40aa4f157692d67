"""Colours by role. Widgets ask for a role, never for a colour.

Light or dark, each in high contrast too: they follow the system's scheme and its wish for contrast,
and can be chosen. Contrast of text against its ground is at least 4.5 to 1 (WCAG 2.2 AA), in high
contrast 7 to 1 (AAA), and of frames 3 to 1 there.
"""

from __future__ import annotations

from dataclasses import field

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from rnn_desk.assets_door import asset
from rnn_desk.core.colour import ColourMap
from rnn_desk.core.frozen import frozen


@frozen
class Theme:
    """One set of colours.

    window, panel: grounds. text, muted: words on them; off: those of what cannot be chosen now.
    line: hairlines and frames, `stroke` pixels wide. track: the ground of a bar. accent: what is
    chosen or answered. paper, ink: the canvas. warn: the ground of a message. signed, single: the
    heat maps' colours for -limit..limit and for 0..1; picture: those of the raster.
    """

    name: str
    window: str
    panel: str
    text: str
    muted: str
    off: str
    line: str
    track: str
    accent: str
    on_accent: str
    paper: str
    ink: str
    warn: str
    signed: ColourMap = field(repr=False)
    single: ColourMap = field(repr=False)
    picture: ColourMap = field(repr=False)
    stroke: int = 1

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
            palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(self.off))
        return palette

    def style_sheet(self) -> str:
        """What the palette cannot say: flat buttons, frames, the message bar."""
        return f"""
            QMainWindow, QMenuBar {{ background: {self.window}; }}
            QToolButton, QPushButton, QComboBox {{
                background: {self.panel}; color: {self.text};
                border: {self.stroke}px solid {self.line}; border-radius: 6px;
                padding: {6 - self.stroke}px {11 - self.stroke}px; }}
            QToolButton:hover, QPushButton:hover, QComboBox:hover {{
                border-color: {self.muted}; }}
            QToolButton:pressed, QPushButton:pressed {{ background: {self.track}; }}
            QToolButton:checked {{
                background: {self.accent}; color: {self.on_accent}; border-color: {self.accent}; }}
            QToolButton[main="true"]:enabled {{
                background: {self.accent}; color: {self.on_accent}; border-color: {self.accent}; }}
            QToolButton[answer="true"] {{ border-color: {self.accent};
                padding: {6 - self.stroke}px {9 - self.stroke}px; }}
            QToolButton:disabled, QPushButton:disabled {{ color: {self.off};
                border-color: {self.track}; background: {self.window}; }}
            QToolButton[narrow="true"] {{ padding: {6 - self.stroke}px {8 - self.stroke}px; }}
            QLineEdit {{ background: {self.panel}; color: {self.text};
                border: {self.stroke}px solid {self.line}; border-radius: 6px;
                padding: {6 - self.stroke}px {9 - self.stroke}px; }}
            QLineEdit:focus {{ border-color: {self.accent}; }}
            QToolButton[iconic="true"] {{ padding: {6 - self.stroke}px; }}
            QFileDialog QToolButton {{ padding: {3 - self.stroke}px; }}
            QToolButton::menu-indicator {{ image: none; }}
            QComboBox::drop-down {{ border: none; width: 18px; }}
            QComboBox::down-arrow {{ image: url({_grey("chevron")}); width: 12px; height: 12px; }}
            QSlider::groove:horizontal {{ background: {self.track}; height: 4px;
                border: 1px solid {self.line}; border-radius: 3px; }}
            QSlider::sub-page:horizontal {{ background: {self.accent}; border-radius: 3px; }}
            QSlider::sub-page:horizontal:disabled {{ background: {self.line}; }}
            QSlider[signed="true"]::sub-page:horizontal {{ background: transparent; }}
            QSlider::handle:horizontal {{ background: {self.panel}; width: 12px; margin: -6px 0;
                border: {self.stroke}px solid {self.muted}; border-radius: 4px; }}
            QSlider::handle:horizontal:hover {{ background: {self.track}; }}
            QSlider::handle:horizontal:disabled {{ border-color: {self.line}; }}
            QMenu {{ background: {self.panel}; padding: 4px;
                border: {self.stroke}px solid {self.line}; }}
            QMenu::item {{ color: {self.text}; padding: 4px 26px; border-radius: 4px; }}
            QMenu::item:selected {{ background: {self.accent}; color: {self.on_accent}; }}
            QMenu::item:disabled {{ background: {self.panel}; color: {self.off}; }}
            QMenu::separator {{ background: {self.line}; height: {self.stroke}px; margin: 4px; }}
            QMenu::indicator {{ left: 6px; }}
            QCheckBox::indicator, QMenu::indicator {{ width: {_BOX}px; height: {_BOX}px;
                background: {self.panel}; border: {self.stroke}px solid {self.muted};
                border-radius: 3px; }}
            QCheckBox::indicator:checked, QMenu::indicator:checked {{
                background: {self.accent}; image: url({_tick(self.on_accent)}); }}
            QMenu::indicator:exclusive {{ border-radius: {_BOX // 2 + self.stroke}px; }}
            QMenu::indicator:exclusive:checked {{ image: none; background: qradialgradient(
                cx: 0.5, cy: 0.5, fx: 0.5, fy: 0.5, radius: 0.5, stop: 0.55 {self.accent},
                stop: 0.65 {self.panel}); }}
            QTableWidget, QListWidget {{ border: {self.stroke}px solid {self.line}; }}
            QHeaderView::section {{ background: {self.window}; color: {self.text}; border: none;
                border-right: 1px solid {self.line}; padding: 3px 6px;
                border-bottom: {self.stroke}px solid {self.line}; }}
            QScrollBar {{ background: {self.panel}; border: none; }}
            QScrollBar:vertical {{ width: 14px; }}
            QScrollBar:horizontal {{ height: 14px; }}
            QScrollBar::handle {{ background: {self.off}; border-radius: 4px; margin: 3px; }}
            QScrollBar::handle:vertical {{ min-height: 30px; }}
            QScrollBar::handle:horizontal {{ min-width: 30px; }}
            QScrollBar::handle:hover {{ background: {self.muted}; }}
            QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
            QTabBar::tab {{ background: {self.window}; color: {self.muted}; padding: 4px 14px;
                border: {self.stroke}px solid transparent; border-bottom-width: 3px; }}
            QTabBar::tab:selected {{ background: {self.panel}; color: {self.text};
                border-color: {self.line}; border-bottom-color: {self.accent}; }}
            QTabBar::tab:hover:!selected {{ border-bottom-color: {self.muted}; }}
            QLabel#muted {{ color: {self.muted}; }}
            QLabel#name {{ font-weight: 600; }}
            QDockWidget {{ color: {self.muted}; font-weight: 600;
                titlebar-close-icon: url({_grey("panel_close")});
                titlebar-normal-icon: url({_grey("panel_float")}); }}
            QDockWidget::title {{ background: {self.window}; padding: 5px 14px;
                border-top: 1px solid {self.line}; }}
            QMainWindow::separator {{ background: {self.window}; width: 6px; height: 4px; }}
            QWidget#banner {{ background: {self.warn}; border-radius: 6px;
                border: {self.stroke - 1}px solid {self.line}; }}
            QLabel#key {{ border: 1px solid {self.line}; border-radius: 4px; padding: 1px 6px;
                background: {self.panel}; }}
            QWidget#lesson {{ background: {self.panel}; border: 1px solid {self.line};
                border-left: 4px solid {self.accent}; border-radius: 6px; }}
            QToolTip {{ background: {self.panel}; color: {self.text};
                border: 1px solid {self.line}; padding: 4px; }}
        """


_BOX = 13
"""Pixels of a check box, its frame aside."""


def _tick(colour: str) -> str:
    """The tick for a check box, light or dark as that colour is."""
    return _file("tick_light" if QColor(colour).lightness() > 127 else "tick_dark")


def _grey(name: str) -> str:
    """A drawing of a grey that stands out from every ground, as style sheets name files."""
    return _file(name)


def _file(name: str) -> str:
    return asset("icons", f"{name}.svg").as_posix()


LIGHT = Theme(
    name="light",
    window="#f4f5f7",
    panel="#ffffff",
    text="#1a1d21",
    muted="#59636e",
    off="#868e97",
    line="#d5dae0",
    track="#d5dae0",
    accent="#00705a",
    on_accent="#ffffff",
    paper="#ffffff",
    ink="#16191d",
    warn="#ffe9c7",
    signed=ColourMap("#f7f7f7", "#a9480a", low="#1a57a6"),
    single=ColourMap("#f7f7f7", "#00604d"),
    picture=ColourMap("#ffffff", "#16191d"),
)

DARK = Theme(
    name="dark",
    window="#16191d",
    panel="#1f2328",
    text="#eceff2",
    muted="#a2adb8",
    off="#727c86",
    line="#3a4149",
    track="#3a4149",
    accent="#46d1ac",
    on_accent="#07211a",
    paper="#101214",
    ink="#f2f4f6",
    warn="#4d3a12",
    signed=ColourMap("#24282d", "#ffa057", low="#74b2ff"),
    single=ColourMap("#24282d", "#6fe3c4"),
    picture=ColourMap("#101214", "#f2f4f6"),
)


CONTRAST_LIGHT = Theme(
    name="contrast_light",
    window="#ffffff",
    panel="#ffffff",
    text="#000000",
    muted="#2b2b2b",
    off="#767676",
    line="#000000",
    track="#ffffff",
    accent="#003c8f",
    on_accent="#ffffff",
    paper="#ffffff",
    ink="#000000",
    warn="#fff3c4",
    signed=ColourMap("#ffffff", "#8a3200", low="#003a8c"),
    single=ColourMap("#ffffff", "#003c8f"),
    picture=ColourMap("#ffffff", "#000000"),
    stroke=2,
)

CONTRAST_DARK = Theme(
    name="contrast_dark",
    window="#000000",
    panel="#000000",
    text="#ffffff",
    muted="#e0e0e0",
    off="#8c8c8c",
    line="#ffffff",
    track="#000000",
    accent="#ffd60a",
    on_accent="#000000",
    paper="#000000",
    ink="#ffffff",
    warn="#3a2c00",
    # Not from black: there 256 levels a channel are too few for even steps.
    signed=ColourMap("#141414", "#ffb070", low="#86c5ff"),
    single=ColourMap("#141414", "#ffd60a"),
    picture=ColourMap("#000000", "#ffffff"),
    stroke=2,
)

THEMES: dict[str, Theme] = {
    theme.name: theme for theme in (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)
}
"""By their names in `app.values.THEMES`."""


def theme_named(name: str) -> Theme:
    """A theme of `THEMES`; by any other name, the one that the desktop asks for."""
    return THEMES.get(name) or system_theme()


def system_theme() -> Theme:
    """The theme that the desktop asks for."""
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() == Qt.ColorScheme.Dark
    if not hasattr(hints, "accessibility"):  # Qt before 6.10 does not know of a wish for contrast
        return DARK if dark else LIGHT
    strong = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    if strong:
        return CONTRAST_DARK if dark else CONTRAST_LIGHT
    return DARK if dark else LIGHT
