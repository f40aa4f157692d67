"""From an exported model back to weights that can be trained on: fine-tuning begins here.

The file's card says which recipe it was made by; its graph holds the weights, in ONNX's order of
the gates where torch has another.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular

from .cells import TORCH_CELLS
from .checkpoint import Weights, load
from .evaluate import MAX_BYTES, Reader
from .models import build
from .recipes import Recipe, recipe_from


def trained_weights(path: Path) -> tuple[Recipe, Weights]:
    """The recipe and the weights of a run's folder, or of a file that `export` wrote.

    Raises Refused where it is neither, or a network whose weights cannot be got back.
    """
    if path.is_dir():
        run = load(path)
        return run.recipe, run.best
    data = read_regular(path, MAX_BYTES)
    card = Reader(data, str(path)).card
    try:
        known = {k: v for k, v in card.training.items() if k in Recipe.__dataclass_fields__}
        recipe = recipe_from(
            {**known, "name": card.training["recipe"], "title": card.name, "classes": card.classes}
        )
        model = build(recipe)
        weights = {**model.state_dict(), **_weights(onnx.load_from_string(data), model)}
        model.load_state_dict(weights)
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise Refused(
            "Training cannot go on from {file}: it keeps its weights in another form than "
            "recurrent layers and a head; name another model, or a run's folder",
            file=path,
        ) from error
    return recipe, weights


def _weights(graph: onnx.ModelProto, model: nn.Module) -> Weights:
    """The parameters of the recurrent layers, in the graph's order, and of the head."""
    constants = {t.name: torch.tensor(numpy_helper.to_array(t)) for t in graph.graph.initializer}
    nodes = [node for node in graph.graph.node if node.op_type in TORCH_CELLS]
    layers = [(n, m) for n, m in model.named_modules() if isinstance(m, nn.RNNBase)]
    weights: Weights = {}
    for node, (name, layer) in zip(nodes, layers, strict=True):
        w, r, b = (constants[source] for source in node.input[1:4])
        for way in range(len(w)):
            suffix = "l0" if way == 0 else "l0_reverse"
            order = TORCH_CELLS[node.op_type].places
            bias_w, bias_r = b[way].chunk(2)
            for kind, value in (
                ("weight_ih", w[way]),
                ("weight_hh", r[way]),
                ("bias_ih", bias_w),
                ("bias_hh", bias_r),
            ):
                weights[f"{name}.{kind}_{suffix}"] = _reordered(value, order, layer.hidden_size)
    head = next(node for node in graph.graph.node if "logits" in node.output)
    weights["head.weight"], weights["head.bias"] = (constants[n] for n in head.input[1:3])
    unknown = {name for name, _ in model.named_parameters()} - set(weights)
    if unknown:
        raise ValueError(f"no weights for {sorted(unknown)}")
    return weights


def _reordered(value: Tensor, order: tuple[int, ...], units: int) -> Tensor:
    parts = torch.split(value, units)
    return torch.cat([parts[place] for place in order])
