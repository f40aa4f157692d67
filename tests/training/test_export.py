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
from torch.nn import functional

from rnn_desk.core.card import InputReading, LayerSpec, ModelCard
from rnn_desk.core.drawing import Drawing, stroke, write_drawings
from rnn_desk.core.errors import Refused
from training import export as module
from training.checkpoint import Checkpoint
from training.data import Digits, Material, read_digits
from training.evaluate import Reader
from training.export import best_temperature, describe, export, export_moment, packed, to_graph
from training.loop import begin, train
from training.models import Network, build
from training.recipes import READERS, RECIPES, recipe_named
from training.reopen import trained_weights

pytestmark = pytest.mark.slow

# 96 units: torch itself folds smaller weights, and would hide that larger ones are not.
RECIPE = replace(
    recipe_named("lstm"),
    units=(96, 8),
    epochs=2,
    batch=64,
    title="Small LSTM",
    moments=(0, 4),
)


@dataclass
class Exported:
    run: Checkpoint
    model: Network
    path: Path
    card: ModelCard
    choose: Digits
    test: Digits
    graph: onnx.ModelProto


@pytest.fixture(scope="module")
def exported(digits_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp("export")
    material = Material.of(read_digits(digits_folder, "train", 10))
    run = begin(RECIPE, 5, material, data=digits_folder, limit=600)
    run = train(run, material, folder / "run")
    drawings = folder / "class-7b.jsonl"
    write_drawings(drawings, [Drawing((stroke([[0, 0], [9, 99]]),), label=k) for k in (1, 1, 7)])
    test = read_digits(digits_folder, "test", 10)
    path = folder / "new" / "small.onnx"
    card = export(run, material.choose, test, drawings, path, {"seeds": {"count": 1}})
    model = build(RECIPE).eval()
    model.load_state_dict(run.best)
    return Exported(run, model, path, card, material.choose, test, onnx.load(path))


def run_graph(graph: onnx.ModelProto, images: np.ndarray, *outputs: str) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(
        graph.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return [np.asarray(value) for value in session.run(list(outputs), {"image": images})]


def test_the_card_in_the_file_says_how_the_model_was_made(exported: Exported) -> None:
    card = Reader.open(exported.path).card
    assert card == replace(exported.card, training=card.training, figures=card.figures)
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
    best = max(f.validation_accuracy for f in exported.run.history)
    assert made["validation_accuracy"] == best


def test_the_cards_figures_were_measured(exported: Exported) -> None:
    images, labels = exported.test.batch(slice(None))
    with torch.no_grad():
        right = (exported.model(images).argmax(1) == labels).float().mean().item()
    assert exported.card.accuracies["mnist_test"] == pytest.approx(right)
    assert exported.card.accuracies["class-7b"] in (0, 1 / 3, 2 / 3)  # alike, so one answer
    figures = exported.card.figures
    assert figures["seeds"] == {"count": 1}
    assert 0 <= figures["calibration_error"] <= 1
    settled = figures["mean_settled_row"]
    assert settled is None or 1 <= settled <= 28  # so small a model is sure of little
    assert len(figures["robustness"]) == 10
    gradient = figures["gradient_by_row"]
    assert len(gradient["start"]) == len(gradient["end"]) == 28
    assert gradient["start"] != gradient["end"]


def test_the_logits_are_torchs_at_the_best_temperature(exported: Exported) -> None:
    images, labels = exported.choose.batch(slice(None))
    with torch.no_grad():
        logits = exported.model(images)
    temperature = best_temperature(exported.model, exported.choose)
    assert exported.card.training["temperature"] == pytest.approx(temperature)
    (written,) = run_graph(exported.graph, images.numpy(), "logits")
    assert np.allclose(written * temperature, logits, atol=1e-5)

    def loss(divisor: float) -> float:
        return functional.cross_entropy(logits / divisor, labels).item()

    assert loss(temperature) <= min(loss(1.0), loss(temperature * 1.1), loss(temperature / 1.1))


def test_a_moment_is_the_model_of_that_step(exported: Exported, tmp_path: Path) -> None:
    for steps, name in ((0, "before training"), (4, "after 4 steps")):
        card = export_moment(exported.run, steps, exported.test, tmp_path / f"{steps}.onnx")
        assert card.name == f"Small LSTM, {name}"
        assert card.training["steps"] == steps
        model = build(RECIPE).eval()
        model.load_state_dict(exported.run.moments[steps])
        images = torch.rand(3, 28, 28)
        (logits,) = run_graph(onnx.load(tmp_path / f"{steps}.onnx"), images.numpy(), "logits")
        with torch.no_grad():
            assert np.allclose(logits, model(images), atol=1e-5)


def test_the_graph_is_one_lstm_a_layer_and_a_head(exported: Exported) -> None:
    (image,), (logits,) = exported.graph.graph.input, exported.graph.graph.output
    assert (image.name, logits.name) == ("image", "logits")
    assert [d.dim_param or d.dim_value for d in image.type.tensor_type.shape.dim] == [
        "batch",
        28,
        28,
    ]
    assert [d.dim_param or d.dim_value for d in logits.type.tensor_type.shape.dim] == ["batch", 10]
    assert not any(node.metadata_props for node in exported.graph.graph.node)


@dataclass
class Written:
    """A recipe's network as it leaves the initial draw, and the file it becomes."""

    run: Checkpoint
    model: Network
    graph: onnx.ModelProto
    path: Path

    def recurrent(self) -> list[onnx.NodeProto]:
        return [n for n in self.graph.graph.node if n.op_type in ("LSTM", "GRU", "RNN")]


@pytest.fixture(scope="module")
def written(digits_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    folder = tmp_path_factory.mktemp("recipes")
    material = Material.of(read_digits(digits_folder, "train", 10))
    files = {}
    for name in READERS:
        recipe = RECIPES[name]
        run = begin(recipe, 1, material, data=digits_folder)
        model = build(recipe)
        model.load_state_dict(run.best)
        graph, path = to_graph(model.eval()), folder / f"{name}.onnx"
        path.write_bytes(packed(graph, describe(run, model)))
        files[name] = Written(run, model, graph, path)
    return files


OPERATORS = {
    "lstm": ["LSTM", "LSTM"],
    "rnn": ["RNN"],
    "gru": ["GRU"],
    "bilstm": ["LSTM"],
    "lstm-attention": ["LSTM"],
    "hierarchical": ["LSTM", "LSTM"],
    "cnn": [],
    "columns": ["LSTM", "LSTM"],
    "champion": ["LSTM", "LSTM"],
}


@pytest.mark.parametrize("name", READERS)
def test_every_recipe_is_read_by_the_runtime_as_by_torch(
    name: str, written: dict[str, Written]
) -> None:
    model, graph = written[name].model, written[name].graph
    assert [output.name for output in graph.graph.output] == list(model.outputs)
    for batch in (1, 2, 7):
        images = torch.rand(batch, 28, 28)
        answers = run_graph(graph, images.numpy(), *model.outputs)
        with torch.no_grad():
            expected = model(images)
        for answer, wanted in zip(
            answers, expected if isinstance(expected, tuple) else (expected,), strict=True
        ):
            assert np.allclose(answer, wanted, atol=1e-5)


@pytest.mark.parametrize("name", READERS)
def test_a_recurrent_layer_is_one_operator_with_its_weights(
    name: str, written: dict[str, Written]
) -> None:
    layers = written[name].recurrent()
    assert [layer.op_type for layer in layers] == OPERATORS[name]
    constants = {tensor.name for tensor in written[name].graph.graph.initializer}
    assert all(source in constants for layer in layers for source in layer.input[1:4])
    assert not any(source for layer in layers for source in layer.input[4:])  # none from outside


@pytest.mark.parametrize("name", READERS)
def test_the_card_says_how_the_picture_is_read(name: str, written: dict[str, Written]) -> None:
    card = Reader.open(written[name].path).card
    assert card.input.reading == {"cnn": "whole", "columns": "columns"}.get(name, "rows")
    assert [layer.op for layer in card.recurrent_layers] == OPERATORS[name]
    ways = {layer.direction for layer in card.recurrent_layers}
    assert ways == {"bilstm": {"bidirectional"}, "cnn": set()}.get(name, {"forward"})


@pytest.mark.parametrize("name", READERS)
def test_the_reader_measures_upright_pictures_at_every_row(
    name: str, written: dict[str, Written]
) -> None:
    reader, model = Reader.open(written[name].path), written[name].model
    images = torch.rand(5, 28, 28)
    with torch.no_grad():
        beliefs, answers = model.every_row(images), model.answer(images)
    assert np.allclose(reader.logits(images.numpy(), batch=2), answers, atol=1e-5)
    assert reader.reads_by_row == (len(beliefs) > 1)
    if reader.reads_by_row:
        assert np.allclose(reader.logits_by_row(images.numpy(), batch=2), beliefs, atol=1e-5)


@pytest.mark.parametrize("name", ["lstm", "gru", "rnn", "bilstm", "columns", "hierarchical"])
def test_training_can_go_on_from_the_file(name: str, written: dict[str, Written]) -> None:
    recipe, weights = trained_weights(written[name].path)
    assert recipe == RECIPES[name]
    assert weights.keys() == written[name].run.best.keys()
    model = build(recipe).eval()
    model.load_state_dict(weights)
    images = torch.rand(4, 28, 28)
    with torch.no_grad():
        assert torch.allclose(model.answer(images), written[name].model.answer(images), atol=1e-5)


@pytest.mark.parametrize("name", ["lstm-attention", "cnn"])
def test_what_keeps_its_weights_otherwise_is_refused(
    name: str, written: dict[str, Written]
) -> None:
    with pytest.raises(Refused, match=f"cannot go on from .*{name}.onnx: .*or a run's folder"):
        trained_weights(written[name].path)


def test_a_file_that_disagrees_with_torch_is_not_written(
    exported: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slightly_wrong(model: Network) -> onnx.ModelProto:
        graph = to_graph(model)
        bias = next(t for t in graph.graph.initializer if t.name == "head.bias")
        bias.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(bias) + 3e-5, "head.bias"))
        return graph

    monkeypatch.setattr(module, "to_graph", slightly_wrong)
    old = tmp_path / "old.onnx"
    old.write_bytes(b"the old one")
    with pytest.raises(Refused, match=r"differ by 3.*e-05 on 1000 pictures.*nothing was written"):
        export(exported.run, exported.choose, exported.test, None, old)
    assert old.read_bytes() == b"the old one"


def test_a_network_gone_astray_is_not_written(exported: Exported, tmp_path: Path) -> None:
    best = {**exported.run.best, "head.bias": torch.full((10,), torch.nan)}
    astray = replace(exported.run, best=best)
    with pytest.raises(Refused, match="differ by nan"):
        export(astray, exported.choose, exported.test, None, tmp_path / "new.onnx")
    assert list(tmp_path.iterdir()) == []
