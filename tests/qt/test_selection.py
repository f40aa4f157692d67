import pytest

from rnn_desk.qt.state.selection import Selection, Unit


@pytest.fixture
def selection():
    return Selection(28)


def test_hovering_wins_while_it_lasts(selection):
    selection.pin(5)
    selection.hover(9)
    assert selection.row == 9
    selection.hover(None)
    assert selection.row == 5


@pytest.mark.parametrize(("by", "first", "second"), [(1, 0, 1), (-1, 27, 26)])
def test_stepping_begins_at_an_end(selection, by, first, second):
    selection.step(by)
    assert selection.row == first
    selection.step(by)
    assert selection.row == second


def test_stepping_stops_at_the_ends(selection):
    selection.pin(27)
    selection.step(1)
    assert selection.row == 27
    selection.step(-100)
    assert selection.row == 0


def test_only_changes_are_told(selection):
    told = []
    selection.changed.connect(lambda: told.append(selection.row))
    for row in (3, 3, 3, None, None):
        selection.hover(row)
    assert told == [3, None]


def test_a_unit_is_looked_at_and_pinned(selection):
    selection.hover(3, Unit(0, 1, 37))
    assert selection.unit == Unit(0, 1, 37)
    selection.pin_unit(Unit(0, 0, 2))
    selection.hover(None)
    assert selection.unit == Unit(0, 0, 2)


def test_another_model_starts_anew(selection):
    selection.pin(20)
    selection.pin_unit(Unit(0, 0, 90))
    selection.start(14)
    assert (selection.row, selection.unit, selection.rows) == (None, None, 14)
