"""The themes: their contrast, as WCAG 2.2 counts it, and which of them the system asks for."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QMenu, QSlider, QTabBar, QTableWidget

from rnn_desk.core.colour import lightness
from rnn_desk.qt.style.theme import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    THEMES,
    system_theme,
)
from rnn_desk.qt.views.belief import _standing_out


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
    assert contrast(theme.off, theme.panel) >= 3
    assert contrast(theme.off, theme.text) >= 2, "what cannot be chosen looks so"
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


def most_apart(picture, ground):
    """How much the pixel that stands out most does."""
    return max(
        contrast(picture.pixelColor(x, y), ground)
        for x in range(picture.width())
        for y in range(picture.height())
    )


@pytest.fixture(params=THEMES.values(), ids=lambda theme: theme.name)
def dressed(request, qtbot):
    """A theme, and how to see a widget in it."""
    theme = request.param

    def see(widget):
        qtbot.addWidget(widget)
        widget.setPalette(theme.palette())
        widget.setStyleSheet(theme.style_sheet())
        widget.resize(widget.sizeHint())
        return widget.grab().toImage()

    return theme, see


def test_a_check_box_is_seen_ticked_and_not(dressed):
    theme, see = dressed
    box = QCheckBox()
    empty = see(box)
    assert most_apart(empty, theme.window) >= 3
    box.setChecked(True)
    assert see(box) != empty


def test_a_menu_has_a_frame_and_marks_what_can_be_chosen(dressed):
    theme, see = dressed
    menu = QMenu()
    unmarked = see(menu)
    assert contrast(unmarked.pixelColor(0, unmarked.height() // 2), theme.window) >= (
        3 if theme.stroke > 1 else 1.2
    )
    menu.addAction("n").setCheckable(True)
    picture = see(menu)
    assert most_apart(picture.copy(4, 4, 22, picture.height() - 8), theme.panel) >= 3


def test_a_table_has_a_frame(dressed):
    theme, see = dressed
    picture = see(QTableWidget(3, 2))
    assert picture.pixelColor(0, picture.height() // 2) == QColor(theme.line)


def test_a_slider_to_both_sides_is_as_strong_on_the_left_as_on_the_right(dressed):
    _, see = dressed
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setProperty("signed", True)
    slider.setRange(-8, 8)
    picture = see(slider)
    middle, quarter = picture.height() // 2, picture.width() // 4
    for y in range(middle - 3, middle + 3):
        assert picture.pixelColor(quarter, y) == picture.pixelColor(3 * quarter, y)


def test_the_tab_in_front_is_underlined(dressed):
    theme, see = dressed
    tabs = QTabBar()
    tabs.setShape(QTabBar.Shape.RoundedSouth)
    for name in ("one", "two"):
        tabs.addTab(name)
    picture = see(tabs)
    below = [picture.pixelColor(tabs.tabRect(k).center().x(), tabs.height() - 2) for k in (0, 1)]
    assert below[0] == QColor(theme.accent)
    assert below[1] != QColor(theme.accent)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_the_letters_on_a_belief_are_those_that_stand_out_most(theme):
    letters = (theme.ink, theme.paper)
    for colour, chosen in zip(
        theme.single.colours, _standing_out(theme.single, letters), strict=True
    ):
        ground = QColor(*colour.tolist())
        told = [contrast(letter, ground) for letter in letters]
        assert told[chosen] == pytest.approx(max(told), rel=0.01)
        assert told[chosen] >= 4


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
