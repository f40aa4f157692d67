"""Frames: what is written comes out as it was, and whatever else comes is a ProtocolError."""

import io
import struct

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rnn_desk.core import card as cards
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Accuracy, Experiment, GateFactor
from rnn_desk.core.trace import CameIn, LayerTrace, Timings, Watched
from rnn_desk.protocol import answers, requests
from rnn_desk.protocol.answers import Cause, FromEngine
from rnn_desk.protocol.by_hand import Extra, Offered, TriedByHand
from rnn_desk.protocol.devices import (
    BatchFigures,
    Device,
    DeviceFigures,
    Forms,
    Placement,
    Spread,
)
from rnn_desk.protocol.findings import Tried, Way
from rnn_desk.protocol.frames import DTYPES, MOST_MESSAGE, Frames
from rnn_desk.protocol.known import Known
from rnn_desk.protocol.model import Facts, Layer, ModelRef, Port, Watchable
from rnn_desk.protocol.report import Condition
from rnn_desk.protocol.requests import Ask, Cancel, Keep, ToEngine
from rnn_desk.protocol.sentences import ProtocolError
from tests.helpers.cards import card
from tests.helpers.same import same
from tests.helpers.strategies import JSON

HEAD = struct.Struct("<IQ")
PLENTY = 2**20


class Pipe:
    """Gives what was written, and keeps how much it was asked for at once."""

    def __init__(self, written):
        self._written = io.BytesIO(written)
        self.asked = []

    def read(self, count):
        self.asked.append(count)
        return self._written.read(count)


def framed(message, kind=FromEngine):
    return b"".join(bytes(part) for part in Frames(kind).parts(message))


def read(written, kind=FromEngine, most=PLENTY):
    return Frames(kind).read(Pipe(written).read, lambda: most)


def crossed(message, kind):
    return read(framed(message, kind), kind)


def packed(message, body=b""):
    """A frame made by hand."""
    if not isinstance(message, bytes):
        message = msgspec.msgpack.encode(message)
    return HEAD.pack(len(message), len(body)) + message + body


def classified(array, body=b""):
    """A frame that has this in the place of the probabilities."""
    answer = {"type": "Classified", "probabilities": array}
    return packed({"type": "Done", "number": 1, "answer": answer}, body)


# Round trips.

NUMBERS = np.random.default_rng(0).normal(size=(28, 6)).astype(np.float32)
SAID = ByHand(InputReading(turn="mirrored"), 28, ("a", "b"), (("lengths", 28.0),))
REF = ModelRef("/a/b c.onnx", "ab" * 32, SAID, "cuda:1", ("attention",))
WHY = Refused("{file} cannot be used: {reason}", file="a.onnx", reason=Refused("any shape"))
KNOWN = Known(
    cards.to_json(card()),
    (Tried(Way(InputReading(), 28), "logits", 3, 10, 0.5, WHY),),
    WHY,
)
DEVICE = Device("cpu", "CPU", "CPUExecutionProvider", cores=2)
PLACED = Placement(3, 2, None, ("LSTM a",), Forms(("LSTM",), 1.0, 2.0))
FACTS = Facts(1, 17, {"LSTM": 1}, "", (Port("x", ("n", "28")),), (Port("y", None),), 5)

WORKS = [
    requests.Open(REF, {"ab": SAID}, "f", KNOWN, {"cpu": 0.5, "cuda": None}),
    requests.Read(REF, NUMBERS, Experiment(), "answer"),
    requests.Read(
        REF,
        NUMBERS,
        Experiment(
            covered=frozenset((1, 2)),
            shuffle=3,
            off=frozenset(((0, 1),)),
            gates=(GateFactor(0, "f", 0.5),),
            zeroed=frozenset(((1, 27),)),
        ),
        7,
    ),
    requests.Classify(REF, np.zeros((0, 28, 28), np.float32)),
    requests.MapStates(REF),
    requests.MeasureAccuracy(REF, Experiment(noise=0.5, shift=(1.0, -2.0))),
    requests.MakeReport(REF),
    requests.FindWatchable(REF),
    requests.SaveCopy(REF, True),
    requests.ReadCards(("/a", "/b")),
    requests.ListDevices(),
    requests.Bench(REF, ("cpu",), (1, 64), 0.5),
    requests.LookInto(REF),
    requests.TryByHand(REF, NUMBERS),
    requests.OpenWriter(REF),
    requests.Write(REF, NUMBERS, 3, 0.7, 5, 9),
    requests.MeasureSurprise(REF, np.zeros((2, 28, 28), np.float32), None),
]

LAYER = LayerTrace(
    "LSTM 1",
    "LSTM",
    "forward",
    NUMBERS.copy(),
    NUMBERS.copy(),
    {"i": NUMBERS.copy(), "f": NUMBERS.copy()},
    came_in=CameIn(NUMBERS, NUMBERS, NUMBERS),
)

ANSWERS = [
    answers.Opened(
        "ab" * 32,
        "fingerprint",
        KNOWN,
        FACTS,
        (Layer("LSTM 1", "LSTM", 0, "forward", False, 6, 28, nonstandard=WHY),),
        "head",
        False,
        WHY,
        DEVICE,
        PLACED,
        (Watchable("a", "Conv", "maps", (3, 13, 13), (1, 2, 3)),),
        SAID,
        WHY,
        {"cpu": 1.0, "cuda": None},
    ),
    answers.Reading(
        NUMBERS[0],
        NUMBERS,
        (LAYER,),
        (Watched("a", "rows", NUMBERS.copy()),),
        Timings(1.0, 2.0, 3.0),
        answers.Gradient(3, (NUMBERS,), (NUMBERS,), None, WHY),
        WHY,
    ),
    answers.Classified(NUMBERS),
    answers.MappedStates((1, 2), NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, 0.5),
    answers.Measured(Accuracy(0.5, 0.25, 240)),
    answers.Reported(
        (Condition(WHY, 0.5),), np.eye(10, dtype=np.int64), (answers.MissedAt(3, "7", 0.9, 0.1),)
    ),
    answers.Watchables((Watchable("a", "Softmax", "rows", (28, 1), (1, 2), True, True),)),
    answers.Copied(np.arange(256).astype(np.uint8)),
    answers.Cards({"/a": "{}"}),
    answers.Devices((DEVICE,), WHY, "1.22"),
    answers.Benched(
        DeviceFigures(
            DEVICE,
            1.0,
            (BatchFigures(1, 2.0, Spread(1.0, 2.0, 30)),),
            {"run": Spread(1.0, 2.0, 30)},
            PLACED,
        )
    ),
    answers.Benched(None, WHY),
    answers.BenchDone("1.22"),
    answers.LookedInto(
        Offered(
            "ab" * 32,
            FACTS,
            (Way(InputReading(), 28),),
            (Extra(Port("mask", ("?", "28")), "float32", 1.0),),
            ("0", "1"),
        )
    ),
    answers.CameOf(TriedByHand(NUMBERS[None], 0.0, 255.0, ("0", "1"), NUMBERS[0], 3, 5)),
    answers.WriterOpened("ab" * 32, FACTS, "{}"),
    answers.RowsWritten(3, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    answers.Written(),
    answers.Surprised(NUMBERS),
]


def name(value):
    return type(value).__name__


@pytest.mark.parametrize("work", WORKS, ids=name)
def test_every_request_comes_through(work):
    asked = Ask(2**40, "slot", work, True)
    assert same(crossed(asked, ToEngine), asked)


@pytest.mark.parametrize("message", [Cancel(7), Keep((REF, ModelRef("")))], ids=name)
def test_every_other_word_to_the_engine_comes_through(message):
    assert crossed(message, ToEngine) == message


@pytest.mark.parametrize("answer", ANSWERS, ids=name)
def test_every_answer_comes_through(answer):
    for message in (answers.Done(1, answer), answers.Part(1, answer)):
        assert same(crossed(message, FromEngine), message)


@pytest.mark.parametrize(
    "message",
    [
        answers.Progress(1, "reading"),
        *(answers.Failed(3, cause, WHY) for cause in Cause),
        answers.Hello(7),
        answers.Logged("a\nb"),
    ],
    ids=str,
)
def test_every_other_word_of_the_engine_comes_through(message):
    assert same(crossed(message, FromEngine), message)


def test_there_is_a_round_trip_for_every_kind():
    assert {type(work) for work in WORKS} == set(requests.Work.__args__)
    assert {type(answer) for answer in ANSWERS} == set(answers.Answer.__args__)


class Any(msgspec.Struct, tag=True):
    """An array of any type."""

    array: np.ndarray
    after: np.ndarray


@given(
    st.sampled_from(sorted(DTYPES)).flatmap(
        lambda code: arrays.arrays(code, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0))
    )
)
def test_arrays_of_any_type_and_shape_come_through_one_after_the_other(array):
    after = np.arange(3, dtype=np.float32)
    for given_array in (array, array.T):
        there = crossed(Any(given_array, after), Any)
        assert there.array.dtype == array.dtype
        assert there.array.shape == given_array.shape
        assert there.array.tobytes() == given_array.tobytes()
        np.testing.assert_array_equal(there.after, after)
        assert not there.array.flags.writeable


@pytest.mark.parametrize("kind", [np.float16, np.float64])
def test_numbers_of_half_and_double_precision_come_through_as_all_others(kind):
    pixels = np.linspace(0, 1, 28 * 28).astype(kind).reshape(28, 28)
    work = requests.Read(ModelRef("a.onnx"), pixels, Experiment(), None)
    back = crossed(Ask(1, "read", work, True), ToEngine)
    assert back.work.pixels.dtype == np.float32
    np.testing.assert_array_equal(back.work.pixels, pixels.astype(np.float32))


def test_frames_follow_each_other_on_one_pipe():
    written = framed(answers.Done(1, answers.Classified(NUMBERS))) + framed(answers.Hello(1))
    frames, pipe = Frames(FromEngine), Pipe(written)
    assert frames.read(pipe.read, lambda: PLENTY).number == 1
    assert frames.read(pipe.read, lambda: PLENTY) == answers.Hello(1)
    assert frames.read(pipe.read, lambda: PLENTY) is None


@pytest.mark.parametrize("value", [object(), 2**70, "\udc80"], ids=["an object", "huge", "no text"])
def test_what_no_frame_can_hold_is_not_written(value):
    with pytest.raises((TypeError, OverflowError, ValueError)):
        framed(answers.Logged(value))


# Frames of a process that ran a hostile file.


@pytest.mark.parametrize(
    ("size", "body"),
    [(PLENTY + 1, 0), (0, PLENTY + 1), (PLENTY, 1), (2**32 - 1, 0), (5, 2**64 - 1)],
)
def test_a_frame_longer_than_was_asked_for_is_not_even_read(size, body):
    pipe = Pipe(HEAD.pack(size, body) + bytes(100))
    with pytest.raises(ProtocolError, match="longer"):
        Frames(FromEngine).read(pipe.read, lambda: PLENTY)
    assert pipe.asked == [HEAD.size]


def test_a_message_is_short_however_large_its_arrays_may_be():
    pipe = Pipe(HEAD.pack(MOST_MESSAGE + 1, 0) + bytes(100))
    with pytest.raises(ProtocolError, match="longer"):
        Frames(FromEngine).read(pipe.read, lambda: 2**31)
    assert pipe.asked == [HEAD.size]


def test_a_frame_as_long_as_was_asked_for_is_read():
    written = framed(answers.Done(1, answers.Classified(NUMBERS)))
    assert read(written, most=len(written) - HEAD.size)
    with pytest.raises(ProtocolError, match="longer"):
        read(written, most=len(written) - HEAD.size - 1)


WHOLE = framed(answers.Done(1, ANSWERS[1]))


@given(st.integers(1, len(WHOLE) - 1))
def test_a_frame_that_is_cut_anywhere_is_an_error(length):
    with pytest.raises(ProtocolError):
        read(WHOLE[:length])


def test_a_frame_that_is_cut_in_what_only_fills_it_up_is_an_error():
    whole = framed(answers.Done(1, answers.Classified(NUMBERS[0, :3])))
    assert read(whole)
    with pytest.raises(ProtocolError, match="too soon"):
        read(whole[:-1])


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8))
def test_a_frame_with_other_bytes_is_an_error_or_a_message(changes):
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    read_or_refused(bytes(data))


@given(st.binary(max_size=200))
def test_noise_is_an_error_or_a_message(data):
    read_or_refused(packed(data, bytes(32)))
    read_or_refused(data)


def plain(value):
    try:
        msgspec.msgpack.encode(value)
    except (OverflowError, ValueError):  # whole numbers and texts that no frame can hold
        return False
    return True


@given(JSON.filter(plain))
def test_anything_else_in_a_frame_is_an_error(value):
    written = [
        packed(msgspec.msgpack.encode(value)),
        classified(value, bytes(64)),
        classified([value, value, value], bytes(64)),
    ]
    if type(value) is not int:  # as long an array as its frame has room for is one
        written.append(classified(["<f4", [value], 0], bytes(64)))
    for each in written:
        with pytest.raises(ProtocolError):
            read(each)


def read_or_refused(written):
    try:
        message = read(written)
    except ProtocolError:
        return
    assert message is None or isinstance(message, FromEngine)


@pytest.mark.parametrize(
    "array",
    [
        ["<f4", [3], 64],
        ["<f4", [17], 0],
        ["<f4", [16], 4],
        ["<f4", [2**62], 0],
        ["<f4", [2**39, 2**39], 0],
        ["<f4", [2**64 - 1], 0],
        ["<f4", [-1], 0],
        ["<f4", [-1, -1], 0],
        ["<f4", [1], -4],
        ["<f4", [1], 2**63],
        ["<f4", [0], 65],
        ["<f4", [1.0], 0],
        ["<f4", [[1]], 0],
        ["<f4", ["1"], 0],
        ["<f4", [1] * 9, 0],
        ["<f4", 1, 0],
        ["<f4", [1]],
        ["<f4", [1], 0, 0],
        ["<f8", [1], 0],
        ["<i4", [1], 0],
        [">f4", [1], 0],
        ["|O", [1], 0],
        ["O", [1], 0],
        ["|V4", [1], 0],
        ["<U1", [1], 0],
        ["f4,f4", [1], 0],
        ["<M8[s]", [1], 0],
        [b"<f4", [1], 0],
        {"0": "<f4"},
        None,
        "text",
        1.5,
        [1.0, 2.0],
    ],
    ids=str,
)
def test_an_array_that_is_none_or_lies_elsewhere_is_an_error(array):
    with pytest.raises(ProtocolError):
        read(classified(array, bytes(64)))


def test_an_array_with_no_numbers_may_claim_any_other_length():
    """It takes no memory; its shape is held against what was asked later."""
    there = read(classified(["<f4", [0, 2**39], 0], bytes(64)))
    assert there.answer.probabilities.shape == (0, 2**39)
    read_or_refused(classified(["<f4", [0, 2**39, 2**39], 0], bytes(64)))


@pytest.mark.parametrize("opening", [b"\x91", b"\x81\xa1a", b"\xdd\x00\x00\x00\x01"])
def test_a_message_nested_without_end_is_an_error(opening):
    for written in (packed(opening * 100_000), deep_sentence(opening * 100_000)):
        with pytest.raises(ProtocolError):
            read(written)


def deep_sentence(deep):
    head = msgspec.msgpack.encode({"type": "Failed", "number": 1, "cause": "refused", "why": 0})
    return packed(head[:-1] + deep)


@pytest.mark.parametrize("code", [b"\xdd", b"\xdf", b"\xdb", b"\xc6", b"\xc9"])
def test_a_length_that_the_frame_does_not_have_is_an_error(code):
    claims = code + struct.pack(">I", 2**32 - 1)
    for written in (packed(claims), deep_sentence(claims)):
        with pytest.raises(ProtocolError):
            read(written)


@pytest.mark.parametrize(
    "message",
    [
        {"type": "Done", "number": 1},
        {"type": "Done", "number": "1", "answer": {"type": "BenchDone", "onnxruntime": ""}},
        {"type": "Done", "number": 1, "answer": {"type": "Nothing"}},
        {"type": "Failed", "number": 1, "cause": "other", "why": ["any shape", {}]},
        {"type": "Ask", "number": 1},
        {"type": "Hello", "pid": 1.5, "version": ""},
        {"number": 1},
        [],
        {},
    ],
    ids=str,
)
def test_a_message_that_is_none_is_an_error(message):
    with pytest.raises(ProtocolError):
        read(packed(message))


def test_the_end_between_two_frames_is_no_error():
    assert read(b"") is None
