"""What the plain values of the protocol say of themselves."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from rnn_desk.assets_door import asset
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.protocol import checks
from rnn_desk.protocol.devices import (
    BatchFigures,
    Deviation,
    Device,
    DeviceFigures,
    Forms,
    Placement,
    doubt,
    overtaken,
    rows,
    spread,
)
from rnn_desk.protocol.findings import (
    Findings,
    Tried,
    Way,
    readings_from_text,
    readings_to_text,
)
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import ModelRef, Watchable
from tests.helpers.cards import card
from tests.helpers.told_engine import OPENED

CPU = Device("cpu", "CPU", "CPUExecutionProvider")
GPU = Device("cuda", "Fast", "CUDAExecutionProvider", refusal=Refused("any shape"))
PLACEMENT = Placement(4, 3, 0.5, ("LSTM one", "Loop two"), Forms(("LSTM",), 2.0, 1.0))


def model(path):
    return checks.model_of(ModelRef(str(path)), OPENED)


# Devices.


def test_a_device_is_usable_or_says_why_not():
    assert (CPU.usable, CPU.reason) == (True, "")
    assert (GPU.usable, GPU.reason) == (False, "any shape")


def test_the_recurrence_runs_written_out_where_that_is_faster_and_says_the_same():
    forms = Forms(("LSTM",), 2.0, 1.0)
    assert forms.written_out
    assert not replace(forms, agree=False).written_out
    assert not replace(forms, written_out_ms=2.0).written_out


def test_a_placement_tells_what_was_granted_and_what_was_left():
    assert PLACEMENT.share_of_nodes == 0.75
    assert Placement(0, 0, None).share_of_nodes == 1.0
    assert PLACEMENT.left_of(("LSTM", "GRU", "Loop")) == ("LSTM", "Loop")
    record = PLACEMENT.record
    assert (record["share_of_nodes"], record["forms"]["written_out"]) == (0.75, True)
    assert replace(PLACEMENT, forms=None).record["forms"] is None


@pytest.mark.parametrize(
    ("probabilities", "states", "exact"), [(1e-4, 1e-3, True), (2e-4, 0, False), (0, 2e-3, False)]
)
def test_a_device_that_computes_less_exactly_is_doubted(probabilities, states, exact):
    deviation = Deviation(probabilities, states)
    assert deviation.exact is exact
    said = doubt("Fast", replace(PLACEMENT, deviation=deviation))
    assert (said is None) == exact
    assert exact or str(said).startswith("Fast gives other numbers than the CPU")
    assert doubt("Fast", PLACEMENT) is doubt("CPU", None) is None


def figures(device, *rates):
    """So many digits a second, in batches of 1, 2, 4..."""
    batches = tuple(
        BatchFigures(2**k, 9.0, spread([2**k / rate * 1e3])) for k, rate in enumerate(rates)
    )
    return DeviceFigures(device, 3.0, batches, {}, None)


def test_a_spread_is_the_median_and_the_slowest_of_a_hundred():
    found = spread([float(k) for k in range(101)])
    assert (found.p50, found.p99, found.runs) == (50, 99, 101)


@pytest.mark.parametrize(
    ("rates", "batch"),
    [((1, 20, 40), 2), ((20, 20, 40), 1), ((20, 5, 40), 4), ((20, 20, 5), None), ((10, 10), None)],
)
def test_a_device_overtakes_where_it_stays_faster(rates, batch):
    assert overtaken(figures(CPU, 10, 10, 10), figures(GPU, *rates)) == batch


def test_figures_are_lines_of_a_table():
    assert rows([figures(CPU, 100), figures(GPU, 200, 400)]) == [
        ("CPU", "3.00", "1", "9.00", "10.00", "10.00", "100"),
        ("Fast", "3.00", "1", "9.00", "5.00", "5.00", "200"),
        ("Fast", "3.00", "2", "9.00", "5.00", "5.00", "400"),
    ]


# Findings.


def way(**fields):
    return Way(InputReading(**fields), 28)


def test_a_margin_is_of_the_frame():
    side, box, counted = way().frame
    assert side == 28
    assert not counted
    assert 0 < box < way(margin="none").frame.box == 1.0
    assert way(margin="counted").frame.counted


def test_what_was_found_is_as_good_as_the_way_in_use():
    used, better, fewer = (
        Tried(way(), right=5, count=10),
        Tried(way(polarity="black_on_white"), right=8, count=10),
        Tried(way(reading="columns"), right=2, count=2),
    )
    found = Findings(card(), (used, better, fewer))
    assert found.reference_accuracy == 0.5
    assert found.best_accuracy == 0.8
    assert replace(found, unchecked=Refused("any shape")).reference_accuracy is None
    assert (Findings(card()).reference_accuracy, Findings(card()).best_accuracy) == (None, 0.0)
    assert Tried(way()).part == 0.0
    assert Tried(way()).loss == math.inf


def test_findings_come_back_from_the_other_side():
    found = Findings(card(), (Tried(way(), right=5, count=10),), Refused("any shape"))
    assert Known.of(found).findings == found


def test_readings_come_back_from_their_text():
    columns = ByHand(InputReading(reading="columns", channels=3))
    readings = {"ab": columns, "cd": ByHand(InputReading(), 28, tuple("ab"), (("x", 1.0),))}
    assert readings_from_text(readings_to_text(readings)) == readings


# Models.


def test_a_model_is_one_wherever_it_runs_and_whatever_is_watched():
    ref = ModelRef("/deep/a.onnx", "ab" * 32)
    assert ref.file == "a.onnx"
    assert ref.on("cuda").device == "cuda"
    assert ref.same_model_as(replace(ref.on("cuda"), watched=("w",)))
    assert not ref.same_model_as(replace(ref, sha256="cd" * 32))
    assert not ref.same_model_as(replace(ref, by_hand=ByHand(InputReading())))


def test_an_opened_model_says_whose_it_is():
    own, other = model(asset("models", "cnn.onnx")), model("/somewhere/a.onnx")
    assert (own.is_own, other.is_own) == (True, False)
    assert other.path == Path("/somewhere/a.onnx")
    assert (other.identity.file, other.identity.sha256) == ("a.onnx", OPENED.sha256)
    assert other.units == ()
    assert other.doubt is None
    assert other.same_as(model("/somewhere/a.onnx"))
    assert not other.same_as(own)
    assert not other.same_as(None)


def test_a_tensors_name_is_shown_on_one_line():
    tensor = Watchable("a\nb" * 100, "Conv", "maps", (1, 2, 2), (0, 1, 2))
    assert "\n" not in tensor.label
    assert len(tensor.label) <= 80
    assert Watchable("", "Conv", "maps", (1, 2, 2), (0, 1, 2)).label == "?"
