import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.json_text import json_text
from tests.helpers.hostile import forbidden_in

FINITE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


def strictly(text):
    """What a program reads that knows JSON alone."""

    def none(name):
        raise AssertionError(f"{name} is not JSON")

    return json.loads(text, parse_constant=none)


@given(FINITE, st.booleans())
def test_it_is_read_again_as_it_was(value, ascii_only):
    assert strictly(json_text(value, ascii_only)) == value


@pytest.mark.parametrize("ascii_only", [False, True])
@given(st.text(st.characters()))
def test_any_words_stay_what_they_are_and_none_are_obeyed(ascii_only, words):
    text = json_text({words: [words]}, ascii_only)
    assert strictly(text) == {words: [words]}
    assert text.isprintable()
    assert not forbidden_in(text)
    text.encode()  # half a character too


def test_what_is_no_number_is_null_however_deep():
    value = {"a": float("nan"), "b": [1.5, (float("inf"), -float("inf"))]}
    assert strictly(json_text(value)) == {"a": None, "b": [1.5, [None, None]]}


def test_words_stay_readable():
    assert json_text({"类": "零"}) == '{"类": "零"}'
    assert json_text({"类": "零"}, ascii_only=True).isascii()
