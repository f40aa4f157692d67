"""Presenting: the whole screen, large letters, and nothing of the numbers cut off."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rnn_desk.app.actions import choose, intervene, point
from rnn_desk.app.values import Unit
from rnn_desk.core.lab import Experiment, GateFactor
from rnn_desk.qt.views.answer_bars import Listed, paint_bars
from rnn_desk.qt.window.gutter import BAR
from rnn_desk.qt.window.window import PRESENT_PART
from tests.helpers import pen

LARGE = 1.4
"""How much larger letters are at least."""


@pytest.fixture
def drawn(desk, settle, own_drawings):
    """A desk on which a 4 was drawn, as large as a projector's picture."""
    pen.draw(desk.window.canvas, next(each for each in own_drawings if each.label == 4))
    settle()
    desk.store.do(point.pin_unit, Unit(0, 0, 5))
    yield desk
    if desk.actions["present"].isChecked():
        desk.actions["present"].trigger()
    desk.window.enlarge(False)  # letters are the application's, not the window's


@pytest.fixture
def presented(drawn, qtbot):
    """In large letters, for a screen as large as the window: what the tests run on may have another
    size."""
    drawn.window.enlarge(True, drawn.window.height())
    qtbot.wait(0)
    yield drawn
    drawn.window.enlarge(False)


def key(desk, name):
    QTest.keyClick(desk.window.focusWidget(), name)
    QApplication.processEvents()


def inside(view, child):
    """The child's place in the view."""
    return QRect(child.mapTo(view, QPoint(0, 0)), child.size())


def opened(desk):
    return {name for name, dock in desk.window.docks.items() if not dock.isHidden()}


def test_the_lab_gets_the_whole_width_and_shows_all_of_itself(presented):
    lab = presented.window.panels.lab
    assert opened(presented) == {"unit", "map"}
    before = presented.window.panels.unit.width()
    key(presented, Qt.Key.Key_L)
    assert opened(presented) == {"lab"}
    assert lab.width() > 0.95 * presented.window.width()
    for shown in (lab.scale, lab._result, lab.buttons["forget_state"]):
        assert lab.rect().contains(inside(lab, shown))
        assert not shown.visibleRegion().isEmpty()
    key(presented, Qt.Key.Key_L)
    QTest.qWait(0)
    assert opened(presented) == {"unit", "map"}
    assert presented.window.panels.unit.width() == pytest.approx(before, abs=2)


def test_what_made_way_for_the_lab_is_there_again_after_presenting(drawn):
    key(drawn, Qt.Key.Key_L)
    before = opened(drawn)
    assert before == {"unit", "map", "lab"}
    drawn.actions["present"].trigger()
    assert opened(drawn) == {"lab"}
    drawn.actions["present"].trigger()
    assert opened(drawn) == before


def test_what_made_way_is_kept_as_open(drawn):
    drawn.actions["present"].trigger()
    key(drawn, Qt.Key.Key_L)
    assert opened(drawn) == {"lab"}
    docks, everything = drawn.window.docks, {"unit", "map", "lab"}
    QTest.qWait(0)
    assert set(drawn.store.state.layout.panel.split()) == everything
    words = docks.saved()
    assert opened(drawn) == {"lab"}
    drawn.actions["present"].trigger()
    for dock in docks.values():
        dock.hide()
    docks.arrange(words)
    assert opened(drawn) == everything


def test_a_start_after_presenting_is_no_presentation(drawn, make_desk):
    drawn.actions["present"].trigger()
    drawn.store.do(choose.layout, *drawn.window.layout_words())
    again = make_desk(drawn.store.state)
    again.window.show()
    assert not again.window.isFullScreen()


def test_on_the_desk_the_lab_stands_beside_the_unit_and_gives_its_width_back(drawn):
    unit = drawn.window.panels.unit
    before = unit.width()
    key(drawn, Qt.Key.Key_L)
    assert opened(drawn) == {"unit", "map", "lab"}
    assert unit.width() < before
    key(drawn, Qt.Key.Key_L)
    QTest.qWait(0)
    assert opened(drawn) == {"unit", "map"}
    assert unit.width() == pytest.approx(before, abs=2)


SCALED = Experiment(gates=(GateFactor(0, "f", 0.5), GateFactor(0, "o", 0.5)))


@pytest.mark.parametrize("experiment", [Experiment(), SCALED], ids=["plain", "scaled"])
@pytest.mark.parametrize("large", [False, True])
def test_no_number_of_an_equation_is_cut_at_any_width(drawn, settle, experiment, large):
    drawn.store.do(intervene.try_out, experiment)
    settle()
    panel = drawn.window.panels.unit
    drawn.window.enlarge(large)
    try:
        for width in range(panel.minimumSizeHint().width(), 1400, 50):
            panel.resize(width, 200)
            equations = panel.equations
            assert equations.isVisible()
            assert equations.width_at(equations._size) <= equations.width(), width
            assert equations.geometry().right() <= panel.width()
    finally:
        drawn.window.enlarge(False)


@pytest.mark.parametrize("experiment", [Experiment(), SCALED], ids=["plain", "scaled"])
def test_the_units_columns_stay_while_presenting(presented, settle, experiment):
    presented.store.do(intervene.try_out, experiment)
    settle()
    panel = presented.window.panels.unit
    assert panel.rows.isVisible()
    assert panel.rect().contains(panel.rows.geometry())
    assert panel.rows.names == ("f", "i", "g", "o", "c", "h")


def test_the_first_time_everything_has_its_place_at_once(drawn, qtbot):
    panel, device = drawn.window.panels.unit, drawn.window.header.device
    before = panel.fontMetrics().height()
    drawn.window.enlarge(True)
    try:
        qtbot.wait(0)
        assert panel.fontMetrics().height() > LARGE * before
        assert panel.heading.width() >= panel.heading.sizeHint().width()
        assert panel.heading.height() >= panel.fontMetrics().height()
        assert device.width() >= device.sizeHint().width()
        assert panel.equations.y() >= panel.heading.geometry().bottom()
        place = panel.equations.geometry()
        drawn.store.do(point.pin_unit, Unit(0, 0, 6))
        panel._place()
        assert panel.equations.geometry() == place  # pointing at a unit moves nothing
    finally:
        drawn.window.enlarge(False)
    qtbot.wait(0)
    assert device.width() >= device.sizeHint().width()


def test_a_maximised_window_is_one_again_after_presenting(drawn):
    window = drawn.window
    window.setWindowState(Qt.WindowState.WindowMaximized)
    drawn.actions["present"].trigger()
    assert window.isFullScreen()
    drawn.actions["present"].trigger()
    assert not window.isFullScreen()
    assert window.isMaximized()
    window.setWindowState(Qt.WindowState.WindowNoState)


def test_esc_lets_go_of_the_row_first_and_leaves_then(drawn):
    drawn.actions["present"].trigger()
    drawn.store.do(point.pin, 9)
    key(drawn, Qt.Key.Key_Escape)
    assert drawn.store.state.pointed.pinned is None
    assert drawn.window.isFullScreen()
    key(drawn, Qt.Key.Key_Escape)
    assert not drawn.window.isFullScreen()
    assert not drawn.actions["present"].isChecked()
    key(drawn, Qt.Key.Key_Escape)
    assert not drawn.window.isFullScreen()


class Words(QPainter):
    """Writes down which words are painted where, and in letters of how many pixels."""

    def __init__(self, image):
        super().__init__(image)
        self.told = []

    def drawText(self, where, _flags, words):  # noqa: N802  Qt's name
        self.told.append((words, where, self.font().pixelSize()))


def painted_words(view, paint):
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    painter = Words(image)
    paint(painter)
    painter.end()
    return painter.told


def test_the_beliefs_digits_are_as_large_as_the_text_and_apart(presented):
    belief = presented.window.reading.rows.views()[-1]
    classes, least = belief.trace.classes, presented.window.height() * PRESENT_PART
    told = painted_words(
        belief, lambda painter: belief._name_within(painter, belief.area(), classes, 28)
    )
    assert {classes[winner] for winner in belief._winners[-9:]} <= {words for words, *_ in told}
    assert all(pixels >= int(least) - 1 for *_, pixels in told)
    for words, where, _ in told:
        others = [other for word, other, _ in told if word == words and other is not where]
        assert all(abs(other.center().y() - where.center().y()) >= int(least) for other in others)


def test_where_bars_are_low_the_most_probable_are_told_in_letters_to_be_read(presented):
    answer = presented.window.answer
    parts, bars = answer._parts(), answer._places()
    assert Listed.of(parts, answer._order(), bars).named == tuple(range(10))
    answer.resize(answer.width(), answer.height() * 2 // 5)  # as beside a second model
    low = answer._places()
    listed = Listed.of(parts, answer._order(), low)
    named = listed.named
    assert low.font == bars.font
    assert int(parts.argmax()) == listed.winner == named[0]
    assert 1 < len(named) < len(listed.order)
    told = painted_words(
        answer, lambda painter: paint_bars(painter, parts, listed, low, answer.theme, certain=True)
    )
    places = sorted(where.center().y() for _, where, _ in told)
    assert len(told) == len(named)
    assert all(b - a >= low.cells[0].height() for a, b in pairwise(places))


@pytest.mark.parametrize("height", [720, 1080, 2160])
def test_row_numbers_are_whole_in_letters_for_any_screen(drawn, qtbot, height):
    drawn.window.enlarge(True, height)
    qtbot.wait(0)
    gutter = drawn.window.reading.rows.gutter
    room = gutter.fontMetrics()
    assert room.horizontalAdvance("28") <= gutter.width() - BAR - 3
