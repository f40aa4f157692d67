"""Which part of a long list of classes is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.qt.views.folded import FEW, Folded

LINE = 17


@pytest.mark.parametrize("height", [60, 168, 1000])
def test_ten_digits_are_all_shown(height):
    assert Folded.shown(10, height, LINE) == 10


@given(st.integers(FEW + 1, 1000), st.integers(40, 3000))
def test_what_is_shown_has_room(count, height):
    shown = Folded.shown(count, height, LINE)
    assert 1 <= shown <= count
    assert shown == count or shown < FEW or (shown + 1) * LINE <= height


@given(st.integers(13, 200), st.integers(1, 12))
def test_page_by_page_every_class_is_seen_and_then_the_first_again(count, shown):
    seen, at = set(), Folded()
    for _ in range(count):
        seen.update(range(at.first, at.first + shown))
        at = at.next_page(count, shown)
        if at == Folded():
            break
    assert seen == set(range(count))


@given(st.integers(-500, 500))
def test_it_ends_at_both_ends(by):
    at = Folded(5).moved(by, 62, 12)
    assert 0 <= at.first <= 50
