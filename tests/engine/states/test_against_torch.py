"""The Trace against torch: every state of every row, from the bundled model's own weights."""

import numpy as np
import pytest

from rnn_desk.assets_door import asset
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU

torch = pytest.importorskip("torch")

TORCH_ORDER = (0, 2, 3, 1)  # ONNX stores the gates as i o f g, torch as i f g o


@pytest.fixture(scope="module")
def reader():
    return open_reader(asset("models", "lstm.onnx"), CPU)


def torch_layer(weights):
    """The same layer as torch's own nn.LSTM, its weights in torch's order."""

    def reorder(stacked):
        blocks = np.split(stacked, 4)
        return torch.from_numpy(np.concatenate([blocks[k] for k in TORCH_ORDER]))

    units, inputs = weights.R.shape[1], weights.W.shape[1]
    layer = torch.nn.LSTM(inputs, units)
    b_input, b_recurrent = np.split(weights.B, 2)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(reorder(weights.W))
        layer.weight_hh_l0.copy_(reorder(weights.R))
        layer.bias_ih_l0.copy_(reorder(b_input))
        layer.bias_hh_l0.copy_(reorder(b_recurrent))
    return layer


def step_by_step(layer, x):
    """h, c and the gates of every row, by torch's LSTMCell mathematics, one step at a time."""
    h = c = torch.zeros(layer.hidden_size)
    kept = {name: [] for name in "hcifgo"}
    for row in x:
        z = layer.weight_ih_l0 @ row + layer.bias_ih_l0 + layer.weight_hh_l0 @ h
        i, f, g, o = (z + layer.bias_hh_l0).chunk(4)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        c = f * c + i * g
        h = o * c.tanh()
        for name, value in zip("hcifgo", (h, c, i, f, g, o), strict=True):
            kept[name].append(value.detach().numpy())
    return {name: np.stack(values) for name, values in kept.items()}


def test_every_state_and_gate_is_torchs(reader, own_drawings):
    layers = [torch_layer(layer.weights) for layer in reader.layers]
    for drawing in own_drawings[::40]:
        trace = reader.read_drawing(drawing)
        x = torch.from_numpy((np.array(trace.raster.pixels) - 0.1307) / 0.3081).float()
        for layer, traced in zip(layers, trace.layers, strict=True):
            with torch.no_grad():
                expected, _ = layer(x[:, None])
                inside = step_by_step(layer, x)
            assert np.abs(traced.h - expected[:, 0].numpy()).max() <= 1e-5
            assert np.abs(traced.c - inside["c"]).max() <= 1e-5
            for gate in "ifgo":
                assert np.abs(traced.gates[gate] - inside[gate]).max() <= 1e-5
            x = expected[:, 0]


def test_belief_is_the_head_on_every_rows_state(reader, own_drawings):
    """The last row's belief is the model's answer; each row's is that of the picture cut there."""
    trace = reader.read_drawing(own_drawings[5])
    assert trace.belief_kind == "head"
    assert np.allclose(trace.belief[-1], trace.probabilities, atol=1e-6)
    assert np.allclose(trace.belief.sum(axis=1), 1, atol=1e-5)
