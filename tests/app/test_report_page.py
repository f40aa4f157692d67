"""The page of a report: whole, plain, and nothing in it but words where words stand."""

import numpy as np
import pytest

from rnn_desk.app.input_words import english, reading_words, tried_words, words_of
from rnn_desk.app.report_page import page
from rnn_desk.core.card import InputReading
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.findings import Tried, Way
from rnn_desk.protocol.report import Condition, Missed, Report

EVIL = "<script>&\"'"
DRAWN = Drawing(
    (
        stroke([[100, 100], [300, 100]], width=40.0),
        stroke([[200, 100], [200.25, 400]]),
        stroke([[0, 0], [9, 9]], tool="eraser"),
    )
)


def report(**others):
    given = {
        "model": "LSTM",
        "labels": ("0", "1"),
        "count": 200,
        "conditions": (
            Condition(Refused("as drawn"), 0.975),
            Condition(Refused("with a thick pen"), 0.5),
        ),
        "confusion": np.array([[99, 1], [0, 100]]),
        "missed": (Missed(DRAWN, "0", "1", 0.875, 0.1),),
    }
    return Report(**{**given, **others})


def test_the_page_says_how_many_are_read_under_which_pen():
    text = page(report())
    assert "Why is LSTM wrong on drawings?" in text
    assert "It reads 97.5% of 200 reference digits" in text
    assert '<td>with a thick pen<td class="n">50.0%' in text
    assert 'style="width:50.0%"' in text


def test_the_confusion_has_right_ones_wrong_ones_and_empty_places():
    text = page(report())
    assert '<tr><th>0<td class="right">99<td class="wrong">1' in text
    assert '<tr><th>1<td><td class="right">100' in text


def test_what_was_missed_is_drawn_in_ink_alone():
    text = page(report())
    assert "What it missed: 1" in text
    assert "0, read as 1 (88%)" in text
    assert '<polyline points="100.0,100.0 300.0,100.0" stroke-width="40.0"/>' in text
    assert text.count("<polyline") == 2


def test_the_ways_of_feeding_are_there_where_any_were_tried():
    assert "With other input settings" not in page(report())
    way = Way(InputReading(reading="columns"), 28)
    tried = (Tried(way, "logits", 190, 200), Tried(way, failed=Refused("any shape")))
    text = page(report(readings=tried))
    assert "With other input settings" in text
    assert (
        "<td>190 of 200<td>0..1<td>white on black<td>as it was drawn<td>turned, by columns" in text
    )
    assert "<td>does not run" in text


def test_words_of_a_file_are_words_on_the_page():
    missed = (Missed(DRAWN, EVIL, EVIL, 0.5, 0.5),)
    text = page(report(model=EVIL, labels=(EVIL, "1"), missed=missed))
    assert "<script>" not in text
    assert "&lt;script&gt;&amp;" in text


def test_the_page_speaks_the_language_that_it_is_given():
    text = page(report(), lambda words, **_: f"[{words}]"[:40], "zh")
    assert '<html lang="zh">' in text
    assert "<h2>[Confusion matrix]</h2>" in text


@pytest.mark.parametrize("reading", ["rows", "pixels", "whole"])
def test_what_is_not_by_columns_is_upright(reading):
    assert words_of(InputReading(reading=reading), english)["reading"] == "upright, by rows"


def test_every_choice_has_words():
    for field, words in reading_words(english).items():
        assert all(words.values()), field
    assert english("{part:.1%} of {name}", part=0.5, name="a\nb") == "50.0% of a b"
    tried = Tried(Way(InputReading(value_range="mnist"), 28), right=1, count=2)
    assert tried_words(tried, english)[:2] == ("1 of 2", "MNIST's mean and deviation")
