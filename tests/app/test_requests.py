"""Requests: which are equal, what message each becomes, and what is made of its answer."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_desk.app.requests import (
    QUICK_POINTS,
    Bench,
    Classify,
    FindWatchable,
    ListDevices,
    MakeReport,
    MapStates,
    MeasureAccuracy,
    Open,
    Read,
    ReadCards,
    ReadRaster,
    Request,
    SaveCopy,
    Source,
)
from rnn_desk.core.card import to_json
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Accuracy, Experiment
from rnn_desk.core.picture import Picture
from rnn_desk.core.raster import Raster
from rnn_desk.protocol import answers, checks
from rnn_desk.protocol import requests as wire
from rnn_desk.protocol.devices import DeviceFigures
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.sentences import ProtocolError
from tests.helpers.cards import card
from tests.helpers.told_engine import OPENED, reading

REF = ModelRef("/a.onnx", OPENED.sha256)
MODEL = checks.model_of(REF, OPENED)
RASTER = Raster(np.tri(28, dtype=np.float32))
SEVEN = Drawing((stroke([[100, 100], [300, 100], [200, 400]]),))
EXPERIMENT = Experiment(noise=0.25)


def source(original=SEVEN, experiment=EXPERIMENT):
    return Source(original, MODEL.card.frame, experiment)


def read(moment=0, original=SEVEN, **others):
    return Read(REF, MODEL, source(original), EXPERIMENT, moment=moment, **others)


def test_a_later_moment_of_the_same_sheet_is_the_same_request():
    assert read(1) == read(2)
    assert read(1, sheet=1) != read(1, sheet=2)
    assert read(1, gradient=3) != read(1)
    assert read(1, gradient=3, whole=False) == read(1, gradient=3)


def test_what_is_done_to_the_picture_is_done_before_it_is_sent():
    work = read().work()
    assert work.experiment == EXPERIMENT
    plain = source(experiment=Experiment()).rastered[0].pixels
    assert not np.array_equal(work.pixels, plain)


@pytest.mark.parametrize(
    ("original", "gradient", "whole", "asked"),
    [
        (SEVEN, 3, True, 3),
        (SEVEN, "answer", True, "answer"),
        (SEVEN, 3, False, None),
        (Drawing(), 3, True, None),
        (SEVEN, None, True, None),
    ],
)
def test_a_gradient_is_asked_for_where_there_can_be_one(original, gradient, whole, asked):
    request = Read(REF, MODEL, Source(original, MODEL.card.frame), gradient=gradient, whole=whole)
    assert request.work().gradient == asked
    if asked is None:
        assert request.value(reading()).gradient is None
    else:
        with pytest.raises(ProtocolError, match="neither a gradient nor why"):
            request.value(reading())


def test_a_reading_carries_the_raster_and_the_time_that_it_took():
    request = read()
    trace = request.value(reading())
    raster, milliseconds = request.source.rastered
    assert trace.raster is raster
    assert trace.timings.raster == milliseconds


@pytest.mark.parametrize(
    ("original", "quick"),
    [
        (SEVEN, True),
        (Drawing((stroke(np.ones((QUICK_POINTS + 1, 2))),)), False),
        (Picture(np.zeros((5, 5), np.uint8)), False),
    ],
    ids=["a digit", "a long one", "a picture"],
)
def test_what_is_quick_is_prepared_where_it_is_asked(original, quick):
    request = read(original=original)
    assert request.prepare() == quick
    assert ("rastered" in vars(request.source)) == quick


def test_a_picture_that_is_made_already_is_read_as_it_is():
    request = ReadRaster(REF, MODEL, RASTER, 7.5, gradient=2)
    assert request.work().gradient == 2
    assert request.work().pixels is RASTER.pixels
    why = Refused("any shape")
    told = answers.Reading(
        *(getattr(reading(), name) for name in ("probabilities", "belief", "layers", "watched")),
        reading().timings,
        why_no_gradient=why,
    )
    trace = request.value(told)
    assert (trace.timings.raster, trace.gradient) == (7.5, why)


def test_a_model_that_is_open_is_opened_with_what_is_known():
    assert Open(REF).work().known is None
    again = Open(REF.on("cuda"), before=MODEL).work()
    assert again.fingerprint == "fingerprint"
    assert again.known.findings.card == MODEL.card
    assert Open(REF).value(OPENED).model.ref == MODEL.ref
    assert Open(REF).model is None


NOTHING = np.zeros((0, 0), np.float32)
NO_MAP = answers.MappedStates((), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, 0.0)
PIXELS = np.zeros((3, 28, 28), np.float32)

OF_MODEL = [
    (Classify(REF, MODEL, PIXELS), answers.Classified(np.full((3, 10), 0.1, np.float32))),
    (MapStates(REF, MODEL), NO_MAP),
    (MeasureAccuracy(REF, MODEL, EXPERIMENT), answers.Measured(Accuracy(0.9, 0.5, 100))),
    (FindWatchable(REF, MODEL), answers.Watchables(())),
    (SaveCopy(REF, MODEL, True), answers.Copied(np.frombuffer(b"onnx", np.uint8))),
    (Bench(REF, MODEL, ("cpu",), (1,), 0.5), answers.BenchDone("1.0")),
]


@pytest.mark.parametrize(("request_", "answer"), OF_MODEL, ids=lambda value: type(value).__name__)
def test_what_is_asked_of_a_model_names_it_and_is_answered(request_, answer):
    assert request_.model is MODEL
    assert request_.work().model == REF
    value = request_.value(answer)
    match answer:
        case answers.Classified():
            assert value.shape == (3, 10)
        case answers.Copied():
            assert value == b"onnx"
        case answers.Measured():
            assert value == Accuracy(0.9, 0.5, 100)
        case answers.BenchDone():
            assert value == "1.0"
        case answers.Watchables():
            assert value == ()
        case _:
            assert value is None


EVERY = [
    *(request for request, _ in OF_MODEL),
    MakeReport(REF, MODEL),
    Open(REF),
    read(),
    ReadRaster(REF, MODEL, RASTER),
    ReadCards((Path("/a.onnx"),)),
    ListDevices(),
]


@pytest.mark.parametrize("request_", EVERY, ids=lambda request: type(request).__name__)
def test_an_answer_of_another_kind_is_none(request_):
    assert isinstance(request_.work(), wire.Work)
    with pytest.raises(ProtocolError, match="where"):
        request_.value(answers.Logged("nothing asked"))


@pytest.mark.parametrize("plain", [-0.1, 1.1, np.nan])
def test_an_accuracy_is_a_part_of_something(plain):
    request = MeasureAccuracy(REF, MODEL, EXPERIMENT)
    for accuracy in (Accuracy(plain, 0.5, 10), Accuracy(0.5, plain, 10), Accuracy(0.5, 0.5, 0)):
        with pytest.raises(ProtocolError):
            request.value(answers.Measured(accuracy))


def test_a_device_has_figures_or_a_reason_for_none():
    request = Bench(REF, MODEL)
    figures = DeviceFigures(OPENED.device, 1.0, (), {}, None)
    assert request.value(answers.Benched(figures)) == figures
    why = Refused("any shape")
    assert request.value(answers.Benched(None, why)) is why
    with pytest.raises(ProtocolError, match="neither"):
        request.value(answers.Benched(None))


def test_cards_are_read_by_their_files():
    path = Path("/a.onnx")
    request = ReadCards((path,))
    assert request.work().paths == (str(path),)
    assert request.value(answers.Cards({str(path): to_json(card())})) == {path: card()}


def test_devices_are_listed():
    known = ListDevices().value(answers.Devices((OPENED.device,), None, "1.0"))
    assert (known.devices, known.clash, known.onnxruntime) == ((OPENED.device,), None, "1.0")


def test_a_request_says_what_it_is():
    bare = Request()
    with pytest.raises(NotImplementedError):
        bare.work()
    with pytest.raises(NotImplementedError):
        bare.value(OPENED)
    assert not bare.prepare()
    assert not bare.live
    assert replace(bare, moment=3) == bare
