"""Makes the model files of `tests/models/files` and the truth about them, `manifest.json`.

Tiny networks are trained on MNIST for some seconds each and exported in the ways that models in
the wild are. Run from the repository's root, in an environment with torch, keras, scikit-learn,
skl2onnx, onnxscript and onnxruntime:

    KERAS_BACKEND=torch python -m tests.models.make --data FOLDER_OF_MNIST
"""

from __future__ import annotations

import argparse
import gzip
import logging
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn
from torch.nn import functional

from tests.models.manifest import FILES, Truth, note, save, shortened

log = logging.getLogger("make")
MEAN, DEVIATION = 0.1307, 0.3081
EXAMPLES, EPOCHS, BATCH = 15_000, 3, 50


# The data: pixels 0..1 as a torch tensor [n, 28, 28], and labels.


def mnist(folder: Path, part: str) -> tuple[Tensor, Tensor]:
    """MNIST's "train" or "t10k"."""

    def idx(name: str, header: int) -> np.ndarray:
        raw = gzip.decompress((folder / name).read_bytes())
        return np.frombuffer(raw, np.uint8, offset=header)

    pixels = idx(f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
    labels = idx(f"{part}-labels-idx1-ubyte.gz", 8)
    return torch.tensor(pixels / 255, dtype=torch.float32), torch.tensor(labels, dtype=torch.long)


RANGES: dict[str, Callable[[Tensor], Tensor]] = {
    "0..1": lambda x: x,
    "0..255": lambda x: x * 255,
    "-1..1": lambda x: x * 2 - 1,
    "mnist": lambda x: (x - MEAN) / DEVIATION,
}


def black(x: Tensor) -> Tensor:
    """Black ink on white."""
    return 1 - x


def turned(x: Tensor) -> Tensor:
    """Columns in place of rows."""
    return x.transpose(1, 2)


def large(x: Tensor) -> Tensor:
    """The picture at 32 x 32."""
    return functional.interpolate(x[:, None], (32, 32), mode="bilinear", antialias=True)[:, 0]


# The networks. Each takes [N, rows, columns] and gives logits.


class Rows(nn.Module):
    """A recurrent network that takes a row a step."""

    def __init__(self, cell: str, units: int, side: int = 28, layers: int = 1, both: bool = False):
        super().__init__()
        kind = {"LSTM": nn.LSTM, "GRU": nn.GRU, "RNN": nn.RNN}[cell]
        self.cell = kind(side, units, layers, batch_first=True, bidirectional=both)
        self.head = nn.Linear(units * (2 if both else 1), 10)
        self.both = both

    def forward(self, x: Tensor) -> Tensor:
        _, last = self.cell(x)
        h = last[0] if isinstance(last, tuple) else last
        return self.head(torch.cat((h[-2], h[-1]), 1) if self.both else h[-1])


class LastRow(nn.Module):
    """The same network, which uses the whole sequence's last row in place of the final state."""

    def __init__(self, rows: Rows):
        super().__init__()
        self.cell, self.head = rows.cell, rows.head

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.cell(x)[0][:, -1])


class Pixels(nn.Module):
    """A recurrent network that takes a pixel a step: a fixed reservoir, and a trained head.

    The head sees the state at the end of every row (an echo state network, Jaeger 2001).
    """

    UNITS = 32

    def __init__(self) -> None:
        super().__init__()
        self.cell = nn.RNN(1, self.UNITS, batch_first=True)
        torch.manual_seed(5)
        with torch.no_grad():
            turn = torch.linalg.qr(torch.randn(self.UNITS, self.UNITS))[0]
            self.cell.weight_hh_l0.copy_(turn * 0.97)
            self.cell.weight_ih_l0.copy_(torch.randn(self.UNITS, 1) * 0.6)
            self.cell.bias_hh_l0.copy_(torch.randn(self.UNITS) * 0.1)
            self.cell.bias_ih_l0.zero_()
        for weight in self.cell.parameters():
            weight.requires_grad_(False)
        self.head = nn.Linear(28 * self.UNITS, 10)

    def forward(self, x: Tensor) -> Tensor:
        states = self.cell(x)[0][:, 27::28]
        return self.head(states.flatten(1))


class Mlp(nn.Module):
    """Two layers; tanh, so that the range of its input matters."""

    def __init__(self, units: int):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(784, units), nn.Tanh(), nn.Linear(units, 10))

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x.flatten(1))


class Cnn(nn.Module):
    """Two convolutions; takes [N, channels, side, side]."""

    def __init__(self, channels: int = 1, side: int = 28):
        super().__init__()
        self.first = nn.Conv2d(channels, 8, 5, stride=2, padding=2)
        self.second = nn.Conv2d(8, 12, 5, stride=2, padding=2)
        self.head = nn.Conv2d(12, 10, side // 4)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.relu(self.first(x))
        return self.head(torch.tanh(self.second(x)))


class Told(nn.Module):
    """A network with something done to its input, and to its logits."""

    def __init__(
        self,
        net: nn.Module,
        before: Callable[[Tensor], Tensor] = lambda x: x,
        after: Callable[[Tensor], Any] = lambda x: x,
    ):
        super().__init__()
        self.net, self.before, self.after = net, before, after

    def forward(self, x: Tensor) -> Any:
        return self.after(self.net(self.before(x)))


class WithStates(nn.Module):
    """Takes its first states from outside."""

    def __init__(self, rows: Rows):
        super().__init__()
        self.cell, self.head = rows.cell, rows.head

    def forward(self, x: Tensor, h0: Tensor, c0: Tensor) -> Tensor:
        _, (h, _) = self.cell(x, (h0, c0))
        return self.head(h[-1])


def trained(
    net: nn.Module,
    x: Tensor,
    labels: Tensor,
    name: str,
    epochs: int = EPOCHS,
    fastest: float = 0.01,
) -> nn.Module:
    """The network, trained on inputs as it will get them."""
    torch.manual_seed(1)
    learnable = [p for p in net.parameters() if p.requires_grad]
    optimiser = torch.optim.Adam(learnable)
    steps = epochs * (len(x) // BATCH)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, fastest, total_steps=steps, pct_start=0.1)
    for _ in range(epochs):
        for part in torch.randperm(len(x))[: steps // epochs * BATCH].split(BATCH):
            loss = functional.cross_entropy(net(x[part]).flatten(1), labels[part])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learnable, 1.0)
            optimiser.step()
            rate.step()
    log.info("%s: loss %.3f", name, loss.item())
    return net.eval()


# The exporters.


class Collection:
    """The files made so far, with their truth."""

    def __init__(self) -> None:
        self.truth: dict[str, Truth] = {}

    def torchscript(
        self, name: str, net: nn.Module, example: tuple[int, ...], truth: Truth, **ways: Any
    ) -> None:
        """By torch's TorchScript exporter; `free` is the axis of the batch, or None."""
        free = ways.pop("free", 0)
        inputs = ways.pop("inputs", None) or (_example(example, truth.dtype),)
        names = ways.pop("names", ["input"])
        outputs = ways.pop("outputs", ["output"])
        axes = {n: {ways.get("axis_of", {}).get(n, 0): "batch"} for n in (*names, *outputs)}
        axes[names[0]] = {free: "batch"}
        ways.pop("axis_of", None)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                net,
                inputs,
                FILES / name,
                dynamo=False,
                input_names=names,
                output_names=outputs,
                dynamic_axes=None if free is None else axes,
                **ways,
            )
        self.add(name, truth)

    def dynamo(
        self, name: str, net: nn.Module, example: tuple[int, ...], truth: Truth, **ways: Any
    ) -> None:
        """By torch's newer exporter, which captures the graph with dynamo."""
        free = ways.pop("free", 0)
        external = ways.pop("external", False)
        shapes = None if free is None else ({free: torch.export.Dim("batch")},)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                net,
                (_example(example, truth.dtype),),
                FILES / name,
                dynamo=True,
                dynamic_shapes=shapes,
                external_data=external,
                verbose=False,
                **ways,
            )
        self.add(name, truth)

    def add(self, name: str, truth: Truth) -> None:
        """Note the truth of a file, after checking that onnxruntime opens it."""
        import onnxruntime

        self.truth[name] = truth
        save(onnx.load(FILES / name, load_external_data=False), name)
        onnxruntime.InferenceSession(FILES / name, providers=["CPUExecutionProvider"])
        log.info("%s, %d bytes", name, (FILES / name).stat().st_size)


def _example(shape: tuple[int, ...], dtype: str) -> Tensor:
    return torch.rand(shape).mul(255 if "int" in dtype else 1).to(getattr(torch, dtype))


LSTM, GRU, RNN = (["LSTM", 24, "forward"], ["GRU", 24, "forward"], ["RNN", 24, "forward"])
TS, DYNAMO, HAND = "torch, TorchScript", "torch, dynamo", "onnx.helper"


def make_torch(made: Collection, x: Tensor, y: Tensor) -> None:
    """Everything by torch's two exporters, and what is made from it by hand."""
    plain = trained(Rows("LSTM", 24), x, y, "LSTM 0..1")
    made.torchscript("ts_lstm.onnx", plain, (2, 28, 28), Truth(TS, "NHW", states=[LSTM]))
    made.dynamo("dynamo_lstm.onnx", plain, (2, 28, 28), Truth(DYNAMO, "NHW", states=[LSTM]))
    made.dynamo(
        "dynamo_lstm_external.onnx",
        LastRow(plain),
        (2, 28, 28),
        Truth(DYNAMO, "NHW", states=[LSTM]),
        external=True,
    )
    made.torchscript(
        "ts_lstm_timemajor.onnx",
        Told(plain, lambda t: t.transpose(0, 1)),
        (28, 2, 28),
        Truth(TS, "HNW", states=[LSTM]),
        free=1,
    )
    made.torchscript(
        "ts_lstm_two_outputs.onnx",
        Told(plain, after=lambda t: (t, t.softmax(1))),
        (2, 28, 28),
        Truth(TS, "NHW", states=[LSTM]),
        outputs=["scores", "probabilities"],
    )
    made.torchscript(
        "ts_lstm_uint8.onnx",
        Told(plain, lambda t: t.float() / 255),
        (2, 28, 28),
        Truth(TS, "NHW", "0..255", dtype="uint8", states=[LSTM]),
    )
    made.torchscript(
        "ts_lstm_int64_flat.onnx",
        Told(plain, lambda t: t.float().reshape(-1, 28, 28) / 255),
        (2, 784),
        Truth(TS, "NF", "0..255", dtype="int64", states=[LSTM]),
    )
    made.torchscript(
        "ts_lstm_states_given.onnx",
        WithStates(plain),
        (2, 28, 28),
        Truth(TS, "NHW", states=[LSTM]),
        inputs=(torch.rand(2, 28, 28), torch.zeros(1, 2, 24), torch.zeros(1, 2, 24)),
        names=["input", "h0", "c0"],
        axis_of={"h0": 1, "c0": 1},
    )
    made.torchscript(
        "ts_lstm_batch1_log.onnx",
        Told(plain, lambda t: t[:, 0], lambda t: t.log_softmax(1)),
        (1, 1, 28, 28),
        Truth(TS, "NCHW", batch=1, output="log_probabilities", states=[LSTM]),
        free=None,
    )
    half = Rows("LSTM", 24)
    half.load_state_dict(plain.state_dict())
    made.dynamo(
        "dynamo_lstm_half.onnx",
        half.half().eval(),
        (2, 28, 28),
        Truth(DYNAMO, "NHW", dtype="float16", states=[LSTM]),
    )
    with_lengths(made)
    double_lstm(made)
    quantised(made)

    net = trained(Rows("LSTM", 24), x * 255, y, "LSTM 0..255")
    made.torchscript(
        "ts_lstm_255.onnx",
        Told(net, lambda t: t.squeeze(1), lambda t: t.log_softmax(1)),
        (2, 1, 28, 28),
        Truth(TS, "NCHW", "0..255", output="log_probabilities", states=[LSTM]),
    )
    net = trained(Rows("LSTM", 24), turned(RANGES["mnist"](x)), y, "LSTM columns")
    made.torchscript(
        "ts_lstm_columns.onnx",
        net,
        (2, 28, 28),
        Truth(TS, "NHW", "mnist", reading="columns", states=[LSTM]),
    )
    net = trained(Rows("LSTM", 24), black(x), y, "LSTM black")
    made.torchscript(
        "ts_lstm_black.onnx",
        Told(net, lambda t: t.squeeze(1)),
        (2, 1, 28, 28),
        Truth(TS, "NCHW", polarity="black_on_white", states=[LSTM]),
    )
    net = trained(Rows("LSTM", 16, layers=2), RANGES["-1..1"](x), y, "LSTM 2 layers")
    two = [["LSTM", 16, "forward"]] * 2
    made.torchscript(
        "ts_lstm_2layers.onnx", net, (2, 28, 28), Truth(TS, "NHW", "-1..1", states=two)
    )
    made.dynamo(
        "dynamo_lstm_2layers.onnx", net, (2, 28, 28), Truth(DYNAMO, "NHW", "-1..1", states=two)
    )
    net = trained(Rows("LSTM", 12, both=True), RANGES["mnist"](x), y, "LSTM both ways")
    both = [["LSTM", 12, "bidirectional"]]
    made.torchscript("ts_bilstm.onnx", net, (2, 28, 28), Truth(TS, "NHW", "mnist", states=both))
    made.dynamo("dynamo_bilstm.onnx", net, (2, 28, 28), Truth(DYNAMO, "NHW", "mnist", states=both))
    net = trained(Rows("LSTM", 24, side=32), large(x), y, "LSTM 32")
    made.torchscript("ts_lstm_32.onnx", net, (2, 32, 32), Truth(TS, "NHW", side=32, states=[LSTM]))

    net = trained(Rows("GRU", 24), RANGES["mnist"](x), y, "GRU mnist")
    made.torchscript(
        "ts_gru_softmax.onnx",
        Told(net, after=lambda t: t.softmax(1)),
        (2, 28, 28),
        Truth(TS, "NHW", "mnist", output="probabilities", states=[GRU]),
    )
    made.dynamo("dynamo_gru.onnx", net, (2, 28, 28), Truth(DYNAMO, "NHW", "mnist", states=[GRU]))
    net = trained(Rows("GRU", 24), black(x), y, "GRU black")
    made.dynamo(
        "dynamo_gru_black_255.onnx",
        Told(net, lambda t: t.squeeze(1) / 255),
        (4, 1, 28, 28),
        Truth(DYNAMO, "NCHW", "0..255", "black_on_white", batch=4, states=[GRU]),
        free=None,
    )
    net = trained(Rows("RNN", 24), RANGES["-1..1"](x), y, "RNN -1..1", 5, 0.003)
    made.torchscript(
        "ts_rnn_batch1.onnx",
        Told(net, lambda t: t.squeeze(1)),
        (1, 1, 28, 28),
        Truth(TS, "NCHW", "-1..1", batch=1, states=[RNN]),
        free=None,
    )
    made.dynamo("dynamo_rnn.onnx", net, (2, 28, 28), Truth(DYNAMO, "NHW", "-1..1", states=[RNN]))

    net = trained(Pixels(), x[:6000].reshape(-1, 784, 1), y[:6000], "RNN pixels", epochs=2)
    cell = [["RNN", Pixels.UNITS, "forward"]]
    made.torchscript(
        "ts_rnn_pixels.onnx", net, (2, 784, 1), Truth(TS, "NFC", reading="pixels", states=cell)
    )
    made.torchscript(
        "ts_rnn_pixels_timemajor.onnx",
        Told(net, lambda t: t.transpose(0, 1)),
        (784, 2, 1),
        Truth(TS, "FNC", reading="pixels", states=cell),
        free=1,
    )

    flat = {"reading": "whole"}
    net = trained(Mlp(8), x.flatten(1), y, "MLP 0..1")
    made.torchscript(
        "ts_mlp_softmax.onnx",
        Told(net, after=lambda t: t.softmax(1)),
        (2, 784),
        Truth(TS, "NF", output="probabilities", **flat),
    )
    double = Mlp(8).double()
    double.load_state_dict(net.state_dict())
    made.torchscript(
        "ts_mlp_double.onnx", double, (2, 784), Truth(TS, "NF", dtype="float64", **flat)
    )
    made.dynamo(
        "dynamo_mlp_255.onnx",
        Told(net, lambda t: t / 255),
        (2, 784),
        Truth(DYNAMO, "NF", "0..255", **flat),
    )

    net = trained(Cnn(), RANGES["mnist"](x)[:, None], y, "CNN mnist")
    made.dynamo(
        "dynamo_cnn.onnx",
        Told(net, after=lambda t: t.flatten(1)),
        (2, 1, 28, 28),
        Truth(DYNAMO, "NCHW", "mnist", **flat),
    )
    made.torchscript(
        "ts_cnn_batch10.onnx",
        net,  # its logits are [10, 10, 1, 1]
        (10, 1, 28, 28),
        Truth(TS, "NCHW", "mnist", batch=10, **flat),
        free=None,
    )
    old_style(made)
    net = trained(Cnn(3), RANGES["-1..1"](x)[:, None].expand(-1, 3, -1, -1), y, "CNN 3 channels")
    made.torchscript(
        "ts_cnn_rgb_batch1.onnx",
        Told(net, after=lambda t: t.flatten(1)),
        (1, 3, 28, 28),
        Truth(TS, "NCHW", "-1..1", batch=1, channels=3, **flat),
        free=None,
    )
    made.dynamo(
        "dynamo_cnn_rgb_last.onnx",
        Told(net, lambda t: t.permute(0, 3, 1, 2), lambda t: t.flatten(1)),
        (2, 28, 28, 3),
        Truth(DYNAMO, "NHWC", "-1..1", channels=3, **flat),
    )
    net = trained(Cnn(side=32), RANGES["mnist"](large(x))[:, None], y, "CNN 32")
    made.dynamo(
        "dynamo_cnn_32.onnx",
        Told(net, after=lambda t: (t.flatten(1).softmax(1), t.flatten(1))),
        (2, 1, 32, 32),
        Truth(DYNAMO, "NCHW", "mnist", side=32, output="probabilities", **flat),
    )

    torch.manual_seed(3)
    letters = Rows("GRU", 12)
    letters.head = nn.Linear(12, 26)
    made.torchscript(
        "ts_gru_26classes.onnx",
        letters.eval(),
        (2, 28, 28),
        Truth(TS, "NHW", classes=[str(k) for k in range(26)], states=[["GRU", 12, "forward"]]),
    )
    made.torchscript(
        "ts_untrained.onnx",
        Rows("LSTM", 12).eval(),
        (2, 28, 28),
        Truth(TS, "NHW", states=[["LSTM", 12, "forward"]], accepted=False),
    )


def with_lengths(made: Collection) -> None:
    """How many rows each picture has is an input, as in models for text.

    (By hand: the exporter fails on the graph that `pack_padded_sequence` gives.)
    """
    model = onnx.load(FILES / "ts_lstm.onnx")
    graph = model.graph
    lengths = helper.make_tensor_value_info("lengths", TensorProto.INT64, ["batch"])
    graph.input.append(lengths)
    at, cell = next((k, node) for k, node in enumerate(graph.node) if node.op_type == "LSTM")
    cell.input[4] = "lengths_32"
    graph.node.insert(
        at, helper.make_node("Cast", ["lengths"], ["lengths_32"], to=TensorProto.INT32)
    )
    name = "hand_lstm_lengths.onnx"
    save(model, name)
    made.add(name, Truth(HAND, "NHW", states=[LSTM]))


def double_lstm(made: Collection) -> None:
    """A double input, cast inside, of which the graph tells no axis."""
    model = onnx.load(FILES / "ts_lstm.onnx")
    graph = model.graph
    old = graph.input[0].name
    graph.node.insert(0, helper.make_node("Cast", ["picture"], [old], to=TensorProto.FLOAT))
    del graph.input[:]
    graph.input.append(
        helper.make_tensor_value_info("picture", TensorProto.DOUBLE, [None, None, None])
    )
    name = "hand_lstm_double_unknown_axes.onnx"
    save(model, name)
    made.add(name, Truth(HAND, "NHW", dtype="float64", states=[LSTM]))


def quantised(made: Collection) -> None:
    """Quantised by onnxruntime: weights in 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    name = "ts_lstm_quantised.onnx"
    quantize_dynamic(FILES / "ts_lstm.onnx", FILES / name, weight_type=QuantType.QInt8)
    made.add(name, Truth(TS + ", quantised by onnxruntime", "NHW", states=[LSTM]))


def old_style(made: Collection) -> None:
    """As files were before 2019: every weight is an input as well, and the batch is one."""
    model = onnx.load(FILES / "ts_cnn_batch10.onnx")
    graph = model.graph
    for entry in (*graph.input, *graph.output):
        entry.type.tensor_type.shape.dim[0].dim_value = 1
    graph.input.extend(
        helper.make_tensor_value_info(t.name, t.data_type, list(t.dims)) for t in graph.initializer
    )
    model.ir_version = 3
    del model.opset_import[:]
    model.opset_import.append(helper.make_opsetid("", 8))
    name = "hand_cnn_old.onnx"
    save(model, name)
    made.add(name, Truth(HAND, "NCHW", "mnist", batch=1, reading="whole"))


def make_keras(made: Collection, x: Tensor, y: Tensor) -> None:
    """By Keras, with torch behind it."""
    import keras
    from keras import layers

    def export(name: str, stack: list[Any], inputs: Tensor, truth: Truth, epochs: int) -> None:
        keras.utils.set_random_seed(1)
        net = keras.Sequential([keras.Input(inputs.shape[1:]), *stack])
        net.compile(keras.optimizers.Adam(0.004), "sparse_categorical_crossentropy")
        net.fit(inputs.numpy(), y.numpy(), batch_size=100, epochs=epochs, verbose=0)
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            path = Path(folder) / name
            net.export(path, format="onnx", verbose=False)
            save(shortened(onnx.load(path)), name)
        made.add(name, truth)

    answer = layers.Dense(10, activation="softmax")
    told = {"exporter": "Keras, torch behind it", "output": "probabilities"}
    export(
        "keras_lstm.onnx",
        [layers.LSTM(16), answer],
        x,
        Truth(layout="NHW", states=[["LSTM", 16, "forward"]], **told),
        3,
    )
    export(
        "keras_gru_minus1.onnx",
        [layers.GRU(16), layers.Dense(10, activation="softmax")],
        RANGES["-1..1"](x),
        Truth(layout="NHW", value_range="-1..1", states=[["GRU", 16, "forward"]], **told),
        3,
    )
    export(
        "keras_cnn.onnx",
        [
            layers.Conv2D(8, 5, 2, "same", activation="tanh"),
            layers.Conv2D(12, 5, 2, "same", activation="tanh"),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ],
        x[..., None],
        Truth(layout="NHWC", reading="whole", **told),
        2,
    )
    export(
        "keras_mlp_sigmoid.onnx",
        [
            layers.Flatten(),
            layers.Dense(14, activation="tanh"),
            layers.Dense(10, activation="sigmoid"),
        ],
        black(x),
        Truth(
            layout="NHW",
            polarity="black_on_white",
            reading="whole",
            exporter=told["exporter"],
            output="scores",
        ),
        3,
    )


def make_sklearn(made: Collection, x: Tensor, y: Tensor) -> None:
    """By scikit-learn: a label first, then probabilities."""
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    exporter = "scikit-learn, skl2onnx"

    def export(name: str, model: Any, features: int, truth: Truth, zipmap: bool) -> None:
        kind = DoubleTensorType if truth.dtype == "float64" else FloatTensorType
        options = {id(model): {"zipmap": zipmap}}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            proto = to_onnx(model, initial_types=[("X", kind([None, features]))], options=options)
        save(proto, name)
        made.add(name, truth)

    flat = {
        "exporter": exporter,
        "layout": "NF",
        "reading": "whole",
        "output": "probabilities",
    }
    pictures, labels = x.flatten(1).numpy()[:6000], y.numpy()[:6000]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        net = LogisticRegression(max_iter=60, C=0.05).fit(pictures, labels)
        export("sklearn_logistic_zipmap.onnx", net, 784, Truth(**flat), zipmap=True)
        net = make_pipeline(StandardScaler(), MLPClassifier((6,), "tanh", max_iter=60))
        net.fit(pictures.astype(np.float64) * 255, labels)
        export(
            "sklearn_mlp_double.onnx",
            net,
            784,
            Truth(value_range="0..255", dtype="float64", **flat),
            zipmap=False,
        )
        small, answers = load_digits(return_X_y=True)
        eight = {"side": 8, "margin": "counted", "value_range": "0..16"}
        net = MLPClassifier((32,), "tanh", max_iter=300, random_state=1).fit(small, answers)
        export("sklearn_mlp_8x8.onnx", net, 64, Truth(**eight, **flat), zipmap=False)
        words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        net = LogisticRegression(max_iter=300).fit(small, np.array(words)[answers])
        export(
            "sklearn_logistic_words.onnx",
            net,
            64,
            Truth(classes=sorted(words), **eight, **flat),
            zipmap=True,
        )


def main() -> None:
    """Make all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of MNIST's four files")
    parser.add_argument("--only", choices=("torch", "keras", "sklearn"))
    chosen = parser.parse_args()
    logging.basicConfig(format="%(message)s")
    log.setLevel(logging.INFO)
    torch.set_num_threads(1)  # these networks are too small for more
    FILES.mkdir(exist_ok=True)
    x, y = mnist(chosen.data, "train")
    x, y = x[:EXAMPLES], y[:EXAMPLES]
    made = Collection()
    for name, make in (("torch", make_torch), ("keras", make_keras), ("sklearn", make_sklearn)):
        if chosen.only in (None, name):
            make(made, x, y)
    note(made.truth, keep=bool(chosen.only))


if __name__ == "__main__":
    main()
