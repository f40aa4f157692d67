"""What a person says of a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.by_hand import ByHand, by_hand_from
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from tests.helpers.cards import card

SAID = st.builds(
    ByHand,
    st.none() | st.builds(InputReading, polarity=st.sampled_from(["black_on_white"])),
    st.sampled_from([0, 8, 28, 300]),
    st.lists(st.text(max_size=5), max_size=12).map(tuple),
    st.dictionaries(st.text(max_size=5), st.floats(-9, 9), max_size=3).map(
        lambda given: tuple(given.items())
    ),
)


@given(SAID)
def test_a_record_says_the_same(said):
    record = said.record
    assert by_hand_from(record) == said or not record


def test_a_record_of_older_versions_says_how_it_is_fed():
    assert by_hand_from({"polarity": "black_on_white"}) == ByHand(
        InputReading(polarity="black_on_white")
    )


@pytest.mark.parametrize(
    "record",
    [
        [],
        {"input": {}, "more": 1},
        {"side": 7},
        {"side": True},
        {"classes": "abc"},
        {"classes": [1]},
        {"classes": ["a"] * 1001},
        {"given": {"a": "1"}},
        {"given": {"a": float("nan")}},
        {"given": {"a": True}},
        {"given": []},
        {"input": {"polarity": "grey"}},
        {"input": {"colour": "grey"}},
    ],
)
def test_what_is_no_record_is_told(record):
    with pytest.raises((TypeError, Refused)):
        by_hand_from(record)


def test_the_card_has_what_is_said_and_keeps_the_rest():
    before = card(name="a", classes=("0", "1"))
    said = ByHand(InputReading(turn="mirrored"), 20, ("x", "y"))
    after = said.over(before)
    assert (after.name, after.classes, after.side) == ("a", ("x", "y"), 20)
    assert after.input.turn == "mirrored"
    assert ByHand().over(before) == before


def test_as_many_names_as_classes_are_wanted():
    with pytest.raises(Refused, match="it has 2 classes, and 1 are named"):
        ByHand(classes=("x",)).over(card(name="a", classes=("0", "1")))
