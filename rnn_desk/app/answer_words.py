"""What a model gives and takes beside the picture, in words: the same in sheets and on pages."""

from __future__ import annotations

from rnn_desk.app.input_words import Words
from rnn_desk.core.card import ModelCard
from rnn_desk.core.plain import one_line

_LONGEST = 60


def form_words(tr: Words, card: ModelCard) -> str:
    """How its answer lies in what it puts out; "" where that is a number for each class."""
    words = {
        "columns": tr("an output for each class"),
        "last": tr("an answer after each step: the last one counts"),
        "mean": tr("an answer after each step: all count alike"),
        "ctc": tr("CTC: a class or a blank after each step, decoded greedily"),
        "top": tr("the likeliest classes and their numbers"),
        "ranked": tr("the likeliest classes, without their numbers"),
        "smallest": tr("distances: the smallest wins"),
        "label": tr("the likeliest class alone, without its probability"),
        "states": tr("states, and no answer"),
    }
    told = words.get(card.form, "")
    if card.output == "softmax_twice":
        twice = tr("softmax taken twice, which is undone")
        return f"{told}; {twice}" if told else twice
    return told


def given_words(card: ModelCard) -> str:
    """The values of what it takes beside the picture; "" where it takes nothing."""
    return ", ".join(
        f"{one_line(name, _LONGEST)} = {value:g}" for name, value in card.given.items()
    )


def call_words(tr: Words, card: ModelCard) -> str:
    """How many rows each call takes; "" where one call takes the picture."""
    if not card.rows_a_call:
        return ""
    if card.rows_a_call == 1:
        return tr("it takes a row a call, states in and out")
    return tr("it takes {rows} rows a call, states in and out", rows=card.rows_a_call)
