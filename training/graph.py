"""A network as an ONNX graph that others can read: recurrent layers as ONNX's own operators, with
their weights in ONNX's order of the gates."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import onnx
import onnxscript
import onnxscript.optimizer
import torch
from torch import Tensor, nn

from .cells import TORCH_CELLS

OPSET = 18
"""Old enough for every runtime of the last years."""

TOLERANCE = 1e-5
"""How far a number may be from torch's: a few roundings of float32, summed in another order."""

_LARGEST_WEIGHT = 2**26
"""Numbers in one weight: every weight is folded, whatever its size."""


def exported(
    model: nn.Module,
    inputs: Mapping[str, tuple[Tensor, Any]],
    outputs: Sequence[str],
    from_zero: bool = False,
) -> onnx.ModelProto:
    """The graph of the model. A recurrent layer is one operator of ONNX's.

    inputs: an example of each, by name, and which of its axes are free. from_zero: the recurrent
    layers begin with states of zeros, which are then left out of the graph.
    """
    with torch.no_grad(), _exporter_kept_quiet():
        program = torch.onnx.export(
            model,
            tuple(example for example, _ in inputs.values()),
            dynamo=True,
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes=tuple(free for _, free in inputs.values()),
            custom_translation_table={torch.ops.aten.rnn_tanh.input: _rnn_operator},
            external_data=False,
            verbose=False,
        )
        assert program is not None
        # torch gives each layer an initial state of zeros; without one, ONNX takes zeros.
        for node in program.model.graph:
            if from_zero and node.op_type in TORCH_CELLS:
                for position in (5, 6)[: len(node.inputs) - 5]:  # initial_h, initial_c
                    node.replace_input_with(position, None)
        # torch computes ONNX's order of the gates, i o f c, from its own, i f g o, in the graph.
        # The weights are known, so that is done once, here: a reader of the file finds W and R.
        onnxscript.optimizer.optimize(
            program.model,
            input_size_limit=_LARGEST_WEIGHT,
            output_size_limit=_LARGEST_WEIGHT,
        )
    graph = program.model_proto
    for node in graph.graph.node:
        del node.metadata_props[:]  # where in whose files each line of the model stood
    onnx.checker.check_model(graph, full_check=True)
    return graph


def _rnn_operator(
    x: onnxscript.FLOAT,
    h_0: onnxscript.FLOAT,
    weights: Sequence[onnxscript.FLOAT],
    has_biases: bool,
    num_layers: int,
    dropout: float,
    train: bool,
    bidirectional: bool,
    batch_first: bool,
) -> tuple[onnxscript.FLOAT, onnxscript.FLOAT]:
    """`nn.RNN` with one layer as ONNX's RNN; torch's exporter would write 28 steps in its place.

    torch's arguments, in torch's order. Shapes of ONNX: W `[1, units, inputs]`, R
    `[1, units, units]`, B `[1, 2 units]`, Y `[rows, 1, N, units]`.
    """
    assert (has_biases, num_layers, bidirectional, batch_first) == (True, 1, False, False)
    del dropout, train
    op: Any = onnxscript.opset18
    first = op.Constant(value_ints=[0])
    w, r = (op.Unsqueeze(weight, first) for weight in weights[:2])
    b = op.Unsqueeze(op.Concat(weights[2], weights[3], axis=0), first)
    units = weights[1].shape[1]  # type: ignore[index]  # a weight's shape is always known
    y, y_h = op.RNN(x, w, r, b, None, h_0, activations=["Tanh"], hidden_size=units)
    return op.Squeeze(y, op.Constant(value_ints=[1])), y_h


@contextlib.contextmanager
def _exporter_kept_quiet() -> Iterator[None]:
    """Hide what torch's exporter says about itself, and nothing else."""
    log = logging.getLogger("torch.onnx._internal.exporter._registration")
    level = log.level
    log.setLevel(logging.ERROR)  # that torchvision, which nothing here needs, is not installed
    try:
        with warnings.catch_warnings():
            # torch's own code uses functions and classes that torch has deprecated.
            warnings.filterwarnings("ignore", "_check_is_size will be removed", FutureWarning)
            warnings.filterwarnings("ignore", "`isinstance.treespec, LeafSpec", FutureWarning)
            # Inputs that share a free axis share its name, as they are meant to.
            warnings.filterwarnings("ignore", "# The axis name", UserWarning)
            # nn.LSTM keeps its weights in a list too, and tracing touches it.
            warnings.filterwarnings("ignore", "The tensor attributes self", UserWarning)
            yield
    finally:
        log.setLevel(level)
