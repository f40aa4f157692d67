"""Why a model is wrong on drawings: the numbers against a count of one's own, and the page."""

import re

import numpy as np
import pytest

from rnn_desk.app.report_page import page
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Frame
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.evaluation.report import CONDITIONS, report
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers.model_files import FILES, answers, open_as_told


@pytest.fixture(scope="module")
def found():
    return report(open_reader(FILES / "ts_lstm.onnx", CPU))


@pytest.fixture(scope="module")
def said():
    digits = reference_digits()
    return answers("ts_lstm.onnx", digits.pictures(Frame(), range(240)))


def test_the_counts_are_those_of_the_file_itself(found, said):
    labels = np.array([int(label) for label in reference_digits().labels])
    assert found.conditions[0].part == pytest.approx((said == labels).mean())
    for k in range(10):
        for j in range(10):
            assert found.confusion[k, j] == ((labels == k) & (said == j)).sum()
    assert len(found.missed) == (said != labels).sum()
    assert all(miss.label != miss.said and miss.sure >= miss.truth for miss in found.missed)


def test_drawn_otherwise_the_pictures_differ_as_told():
    digits = reference_digits()
    frame = Frame()
    plain = digits.pictures(frame, range(240))
    made = {str(name).split()[0]: build(digits, frame) for name, build in CONDITIONS}
    assert made["thin"].sum() < 0.75 * plain.sum() < 0.75 * made["thick"].sum() / 1.4
    np.testing.assert_array_equal(made["off-centre"][:, 4:, 4:], plain[:, :-4, :-4])
    heights = [(p.max(axis=(0, 2)) > 0.5).sum() for p in (made["small"], plain)]
    assert heights[0] < 0.8 * heights[1]


def test_the_page_shows_every_miss_and_condition(found):
    html = page(found)
    assert html.count("<svg") == len(found.missed)
    for condition in found.conditions:
        assert str(condition.name) in html
    assert not re.search(r"(src|href)=", html)


def test_the_page_tells_of_ways_of_feeding_as_the_sheets_do(found):
    """Not by what a model card calls them."""
    html = page(found)
    assert {tried.way.input.value_range for tried in found.readings} > {"mnist"}
    assert "<td>MNIST&#x27;s mean and deviation<td>" in html
    assert "<td>mnist<td>" not in html


def test_other_classes_have_no_report():
    with pytest.raises(Refused, match="ten digits"):
        report(open_as_told("ts_gru_26classes.onnx"))
