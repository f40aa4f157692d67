"""How models want their pictures: worked out for files of real exporters, against the manifest."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import product
from typing import get_args

import numpy as np
import pytest

from rnn_desk.assets_door import bundled_models
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.orientation import UPRIGHT as NOT_TURNED
from rnn_desk.core.orientation import Orientation, Turn
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.input_spec.trials import UPRIGHT
from rnn_desk.engine.input_spec.ways import value_ranges
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers.model_files import ACCEPTED, DIGITS, FILES, TRUTH, answers

QUICK = {
    "ts_lstm_255.onnx",
    "ts_lstm_columns.onnx",
    "ts_lstm_uint8.onnx",
    "ts_lstm_timemajor.onnx",
    "ts_cnn_rgb_batch1.onnx",
    "sklearn_mlp_8x8.onnx",
    "sklearn_logistic_words.onnx",
    "hand_lstm_lengths.onnx",
    "dynamo_lstm_external.onnx",
}
"""Files of which each shows something else; the others are tried in the slow run."""

FIELDS = ("layout", "polarity", "reading", "batch", "dtype", "channels", "margin")
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def quick_or_slow(names):
    slow = pytest.mark.slow
    return [pytest.param(n, marks=() if n in QUICK else slow, id=n[:-5]) for n in names]


@pytest.fixture(scope="module")
def digits():
    return reference_digits()


def right(said, classes, digits):
    meant = [str(WORDS.index(c)) if c in WORDS else c for c in classes]
    return np.mean([meant[k] == label for k, label in zip(said, digits.labels, strict=True)])


def pictures_for(card: ModelCard, digits):
    return digits.pictures(card.frame, range(len(digits.drawings)))


@pytest.mark.parametrize("name", quick_or_slow(DIGITS))
def test_the_reading_is_the_makers_own(name, digits):
    truth = TRUTH[name]
    reader = open_reader(FILES / name, CPU)
    card = reader.card
    assert {field: getattr(card.input, field) for field in FIELDS} == {
        field: truth[field] for field in FIELDS
    }
    assert (card.side, card.output, list(card.classes)) == (
        truth["side"],
        truth["output"],
        truth["classes"],
    )
    assert card.inferred
    pictures = pictures_for(card, digits)
    meant = right(answers(name, pictures), truth["classes"], digits)
    found = right(reader.classify(pictures).argmax(1), card.classes, digits)
    assert found >= meant - 0.02
    most = max(tried.part for tried in reader.findings.evidence if tried.count > 40)
    assert found >= most - max(0.02, 2 * np.sqrt(most * (1 - most) / len(digits.drawings)))
    assert reader.findings.reference_accuracy == pytest.approx(found)
    if card.input.value_range == "scaled":
        assert found >= meant  # a scale without a name has to do better than its maker's own
    elif card.input.value_range != truth["value_range"]:
        # Only where it does not matter, and then it is the plainer one.
        order = value_ranges(card.side, card.input.dtype)
        assert order.index(card.input.value_range) < order.index(truth["value_range"])


@pytest.mark.parametrize("name", quick_or_slow(ACCEPTED))
def test_the_answer_is_the_files_own(name, digits):
    """Fed as the reading says, by another way of feeding: the same class for each digit."""
    reader = open_reader(FILES / name, CPU)
    if reader.card.input.value_range == "scaled":
        pytest.skip("under a scale that has no name")
    told = {**TRUTH[name], "value_range": reader.card.input.value_range}
    pictures = digits.pictures(reader.card.frame, range(30))
    assert (reader.classify(pictures).argmax(1) == answers(name, pictures, told)).all()


@pytest.mark.slow
def test_a_model_that_reads_no_digits_is_refused():
    with pytest.raises(Refused, match=r"of \d{3} input settings .* read \d+ of 240"):
        open_reader(FILES / "ts_untrained.onnx", CPU)


def chosen_for(reader: Reader, **changes):
    return {reader.identity.sha256: ByHand(replace(reader.card.input, **changes))}


def test_a_persons_choice_comes_before_the_trial(digits):
    path = FILES / "ts_lstm.onnx"
    first = open_reader(path, CPU)
    other = open_reader(path, CPU, chosen=chosen_for(first, polarity="black_on_white"))
    assert other.card.input.polarity == "black_on_white"
    pictures = pictures_for(first.card, digits)
    np.testing.assert_allclose(other.classify(1 - pictures), first.classify(pictures), atol=1e-5)
    assert other.findings.evidence[0].part < 0.5 < first.findings.evidence[0].part


def test_a_person_may_choose_for_a_model_that_reads_no_digits():
    good = open_reader(FILES / "ts_lstm.onnx", CPU)
    bad = FILES / "ts_untrained.onnx"
    sha256 = hashlib.sha256(bad.read_bytes()).hexdigest()
    reader = open_reader(bad, CPU, chosen={sha256: ByHand(good.card.input)})
    assert reader.card.input == good.card.input


def test_a_choice_for_another_file_changes_nothing():
    path = FILES / "ts_lstm.onnx"
    first = open_reader(path, CPU)
    elsewhere = {"0" * 64: ByHand(replace(first.card.input, value_range="mnist"))}
    other = open_reader(path, CPU, chosen=elsewhere)
    assert other.card == first.card


@pytest.mark.slow
@pytest.mark.parametrize("path", bundled_models(), ids=lambda path: path.stem)
def test_digits_that_lie_otherwise_are_not_read_so_often(path):
    reader, digits = open_reader(path, CPU), reference_digits()
    pictures = digits.pictures(reader.card.frame, range(len(digits.drawings)))
    truth = np.array([int(label) for label in digits.labels])
    for turn, by_columns in product(get_args(Turn), (False, True)):
        lying = Orientation(turn, by_columns)
        if lying != NOT_TURNED:
            seen = np.ascontiguousarray(lying.seen(pictures))
            assert (reader.classify(seen).argmax(axis=1) == truth).mean() < UPRIGHT - 0.1, lying
