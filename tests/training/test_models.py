from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from training.models import RowLSTM, parameter_count
from training.recipes import recipe_named

LSTM = recipe_named("lstm")


@pytest.fixture
def model() -> RowLSTM:
    torch.manual_seed(1)
    return RowLSTM(LSTM).eval()


def test_two_layers_and_a_head(model: RowLSTM) -> None:
    states = model.states(torch.rand(5, 28, 28))
    assert [tuple(state.shape) for state in states] == [(28, 5, 128), (28, 5, 64)]
    assert model(torch.rand(5, 28, 28)).shape == (5, 10)
    # Four gates a layer, each with W, U and torch's two biases; then the head.
    by_hand = 4 * 128 * (28 + 128 + 2) + 4 * 64 * (128 + 64 + 2) + 10 * (64 + 1)
    assert parameter_count(model) == by_hand


def test_the_answer_is_the_head_on_the_last_rows_state(model: RowLSTM) -> None:
    images = torch.rand(4, 28, 28)
    beliefs = model.every_row(images)
    assert torch.allclose(model(images), beliefs[-1], atol=1e-6)
    assert torch.allclose(beliefs[9], model.head(model.states(images)[-1][9]), atol=1e-6)


def test_a_row_knows_nothing_of_the_rows_below_it(model: RowLSTM) -> None:
    image = torch.rand(1, 28, 28)
    other = image.clone()
    other[:, 14:] = torch.rand(14, 28)
    before, after = model.every_row(image), model.every_row(other)
    assert torch.equal(before[:14], after[:14])
    assert not torch.allclose(before[14:], after[14:])


def test_a_step_is_the_formula_of_the_docstring(model: RowLSTM) -> None:
    image = torch.rand(1, 28, 28)
    layer = model.layers[0]
    weights = (layer.weight_ih_l0, layer.weight_hh_l0, layer.bias_ih_l0 + layer.bias_hh_l0)
    (w_i, w_f, w_g, w_o), (u_i, u_f, u_g, u_o), (b_i, b_f, b_g, b_o) = (
        weight.chunk(4) for weight in weights
    )
    h, c = torch.zeros(128), torch.zeros(128)
    for row in (image[0] - 0.1307) / 0.3081:
        i = torch.sigmoid(w_i @ row + u_i @ h + b_i)
        f = torch.sigmoid(w_f @ row + u_f @ h + b_f)
        o = torch.sigmoid(w_o @ row + u_o @ h + b_o)
        g = torch.tanh(w_g @ row + u_g @ h + b_g)
        c = f * c + i * g
        h = o * torch.tanh(c)
    assert torch.allclose(model.states(image)[0][-1, 0], h, atol=1e-5)


def test_cells_keep_most_of_themselves_at_first(model: RowLSTM) -> None:
    for layer in model.layers:
        bias = (layer.bias_ih_l0 + layer.bias_hh_l0).detach().chunk(4)
        assert bias[1].mean() > 0.9
        assert all(abs(bias[gate].mean()) < 0.1 for gate in (0, 2, 3))


def test_dropout_is_for_training_alone() -> None:
    model = RowLSTM(replace(LSTM, dropout=0.5))
    images = torch.rand(2, 28, 28)
    assert not torch.equal(model.train()(images), model(images))
    assert torch.equal(model.eval()(images), model(images))
