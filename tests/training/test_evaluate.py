from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from rnn_desk.core.card import CARD_KEY, InputReading, ModelCard, to_json
from rnn_desk.core.drawing import Drawing, stroke, write_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import rasterise
from training.drawn import labelled, pictures
from training.evaluate import Reader, calibration_error, mean_settled_row

DIGITS = tuple("0123456789")
SHARED_MODEL = Path(__file__).parents[2] / "assets" / "models" / "lstm.onnx"


def file_of(card: str | None) -> bytes:
    """A model whose answer to a picture is the column, of the first ten, with most ink."""
    graph = helper.make_graph(
        [
            helper.make_node("ReduceSum", ["image", "rows"], ["columns"], keepdims=0),
            helper.make_node("Slice", ["columns", "from", "to", "axis"], ["logits"]),
        ],
        "columns",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 28, 28])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 10])],
        [
            numpy_helper.from_array(np.array([value]), name)
            for name, value in (("rows", 1), ("from", 0), ("to", 10), ("axis", 1))
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    if card is not None:
        helper.set_model_props(model, {CARD_KEY: card})
    data: bytes = model.SerializeToString()
    return data


def with_ink_in(*columns: int) -> np.ndarray:
    pictures = np.zeros((len(columns), 28, 28), np.float32)
    for picture, column in zip(pictures, columns, strict=True):
        picture[:, column] = 1
    return pictures


def test_accuracy_is_the_part_read_correctly_over_all_portions() -> None:
    reader = Reader(file_of(to_json(ModelCard("columns", DIGITS))), "columns.onnx")
    pictures = with_ink_in(3, 1, 4, 1, 5)
    assert reader.logits(pictures, batch=2).argmax(1).tolist() == [3, 1, 4, 1, 5]
    assert reader.accuracy(pictures, np.array([3, 1, 4, 2, 2])) == 0.6


def test_calibration_is_the_gap_between_sureness_and_right() -> None:
    # Two classes of sureness: 4 answers of 0.9 of which 2 are right, 6 of 0.6 of which 3 are.
    chances = np.array([[0.9, 0.1]] * 4 + [[0.6, 0.4]] * 6, np.float32)
    labels = np.array([0, 0, 1, 1, 0, 0, 0, 1, 1, 1])
    by_hand = 0.4 * (0.9 - 0.5) + 0.6 * (0.6 - 0.5)
    assert calibration_error(np.log(chances), labels) == pytest.approx(by_hand, abs=1e-6)
    sure = np.array([[50.0, 0], [50, 0]], np.float32)
    assert calibration_error(sure, np.array([0, 0])) == pytest.approx(0)
    assert calibration_error(sure, np.array([1, 1])) == pytest.approx(1)


def test_the_settled_row_is_the_first_of_the_last_stretch() -> None:
    # Answers after each of 4 rows; a picture a column.
    answers = np.array([[1, 0, 1, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1]])
    by_row = np.eye(2, dtype=np.float32)[answers]
    seen = np.ones((4, 4, 3), np.float32)
    assert [mean_settled_row(by_row[:, [n]], seen[[n]]) for n in range(4)] == [1, 2, 3, 4]
    assert mean_settled_row(by_row, seen) == 2.5
    seen[0, :2] = 0  # nothing can stand on blank paper
    assert mean_settled_row(by_row[:, [0]], seen[[0]]) == 3


def test_what_is_never_half_probable_does_not_count() -> None:
    by_row = np.zeros((3, 2, 4), np.float32)
    by_row[:, :, 1] = [[2, 0.5], [2, 0.5], [2, 0.5]]  # 71 % and 35 %
    assert mean_settled_row(by_row, np.ones((2, 3, 1), np.float32)) == 1
    assert mean_settled_row(by_row[:, 1:], np.ones((1, 3, 1), np.float32)) is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"no model at all", "it is not an ONNX file"),
        (file_of(None), "it has no model card"),
        (file_of("{}"), "its model card has schema None"),
        (
            file_of(to_json(ModelCard("other", DIGITS, InputReading(value_range="0..255")))),
            "it takes its pictures in another way than ours",
        ),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "foreign.onnx"
    path.write_bytes(data)
    with pytest.raises(Refused, match=f"foreign.onnx cannot be measured, {sentence}"):
        Reader.open(path)


def test_drawings_become_the_programs_own_rasters(tmp_path: Path) -> None:
    bar = Drawing((stroke([[100, 50], [100, 400]]),), label=1)
    named = Drawing((stroke([[0, 0], [300, 0], [100, 400]]),), label="7")
    write_drawings(tmp_path / "two.jsonl", [bar, named])
    images, labels = pictures(labelled(tmp_path / "two.jsonl", DIGITS), DIGITS).batch(slice(None))
    assert labels.tolist() == [1, 7]
    exact = np.stack([rasterise(bar).pixels, rasterise(named).pixels])
    assert np.abs(images.numpy() - exact).max() <= 0.5 / 255 + 1e-6  # kept in bytes, as MNIST's


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{}", "line 2: this is not a drawing"),
        ('{"strokes": [[[0, 0]]], "label": 10}', "drawing 2: its label 10 is none of"),
    ],
)
def test_drawings_that_cannot_be_counted_are_refused(
    tmp_path: Path, line: str, sentence: str
) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text('{"strokes": [[[0, 0], [9, 9]]], "label": 1}\n' + line + "\n")
    with pytest.raises(Refused, match=sentence):
        labelled(path, DIGITS)


def test_a_file_of_no_drawings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n")
    with pytest.raises(Refused, match=r"none.jsonl holds no drawings"):
        labelled(tmp_path / "none.jsonl", DIGITS)


def test_the_programs_own_model_says_what_it_is() -> None:
    reader = Reader.open(SHARED_MODEL)
    card = reader.card
    assert card.classes == DIGITS
    assert card.licence == "MIT"
    assert not card.inferred
    assert [(layer.op, layer.units) for layer in card.recurrent_layers] == [
        ("LSTM", 128),
        ("LSTM", 64),
    ]
    assert card.training["recipe"] == "lstm"
    assert "mnist_test" in card.accuracies


def test_the_programs_own_model_names_no_file_of_whoever_made_it() -> None:
    model = onnx.load(SHARED_MODEL)
    assert not any(node.metadata_props or node.doc_string for node in model.graph.node)
    assert not any(name in SHARED_MODEL.read_bytes() for name in (b".py", b"/home", b"/Users"))


@pytest.mark.slow
def test_the_programs_own_model_reads_as_well_as_its_card_says(shared_data: Path) -> None:
    from training.data import read_digits

    reader = Reader.open(SHARED_MODEL)
    images, labels = read_digits(shared_data / "mnist", "test", 10).batch(slice(None))
    mnist = reader.accuracy(images.numpy(), labels.numpy())
    assert mnist >= 0.988
    assert mnist == pytest.approx(reader.card.accuracies["mnist_test"], abs=2e-4)
    pen = shared_data / "pen" / "pendigits-30-writers.jsonl.gz"
    drawn, meant = pictures(labelled(pen, DIGITS), DIGITS).batch(slice(None))
    assert reader.accuracy(drawn.numpy(), meant.numpy()) >= 0.96
