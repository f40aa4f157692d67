"""Models that read letters, found by trying: their labels' order, how the picture lies, its ink."""

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from rnn_desk.core.references import reference_letters
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers.model_files import FILES

NAME = "letters_gru_26.onnx"


def altered(path, unused=False, inverted=False, perm=None, names=None):
    """The file's network with an unused class before the others, black ink on white, its picture
    lying otherwise, its classes named."""
    model = onnx.load(FILES / NAME)
    graph = model.graph
    entry = graph.input[0].name
    steps = []
    if inverted:
        one = numpy_helper.from_array(np.array(1, np.float32), "one")
        graph.initializer.append(one)
        steps.append(lambda x, y: helper.make_node("Sub", ["one", x], [y]))
    if perm:
        steps.append(lambda x, y: helper.make_node("Transpose", [x], [y], perm=perm))
    last = entry
    for place, step in enumerate(steps):
        graph.node.insert(place, step(last, f"fed{place}"))
        last = f"fed{place}"
    for node in graph.node[len(steps) :]:
        node.input[:] = [last if name == entry else name for name in node.input]
    if unused:
        head = next(node for node in graph.node if node.op_type == "Gemm")
        tensors = {tensor.name: tensor for tensor in graph.initializer}
        for name, filler in zip(head.input[1:], (0.0, -20.0), strict=True):
            values = numpy_helper.to_array(tensors[name])
            row = np.full_like(values[:1], filler)
            longer = numpy_helper.from_array(np.concatenate([row, values]), name)
            tensors[name].CopyFrom(longer)
        graph.output[0].type.tensor_type.shape.dim[1].dim_value = 27
    if names:
        helper.set_model_props(model, {"classes": names})
    onnx.save(model, path)
    return path


def part(reader):
    letters = reference_letters()
    pictures = letters.pictures(reader.card.frame, range(len(letters.drawings)))
    said = reader.classify(pictures).argmax(axis=1)
    right = [
        reader.card.classes[k] == label.upper()
        for k, label in zip(said, letters.labels, strict=True)
    ]
    return float(np.mean(right))


def test_letters_of_which_nothing_is_said_are_read_in_the_usual_order():
    reader = open_reader(FILES / NAME, CPU)
    assert "".join(reader.card.classes) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert reader.card.labels == "proposed"
    assert reader.findings.unchecked is None
    assert reader.findings.reference_accuracy == reader.findings.evidence[0].part > 0.9
    assert part(reader) > 0.9


@pytest.mark.slow
def test_emnists_own_way_is_found(tmp_path):
    """An unused class first, the picture transposed, here with black ink on white as well."""
    path = altered(tmp_path / "a.onnx", unused=True, inverted=True, perm=[0, 2, 1])
    card = open_reader(path, CPU).card
    assert card.classes[:3] == ("-", "A", "B")
    assert (card.input.reading, card.input.polarity) == ("columns", "black_on_white")
    assert part(open_reader(path, CPU)) > 0.9


@pytest.mark.slow
def test_names_that_the_file_has_are_kept(tmp_path):
    names = ",".join(f"letter {letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    card = open_reader(altered(tmp_path / "a.onnx", names=names), CPU).card
    assert card.classes[1] == "letter b"
    assert card.labels == "named"


def test_what_reads_neither_digits_nor_letters_stays_unchecked():
    findings = open_reader(FILES / "ts_gru_26classes.onnx", CPU).findings
    assert "26 classes are not the ten digits" in str(findings.unchecked)
    assert findings.reference_accuracy is None
    assert len(findings.card.classes) == 26
    assert findings.card.classes[:2] == ("0", "1")
