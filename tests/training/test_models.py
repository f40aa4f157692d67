from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from training.models import (
    AttentionReader,
    HierarchicalReader,
    RowReader,
    SmallCNN,
    build,
    parameter_count,
)
from training.recipes import READERS, recipe_named

LSTM = recipe_named("lstm")
READ_APART = ("rnn", "gru", "lstm", "champion", "hierarchical", "columns")
"""Those that believe something after each row, or column."""


def model_of(name: str) -> nn.Module:
    torch.manual_seed(1)
    return build(recipe_named(name)).eval()


@pytest.fixture
def model() -> RowReader:
    made = model_of("lstm")
    assert isinstance(made, RowReader)
    return made


def normal(rows: Tensor) -> Tensor:
    return (rows - 0.1307) / 0.3081


def lstm_by_hand(layer: nn.LSTM, steps: Tensor) -> Tensor:
    """The last state of the docstring's formula over `[steps, inputs]`."""
    w, u = layer.weight_ih_l0.chunk(4), layer.weight_hh_l0.chunk(4)
    b = (layer.bias_ih_l0 + layer.bias_hh_l0).chunk(4)
    h = c = torch.zeros(layer.hidden_size)
    for x in steps:
        i, f, g, o = (w[k] @ x + u[k] @ h + b[k] for k in range(4))
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
    return h


def test_two_layers_and_a_head(model: RowReader) -> None:
    states = model.states(torch.rand(5, 28, 28))
    assert [tuple(state.shape) for state in states] == [(28, 5, 128), (28, 5, 64)]
    assert model(torch.rand(5, 28, 28)).shape == (5, 10)
    # Four gates a layer, each with W, U and torch's two biases; then the head.
    by_hand = 4 * 128 * (28 + 128 + 2) + 4 * 64 * (128 + 64 + 2) + 10 * (64 + 1)
    assert parameter_count(model) == by_hand


@pytest.mark.parametrize("name", READERS)
def test_every_recipe_answers_each_picture_by_itself(name: str) -> None:
    model = model_of(name)
    images = torch.rand(5, 28, 28)
    with torch.no_grad():
        answers, beliefs = model.answer(images), model.every_row(images)
    assert answers.shape == (5, 10)
    assert beliefs.shape == (28 if name in READ_APART else 1, 5, 10)
    assert torch.allclose(answers, beliefs[-1], atol=1e-5)
    with torch.no_grad():
        alone = model.answer(images[2:3])
    assert torch.allclose(alone[0], answers[2], atol=1e-5)
    assert not torch.allclose(answers[0], answers[1], atol=1e-4)
    assert parameter_count(model) <= 600_000


@pytest.mark.parametrize("name", [n for n in READ_APART if n != "columns"])
def test_a_row_knows_nothing_of_the_rows_below_it(name: str) -> None:
    model = model_of(name)
    image = torch.rand(1, 28, 28)
    other = image.clone()
    other[:, 14:] = torch.rand(14, 28)
    before, after = model.every_row(image), model.every_row(other)
    assert torch.allclose(before[:14], after[:14], atol=1e-6)
    assert not torch.allclose(before[14:], after[14:], atol=1e-4)


def test_the_answer_is_the_head_on_the_last_rows_state(model: RowReader) -> None:
    images = torch.rand(4, 28, 28)
    beliefs = model.every_row(images)
    assert torch.allclose(model(images), beliefs[-1], atol=1e-6)
    assert torch.allclose(beliefs[9], model.head(model.states(images)[-1][9]), atol=1e-6)


def test_an_lstm_step_is_the_formula_of_the_docstring(model: RowReader) -> None:
    image = torch.rand(1, 28, 28)
    by_hand = lstm_by_hand(model.layers[0], normal(image[0]))
    assert torch.allclose(model.states(image)[0][-1, 0], by_hand, atol=1e-5)


def test_a_gru_step_is_the_formula_of_the_docstring() -> None:
    model = model_of("gru")
    image = torch.rand(1, 28, 28)
    layer = model.layers[0]
    (w_r, w_z, w_n), (u_r, u_z, u_n) = layer.weight_ih_l0.chunk(3), layer.weight_hh_l0.chunk(3)
    (b_r, b_z, b_n), (c_r, c_z, c_n) = layer.bias_ih_l0.chunk(3), layer.bias_hh_l0.chunk(3)
    h = torch.zeros(128)
    for x in normal(image[0]):
        z = torch.sigmoid(w_z @ x + u_z @ h + b_z + c_z)
        r = torch.sigmoid(w_r @ x + u_r @ h + b_r + c_r)
        n = torch.tanh(w_n @ x + b_n + r * (u_n @ h + c_n))
        h = (1 - z) * n + z * h
    assert torch.allclose(model.states(image)[0][-1, 0], h, atol=1e-5)


def test_an_rnn_step_is_the_formula_of_the_docstring() -> None:
    model = model_of("rnn")
    image = torch.rand(1, 28, 28)
    layer = model.layers[0]
    h = torch.zeros(128)
    for x in normal(image[0]):
        h = torch.tanh(
            layer.weight_ih_l0 @ x + layer.weight_hh_l0 @ h + layer.bias_ih_l0 + layer.bias_hh_l0
        )
    assert torch.allclose(model.states(image)[0][-1, 0], h, atol=1e-5)


def test_a_bidirectional_head_sees_where_each_direction_ends() -> None:
    model = model_of("bilstm")
    image = torch.rand(1, 28, 28)
    (states,) = model.states(image)
    assert states.shape == (28, 1, 192)
    down = lstm_by_hand(model.layers[0], normal(image[0]))
    up = nn.LSTM(28, 96)
    up.load_state_dict(
        {
            name.removesuffix("_reverse"): value
            for name, value in model.layers[0].state_dict().items()
            if name.endswith("_reverse")
        }
    )
    ends = torch.cat([down, lstm_by_hand(up, normal(image[0]).flip(0))])
    assert torch.allclose(model.answer(image)[0], model.head(ends), atol=1e-5)


def test_attention_is_a_mean_of_the_states_with_weights_that_are_shown() -> None:
    model = model_of("lstm-attention")
    assert isinstance(model, AttentionReader)
    assert model.outputs == ("logits", "attention")
    images = torch.rand(3, 28, 28)
    logits, weights = model(images)
    assert weights.shape == (3, 28)
    assert (weights > 0).all()
    assert torch.allclose(weights.sum(1), torch.ones(3))
    states, _ = model.layer(normal(images).transpose(0, 1))  # [rows, N, units]
    mean = torch.einsum("nt,tnu->nu", weights, states)
    assert torch.allclose(logits, model.head(mean), atol=1e-5)
    scores = torch.tanh(model.project(states[:, 0])) @ model.score.weight[0]
    assert torch.allclose(weights[0], torch.softmax(scores, 0), atol=1e-6)


def test_rows_without_ink_are_read_once_in_training_and_nothing_else_changes() -> None:
    model = model_of("hierarchical")
    images = torch.rand(3, 28, 28)
    images[:, :6] = 0
    images[1, 10] = 0

    def gradients_of() -> tuple[Tensor, list[Tensor]]:
        model.zero_grad()
        beliefs = model.every_row(images)
        beliefs.square().sum().backward()
        return beliefs.detach(), [p.grad.clone() for p in model.parameters() if p.grad is not None]

    whole, wanted = gradients_of()
    model.train()
    rows_read: list[int] = []
    model.pixels.register_forward_pre_hook(lambda _, args: rows_read.append(args[0].shape[1]))
    once, got = gradients_of()
    assert rows_read == [3 * 28 - (3 * 6 + 1) + 1]
    torch.testing.assert_close(once, whole)
    for mine, theirs in zip(got, wanted, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=1e-4, atol=1e-5)


def test_the_hierarchical_reader_codes_each_row_and_reads_the_codes() -> None:
    model = model_of("hierarchical")
    assert isinstance(model, HierarchicalReader)
    images = torch.rand(2, 28, 28)
    second = normal(images[1])
    codes = torch.stack([lstm_by_hand(model.pixels, row[:, None]) for row in second])
    top = lstm_by_hand(model.rows, codes)
    assert torch.allclose(model.answer(images)[1], model.head(top), atol=1e-5)


def test_columns_are_the_rows_of_the_turned_picture() -> None:
    columns = model_of("columns")
    rows = build(replace(recipe_named("columns"), reading="rows")).eval()
    rows.load_state_dict(columns.state_dict())
    images = torch.rand(3, 28, 28)
    turned = images.transpose(1, 2)
    assert torch.equal(columns.answer(images), rows.answer(turned))
    assert torch.equal(columns.every_row(images), rows.every_row(turned))
    # The file's reader turns the picture, as its card asks for; the graph must not do it again.
    assert torch.equal(columns(turned), columns.answer(images))


def test_the_cnn_has_no_rows_and_sees_the_whole_picture() -> None:
    model = model_of("cnn")
    assert isinstance(model, SmallCNN)
    image = torch.rand(1, 28, 28)
    for corner in (2, 25):
        other = image.clone()
        other[0, corner, corner] += 1
        assert not torch.equal(model.answer(image), model.answer(other))


@pytest.mark.parametrize("name", ["lstm", "bilstm", "lstm-attention", "hierarchical"])
def test_cells_keep_most_of_themselves_at_first(name: str) -> None:
    layers = [m for m in model_of(name).modules() if isinstance(m, nn.LSTM)]
    assert layers
    for layer in layers:
        for way in ("", "_reverse")[: 1 + layer.bidirectional]:
            first, second = (getattr(layer, f"bias_{kind}_l0{way}") for kind in ("ih", "hh"))
            bias = (first + second).detach().chunk(4)
            assert bias[1].mean() > 0.9
            assert all(abs(bias[gate].mean()) < 0.1 for gate in (0, 2, 3))


def test_dropout_is_for_training_alone_and_silences_a_unit_at_every_row() -> None:
    model = build(replace(LSTM, dropout=0.5))
    images = torch.rand(2, 28, 28)
    assert not torch.equal(model.train().every_row(images), model.every_row(images))
    assert torch.equal(model.eval().every_row(images), model.every_row(images))
    thinned = model.train().thinned(torch.ones(28, 4, 64))
    assert set(thinned.unique().tolist()) == {0.0, 2.0}
    assert torch.equal(thinned, thinned[:1].expand(28, -1, -1))
    assert not torch.equal(thinned[0, 0], thinned[0, 1])


@pytest.mark.parametrize("name", READERS)
def test_cooling_divides_the_logits_and_changes_no_answer(name: str) -> None:
    model = model_of(name)
    images = torch.rand(3, 28, 28)
    with torch.no_grad():
        before = model.answer(images)
        model.cool(2.0)
        assert torch.allclose(model.answer(images), before / 2, atol=1e-5)
