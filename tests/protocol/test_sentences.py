"""Sentences between processes: all of the program's come through, and nothing else does."""

from pathlib import Path
from string import Formatter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.errors import Refused
from rnn_desk.protocol.answers import Cause, Failed, FromEngine
from rnn_desk.protocol.frames import Frames
from rnn_desk.protocol.sentence_list import SENTENCES
from rnn_desk.protocol.sentences import ProtocolError, pack, unpack
from tests.helpers import sentences

INNER = Refused("{file} is empty", file="b.onnx")
FIELDS = {
    "text": "a — b",
    "long text": "x" * 5000,
    "odd text": "a\nb\x1b[31m\u202e",
    "path": Path("models", "a.onnx"),
    "whole": -7,
    "huge": 10**30,
    "number": 0.25,
    "none": None,
    "truth": True,
    "sentence": INNER,
    "nested": Refused("{file} cannot be used: {reason}", file="a", reason=INNER),
    "list": (1, "a"),
}
"""Each kind of field that a sentence is made with."""

AS_TEXT = ("huge", "list")
"""Kinds that a frame has not, and that arrive as text: `{field!r}` puts that in quotes."""


def with_fields(template, value):
    """The sentence with that in every field, but for those that are to be numbers."""
    parts = [(name, spec) for _, name, spec, _ in Formatter().parse(template) if name]
    return Refused(template, **{name: 0.5 if spec else value for name, spec in parts})


def crossed(refusal):
    """What is read of it on the other side of a pipe."""
    frames = Frames(FromEngine)
    message = Failed(1, Cause.REFUSED, refusal)
    return read(b"".join(bytes(part) for part in frames.parts(message)))


def read(frame):
    rest = memoryview(frame)

    def some(count):
        nonlocal rest
        taken, rest = bytes(rest[:count]), rest[count:]
        return taken

    return Frames(FromEngine).read(some, lambda: len(frame)).why


def framed(packed):
    """A frame with that in place of a sentence."""
    message = {"type": "Failed", "number": 1, "cause": "refused", "why": packed}
    packed = msgspec.msgpack.encode(message)
    return len(packed).to_bytes(4, "little") + bytes(8) + packed


# The list.


def test_the_list_is_what_the_source_says():
    assert sentences.LIST.read_text(encoding="utf-8") == sentences.written(), (
        "write it anew: python -m tests.helpers.sentences"
    )


def test_the_list_has_the_sentences_of_every_kind_of_refusal():
    assert {name.rpartition(".")[2] for name in sentences.refusals()} >= {
        "Refused", "DeviceFailed", "NotGranted", "NotFinite", "OutOfMemory",
    }  # fmt: skip
    assert "it was stopped" in SENTENCES
    assert "{file} failed while reading a picture: {reason}" in SENTENCES


def test_what_a_sentence_says_of_a_field_is_plain():
    """`{0}`, `{a.b}` and `{a[0]}` would reach into what is filled in."""
    names = [name for template in SENTENCES for _, name, _, _ in Formatter().parse(template)]
    assert [name for name in names if name is not None and not name.isidentifier()] == []


# There and back.


@pytest.mark.parametrize("kind", FIELDS)
def test_every_sentence_comes_through(kind):
    due = str(FIELDS[kind]) if kind in AS_TEXT else FIELDS[kind]
    for template in SENTENCES:
        found = crossed(with_fields(template, FIELDS[kind]))
        assert type(found) is Refused
        assert (found.template, str(found)) == (template, str(with_fields(template, due)))


def test_a_sentence_within_a_sentence_stays_one_to_be_translated():
    found = crossed(FIELDS["nested"])
    assert isinstance(found.fields["reason"], Refused)
    assert found.fields["reason"].template == "{file} is empty"


def test_what_is_nested_too_deep_is_said_in_words():
    deep = INNER
    for _ in range(20):
        deep = Refused("{file} cannot be used: {reason}", file="a", reason=deep)
    assert str(crossed(deep)).startswith("a cannot be used: a cannot be used: ")


# What a hostile process sends.


def nested(depth):
    packed = ["{file} is empty", {"file": "a"}]
    for _ in range(depth):
        packed = ["{file} cannot be used: {reason}", {"file": "a", "reason": packed}]
    return packed


WRONG = {
    "an unknown template": ["all is well", {}],
    "a template that reaches into its fields": ["{0.__class__}", {}],
    "the same by a name": ["{file.__class__.__init__.__globals__}", {"file": "a"}],
    "a template that fills memory": ["{file:>1000000000}", {"file": "a"}],
    "a known template, and more": ["{file} is empty{file.__class__}", {"file": "a"}],
    "a missing field": ["{file} is empty", {}],
    "an additional field": ["{file} is empty", {"file": "a", "self": 1}],
    "another field": ["{file} is empty", {"self": "a"}],
    "a field by its place": ["{file} is empty", {0: "a"}],
    "fields as a list": ["{file} is empty", ["a"]],
    "a field that is a list": ["{file} is empty", {"file": ["a"]}],
    "a field that is an object": ["{file} is empty", {"file": {"a": 1}}],
    "a field that is bytes": ["{file} is empty", {"file": b"a"}],
    "a hostile field within": [
        "{file} cannot be used: {reason}", {"file": "a", "reason": ["{0.__class__}", {}]},
    ],
    "100 sentences within each other": nested(100),
    "no fields": ["{file} is empty"],
    "three parts": ["{file} is empty", {"file": "a"}, 1],
    "a template that is bytes": [b"{file} is empty", {"file": "a"}],
    "a template that is a list": [["{file} is empty"], {"file": "a"}],
    "a template that is nothing": [None, {}],
    "no list": "{file} is empty",
    "an object": {"template": "{file} is empty", "file": "a"},
    "a number": 1,
    "nothing at all": None,
}  # fmt: skip


@pytest.mark.parametrize("packed", WRONG.values(), ids=WRONG)
def test_what_is_no_sentence_of_the_programs_is_an_error_of_the_protocol(packed):
    with pytest.raises(ProtocolError):
        unpack(packed)
    with pytest.raises(ProtocolError):
        read(framed(packed))


def test_a_frame_deeper_than_python_is_an_error_of_the_protocol():
    frame = framed([]).replace(b"\x90", b"\x91" * 100_000 + b"\x90")
    frame = (len(frame) - 12).to_bytes(4, "little") + frame[4:]
    with pytest.raises(ProtocolError):
        read(frame)


def test_words_where_a_format_wants_a_number_are_an_error_of_the_protocol():
    formats = [t for t in SENTENCES if any(spec for _, _, spec, _ in Formatter().parse(t))]
    assert formats
    for template in formats:
        packed = pack(with_fields(template, "a"))
        packed[1] = dict.fromkeys(packed[1], "a")
        with pytest.raises(ProtocolError):
            unpack(packed)


@pytest.mark.parametrize(
    "text", ["x" * 10**7, "a\nb\r\n\x1b]0;c\x07", "\u202ea\u2066", "\u2028", "{0.__class__}", "\0"]
)
def test_any_text_comes_out_as_one_printable_line(text):
    said = str(read(framed(["{file} is empty", {"file": text}])))
    assert said.isprintable()
    assert len(said) < 500


# Whatever MessagePack can hold.
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def almost_sentences(draw):
    """A known template with its own fields, and anything in them."""
    template = draw(st.sampled_from(sorted(SENTENCES)))
    names = sorted({name for _, name, _, _ in Formatter().parse(template) if name})
    within = st.deferred(almost_sentences)
    return [template, {name: draw(ANYTHING | within) for name in names}]


@given(ANYTHING | almost_sentences())
def test_anything_is_an_error_of_the_protocol_or_one_printable_line(packed):
    try:
        found = read(framed(packed))
    except ProtocolError:
        return
    assert str(found).isprintable()
