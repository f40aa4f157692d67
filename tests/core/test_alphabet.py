"""What classes are called."""

import pytest

from rnn_desk.core.alphabet import (
    LABEL_ORDERS,
    alphabet_of,
    character_of,
    is_said,
    letter_of,
)

KINDS = {
    "digits": "digits",
    "one_to_nine_zero": "digits",
    "letters": "letters",
    "emnist_letters": "letters",
    "digits_and_capitals": "both",
    "emnist_balanced": "both",
    "both_cases": "letters",
    "emnist_by_class": "both",
    "fashion_mnist": "others",
    "kmnist": "others",
}
COUNTS = {26: "letters", 27: "emnist_letters", 36: "digits_and_capitals"}
COUNTS |= {47: "emnist_balanced", 52: "both_cases", 62: "emnist_by_class"}


@pytest.mark.parametrize("name", LABEL_ORDERS)
def test_each_order_is_of_distinct_names_of_its_kind(name):
    order = LABEL_ORDERS[name]
    assert len(set(order)) == len(order)
    assert alphabet_of(order) == KINDS[name]


def test_the_orders_are_as_long_as_the_sets_they_are_of():
    assert {count: len(LABEL_ORDERS[name]) for count, name in COUNTS.items()} == {
        count: count for count in COUNTS
    }


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        (("zero", "one", "two"), "digits"),
        (("background", "1", "2"), "digits"),
        (("cat", "dog", "1"), "others"),
        (("letter A", "letter B"), "letters"),
        (("a", "7", "-"), "both"),
    ],
)
def test_one_odd_class_changes_nothing(classes, kind):
    assert alphabet_of(classes) == kind


@pytest.mark.parametrize(
    ("name", "letter"), [("A", "A"), ("a", "a"), ("letter q", "q"), ("seven", None), ("", None)]
)
def test_a_letter_is_found_in_a_name(name, letter):
    assert letter_of(name) == letter


def test_a_digit_is_a_character_too():
    assert [character_of(name) for name in ("seven", "B", "-")] == ["7", "B", None]


@pytest.mark.parametrize(
    ("truth", "name", "order", "right"),
    [
        ("A", "A", "letters", True),
        ("a", "A", "letters", True),  # which has no small ones
        ("a", "A", "emnist_by_class", False),
        ("o", "0", "emnist_by_class", True),
        ("l", "1", "emnist_by_class", True),
        ("s", "S", "emnist_by_class", True),
        ("c", "C", "emnist_balanced", True),
        ("e", "E", "emnist_balanced", False),
        ("B", "8", "emnist_balanced", False),
        ("A", "-", "emnist_letters", False),
    ],
)
def test_what_looks_alike_is_a_right_answer(truth, name, order, right):
    assert is_said(truth, name, LABEL_ORDERS[order]) is right
