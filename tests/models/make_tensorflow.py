"""Makes those model files of `tests/models/files` that come from TensorFlow, by tf2onnx.

As `tests.models.make`, in an environment with tensorflow, tf_keras and tf2onnx:

    python -m tests.models.make_tensorflow --data FOLDER_OF_MNIST

For each it also writes what TensorFlow itself says of one picture, `NAME.npz`: `picture`, `states`
`[28, units]` and `probabilities`.
"""

from __future__ import annotations

import argparse
import gzip
import os
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from tests.models.manifest import FILES, Truth, note, save

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
EXAMPLES, EPOCHS, UNITS = 15_000, 3, 16


def mnist(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """The first of MNIST's training pictures, 0..1, and their labels."""
    raw = gzip.decompress((folder / "train-images-idx3-ubyte.gz").read_bytes())
    pixels = np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 28, 28)
    raw = gzip.decompress((folder / "train-labels-idx1-ubyte.gz").read_bytes())
    labels = np.frombuffer(raw, np.uint8, offset=8)
    return (pixels[:EXAMPLES] / 255).astype(np.float32), labels[:EXAMPLES].astype(np.int64)


def main() -> None:
    """Make all of them."""
    import tensorflow as tf
    import tf2onnx
    import tf_keras as keras
    from tf_keras import layers

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of MNIST's files")
    x, y = mnist(parser.parse_args().data)
    truth = {}

    def export(name: str, cell: Any, kind: str, direction: str = "forward", **told: Any) -> None:
        keras.utils.set_random_seed(1)
        picture = keras.Input((28, 28))
        states = cell(picture)
        last = layers.Lambda(lambda h: h[:, -1])(states)
        answer = layers.Dense(10, activation="softmax")(last)
        net = keras.Model(picture, answer)
        net.compile(keras.optimizers.Adam(0.004), "sparse_categorical_crossentropy")
        scaled = 2 * x - 1 if told.get("value_range") == "-1..1" else x
        net.fit(scaled, y, batch_size=100, epochs=EPOCHS, verbose=0)
        shape = tf.TensorSpec((None, 28, 28), tf.float32, name="picture")
        model, _ = tf2onnx.convert.from_keras(net, input_signature=(shape,), opset=17)
        save(onnx.ModelProto.FromString(model.SerializeToString()), name)
        both = keras.Model(picture, [states, answer])
        all_states, said = both.predict(scaled[:1], verbose=0)
        np.savez_compressed(
            FILES / name.replace(".onnx", ".npz"),
            picture=x[0],
            states=all_states[0],
            probabilities=said[0],
        )
        truth[name] = Truth(
            "TensorFlow, tf2onnx",
            "NHW",
            output="probabilities",
            states=[[kind, UNITS, direction]],
            **told,
        )

    export("tf_lstm.onnx", layers.LSTM(UNITS, return_sequences=True), "LSTM")
    export("tf_gru.onnx", layers.GRU(UNITS, return_sequences=True), "GRU")
    export(
        "tf_gru_reset_before.onnx",
        layers.GRU(UNITS, return_sequences=True, reset_after=False),
        "GRU",
        value_range="-1..1",
    )
    export("tf_rnn.onnx", layers.SimpleRNN(UNITS, return_sequences=True), "RNN")
    note(truth, keep=True)


if __name__ == "__main__":
    main()
