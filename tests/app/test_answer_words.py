"""What a model gives and takes beside the picture, in words."""

from dataclasses import replace

import pytest

from rnn_desk.app.answer_words import call_words, form_words, given_words
from rnn_desk.app.input_words import english
from tests.helpers.cards import card


def test_a_number_for_each_class_needs_no_words():
    assert form_words(english, card()) == given_words(card()) == call_words(english, card()) == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"form": "ctc"}, "CTC: a class or a blank after each step, decoded greedily"),
        ({"output": "softmax_twice"}, "softmax taken twice, which is undone"),
        (
            {"form": "mean", "output": "softmax_twice"},
            "an answer after each step: all count alike; softmax taken twice, which is undone",
        ),
    ],
)
def test_the_form_of_an_answer_is_told(fields, words):
    assert form_words(english, replace(card(), **fields)) == words


def test_what_it_takes_beside_the_picture_is_told_on_one_line():
    told = given_words(replace(card(), given={"temp\nerature": 0.5, "training": 0.0}))
    assert "\n" not in told
    assert told.endswith("= 0.5, training = 0")
    assert len(given_words(replace(card(), given={"x" * 500: 1.0}))) < 80


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (1, "it takes a row a call, states in and out"),
        (4, "it takes 4 rows a call, states in and out"),
    ],
)
def test_rows_a_call_are_told(rows, words):
    assert call_words(english, replace(card(), rows_a_call=rows)) == words
