"""From a training run to one ONNX file that says what it is, checked before it is written."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxscript
import onnxscript.optimizer
import torch
from numpy.typing import NDArray
from torch.nn import functional

from rnn_desk.core.card import CARD_KEY, InputReading, LayerSpec, ModelCard, Reading, to_json
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole

from .cells import TORCH_CELLS
from .checkpoint import Checkpoint
from .data import Digits
from .evaluate import Reader
from .figures import measure, onto_card
from .gradients import before_and_after
from .models import Network, build, parameter_count
from .recipes import Recipe

OPSET = 18
"""Old enough for every runtime of the last years."""

TOLERANCE = 1e-5
"""How far a logit may be from torch's: a few roundings of float32, summed in another order."""

CHECKED = 1000
"""Pictures on which the file must agree with torch."""

_ELSEWHERE = ("name", "title", "classes")
"""What the card says of a recipe in fields of its own."""

_READINGS: dict[str, Reading] = {"cnn": "whole"}
"""What a step is for networks that do not read rows or columns as their recipe says."""

_LARGEST_WEIGHT = 2**26
"""Numbers in one weight: every weight is folded, whatever its size."""


def export(
    run: Checkpoint,
    choose: Digits,
    test: Digits,
    drawings: Path | None,
    out: Path,
    extra: Mapping[str, Any] | None = None,
) -> ModelCard:
    """Write the run's best model to `out`, and return its card.

    choose: what the run was chosen on: its probabilities are set right on it.
    test: the data set's test part: checked against torch on it, and measured.
    drawings: a file of drawings to measure on as well.
    extra: figures for the card that were measured elsewhere.

    Raises Refused where the runtime and torch do not agree, or where a file cannot be read or
    written; `out` is then as it was before.
    """
    model = build(run.recipe)
    model.load_state_dict(run.best)
    model.eval()
    temperature = best_temperature(model, choose)
    model.cool(temperature)
    card = describe(run, model)
    made = {**card.training, "temperature": temperature}
    figures = dict(extra or {})
    if (gradients := before_and_after(run, choose)) is not None:
        figures["gradient_by_row"] = gradients
    card = replace(card, training=made, figures=figures)
    return _write(model, card, test, drawings, out)


def export_moment(run: Checkpoint, steps: int, test: Digits, out: Path) -> ModelCard:
    """Write the run's model as it was after so many steps of training, and return its card.

    Its probabilities are left as they were: how sure it was is part of what learning changes.
    Raises Refused, as `export` does.
    """
    model = build(run.recipe)
    model.load_state_dict(run.moments[steps])
    model.eval()
    card = describe(run, model)
    name = f"{card.name}, after {steps:,} steps" if steps else f"{card.name}, before training"
    made = {**card.training, "steps": steps, "best_epoch": 0, "validation_accuracy": None}
    return _write(model, replace(card, name=name, training=made), test, None, out)


def _write(
    model: Network, card: ModelCard, test: Digits, drawings: Path | None, out: Path
) -> ModelCard:
    pictures, _ = test.batch(slice(None))
    sample = pictures[torch.arange(CHECKED) % len(pictures)]
    with torch.no_grad():
        expected = model.answer(sample).numpy()
    graph = to_graph(model)
    reader = Reader(packed(graph, card), str(out))
    check_agreement(reader, sample.numpy(), expected)
    card = onto_card(card, measure(reader, test, drawings), drawings)
    write_whole(out, packed(graph, card))
    return card


@torch.no_grad()
def best_temperature(model: Network, choose: Digits) -> float:
    """What to divide the logits by so that the model is as sure as it is right, on `choose`.

    The temperature with the least cross entropy (Guo et al. 2017), of 400 between 1/4 and 4. It
    changes no answer. A network asked for 95 % in training, as label smoothing does, is less sure
    than right, and wants one below 1.
    """
    images, labels = choose.batch(slice(None))
    logits = torch.cat([model.answer(part) for part in torch.split(images, 1000)])
    tried = torch.logspace(-2, 2, 400, base=2.0)
    losses = [functional.cross_entropy(logits / t, labels).item() for t in tried]
    return float(tried[int(np.argmin(losses))])


def to_graph(model: Network) -> onnx.ModelProto:
    """The model as an ONNX graph: `image` `[batch, 28, 28]` in, `logits` `[batch, 10]` out.

    A recurrent layer is one operator of ONNX's, whose `Y` is every hidden state.
    """
    with torch.no_grad(), _exporter_kept_quiet():
        program = torch.onnx.export(
            model,
            (torch.zeros(2, 28, 28),),
            dynamo=True,
            opset_version=OPSET,
            input_names=["image"],
            output_names=list(model.outputs),
            dynamic_shapes=({0: torch.export.Dim("batch")},),
            custom_translation_table={torch.ops.aten.rnn_tanh.input: _rnn_operator},
            external_data=False,
            verbose=False,
        )
        assert program is not None
        # torch gives each layer an initial state of zeros; without one, ONNX takes zeros.
        for node in program.model.graph:
            if node.op_type in TORCH_CELLS:
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


def describe(run: Checkpoint, model: Network) -> ModelCard:
    """The model's card, but for its figures, which are measured on the file."""
    recipe = run.recipe
    validation = max((f.validation_accuracy for f in run.history), default=None)
    return ModelCard(
        name=recipe.title,
        classes=recipe.classes,
        input=InputReading(reading=_READINGS.get(recipe.network, recipe.reading)),
        recurrent_layers=tuple(_layers(recipe)),
        training={
            **{name: value for name, value in asdict(recipe).items() if name not in _ELSEWHERE},
            "recipe": recipe.name,
            "seed": run.seed,
            "epochs_trained": run.epoch,
            "best_epoch": run.best_epoch,
            "validation_accuracy": validation,
            "limit": run.limit,
            "drawings": None if run.drawings is None else Path(run.drawings).name,
            "fold": run.fold,
            "begun_from": run.begun_from,
            "data_sha256": run.digest,
            "parameters": parameter_count(model),
            "device": run.device,
            "precision": run.precision,
            "torch": str(torch.__version__),
        },
        licence="MIT",
    )


def _layers(recipe: Recipe) -> Iterator[LayerSpec]:
    """The recurrent layers of a recipe's network, for the card."""
    if recipe.network == "cnn":
        return
    direction = "bidirectional" if recipe.bidirectional else "forward"
    for units in recipe.units:
        yield LayerSpec(recipe.cell, units, direction)


def packed(graph: onnx.ModelProto, card: ModelCard) -> bytes:
    """The bytes of an ONNX file with this graph and this card."""
    onnx.helper.set_model_props(graph, {CARD_KEY: to_json(card)})
    data: bytes = graph.SerializeToString()
    return data


def check_agreement(
    reader: Reader, pictures: NDArray[np.float32], expected: NDArray[np.float32]
) -> None:
    """Refuse a file that does not say what torch says, alone or with other pictures."""
    one_by_one = reader.logits(pictures[:10], batch=1)
    together = reader.logits(pictures, batch=len(pictures) - 1)  # and one that is left over
    difference = max(
        float(np.abs(one_by_one - expected[:10]).max()), float(np.abs(together - expected).max())
    )
    if not difference <= TOLERANCE:
        raise Refused(
            "The exported model and torch differ by {difference:.1e} on {n} pictures, where "
            "{tolerance:.0e} is allowed: nothing was written; try another version of torch",
            difference=difference,
            n=len(pictures),
            tolerance=TOLERANCE,
        )


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
            # nn.LSTM keeps its weights in a list too, and tracing touches it.
            warnings.filterwarnings("ignore", "The tensor attributes self", UserWarning)
            yield
    finally:
        log.setLevel(level)
