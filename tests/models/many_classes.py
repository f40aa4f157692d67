"""Models with more classes than ten digits: the program's own network with a longer head.

    python -m tests.models.many_classes FOLDER

writes one of each size there, to be looked at. The classes beyond the ten digits are mixtures of
the digits' own rows of the head, a little less likely, so that a drawing lights several of them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits

import numpy as np
import onnx
from onnx import ModelProto, numpy_helper

from rnn_desk.assets_door import asset

NAMES = {
    27: ("-", *ascii_uppercase),
    36: (*digits, *ascii_uppercase),
    47: (*digits, *ascii_uppercase, *"abdefghnqrt"),
    62: (*digits, *ascii_uppercase, *ascii_lowercase),
}
"""The orders in which EMNIST's parts have their classes, by how many there are."""

_LESS_LIKELY = 4.0
"""Nats by which a class that is no digit is less likely than the digits that it is made of."""


def widened(names: tuple[str, ...], told: bool = True) -> ModelProto:
    """The program's GRU with these classes; told: its metadata has their names.

    A class that is no digit is a mixture of two digits' rows.
    """
    model = onnx.load(asset("models", "gru.onnx"))
    random = np.random.default_rng(len(names))
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    weight, bias = (numpy_helper.to_array(tensors[f"head.{part}"]) for part in ("weight", "bias"))
    rows, shifts = [], []
    for name in names:
        if name in digits:
            mixture, shift = np.eye(10, dtype=np.float32)[int(name)], 0.0
        else:
            mixture, shift = random.dirichlet(np.full(10, 0.3)).astype(np.float32), _LESS_LIKELY
        rows.append(mixture @ weight)
        shifts.append(mixture @ bias - shift)
    for part, values in (("weight", np.stack(rows)), ("bias", np.array(shifts))):
        name = f"head.{part}"
        tensors[name].CopyFrom(numpy_helper.from_array(values.astype(np.float32), name))
    model.graph.output[0].type.tensor_type.shape.dim[1].dim_value = len(names)
    del model.metadata_props[:]
    if told:
        onnx.helper.set_model_props(model, {"classes": ",".join(names)})
    return model


def main() -> None:
    """Write one of each."""
    for count, names in NAMES.items():
        onnx.save(widened(names), Path(sys.argv[1]) / f"gru-{count}-classes.onnx")


if __name__ == "__main__":
    main()
