from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch.nn import functional

from training.data import Digits, Material, read_digits
from training.gradients import before_and_after, gradient_by_row
from training.loop import begin
from training.models import RowReader, build
from training.recipes import READERS, recipe_named


def made(name: str) -> torch.nn.Module:
    torch.manual_seed(2)
    return build(recipe_named(name))


@pytest.fixture
def digits() -> Digits:
    torch.manual_seed(0)
    return Digits(torch.randint(256, (6, 28, 28), dtype=torch.uint8), torch.arange(6))


def test_it_is_the_derivative_of_the_formula_by_each_state(digits: Digits) -> None:
    """The plain RNN by hand: h_t = tanh(W x_t + U h_{t-1} + b), one picture after the other."""
    model = made("rnn")
    assert isinstance(model, RowReader)
    (layer,) = model.layers
    images, labels = digits.batch(slice(None))
    norms = torch.zeros(28)
    for image, label in zip(model.normalised(images), labels, strict=True):
        h, states = torch.zeros(128), []
        for x in image:
            h = torch.tanh(
                layer.weight_ih_l0 @ x
                + layer.weight_hh_l0 @ h
                + layer.bias_ih_l0
                + layer.bias_hh_l0
            )
            states.append(h)
        loss = functional.cross_entropy(model.head(h), label)
        norms += torch.stack([g.norm() for g in torch.autograd.grad(loss, states)])
    assert gradient_by_row(model, digits) == pytest.approx((norms / 6).tolist(), rel=1e-4)


@pytest.mark.parametrize("name", READERS)
def test_every_network_with_rows_has_one_and_is_left_as_it_was(name: str, digits: Digits) -> None:
    model = made(name).eval()
    images, _ = digits.batch(slice(None))
    before = model.answer(images)
    norms = gradient_by_row(model, digits)
    assert torch.equal(model.answer(images), before)
    if name == "cnn":
        assert norms is None
    else:
        assert norms is not None
        assert len(norms) == 28
        assert min(norms) > 0


def test_a_small_step_of_a_state_changes_the_loss_by_its_gradient(digits: Digits) -> None:
    """By differences, unit by unit, in an LSTM whose states are read directly too: attention's."""
    model = build(replace(recipe_named("lstm-attention"), units=(6,))).eval()
    one = digits.part(0, 1)
    norms = gradient_by_row(model, one)
    assert norms is not None
    model.double()
    image, label = one.images.double() / 255, one.labels

    def loss(step: torch.Tensor, at: int = 10) -> float:
        state, states = None, []
        for number, row in enumerate(model.normalised(image)[0]):
            _, (h, c) = model.layer(row[None, None], state)
            state = (h + step if number == at else h, c)
            states.append(state[0][0])
        top = torch.stack(states)
        scores = torch.softmax(model.score(torch.tanh(model.project(top))), dim=0)
        return functional.cross_entropy(model.head((scores * top).sum(0)), label).item()

    steps = 1e-5 * torch.eye(6, dtype=torch.float64)
    slopes = torch.tensor([(loss(step) - loss(-step)) / 2e-5 for step in steps])
    assert norms[10] == pytest.approx(slopes.norm().item(), rel=1e-3)


def test_it_vanishes_where_small_weights_begin_and_a_rotation_or_memory_keeps_it(
    digits: Digits,
) -> None:
    rotated, gated, small = made("rnn"), made("lstm"), made("rnn")
    small.layers[0].reset_parameters()  # torch's own choice, uniform and small
    kept = {}
    for name, model in (("rotated", rotated), ("gated", gated), ("small", small)):
        norms = gradient_by_row(model, digits)
        assert norms is not None
        kept[name] = norms[0] / norms[-1]
    assert kept["small"] < 1e-4
    assert min(kept["rotated"], kept["gated"]) > 1e-3


def test_start_is_the_seeds_draw_and_end_the_best_weights(digits_folder: Path) -> None:
    material = Material.of(read_digits(digits_folder, "train", 10))
    run = begin(replace(recipe_named("rnn"), units=(8,)), 3, material, data=digits_folder)
    torch.manual_seed(8)
    before = torch.get_rng_state()
    same = before_and_after(run, material.choose)
    assert torch.equal(torch.get_rng_state(), before)
    assert same is not None
    assert same["start"] == same["end"]
    cold = {**run.best, "head.weight": run.best["head.weight"] / 2}
    other = before_and_after(replace(run, best=cold), material.choose)
    assert other is not None
    assert other["start"] == same["start"]
    assert other["end"] != same["end"]
