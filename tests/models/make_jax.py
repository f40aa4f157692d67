"""Makes those model files of `tests/models/files` that come from JAX, by jax2onnx.

As `tests.models.make`, in an environment with jax and jax2onnx:

    python -m tests.models.make_jax --data FOLDER_OF_MNIST

The cells are written by hand, as they are with JAX, and scanned: the LSTM has one matrix over what
comes in and the state, and the scan carries the weights along.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Callable
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx
from jax2onnx import to_onnx

from tests.models.manifest import Truth, note, save

EXAMPLES, EPOCHS, BATCH, UNITS, ROWS = 20_000, 4, 50, 20, 28
RATE, KEPT, KEPT_SQUARES = 0.004, 0.9, 0.99
"""Adam's."""

Weights = dict[str, jax.Array]
Network = Callable[[Weights, jax.Array], jax.Array]


def mnist(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """The first of MNIST's training pictures, 0..1, and their labels."""
    raw = gzip.decompress((folder / "train-images-idx3-ubyte.gz").read_bytes())
    pixels = np.frombuffer(raw, np.uint8, offset=16).reshape(-1, ROWS, ROWS)
    raw = gzip.decompress((folder / "train-labels-idx1-ubyte.gz").read_bytes())
    labels = np.frombuffer(raw, np.uint8, offset=8)
    return (pixels[:EXAMPLES] / 255).astype(np.float32), labels[:EXAMPLES].astype(np.int64)


def lstm(p: Weights, x: jax.Array) -> jax.Array:
    """Logits `[N, 10]` of pictures `[N, rows, columns]`."""

    def step(carried: tuple[jax.Array, jax.Array], row: jax.Array) -> tuple[object, None]:
        h, c = carried
        i, f, g, o = jnp.split(jnp.concatenate([row, h], -1) @ p["W"] + p["b"], 4, -1)
        c = jax.nn.sigmoid(f + 1) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    zeros = jnp.zeros((x.shape[0], UNITS))
    (h, _), _ = jax.lax.scan(step, (zeros, zeros), jnp.swapaxes(x, 0, 1))
    return h @ p["head"] + p["bias"]


def gru(p: Weights, x: jax.Array) -> jax.Array:
    """The same; the reset gate is applied to the product with the state."""

    def step(h: jax.Array, row: jax.Array) -> tuple[jax.Array, None]:
        xr, xz, xn = jnp.split(row @ p["W"] + p["b"], 3, -1)
        hr, hz, hn = jnp.split(h @ p["U"] + p["bu"], 3, -1)
        z = jax.nn.sigmoid(xz + hz)
        n = jnp.tanh(xn + jax.nn.sigmoid(xr + hr) * hn)
        return (1 - z) * n + z * h, None

    h, _ = jax.lax.scan(step, jnp.zeros((x.shape[0], UNITS)), jnp.swapaxes(x, 0, 1))
    return h @ p["head"] + p["bias"]


def trained(
    network: Network, shapes: dict[str, tuple[int, ...]], x: np.ndarray, y: np.ndarray
) -> Weights:
    """The weights after some epochs of Adam."""
    dice = np.random.default_rng(1)
    p = {
        name: jnp.asarray(dice.normal(0, shape[0] ** -0.5, shape), jnp.float32)
        if len(shape) > 1
        else jnp.zeros(shape)
        for name, shape in shapes.items()
    }

    def loss(p: Weights, x: jax.Array, y: jax.Array) -> jax.Array:
        return -jax.nn.log_softmax(network(p, x))[jnp.arange(len(y)), y].mean()

    @jax.jit
    def stepped(p: Weights, m: Weights, v: Weights, t: int, x: jax.Array, y: jax.Array) -> tuple:
        slope = jax.grad(loss)(p, x, y)
        m = jax.tree.map(lambda a, g: KEPT * a + (1 - KEPT) * g, m, slope)
        v = jax.tree.map(lambda a, g: KEPT_SQUARES * a + (1 - KEPT_SQUARES) * g * g, v, slope)
        by = RATE * jnp.sqrt(1 - KEPT_SQUARES**t) / (1 - KEPT**t)
        return jax.tree.map(lambda w, a, b: w - by * a / (jnp.sqrt(b) + 1e-8), p, m, v), m, v

    m = v = jax.tree.map(jnp.zeros_like, p)
    steps = [(epoch, k) for epoch in range(EPOCHS) for k in range(0, len(x), BATCH)]
    for t, (_, k) in enumerate(steps, start=1):
        p, m, v = stepped(p, m, v, t, x[k : k + BATCH], y[k : k + BATCH])
    return p


def main() -> None:
    """Make all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of MNIST's files")
    x, y = mnist(parser.parse_args().data)
    head = {"head": (UNITS, 10), "bias": (10,)}
    truth = {}

    def export(name: str, kind: str, network: Network, shapes: dict[str, tuple[int, ...]]) -> None:
        p = trained(network, shapes | head, x, y)
        model = to_onnx(lambda pictures: network(p, pictures), [("n", ROWS, ROWS)], opset=18)
        save(onnx.ModelProto.FromString(model.SerializeToString()), name)
        truth[name] = Truth("JAX, jax2onnx", "NHW", states=[[kind, UNITS, "forward"]])

    both = {"W": (ROWS + UNITS, 4 * UNITS), "b": (4 * UNITS,)}
    export("jax_lstm.onnx", "LSTM", lstm, both)
    parts = {"W": (ROWS, 3 * UNITS), "U": (UNITS, 3 * UNITS), "b": (3 * UNITS,)}
    export("jax_gru.onnx", "GRU", gru, {**parts, "bu": (3 * UNITS,)})
    note(truth, keep=True)


if __name__ == "__main__":
    main()
