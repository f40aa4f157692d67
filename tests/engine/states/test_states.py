"""States wherever a model keeps them, against the framework that made the model, or step by step:
odd operators, functions, branches, loops, unrolled cells."""

import json
import math
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession
from onnxruntime.quantization import quantize_dynamic

from rnn_desk.core.raster import Raster
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.split_model import CutUp
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers import models, steps

CLOSE = 1e-4
PICTURE = np.random.default_rng(0).uniform(0, 1, (28, 28)).astype(np.float32)


def traced(folder, model, card=None):
    """The Trace of one picture, and the reader."""
    reader = open_reader(models.saved(folder, model, card), CPU)
    return reader.read(Raster(PICTURE)), reader


def close(ours, theirs):
    return np.abs(ours - theirs).max() <= CLOSE


def operator_of(model):
    return next(node for node in model.graph.node if node.op_type in ("LSTM", "GRU", "RNN"))


def own_outputs(model, *names):
    """What onnxruntime itself says of tensors in the graph."""
    wider = onnx.ModelProto.FromString(model.SerializeToString())
    for name in names:
        wider.graph.output.append(helper.make_empty_tensor_value_info(name))
    session = InferenceSession(wider.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(list(names), {"picture": PICTURE[None]})


# --- operators with ways of their own ---

ODD_WAYS = [
    ("LSTM", {"activations": ["HardSigmoid", "Relu", "Softsign"]}),
    ("LSTM", {"activations": ["Sigmoid", "Affine", "ScaledTanh"], "activation_alpha": [0.5, 0.7]}),
    ("LSTM", {"activations": ["Sigmoid", "Elu", "Softplus"], "clip": 0.3}),
    ("LSTM", {"clip": 0.2, "input_forget": 1}),
    ("GRU", {"activations": ["HardSigmoid", "Softsign"], "linear_before_reset": 1}),
    ("GRU", {"activations": ["Sigmoid", "LeakyRelu"], "activation_alpha": [0.05], "clip": 0.5}),
    ("RNN", {"activations": ["Relu"]}),
    ("RNN", {"activations": ["ThresholdedRelu"], "activation_alpha": [0.1]}),
]
ODD_WAYS[1][1]["activation_beta"] = [0.1, 1.2]


@pytest.mark.parametrize(("op", "ways"), ODD_WAYS)
@pytest.mark.parametrize("direction", ["forward", "bidirectional"])
def test_gates_of_an_odd_operator_give_its_states(tmp_path, op, ways, direction):
    both = 2 if direction == "bidirectional" else 1
    ways = {k: v * both if isinstance(v, list) else v for k, v in ways.items()}
    model = models.recurrent(op, direction=direction, states=True, batch=1, **ways)
    trace, _ = traced(tmp_path, model, models.card(batch=1))
    node = operator_of(model)
    (y,) = own_outputs(model, node.output[0])
    for index, layer in enumerate(trace.layers):
        assert close(layer.h, y[:, index, 0])
        assert layer.why_no_gates is None
        assert layer.nonstandard is not None
        gates = layer.gates
        assert set(gates) == set({"LSTM": "ifgo", "GRU": "zrn", "RNN": ""}[op])
        first = -1 if layer.direction == "reverse" else 0
        if op == "GRU":  # h_t = (1 - z) n + z h_(t-1), from h_0 on
            h0 = numpy_helper.to_array(
                next(t for t in model.graph.initializer if t.name == node.input[5])
            )[index, 0]
            z, n = gates["z"][first], gates["n"][first]
            assert close((1 - z) * n + z * h0, layer.h[first])


def test_peepholes_and_clip_are_what_the_formulas_say(tmp_path):
    """i = s(... + p_i c), f likewise, o = s(... + p_o c_t); clipped before each."""
    units, clip = 4, 0.6
    model = models.recurrent(units=units, clip=clip)
    node = operator_of(model)
    peepholes = np.random.default_rng(5).normal(0, 1, (1, 3 * units)).astype(np.float32)
    model.graph.initializer.append(numpy_helper.from_array(peepholes, "peepholes"))
    node.input.extend([""] * (7 - len(node.input)) + ["peepholes"])
    [layer] = traced(tmp_path, model)[0].layers
    ((w, r, b, _, _),) = models.weights_of(model)
    w, r, b = w[0].astype(float), r[0].astype(float), b[0].astype(float)
    p_i, p_o, p_f = np.split(peepholes[0].astype(float), 3)

    def gate(x):
        return np.vectorize(steps.sigmoid)(np.clip(x, -clip, clip))

    h = c = np.zeros(units)
    for t, x in enumerate(PICTURE.astype(float)):
        i, o, f, g = np.split(w @ x + r @ h + b[: 4 * units] + b[4 * units :], 4)
        i, f = gate(i + p_i * c), gate(f + p_f * c)
        g = np.tanh(np.clip(g, -clip, clip))
        c = f * c + i * g
        o = gate(o + p_o * c)
        h = o * np.vectorize(math.tanh)(c)
        for name, value in {"i": i, "f": f, "g": g, "o": o}.items():
            assert close(layer.gates[name][t], value), (t, name)
        assert close(layer.c[t], c)
        assert close(layer.h[t], h)


@pytest.mark.parametrize("op", ["LSTM", "GRU", "RNN"])
@pytest.mark.parametrize("direction", ["reverse", "bidirectional"])
def test_the_batch_first_is_the_same_network(tmp_path, op, direction):
    """onnxruntime's CPU does not run `layout` 1, so its axes are turned around it."""
    plain = models.recurrent(op, direction=direction)
    turned = models.recurrent(op, direction=direction, layout=1)
    node = operator_of(turned)
    before = next(n for n in turned.graph.node if n.output[0] == node.input[0])
    after = next(n for n in turned.graph.node if node.output[0] in n.input)
    node.input[0] = before.input[0]  # the picture has the batch first already
    turned.graph.node.remove(before)
    after.attribute[0].CopyFrom(helper.make_attribute("perm", [1, 0, 2, 3]))
    theirs, _ = traced(tmp_path, plain)
    ours, reader = traced(tmp_path, turned)
    assert np.array_equal(ours.probabilities, theirs.probabilities)
    for one, other in zip(ours.layers, theirs.layers, strict=True):
        assert np.array_equal(one.h, other.h)
        assert set(one.gates) == set(other.gates)
    assert reader.layers[0].operator.units == 6


@pytest.mark.parametrize(("length", "gates"), [(28, {"i", "f", "g", "o"}), (20, set())])
def test_sequence_lengths_are_heeded(tmp_path, length, gates):
    """After a length that ends early the states are none of the cell's."""
    model = models.recurrent(batch=1)
    node = operator_of(model)
    model.graph.initializer.append(numpy_helper.from_array(np.array([length], np.int32), "length"))
    node.input.append("length")
    [layer] = traced(tmp_path, model, models.card(batch=1))[0].layers
    assert set(layer.gates) == gates
    assert (layer.why_no_gates is None) == bool(gates)


def test_an_lstm_of_8_bits_shows_its_hidden_states(tmp_path):
    plain, small = tmp_path / "plain.onnx", tmp_path / "small.onnx"
    onnx.save(models.recurrent(units=16), plain)
    quantize_dynamic(plain, small, op_types_to_quantize=["LSTM"])
    model = onnx.load(small)
    assert "DynamicQuantizeLSTM" in {node.op_type for node in model.graph.node}
    [layer] = traced(tmp_path, model)[0].layers
    node = next(node for node in model.graph.node if node.op_type == "DynamicQuantizeLSTM")
    assert close(layer.h, own_outputs(model, node.output[0])[0][:, 0, 0])
    assert layer.op == "LSTM"
    assert "8 bits" in str(layer.why_no_gates)


def test_a_step_may_be_a_pixel(tmp_path):
    """Then what is shown of a row is what was there after its last pixel."""
    g = models.Graph()
    pixels = g.node("Reshape", "picture", g.constant(np.array([784, 1, 1])))
    tensors = [pixels, g.weights(1, 12, 1), g.weights(1, 12, 4), g.weights(1, 24)]
    y, last = g.node("GRU", *tensors, outputs=2, hidden_size=4)
    state = g.node("Reshape", last, g.constant(np.array([1, 4])))
    model = g.model(g.node("Gemm", state, g.weights(4, 10), g.weights(10)), [1, 28, 28], batch=1)
    trace, reader = traced(tmp_path, model, models.card(batch=1, reading="pixels"))
    (all_states,) = own_outputs(model, y)
    assert np.array_equal(trace.layers[0].h, all_states[27::28, 0, 0])
    assert trace.layers[0].gates["z"].shape == (28, 4)
    assert trace.belief.shape == (28, 10)
    assert close(trace.belief[-1], trace.probabilities)
    assert reader.top_states(PICTURE[None]).shape == (1, 28, 4)


# --- functions and branches ---


def test_an_operator_in_a_function_is_found(tmp_path):
    plain = models.recurrent("GRU")
    node = operator_of(plain)
    names = [name for name in node.input if name]
    body = helper.make_function(
        "own", "Recur", names, [node.output[0]], [node], [helper.make_opsetid("", models.OPSET)]
    )
    model = onnx.ModelProto.FromString(plain.SerializeToString())
    inner = operator_of(model)
    place = list(model.graph.node).index(inner)
    call = helper.make_node("Recur", names, [node.output[0]], domain="own")
    model.graph.node[place].CopyFrom(call)
    model.functions.append(body)
    model.opset_import.append(helper.make_opsetid("own", 1))
    [ours], [theirs] = (traced(tmp_path, m)[0].layers for m in (model, plain))
    assert np.array_equal(ours.h, theirs.h)
    assert np.array_equal(ours.gates["z"], theirs.gates["z"])


@pytest.mark.parametrize("condition", [True, False])
@pytest.mark.parametrize("told_by", ["initialiser", "node"])
def test_an_operator_in_a_constant_branch_is_found(tmp_path, condition, told_by):
    def branch(k):
        g = models.Graph(seed=k)  # both use the same names
        kind = ("LSTM", "GRU")[k]
        gates = models.GATES[kind]
        y, _ = g.node(
            kind,
            "rows",
            g.weights(1, gates * 5, 28),
            g.weights(1, gates * 5, 5),
            outputs=2,
            hidden_size=5,
        )
        last = g.node("Squeeze", g.node("Gather", y, g.constant(np.array(-1))), g.constant([0]))
        shown = helper.make_tensor_value_info(last, TensorProto.FLOAT, None)
        return helper.make_graph(g.nodes, f"branch{k}", [], [shown], g.constants)

    g = models.Graph()
    truth = numpy_helper.from_array(np.array(condition), "truth")
    if told_by == "node":
        g.nodes.append(helper.make_node("Constant", [], ["truth"], value=truth))
    else:
        g.constants.append(truth)
    g.nodes.append(helper.make_node("Transpose", ["picture"], ["rows"], perm=[1, 0, 2]))
    state = g.node("If", "truth", then_branch=branch(0), else_branch=branch(1))
    model = g.model(g.node("Gemm", state, g.weights(5, 10), g.weights(10)), ["n", 28, 28])
    trace, _ = traced(tmp_path, model)
    [layer] = trace.layers
    assert layer.op == ("LSTM" if condition else "GRU")
    assert trace.belief_kind == "head"
    assert set(layer.gates) == set("ifgo" if condition else "zrn")


# --- loops ---


def cell_step(g, x, h):
    """One step of a plain RNN cell as nodes; the name of the new state."""
    sums = g.node("Add", g.node("MatMul", x, "W"), g.node("MatMul", h, "R"))
    return g.node("Tanh", sums)


def cell_weights(units, seed=1):
    random = np.random.default_rng(seed)
    return {
        "W": random.normal(0, 0.3, (28, units)).astype(np.float32),
        "R": random.normal(0, 0.4, (units, units)).astype(np.float32),
    }


def states_of(weights, rows):
    h, kept = np.zeros(weights["R"].shape[0]), []
    for row in rows:
        h = np.tanh(row @ weights["W"].astype(float) + h @ weights["R"].astype(float))
        kept.append(h)
    return np.array(kept)


def loop_model(kind, units=5, backwards=False):
    """A cell in the body of a Loop or a Scan, as exporters write it; the answer from the last."""
    weights = cell_weights(units)
    body = models.Graph()
    value = helper.make_tensor_value_info
    if kind == "Loop":
        step = body.node("Sub", "from_the_end", "step") if backwards else "step"
        if backwards:
            body.constants.append(numpy_helper.from_array(np.array(27, np.int64), "from_the_end"))
        x = body.node("Gather", "rows", step, axis=0)
        body.nodes.append(helper.make_node("Identity", ["going"], ["goes_on"]))
        inputs = [value("step", TensorProto.INT64, []), value("going", TensorProto.BOOL, [])]
        outputs = [value("goes_on", TensorProto.BOOL, [])]
    else:
        x, inputs, outputs = "row", [], []
    new = cell_step(body, x, "h")
    inputs.append(value("h", TensorProto.FLOAT, None))
    if kind == "Scan":
        inputs.append(value("row", TensorProto.FLOAT, None))
    outputs.append(value(new, TensorProto.FLOAT, None))
    graph = helper.make_graph(body.nodes, "body", inputs, outputs, body.constants)
    g = models.Graph()
    g.constants.extend(numpy_helper.from_array(w, name) for name, w in weights.items())
    g.nodes.append(helper.make_node("Transpose", ["picture"], ["rows"], perm=[1, 0, 2]))
    start = g.constant(np.zeros((1, units), np.float32))
    if kind == "Loop":
        last = g.node(
            "Loop", g.constant(np.array(28)), g.constant(np.array(True)), start, body=graph
        )
    else:
        way = {"scan_input_directions": [1]} if backwards else {}
        last = g.node("Scan", start, "rows", body=graph, num_scan_inputs=1, **way)
    model = g.model(g.node("Gemm", last, g.weights(units, 10), g.weights(10)), [1, 28, 28], batch=1)
    return model, weights


@pytest.mark.parametrize("kind", ["Loop", "Scan"])
@pytest.mark.parametrize("backwards", [False, True])
def test_states_in_a_loop_are_found_row_by_row(tmp_path, kind, backwards):
    model, weights = loop_model(kind, backwards=backwards)
    trace, reader = traced(tmp_path, model, models.card(batch=1))
    order = slice(None, None, -1) if backwards else slice(None)
    [layer] = trace.layers
    assert close(layer.h, states_of(weights, PICTURE[order])[order])
    assert layer.direction == ("reverse" if backwards else "forward")
    assert trace.belief_kind == ("covered" if backwards else "head")
    assert (layer.op, layer.why_no_gates) == ("RNN", None)
    CutUp(reader).check([Raster(PICTURE)])


def test_a_loop_that_goes_through_no_rows_is_said_to(tmp_path):
    """Three rounds of something: the model runs, and says why there are no states."""
    g = models.Graph()
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["going"], ["goes_on"]),
            helper.make_node("Tanh", ["value"], ["next"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("step", TensorProto.INT64, []),
            helper.make_tensor_value_info("going", TensorProto.BOOL, []),
            helper.make_tensor_value_info("value", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("goes_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("next", TensorProto.FLOAT, None),
        ],
    )
    flat = g.node("Reshape", "picture", g.constant(np.array([0, -1])))
    wide = g.node("Gemm", flat, g.weights(784, 10, scale=0.05), g.weights(10))
    rounds = g.constant(np.array(3))
    logits = g.node("Loop", rounds, g.constant(np.array(True)), wide, body=body)
    trace, reader = traced(tmp_path, g.model(logits, ["n", 28, 28]))
    assert trace.layers == ()
    assert "loop" in str(reader.why_no_states)


def test_a_network_without_states_says_so(tmp_path):
    card = models.card(layout="NCHW", reading="whole")
    trace, reader = traced(tmp_path, models.convolution(), card)
    assert trace.layers == ()
    assert "no recurrent layer" in str(reader.why_no_states)


def test_layers_that_do_not_go_by_rows_are_not_shown_as_if(tmp_path):
    """14 steps, in each of which there is something of every row."""
    g = models.Graph()
    flat = g.node("Reshape", "picture", g.constant(np.array([1, 28 * 28])))
    mixed = g.node("MatMul", flat, g.weights(28 * 28, 14 * 56, scale=0.02))
    rows = g.node("Reshape", mixed, g.constant(np.array([1, 14, 56])))
    y = g.node(
        "RNN",
        g.node("Transpose", rows, perm=[1, 0, 2]),
        g.weights(1, 4, 56),
        g.weights(1, 4, 4),
        hidden_size=4,
    )
    last = g.node("Squeeze", g.node("Gather", y, g.constant(np.array(-1))), g.constant([0]))
    model = g.model(g.node("Gemm", last, g.weights(4, 10), g.weights(10)), [1, 28, 28], batch=1)
    trace, reader = traced(tmp_path, model, models.card(batch=1))
    assert trace.layers == ()
    assert "14 steps" in str(reader.why_no_states)
    assert trace.belief_kind == "covered"


# --- unrolled by torch ---


def exported(folder, network, dynamo):
    """The network as ONNX, with a card, and torch's own view of the picture."""
    torch = pytest.importorskip("torch")
    network.eval()
    path = folder / "torch.onnx"
    picture = torch.from_numpy(PICTURE[None])
    more = {"external_data": False, "verbose": False} if dynamo else {}
    torch.onnx.export(network, (picture,), path, dynamo=dynamo, input_names=["picture"], **more)
    return onnx.load(path), picture


def unrolled(kind):
    torch = pytest.importorskip("torch")

    class Unrolled(torch.nn.Module):
        """A cell in a loop of Python's; exporters write it out 28 times."""

        def __init__(self):
            super().__init__()
            torch.manual_seed(0)
            self.cell = getattr(torch.nn, kind + "Cell")(28, 9)
            self.head = torch.nn.Linear(9, 10)

        def states(self, x):
            h = c = torch.zeros(len(x), 9)
            for row in x.unbind(1):
                if kind == "LSTM":
                    h, c = self.cell(row, (h, c))
                else:
                    h = self.cell(row, h)
                yield h

        def forward(self, x):
            return self.head(list(self.states(x))[-1])

    return Unrolled()


@pytest.mark.filterwarnings("ignore")  # the exporter's own
@pytest.mark.parametrize("kind", ["LSTM", "GRU", "RNN"])
@pytest.mark.parametrize("dynamo", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_cell_that_was_unrolled_shows_torchs_states(tmp_path, kind, dynamo):
    network = unrolled(kind)
    model, picture = exported(tmp_path, network, dynamo)
    trace, _ = traced(tmp_path, model, models.card(batch=1))
    expected = np.concatenate([h.detach().numpy() for h in network.states(picture)])
    [layer] = trace.layers
    assert close(layer.h, expected)
    assert (layer.op, layer.direction, trace.belief_kind) == (kind, "forward", "head")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the exporter's own
@pytest.mark.parametrize(("layers", "both"), [(2, False), (1, True)])
def test_an_rnn_that_torch_unrolls_shows_its_layers(tmp_path, layers, both):
    torch = pytest.importorskip("torch")

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            torch.manual_seed(0)
            self.rnn = torch.nn.RNN(28, 9, layers, bidirectional=both, batch_first=True)
            self.head = torch.nn.Linear(18 if both else 9, 10)

        def forward(self, x):
            return self.head(self.rnn(x)[0][:, -1])

    network = Network()
    model, picture = exported(tmp_path, network, dynamo=True)
    trace, _ = traced(tmp_path, model, models.card(batch=1))
    top = network.rnn(picture)[0][0].detach().numpy()
    assert {(layer.op, layer.why_no_gates) for layer in trace.layers} == {("RNN", None)}
    if both:
        one, other = trace.layers
        assert (one.direction, other.direction) == ("forward", "reverse")
        assert close(np.hstack([one.h, other.h]), top)
    else:
        assert len(trace.layers) == 2
        assert close(trace.layers[-1].h, top)


# --- files of real exporters ---

FILES = Path(__file__).parents[2] / "models" / "files"
MADE_WITH = {
    name: truth["states"]
    for name, truth in json.loads((FILES / "manifest.json").read_text()).items()
    if truth["accepted"]
}


QUICK = {
    "tf_rnn.onnx",
    "dynamo_rnn.onnx",
    "keras_lstm.onnx",
    "ts_lstm_quantised.onnx",
    "dynamo_lstm_half.onnx",
}
"""Files that stand for the others in a quick run."""


@pytest.mark.parametrize(
    "name",
    [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in MADE_WITH],
)
def test_a_file_shows_the_layers_that_its_maker_put_in(name):
    """By units and direction; a cell that was unrolled is not known by its kind."""
    reader = open_reader(FILES / name, CPU)
    side = reader.card.side
    picture = np.random.default_rng(0).uniform(0, 1, (side, side)).astype(np.float32)
    shown = []
    for layer in reader.read(Raster(picture)).layers:
        assert layer.h.shape == (side, layer.units)
        assert np.isfinite(layer.h).all()
        if not layer.name.endswith("↑"):
            shown.append(
                [layer.op, layer.units, "bidirectional" if "↓" in layer.name else "forward"]
            )
    made = MADE_WITH[name]
    assert [layer[1:] for layer in shown] == [layer[1:] for layer in made]
    assert all(ours[0] in (made[0], "Cell", "Loop") for ours, made in zip(shown, made, strict=True))
    assert (reader.why_no_states is None) == bool(made)


@pytest.mark.parametrize("name", sorted(path.stem for path in FILES.glob("tf_*.npz")))
def test_tensorflows_own_states_are_shown(name):
    """By an operator, or by a loop over the rows, as tf2onnx writes it."""
    told = np.load(FILES / f"{name}.npz")
    reader = open_reader(FILES / f"{name}.onnx", CPU)
    trace = reader.read(Raster(told["picture"]))
    assert close(trace.probabilities, told["probabilities"])
    [layer] = trace.layers
    assert close(layer.h, told["states"])
