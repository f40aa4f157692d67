"""Decomposed cells, as torch's two exporters write them: known by what a step does."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from rnn_desk.core.lab import Experiment, GateFactor
from rnn_desk.core.raster import Raster
from rnn_desk.core.trace import GradientTrace
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.split_model import CutUp
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers import models

torch = pytest.importorskip("torch")

PICTURE = np.random.default_rng(0).uniform(0, 1, (28, 28)).astype(np.float32)
UNITS = 9
EXPORTERS = [False, pytest.param(True, marks=pytest.mark.slow)]
TORCHS = {"LSTM": "ifgo", "GRU": "rzn", "RNN": "h"}


class Unrolled(torch.nn.Module):
    """Cells of torch's, one over the other, in a loop of Python's; a head on the last state."""

    def __init__(self, kind, layers=1):
        super().__init__()
        torch.manual_seed(0)
        cell = getattr(torch.nn, f"{kind}Cell")
        self.cells = torch.nn.ModuleList(cell(UNITS if k else 28, UNITS) for k in range(layers))
        self.head = torch.nn.Linear(UNITS, 10)

    def forward(self, x):
        states = [None] * len(self.cells)
        for row in x.unbind(1):
            below = row
            for k, cell in enumerate(self.cells):
                states[k] = cell(below, states[k])
                below = states[k][0] if isinstance(states[k], tuple) else states[k]
        return self.head(below)


def exported(folder, network, dynamo):
    """A reader of what torch's exporter makes of it."""
    path = folder / "torch.onnx"
    more = {"external_data": False, "verbose": False} if dynamo else {}
    picture = torch.from_numpy(PICTURE[None])
    torch.onnx.export(
        network.eval(), (picture,), path, dynamo=dynamo, input_names=["picture"], **more
    )
    return open_reader(models.saved(folder, onnx.load(path), models.card(batch=1)), CPU)


@pytest.mark.filterwarnings("ignore")  # the exporter's own
@pytest.mark.parametrize("kind", TORCHS)
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("dynamo", EXPORTERS)
def test_the_weights_are_torchs(tmp_path, kind, layers, dynamo):
    network = Unrolled(kind, layers)
    reader = exported(tmp_path, network, dynamo)
    assert [layer.operator.op for layer in reader.layers] == [kind] * layers
    for layer, cell in zip(reader.layers, network.cells, strict=True):
        stored = {"LSTM": "iofg", "GRU": "zrn", "RNN": "h"}[kind]
        order = [TORCHS[kind].index(letter) for letter in stored]
        for ours, theirs in ((layer.weights.W, cell.weight_ih), (layer.weights.R, cell.weight_hh)):
            blocks = np.split(theirs.detach().numpy(), len(order))
            assert np.abs(ours - np.concatenate([blocks[k] for k in order])).max() <= 1e-5


@pytest.mark.filterwarnings("ignore")  # the exporter's own
@pytest.mark.parametrize("kind", TORCHS)
@pytest.mark.parametrize("dynamo", EXPORTERS)
def test_the_gradient_is_torchs(tmp_path, kind, dynamo):
    network = Unrolled(kind, 2)
    reader = exported(tmp_path, network, dynamo)
    trace = reader.with_gradient(reader.read(Raster(PICTURE)), 3)
    assert isinstance(trace.gradient, GradientTrace), trace.gradient
    picture = torch.from_numpy(PICTURE[None]).requires_grad_()
    torch.log_softmax(network(picture), dim=1)[0, 3].backward()
    assert np.abs(trace.gradient.saliency - picture.grad[0].numpy()).max() <= 1e-4


@pytest.mark.filterwarnings("ignore")  # the exporter's own
def test_what_is_done_to_its_states_reaches_its_answer(tmp_path):
    """The answer is made of the states that were changed, not of those that the file computes."""
    reader = exported(tmp_path, Unrolled("LSTM"), dynamo=False)
    parts = CutUp(reader)
    parts.check([Raster(PICTURE)])
    plain = reader.read(Raster(PICTURE))
    shut = parts.read(Raster(PICTURE), Experiment(gates=(GateFactor(0, "o", 0.0),)))
    assert not shut.layers[0].h.any()
    assert np.abs(shut.probabilities - plain.probabilities).max() > 1e-3


def scan_of_an_lstm(squash="Tanh"):
    """An LSTM in the body of a Scan, its cell state carried beside the hidden one."""
    body = models.Graph()
    weights = [body.weights(28, 4 * UNITS), body.weights(UNITS, 4 * UNITS), body.weights(4 * UNITS)]
    x_and_h = body.node("MatMul", "row", weights[0]), body.node("MatMul", "h", weights[1])
    sums = body.node("Add", body.node("Add", *x_and_h), weights[2])
    sizes = body.constant(np.array([UNITS] * 4))
    i, f, g, o = body.node("Split", sums, sizes, outputs=4, axis=1)
    i, f, o = (body.node("Sigmoid", each) for each in (i, f, o))
    kept, new = body.node("Mul", f, "c"), body.node("Mul", i, body.node("Tanh", g))
    c = body.node("Add", kept, new)
    h = body.node("Mul", o, body.node(squash, c))
    own = body.inner()
    body.nodes.append(helper.make_node("Identity", [own[h]], ["shown"]))
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        body.nodes,
        "body",
        [value(name, TensorProto.FLOAT, None) for name in ("c", "h", "row")],
        [value(name, TensorProto.FLOAT, None) for name in (own[c], own[h], "shown")],
        body.constants,
    )
    g = models.Graph()
    rows = g.node("Transpose", "picture", perm=[1, 0, 2])
    zeros = g.constant(np.zeros((1, UNITS), np.float32))
    _, last, _ = g.node(
        "Scan",
        *(zeros, zeros, rows),
        outputs=3,
        body=graph,
        num_scan_inputs=1,
        scan_output_directions=[0],  # torch's exporter says so
    )
    model = g.model(g.node("Gemm", last, g.weights(UNITS, 10)), [1, 28, 28], batch=1)
    return model, [numpy_helper.to_array(t) for t in body.constants[:3]]


def test_a_cell_state_in_a_scan_is_known_as_one(tmp_path):
    model, (w, _, _) = scan_of_an_lstm()
    reader = open_reader(models.saved(tmp_path, model, models.card(batch=1)), CPU)
    [layer] = reader.read(Raster(PICTURE)).layers
    assert (layer.op, layer.why_no_gates) == ("LSTM", None)
    assert set(layer.gates) == set("ifgo")
    assert layer.c is not None
    i, f, g, o = np.split(w, 4, axis=1)
    found = reader.layers[0].weights.W
    assert np.abs(found - np.hstack([i, o, f, g]).T).max() <= 1e-5


def test_a_cell_that_is_none_of_those_known_shows_its_states_alone(tmp_path):
    model, _ = scan_of_an_lstm(squash="Softsign")
    reader = open_reader(models.saved(tmp_path, model, models.card(batch=1)), CPU)
    layers = reader.read(Raster(PICTURE)).layers
    assert {layer.op for layer in layers} == {"Scan"}
    assert all("basic operators" in str(layer.why_no_gates) for layer in layers)
