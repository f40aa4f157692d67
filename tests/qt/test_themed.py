"""A theme that is changed while the program runs: all that is shown has its colours, at once."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from rnn_desk.app.actions import choose, draw, point
from rnn_desk.app.state import AppState, Look
from rnn_desk.app.values import Unit
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import CANVAS_SIZE
from rnn_desk.qt.style.theme import DARK, LIGHT
from rnn_desk.qt.style.themed import Themed, apply_theme, current_theme
from rnn_desk.qt.window.focus import Frame
from tests.end_to_end.conftest import LOAD_MS

PICTURE = "gradient", "saliency"
PANELS = "unit", "map", "lab"


class Keeps(Themed, QWidget):
    """Remembers for which themes it was to prepare."""

    def __init__(self):
        super().__init__()
        self.prepared = []

    def theme_changed(self):
        self.prepared.append(self.theme)


@pytest.fixture
def light(qapp):  # noqa: ARG001  what has the theme
    """The light theme, and again when the test is over."""
    apply_theme(LIGHT)
    yield
    apply_theme(LIGHT)


@pytest.mark.usefixtures("light")
def test_a_widget_prepares_once_for_another_theme_and_never_for_the_same(qtbot):
    widget = Keeps()
    qtbot.addWidget(widget)
    assert widget.theme is LIGHT
    apply_theme(DARK)
    assert current_theme() is widget.theme is DARK
    assert widget.palette().window().color() == QColor(DARK.window)
    assert widget.prepared == [DARK]
    apply_theme(DARK)
    widget.setStyleSheet(DARK.style_sheet())
    widget.setPalette(QPalette(QColor("red")))
    QApplication.processEvents()
    assert widget.prepared == [DARK]


@pytest.fixture
def shows_all(qtbot, make_desk, own_drawings):
    """Build a desk in a theme that shows a drawing in as many views as it has."""

    def build(name):
        desk = make_desk(AppState(look=Look(theme=name)))
        desk.window.resize(1366, 1000)
        desk.window.show()
        desk.open_model(asset("models", "lstm.onnx"))
        for panel in PANELS:
            desk.window.docks.show(panel)
        for view in PICTURE:
            desk.actions[view].trigger()
        four = next(each for each in own_drawings if each.label == 4)
        desk.store.do(draw.put, four.resized(CANVAS_SIZE))
        desk.store.do(point.pin, 14)
        desk.store.do(point.pin_unit, Unit(0, 0, 5))
        qtbot.waitUntil(
            lambda: desk.settled and desk.window.panels.map.map is not None, timeout=LOAD_MS
        )
        return desk

    return build


def shown(desk):
    """Every widget in view that paints in the theme's colours, but the frame of the focus, which is
    the active window's, and the window, which says how many milliseconds were taken."""
    return [
        widget
        for widget in desk.window.findChildren(QWidget)
        if isinstance(widget, Themed)
        and not isinstance(widget, Frame)
        and not widget.visibleRegion().isEmpty()
    ]


def pictures(desk):
    """What each of them looks like, by its class and its place among those of its class."""
    counted = Counter()
    seen = {}
    for widget in shown(desk):
        kind = type(widget).__name__
        seen[kind, counted[kind]] = widget.grab().toImage()
        counted[kind] += 1
    return seen


@pytest.mark.parametrize(
    ("old", "new"),
    [("light", "dark"), ("dark", "light"), ("contrast_light", "contrast_dark")],  # lines as wide
)
def test_every_view_is_as_in_a_window_that_had_the_new_theme_all_along(shows_all, old, new):
    changed = shows_all(old)
    before = pictures(changed)
    changed.actions[f"theme_{new}"].trigger()
    after = pictures(changed)
    assert len(after) >= 12
    assert after.keys() == before.keys()
    assert {which for which in after if after[which] == before[which]} == set()
    fresh = pictures(shows_all(new))
    assert after.keys() == fresh.keys()
    assert {which for which in after if after[which] != fresh[which]} == set()


def test_a_change_paints_every_view_once(qtbot, shows_all):
    desk = shows_all("light")
    views = shown(desk)
    painted = Counter()

    class Watch(QObject):
        def eventFilter(self, watched, event):  # noqa: N802  (Qt's own name)
            if event.type() == QEvent.Type.Paint and watched in views:
                painted[watched] += 1
            return False

    QApplication.processEvents()
    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    try:
        desk.actions["theme_dark"].trigger()
        qtbot.waitUntil(lambda: len(painted) == len(views))
        QApplication.processEvents()
    finally:
        QApplication.instance().removeEventFilter(watch)
    assert set(painted.values()) == {1}


def test_a_second_window_takes_the_first_along_as_a_whole(make_desk):
    first = make_desk(AppState(look=Look(theme="light")))
    icon = first.actions["undo"].icon().cacheKey()
    make_desk(AppState(look=Look(theme="dark")))
    assert first.window.styleSheet() == DARK.style_sheet()
    assert first.window.canvas.palette().window().color() == QColor(DARK.window)
    assert first.actions["undo"].icon().cacheKey() != icon
    assert first.store.state.look.theme == "light"


def test_what_plays_can_still_be_paused_in_other_colours(shows_all):
    desk = shows_all("light")
    play = desk.actions["play"]
    play.trigger()
    assert desk.window.reading.playing
    desk.store.do(choose.theme, "dark")
    play_icon, pause_icon = desk.window.reading._icons
    assert play.icon().cacheKey() == pause_icon.cacheKey() != play_icon.cacheKey()
    play.trigger()
    assert play.icon().cacheKey() == play_icon.cacheKey()
