"""From a training run to one ONNX file that says what it is, checked before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from rnn_desk.core.card import CARD_KEY, InputReading, LayerSpec, ModelCard, Reading, to_json
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole

from .checkpoint import Checkpoint
from .data import Digits
from .evaluate import Reader
from .figures import measure, onto_card
from .gradients import before_and_after
from .graph import TOLERANCE, exported
from .models import Network, build, parameter_count
from .recipes import Recipe

CHECKED = 1000
"""Pictures on which the file must agree with torch."""

_ELSEWHERE = ("name", "title", "classes")
"""What the card says of a recipe in fields of its own."""

_READINGS: dict[str, Reading] = {"cnn": "whole"}
"""What a step is for networks that do not read rows or columns as their recipe says."""


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
    """The model as an ONNX graph: `image` `[batch, 28, 28]` in, `logits` `[batch, 10]` out."""
    free = {0: torch.export.Dim("batch")}
    example = torch.zeros(2, 28, 28)
    return exported(model, {"image": (example, free)}, model.outputs, from_zero=True)


def describe(run: Checkpoint, model: nn.Module) -> ModelCard:
    """The model's card, but for its figures, which are measured on the file."""
    recipe = run.recipe
    validated = [f.validation_accuracy for f in run.history if f.validation_accuracy is not None]
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
            "validation_accuracy": max(validated, default=None),
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
