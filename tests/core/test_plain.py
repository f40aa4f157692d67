import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.errors import Refused
from rnn_desk.core.plain import LONGEST, one_line, plain
from tests.helpers.hostile import NAMES, forbidden_in

ANY = st.text(st.characters())


@given(ANY)
def test_nothing_is_left_that_a_terminal_obeys_or_nobody_sees(text):
    left = plain(text)
    assert not [c for c in left if unicodedata.category(c)[0] == "C"]
    assert left.splitlines() in ([], [left])
    assert plain(left) == left


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_words_of_every_language_stay_as_they_are(text):
    assert plain(text) == text


def test_what_is_kept_is_kept():
    assert plain("a\nb\tc\rd", kept="\n\t") == "a\nb\tc d"


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_sentence_is_one_short_line_whatever_it_quotes(name):
    said = str(
        Refused("{file} is no model: {reason}", file=name, reason=Refused("{x!r}", x=[name]))
    )
    assert not forbidden_in(said)
    assert len(said) < 3 * LONGEST
    assert one_line(name) in said


@pytest.mark.parametrize(
    "value", [10**4000, {"a": "x" * 10**5}, ["\x1b[31m"] * 10**4, ValueError("\x1b[31m")]
)
def test_whatever_a_file_says_in_place_of_a_number_is_short_in_a_sentence(value):
    said = str(Refused("a picture of {side!r} pixels, {side}", side=value))
    assert not forbidden_in(said)
    assert len(said) < 3 * LONGEST


def test_numbers_keep_their_formats():
    assert str(Refused("{a:,} {b:.1%} {c!r}", a=12345, b=0.5, c=None)) == "12,345 50.0% None"
