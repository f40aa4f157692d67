from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import torch

from rnn_desk.core.errors import Refused
from training import loop
from training.checkpoint import Checkpoint, load
from training.data import Digits, read_digits
from training.loop import accuracy, begin, learning_rate, loss_of, one_epoch, train
from training.models import RowLSTM
from training.recipes import Augmentation, Recipe, recipe_named

LSTM = recipe_named("lstm")
PLAIN = Augmentation(0, 0, 0, 0, 0, 0, stroke=0)
TINY = replace(LSTM, units=(16, 8), epochs=3, dropout=0.1)
CPU = torch.device("cpu")


@pytest.fixture(scope="session")
def digits(digits_folder: Path) -> Digits:
    return read_digits(digits_folder, "train", 10)


def start(digits: Digits, recipe: Recipe = TINY, seed: int = 0) -> Checkpoint:
    return begin(recipe, seed, CPU, Path("digits"), None, digits)


def same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(first[name], second[name]) for name in first)


class Stop(Exception):
    pass


@pytest.fixture
def stopped_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Raises Stop in the batch of that number, from 0, of all that come."""
    augment = loop.augment
    left = [-1]

    def stopping(images: torch.Tensor, how: Augmentation) -> torch.Tensor:
        if left[0] == 0:
            raise Stop
        left[0] -= 1
        return augment(images, how)

    monkeypatch.setattr(loop, "augment", stopping)
    return lambda batches: left.__setitem__(0, batches)


def test_a_network_learns(digits: Digits, tmp_path: Path) -> None:
    recipe = replace(LSTM, units=(32, 16), epochs=12, batch=32, augmentation=PLAIN)
    run = train(start(digits, recipe), digits, tmp_path)
    assert run.history[0].validation_accuracy < 0.6
    assert run.history[-1].validation_accuracy > 0.9
    assert run.history[-1].loss < run.history[0].loss / 2


def test_the_same_seed_gives_the_same_weights_and_another_others(
    digits: Digits, tmp_path: Path
) -> None:
    runs = [train(start(digits, seed=seed), digits, tmp_path) for seed in (4, 4, 5)]
    assert same(runs[0].model, runs[1].model)
    assert not same(runs[0].model, runs[2].model)


@pytest.mark.parametrize("batches", [0, 3, 5, 7, 12])  # five batches are an epoch
def test_a_run_that_was_stopped_goes_on_as_if_it_was_not(
    digits: Digits, tmp_path: Path, stopped_after: Callable[[int], None], batches: int
) -> None:
    whole = train(start(digits), digits, tmp_path / "whole")
    stopped_after(batches)
    with pytest.raises(Stop):
        train(start(digits), digits, tmp_path / "stopped")
    stopped_after(-1)
    torch.manual_seed(99)  # whatever else drew numbers meanwhile
    kept = load(tmp_path / "stopped")
    assert kept.epoch == batches // 5
    resumed = train(kept, digits, tmp_path / "stopped")
    assert same(resumed.model, whole.model)
    assert same(resumed.best, whole.best)
    assert [replace(f, seconds=0) for f in resumed.history] == [
        replace(f, seconds=0) for f in whole.history
    ]


def test_a_finished_run_stays_as_it_is(digits: Digits, tmp_path: Path) -> None:
    run = train(start(digits), digits, tmp_path)
    again = train(load(tmp_path), digits, tmp_path)
    assert same(again.model, run.model)
    assert again.history == run.history


def test_the_best_epoch_is_kept_and_the_last_of_equals(
    digits: Digits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([0.5, 0.9, 0.9, 0.4])
    weights = []

    def measured(model: RowLSTM, _: Digits) -> float:
        weights.append({k: v.clone() for k, v in model.state_dict().items()})
        return next(answers)

    monkeypatch.setattr(loop, "accuracy", measured)
    run = train(start(digits, replace(TINY, epochs=4)), digits, tmp_path)
    assert run.best_epoch == 3
    assert same(run.best, weights[2])
    assert same(run.model, weights[3])


def test_what_is_kept_back_for_choosing_is_never_trained_on(
    digits: Digits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def watching(images: torch.Tensor, _: Augmentation) -> torch.Tensor:
        seen.append(images)
        return images

    monkeypatch.setattr(loop, "augment", watching)
    train(start(digits, replace(TINY, epochs=1)), digits, tmp_path)
    order = torch.cat(seen).flatten(1).sum(1).sort().values
    learn = digits.part(0, 550).batch(slice(None))[0].flatten(1).sum(1).sort().values
    assert torch.allclose(order, learn)


def test_a_loss_that_is_no_number_ends_the_run_and_keeps_the_last_epoch(
    digits: Digits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = train(start(digits, replace(TINY, epochs=1)), digits, tmp_path)
    run = replace(run, recipe=TINY)
    monkeypatch.setattr(
        loop, "loss_of", lambda beliefs, *_: beliefs.sum() * torch.tensor(torch.nan)
    )
    with pytest.raises(Refused, match="loss of epoch 2 is no number"):
        train(run, digits, tmp_path)
    assert load(tmp_path).epoch == 1
    assert all(torch.isfinite(value).all() for value in load(tmp_path).model.values())


def test_the_gradient_is_cut_to_its_limit(digits: Digits) -> None:
    steps = []
    for clip in (1.0, 1e-12):
        torch.manual_seed(0)
        recipe = replace(TINY, clip=clip)
        model = RowLSTM(recipe)
        before = torch.nn.utils.parameters_to_vector(model.parameters()).detach().clone()
        optimizer = torch.optim.AdamW(model.parameters(), weight_decay=0.0)
        one_epoch(model, optimizer, digits, recipe, 0)
        after = torch.nn.utils.parameters_to_vector(model.parameters()).detach()
        steps.append(float((after - before).abs().max()))
    assert steps[0] > 1000 * steps[1]  # AdamW makes up for the length, but not for 1e-12


def test_the_rate_climbs_and_falls_without_a_jump() -> None:
    moments = [epoch / 100 for epoch in range(100 * LSTM.epochs + 1)]
    rates = [learning_rate(LSTM, moment) for moment in moments]
    top = rates.index(max(rates))
    assert max(rates) == pytest.approx(LSTM.peak_rate, rel=1e-3)
    assert moments[top] == pytest.approx(LSTM.warm_up * LSTM.epochs, abs=0.02)
    assert rates[0] > 0
    assert rates[-1] == pytest.approx(0, abs=1e-9)
    assert all(a < b for a, b in pairwise(rates[: top + 1]))
    assert all(a > b for a, b in pairwise(rates[top:]))
    assert max(abs(a - b) for a, b in pairwise(rates)) < LSTM.peak_rate / 100


def test_without_row_loss_the_last_row_alone_is_asked() -> None:
    beliefs = torch.randn(28, 6, 10, requires_grad=True)
    labels = torch.arange(6)
    recipe = replace(LSTM, row_loss=0.0, label_smoothing=0.0)
    loss = loss_of(beliefs, labels, recipe)
    assert loss.item() == pytest.approx(
        torch.nn.functional.cross_entropy(beliefs[-1], labels).item()
    )
    loss.backward()
    assert beliefs.grad is not None
    assert not beliefs.grad[:-1].any()


def test_with_row_loss_every_row_is_asked_and_later_ones_more() -> None:
    beliefs = torch.zeros(28, 6, 10, requires_grad=True)
    loss_of(beliefs, torch.arange(6), replace(LSTM, row_loss=0.3)).backward()
    assert beliefs.grad is not None
    asked = beliefs.grad.abs().sum((1, 2))
    assert asked[0] > 0
    assert (asked[1:] > asked[:-1]).all()
    assert asked[:-1].sum() < asked[-1]  # the answer is still the last row's


def test_accuracy_counts_right_answers_over_uneven_portions(digits: Digits) -> None:
    model = RowLSTM(TINY).eval()
    with torch.no_grad():
        right = model(digits.batch(slice(None))[0]).argmax(1)
    labels = right.clone()
    labels[:150] = (labels[:150] + 1) % 10
    assert accuracy(model, Digits(digits.images, labels), batch=77) == pytest.approx(0.75)
