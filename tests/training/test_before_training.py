"""What a lesson says of networks before they have learnt anything."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_desk.assets_door import asset
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.graph.metadata import cards_of
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from training.export import packed, to_graph
from training.models import build
from training.recipes import recipe_named

DIGITS = 12


def part_left(name, seed, folder):
    """How much of the gradient is left at row 1 in the first layer: the median of some digits."""
    torch.manual_seed(seed)
    card = cards_of([path := asset("models", f"{name}.onnx")])[path]
    network = build(recipe_named(name)).eval()
    file = folder / f"{name}.onnx"
    file.write_bytes(packed(to_graph(network), card))
    reader = open_reader(file, CPU)
    drawings = reference_digits().drawings
    found = []
    for drawing in drawings[:: len(drawings) // DIGITS]:
        trace = reader.with_gradient(reader.read_drawing(drawing), "answer")
        first = trace.gradient.state_norms[0]
        found.append(first[0] / first[-1])
    return float(np.median(found))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_before_training_an_lstm_keeps_as_little_as_a_plain_rnn_and_a_gru_least(seed, tmp_path):
    rnn, lstm, gru = (part_left(name, seed, tmp_path) for name in ("rnn", "lstm", "gru"))
    assert rnn < 0.05
    assert rnn / 3 < lstm < 3 * rnn
    assert gru < rnn / 100


@pytest.mark.parametrize("name", ["rnn", "gru", "lstm"])
def test_training_cuts_a_gradient_longer_than_1(name):
    assert recipe_named(name).clip == 1
