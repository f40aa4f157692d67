"""The themes: their contrast, as WCAG 2.2 counts it, and which of them the system asks for."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication

from rnn_desk.core.colour import lightness
from rnn_desk.qt.look.theme import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    THEMES,
    system_theme,
)


def contrast(one, other):
    """The ratio of two colours' relative luminances."""

    def luminance(name):
        part = np.array(QColor(name).getRgbF()[:3])
        linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_text_stands_out_from_its_ground(theme):
    least = 7.0 if theme in (CONTRAST_LIGHT, CONTRAST_DARK) else 4.5
    for ground in (theme.window, theme.panel, theme.paper, theme.warn):
        assert contrast(theme.text, ground) >= least
    for words in (theme.muted, theme.accent):
        for ground in (theme.window, theme.panel):
            assert contrast(words, ground) >= least
    assert contrast(theme.on_accent, theme.accent) >= least


@pytest.mark.parametrize("theme", [CONTRAST_LIGHT, CONTRAST_DARK], ids=lambda theme: theme.name)
def test_in_high_contrast_frames_are_strong_and_maps_run_to_the_end(theme):
    assert theme.stroke >= 2
    assert contrast(theme.line, theme.window) >= 3
    for colours in (theme.single, theme.picture):
        assert abs(np.ptp(lightness(colours.colours))) >= 0.55
    ends = lightness(theme.signed.colours[[1, 128, 255]])
    assert abs(ends[0] - ends[1]) >= 0.5
    assert abs(ends[2] - ends[1]) >= 0.5
    assert abs(ends[0] - ends[2]) <= 0.1, "as far from zero on either side"


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_maps_climb_evenly(theme):
    single = lightness(theme.single.colours)
    steps = np.diff(single)
    assert np.all(steps >= -1e-3) or np.all(steps <= 1e-3)
    assert np.abs(np.cumsum(steps) / steps.sum() - np.linspace(1 / 255, 1, 255)).max() < 0.02


@pytest.mark.skipif(
    not hasattr(Qt, "ContrastPreference"), reason="Qt before 6.10 knows no wish for contrast"
)
@pytest.mark.parametrize(
    ("dark", "strong", "expected"),
    [
        (False, False, LIGHT),
        (True, False, DARK),
        (False, True, CONTRAST_LIGHT),
        (True, True, CONTRAST_DARK),
    ],
)
def test_the_system_chooses(monkeypatch, dark, strong, expected):
    class Accessibility:
        def contrastPreference(self):  # noqa: N802  (Qt's own name)
            wishes = Qt.ContrastPreference
            return wishes.HighContrast if strong else wishes.NoPreference

    class Hints:
        def colorScheme(self):  # noqa: N802  (Qt's own name)
            return Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light

        def accessibility(self):
            return Accessibility()

    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: Hints())
    assert system_theme() is expected
