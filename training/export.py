"""From a training run to one ONNX file that says what it is, checked before it is written."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import onnx
import onnxscript.optimizer
import torch
from numpy.typing import NDArray

from rnn_desk.core.card import CARD_KEY, InputReading, LayerSpec, ModelCard, to_json
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from training.checkpoint import Checkpoint
from training.data import Digits
from training.evaluate import Reader, rasterised
from training.models import RowLSTM, parameter_count

OPSET = 18
"""Old enough for every runtime of the last years."""

TOLERANCE = 1e-5
"""How far a logit may be from torch's: a few roundings of float32, summed in another order."""

CHECKED = 1000
"""Pictures on which the file must agree with torch."""

_ELSEWHERE = ("name", "title", "classes")
"""What the card says of a recipe in fields of its own."""

_LARGEST_WEIGHT = 2**26
"""Numbers in one weight: every weight is folded, whatever its size."""


def export(run: Checkpoint, test: Digits, drawings: Path | None, out: Path) -> ModelCard:
    """Write the run's best model to `out`, and return its card.

    test: the data set's test part: checked against torch on it, and measured.
    drawings: a file of drawings to measure on as well.

    Raises Refused where the runtime and torch do not agree, or where a file cannot be read or
    written; `out` is then as it was before.
    """
    model = RowLSTM(run.recipe)
    model.load_state_dict(run.best)
    model.eval()
    pictures, labels = test.batch(slice(None))
    sample = pictures[torch.arange(CHECKED) % len(pictures)]
    with torch.no_grad():
        expected = model(sample).numpy()
    graph = to_graph(model)
    card = describe(run, model)
    reader = Reader(packed(graph, card), str(out))
    check_agreement(reader, sample.numpy(), expected)
    accuracies = {f"{run.recipe.dataset}_test": reader.accuracy(pictures.numpy(), labels.numpy())}
    if drawings is not None:
        name = drawings.name.removesuffix(".gz").removesuffix(".jsonl")
        accuracies[name] = reader.accuracy(*rasterised(drawings, card.classes))
    card = replace(card, accuracies=accuracies)
    write_whole(out, packed(graph, card))
    return card


def to_graph(model: RowLSTM) -> onnx.ModelProto:
    """The model as an ONNX graph: `image` `[batch, 28, 28]` in, `logits` `[batch, 10]` out."""
    with torch.no_grad(), _exporter_kept_quiet():
        program = torch.onnx.export(
            model,
            (torch.zeros(2, 28, 28),),
            dynamo=True,
            opset_version=OPSET,
            input_names=["image"],
            output_names=["logits"],
            dynamic_shapes=({0: torch.export.Dim("batch")},),
            external_data=False,
            verbose=False,
        )
        assert program is not None
        # torch gives each layer an initial state of zeros; without one, ONNX takes zeros.
        for node in program.model.graph:
            if node.op_type == "LSTM":
                for position in (5, 6):  # initial_h, initial_c
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


def describe(run: Checkpoint, model: RowLSTM) -> ModelCard:
    """The model's card, but for its accuracies, which are measured on the file."""
    recipe = run.recipe
    validation = max((f.validation_accuracy for f in run.history), default=None)
    return ModelCard(
        name=recipe.title,
        classes=recipe.classes,
        input=InputReading(),  # the contract's own choice is ours: 0..1, white ink, rows, any batch
        recurrent_layers=tuple(LayerSpec("LSTM", units) for units in recipe.units),
        training={
            **{name: value for name, value in asdict(recipe).items() if name not in _ELSEWHERE},
            "recipe": recipe.name,
            "seed": run.seed,
            "epochs_trained": run.epoch,
            "best_epoch": run.best_epoch,
            "validation_accuracy": validation,
            "limit": run.limit,
            "data_sha256": run.digest,
            "parameters": parameter_count(model),
            "device": run.device,
            "torch": str(torch.__version__),
        },
        licence="MIT",
    )


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
            warnings.filterwarnings("ignore", "The tensor attributes self.layers", UserWarning)
            yield
    finally:
        log.setLevel(level)
