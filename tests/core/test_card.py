import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_desk.core.card import (
    OF_COLOURS,
    SCHEMA,
    Alpha,
    Dtype,
    Fitted,
    InputReading,
    LayerSpec,
    Layout,
    ModelCard,
    Output,
    Polarity,
    Reading,
    Turn,
    ValueRange,
    from_json,
    to_json,
)
from rnn_desk.core.errors import Refused
from tests.helpers.strategies import JSON

CARD = ModelCard(
    name="LSTM 128-64",
    classes=tuple("0123456789"),
    input=InputReading(batch=1),
    recurrent_layers=(LayerSpec("LSTM", 128), LayerSpec("GRU", 64, "bidirectional")),
    training={"recipe": "lstm", "seed": 7, "loss": [0.3, 0.1]},
    accuracies={"mnist_test": 0.9957, "drawings": 1},
    licence="MIT",
)
GOOD = json.loads(to_json(CARD))


def damaged(path, value):
    """The card's record with one thing changed; a `path` leads to it."""
    record = json.loads(to_json(CARD))
    at = record
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return json.dumps(record)


def one_of(literal):
    return st.sampled_from(get_args(literal))


LAYERS = st.builds(
    LayerSpec,
    st.text(max_size=5),
    st.integers(1, 4096),
    st.sampled_from(["forward", "reverse", "bidirectional"]),
)
NUMBER = st.floats(-1e6, 1e6).map(lambda number: (number,))

CARDS = st.builds(
    ModelCard,
    name=st.text(max_size=9),
    classes=st.lists(st.text(max_size=3), min_size=1, max_size=12).map(tuple),
    input=st.builds(
        InputReading,
        one_of(Layout),
        one_of(ValueRange).filter(lambda span: span not in OF_COLOURS),
        one_of(Polarity),
        one_of(Reading),
        st.just("free") | st.integers(1, 512),
        one_of(Dtype),
        turn=one_of(Turn),
        scale=NUMBER,
        offset=NUMBER,
        alpha=one_of(Alpha),
        shape=st.just(()) | st.tuples(st.integers(1, 300), st.integers(1, 300)),
        fitted=one_of(Fitted),
    ),
    side=st.integers(8, 300),
    output=one_of(Output),
    recurrent_layers=st.lists(LAYERS, max_size=3).map(tuple),
    training=st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3),
    accuracies=st.dictionaries(st.text(max_size=5), st.floats(0, 1), max_size=3),
    licence=st.text(max_size=9),
    inferred=st.booleans(),
)


@given(CARDS)
def test_written_and_read_again_it_is_the_same(card):
    assert from_json(to_json(card)) == card


def test_the_text_is_json_with_a_schema_and_readable_words():
    text = to_json(ModelCard("手写数字", ("零", "一")))
    assert json.loads(text)["schema"] == SCHEMA
    assert "手写数字" in text
    assert from_json(text).classes == ("零", "一")


def test_what_a_card_leaves_open_has_defaults():
    card = ModelCard("a", ("0",))
    assert card.input == InputReading("NHW", "0..1", "white_on_black", "rows", "free", "float32")
    assert (card.side, card.output, card.inferred) == (28, "logits", False)


NUMBERS = ("scale", "offset")
WORDS = [None, 3, True, [], {}, "other"]
DAMAGE = [
    *[(("schema",), value) for value in (None, 0, SCHEMA + 1, "1", [1])],
    *[(("name",), value) for value in (None, 3, ["a"], {})],
    *[(("licence",), value) for value in (None, 3, [])],
    *[(("classes",), value) for value in (None, [], "0123", {"0": 1}, [0, 1], [None], 10)],
    *[(("input",), value) for value in (None, [], "NHW", {"rows": 28}, 3)],
    *[(("input", name), w) for w in WORDS for name in ("layout", "value_range", "polarity")],
    *[(("input", "reading"), value) for value in WORDS],
    *[(("input", "batch"), value) for value in (None, 0, -1, 1.5, "1", True, [], {})],
    *[(("input", "dtype"), value) for value in (None, 3, [])],
    *[(("input", name), word) for word in WORDS for name in ("turn", "alpha", "fitted")],
    *[(("input", name), v) for v in (None, 3, "1", ["1"], [True], {}) for name in NUMBERS],
    *[(("input", "shape"), value) for value in (None, 28, [28], [0, 28], [28.0, 28], [10**6, 1])],
    *[(("labels",), value) for value in WORDS],
    *[(("side",), value) for value in (None, 7, 301, 28.0, "28", True, [], -28)],
    *[(("output",), value) for value in WORDS],
    *[(("recurrent_layers",), value) for value in (None, 3, ["LSTM"], [{}], [None], {"op": 1})],
    *[(("recurrent_layers", 0, "op"), value) for value in (None, 3, [])],
    *[(("recurrent_layers", 0, "units"), value) for value in (None, 0, -1, 1.5, "128", True)],
    *[(("recurrent_layers", 0, "direction"), value) for value in WORDS],
    *[(("recurrent_layers", 0, "colour"), "blue")],
    *[(("training",), value) for value in (None, 3, "lstm", [], [["seed", 7]])],
    *[(("accuracies",), value) for value in (None, 3, 0.99, [], [["a", 0.5]])],
    *[(("accuracies", "mnist_test"), v) for v in (None, "0.99", True, 99.57, -0.1, [0.5])],
    *[(("accuracies", "mnist_test"), float(v)) for v in ("nan", "inf")],
    *[(("inferred",), value) for value in (None, 0, "false", [])],
]


@pytest.mark.parametrize(("path", "value"), DAMAGE)
def test_every_damaged_field_is_told(path, value):
    with pytest.raises(Refused, match=r"^its model card ") as caught:
        from_json(damaged(path, value))
    assert len(str(caught.value)) < 180


OPTIONAL = {
    "schema",
    "answer",
    "figures",
    "form",
    "given",
    "kind",
    "labels",
    "rows_a_call",
    "scale",
}
"""What cards of earlier versions lack."""


@pytest.mark.parametrize("field", sorted(set(GOOD) - OPTIONAL))
def test_a_missing_field_is_named(field):
    record = {key: value for key, value in GOOD.items() if key != field}
    with pytest.raises(Refused, match=f"not complete .*{field}"):
        from_json(json.dumps(record))


@pytest.mark.parametrize(
    "text", ["", "no", "{", "[" * 100_000, "1" * 9000, "\0", to_json(CARD)[:-1]]
)
def test_what_is_no_json_is_told(text):
    with pytest.raises(Refused, match=r"^its model card is not JSON$"):
        from_json(text)


@pytest.mark.parametrize("text", ["null", "[]", "3", '"card"'])
def test_what_is_no_object_is_told(text):
    with pytest.raises(Refused, match="is not a JSON object"):
        from_json(text)


def test_a_field_from_a_later_program_does_no_harm():
    assert from_json(damaged(("mood",), "good")) == CARD


LIKELY = st.fixed_dictionaries(
    {"schema": st.just(SCHEMA)},
    optional={key: st.just(value) | JSON for key, value in GOOD.items() if key != "schema"},
)


@given(JSON | LIKELY)
def test_any_json_is_a_card_or_a_value_error(value):
    try:
        card = from_json(json.dumps(value))
    except Refused:
        return
    assert from_json(to_json(card)) == card


@pytest.mark.parametrize("numbers", [[], [1.0, 2.0], [float("nan")], [10**400]])
def test_scaled_wants_a_number_or_one_a_channel(numbers):
    record = json.loads(to_json(CARD))
    record["input"] |= {"value_range": "scaled", "scale": [2.0], "offset": numbers}
    with pytest.raises(Refused, match=r"says offset .* where a finite number is due"):
        from_json(json.dumps(record))


@pytest.mark.parametrize("channels", [1, 4])
def test_ranges_of_colours_want_three_channels(channels):
    record = json.loads(to_json(CARD))
    record["input"] |= {"value_range": "imagenet", "channels": channels}
    with pytest.raises(Refused, match="value_range 'imagenet', which is none of"):
        from_json(json.dumps(record))
    record["input"]["channels"] = 3
    from_json(json.dumps(record))
