"""Each test needs a whole export, and torch's exporter takes seconds to load: one for all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import numpy_helper

from rnn_desk.core.card import InputReading, LayerSpec, ModelCard
from rnn_desk.core.drawing import Drawing, stroke, write_drawings
from rnn_desk.core.errors import Refused
from training import export as module
from training.checkpoint import Checkpoint
from training.data import Digits, read_digits
from training.evaluate import Reader
from training.export import export, to_graph
from training.loop import begin, train
from training.models import RowLSTM
from training.recipes import recipe_named

pytestmark = pytest.mark.slow

# 96 units: torch itself folds smaller weights, and would hide that larger ones are not.
RECIPE = replace(recipe_named("lstm"), units=(96, 8), epochs=2, batch=64, title="Small LSTM")


@dataclass
class Exported:
    run: Checkpoint
    model: RowLSTM
    path: Path
    card: ModelCard
    test: Digits
    graph: onnx.ModelProto


@pytest.fixture(scope="module")
def exported(digits_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp("export")
    digits = read_digits(digits_folder, "train", 10)
    run = begin(RECIPE, 5, torch.device("cpu"), digits_folder, 600, digits)
    run = train(run, digits, folder / "run")
    drawings = folder / "class-7b.jsonl"
    write_drawings(drawings, [Drawing((stroke([[0, 0], [9, 99]]),), label=k) for k in (1, 1, 7)])
    test = read_digits(digits_folder, "test", 10)
    card = export(run, test, drawings, folder / "new" / "small.onnx")
    model = RowLSTM(RECIPE).eval()
    model.load_state_dict(run.best)
    path = folder / "new" / "small.onnx"
    return Exported(run, model, path, card, test, onnx.load(path))


def run_graph(graph: onnx.ModelProto, images: np.ndarray, *outputs: str) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(
        graph.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return [np.asarray(value) for value in session.run(list(outputs), {"image": images})]


def test_the_card_in_the_file_says_how_the_model_was_made(exported: Exported) -> None:
    card = Reader.open(exported.path).card
    assert card == replace(exported.card, training=card.training)
    assert card.name == "Small LSTM"
    assert card.classes == tuple("0123456789")
    assert card.input == InputReading("NHW", "0..1", "white_on_black", "rows", "free", "float32")
    assert card.output == "logits"
    assert card.recurrent_layers == (LayerSpec("LSTM", 96), LayerSpec("LSTM", 8))
    assert card.licence == "MIT"
    made = card.training
    assert (made["recipe"], made["seed"], made["epochs"]) == ("lstm", 5, 2)
    assert made["augmentation"]["rotation"] == RECIPE.augmentation.rotation
    assert made["parameters"] == sum(p.numel() for p in exported.model.parameters())
    assert made["torch"] == torch.__version__
    assert made["data_sha256"] == exported.run.digest


def test_the_cards_accuracies_were_measured(exported: Exported) -> None:
    images, labels = exported.test.batch(slice(None))
    with torch.no_grad():
        right = (exported.model(images).argmax(1) == labels).float().mean().item()
    assert exported.card.accuracies["mnist_test"] == pytest.approx(right)
    assert exported.card.accuracies["class-7b"] in (0, 1 / 3, 2 / 3)  # alike, so one answer


def test_the_graph_is_one_lstm_a_layer_and_a_head(exported: Exported) -> None:
    (image,), (logits,) = exported.graph.graph.input, exported.graph.graph.output
    assert (image.name, logits.name) == ("image", "logits")
    assert [d.dim_param or d.dim_value for d in image.type.tensor_type.shape.dim] == [
        "batch",
        28,
        28,
    ]
    assert [d.dim_param or d.dim_value for d in logits.type.tensor_type.shape.dim] == ["batch", 10]
    layers = [node for node in exported.graph.graph.node if node.op_type == "LSTM"]
    assert len(layers) == 2
    constants = {tensor.name for tensor in exported.graph.graph.initializer}
    assert all(name in constants for layer in layers for name in layer.input[1:4])
    assert not any(name for layer in layers for name in layer.input[4:])  # no state from outside
    assert not any(node.metadata_props for node in exported.graph.graph.node)


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_any_batch_is_read_as_torch_reads_it(exported: Exported, batch: int) -> None:
    images = torch.rand(batch, 28, 28)
    (logits,) = run_graph(exported.graph, images.numpy(), "logits")
    with torch.no_grad():
        assert np.allclose(logits, exported.model(images), atol=1e-5)


def test_the_head_may_be_given_any_rows_state(exported: Exported) -> None:
    """As the program does: bring the top layer's states out, and apply the head to each."""
    graph = onnx.ModelProto()
    graph.CopyFrom(exported.graph)
    top = [node for node in graph.graph.node if node.op_type == "LSTM"][-1]
    graph.graph.output.append(onnx.ValueInfoProto(name=top.output[0]))
    head = next(node for node in graph.graph.node if "logits" in node.output)
    weights = {t.name: numpy_helper.to_array(t) for t in graph.graph.initializer}
    assert head.op_type == "Gemm"
    weight, bias = weights[head.input[1]], weights[head.input[2]]
    images = torch.rand(3, 28, 28)
    (states,) = run_graph(graph, images.numpy(), top.output[0])  # [rows, 1, N, units]
    with torch.no_grad():
        beliefs = exported.model.every_row(images)
    assert np.allclose(states[:, 0] @ weight.T + bias, beliefs, atol=1e-5)


def test_a_file_that_disagrees_with_torch_is_not_written(
    exported: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slightly_wrong(model: RowLSTM) -> onnx.ModelProto:
        graph = to_graph(model)
        bias = next(t for t in graph.graph.initializer if t.name == "head.bias")
        bias.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(bias) + 3e-5, "head.bias"))
        return graph

    monkeypatch.setattr(module, "to_graph", slightly_wrong)
    (tmp_path / "old.onnx").write_bytes(b"the old one")
    with pytest.raises(Refused, match=r"differ by 3.*e-05 on 1000 pictures.*nothing was written"):
        export(exported.run, exported.test, None, tmp_path / "old.onnx")
    assert (tmp_path / "old.onnx").read_bytes() == b"the old one"


def test_a_network_gone_astray_is_not_written(exported: Exported, tmp_path: Path) -> None:
    best = {**exported.run.best, "head.bias": torch.full((10,), torch.nan)}
    with pytest.raises(Refused, match="differ by nan"):
        export(replace(exported.run, best=best), exported.test, None, tmp_path / "new.onnx")
    assert list(tmp_path.iterdir()) == []
