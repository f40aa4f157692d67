from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import torch

from rnn_desk.core.errors import Refused
from training import lesson, loop
from training.checkpoint import Checkpoint, load, restore_random_states
from training.data import Digits, Material, read_digits
from training.devices import precision_named
from training.lesson import accuracy, loss_of
from training.loop import Trainer, begin, learning_rate, train
from training.models import Network, build
from training.recipes import Augmentation, Recipe, recipe_named

LSTM = recipe_named("lstm")
PLAIN = Augmentation(0, 0, 0, 0, 0, 0, stroke=0)
TINY = replace(LSTM, units=(16, 8), epochs=3, dropout=0.1)
CPU = torch.device("cpu")


@pytest.fixture(scope="session")
def digits(digits_folder: Path) -> Digits:
    return read_digits(digits_folder, "train", 10)


@pytest.fixture(scope="session")
def material(digits: Digits) -> Material:
    """550 pictures to learn from and 50 to choose on; and 24 drawings in 4 renderings each."""
    drawn = digits.part(0, 96)
    return replace(Material.of(digits), drawn=drawn, renderings=4)


@pytest.fixture(scope="session")
def plain(digits: Digits) -> Material:
    """The same without drawings."""
    return Material.of(digits)


def start(material: Material, recipe: Recipe = TINY, seed: int = 0) -> Checkpoint:
    return begin(recipe, seed, material, data=Path("digits"))


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


def test_a_network_learns(plain: Material, tmp_path: Path) -> None:
    recipe = replace(LSTM, units=(32, 16), epochs=12, batch=32, augmentation=PLAIN)
    run = train(start(plain, recipe), plain, tmp_path)
    assert run.history[0].validation_accuracy < 0.6
    assert run.history[-1].validation_accuracy > 0.9
    assert run.history[-1].loss < run.history[0].loss / 2


def test_the_same_seed_gives_the_same_weights_and_another_others(
    plain: Material, tmp_path: Path
) -> None:
    runs = [train(start(plain, seed=seed), plain, tmp_path) for seed in (4, 4, 5)]
    assert same(runs[0].model, runs[1].model)
    assert not same(runs[0].model, runs[2].model)


RICH = replace(TINY, average=0.9, moments=(0, 3, 8), drawn_per_epoch=2)


@pytest.mark.parametrize("batches", [0, 3, 5, 7, 12])  # five batches are an epoch
def test_a_run_that_was_stopped_goes_on_as_if_it_was_not(
    material: Material, tmp_path: Path, stopped_after: Callable[[int], None], batches: int
) -> None:
    goes_on_alike(start(material, RICH), material, tmp_path, stopped_after, batches)


def test_a_run_in_bfloat16_goes_on_as_if_it_was_not_stopped(
    material: Material, tmp_path: Path, stopped_after: Callable[[int], None]
) -> None:
    if precision_named("auto", CPU) != "bfloat16":
        pytest.skip("this processor has no units for bfloat16")
    run = replace(start(material, RICH), precision="bfloat16")
    goes_on_alike(run, material, tmp_path, stopped_after, 7)
    exact = train(start(material, RICH), material, tmp_path / "exact")
    assert not same(exact.model, load(tmp_path / "whole").model)


def goes_on_alike(
    run: Checkpoint,
    material: Material,
    folder: Path,
    stopped_after: Callable[[int], None],
    batches: int,
) -> None:
    whole = train(run, material, folder / "whole")
    stopped_after(batches)
    with pytest.raises(Stop):
        train(run, material, folder / "stopped")
    stopped_after(-1)
    torch.manual_seed(99)  # whatever else drew numbers meanwhile
    kept = load(folder / "stopped")
    assert kept.epoch == batches // 5
    resumed = train(kept, material, folder / "stopped")
    assert same(resumed.model, whole.model)
    assert same(resumed.best, whole.best)
    assert same(resumed.average, whole.average)
    assert resumed.moments.keys() == whole.moments.keys() == {0, 3, 8}
    assert all(same(resumed.moments[step], whole.moments[step]) for step in whole.moments)
    assert [replace(f, seconds=0) for f in resumed.history] == [
        replace(f, seconds=0) for f in whole.history
    ]


def test_moments_are_the_weights_after_that_many_steps(plain: Material, tmp_path: Path) -> None:
    first = start(plain, RICH)
    run = train(first, plain, tmp_path)
    assert same(run.moments[0], first.model)
    # After an epoch of five steps the checkpoint has the fifth's weights; 3 and 8 lie between.
    trainer = Trainer(replace(first, recipe=replace(RICH, moments=(5, 10))), CPU)
    restore_random_states(first.random, CPU)
    for epoch in range(2):
        trainer.one_epoch(plain, epoch)
        weights = {k: v.clone() for k, v in trainer.model.state_dict().items()}
        assert same(trainer.moments[5 * (epoch + 1)], weights)
    assert not same(run.moments[3], trainer.moments[5])


def test_the_running_average_is_the_recurrence_of_its_decays(
    plain: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = replace(TINY, average=0.5)
    run = start(plain, recipe)
    trainer = Trainer(run, CPU)
    after: list[torch.Tensor] = []
    step = trainer.optimizer.step

    def watched() -> None:
        step()
        after.append(trainer.model.head.weight.detach().clone())

    monkeypatch.setattr(trainer.optimizer, "step", watched)
    trainer.one_epoch(plain, 0)
    by_hand = run.model["head.weight"]
    for number, weight in enumerate(after, start=1):
        decay = min(0.5, (1 + number) / (10 + number))
        by_hand = decay * by_hand + (1 - decay) * weight
    assert torch.allclose(trainer.shown.head.weight, by_hand, atol=1e-6)
    assert not torch.allclose(trainer.shown.head.weight, trainer.model.head.weight, atol=1e-4)


def test_what_is_averaged_is_what_is_validated_and_kept(plain: Material, tmp_path: Path) -> None:
    run = train(start(plain, replace(TINY, average=0.5)), plain, tmp_path)
    assert run.best_epoch == run.epoch  # an average needs no luck, so the last is taken
    assert same(run.best, run.average)
    assert not same(run.average, run.model)
    model = build(run.recipe)
    model.load_state_dict(run.best)
    assert accuracy(model, plain.choose) == pytest.approx(run.history[-1].validation_accuracy)


def test_drawings_are_learnt_from_as_often_as_the_recipe_says(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []

    def counting(images: torch.Tensor, _: Augmentation) -> torch.Tensor:
        shown.append(len(images))
        return images

    monkeypatch.setattr(loop, "augment", counting)
    Trainer(start(material, replace(TINY, drawn_per_epoch=3)), CPU).one_epoch(material, 0)
    assert sum(shown) == 550 + 3 * 24


def test_a_finished_run_stays_as_it_is(plain: Material, tmp_path: Path) -> None:
    run = train(start(plain), plain, tmp_path)
    again = train(load(tmp_path), plain, tmp_path)
    assert same(again.model, run.model)
    assert again.history == run.history


def test_the_best_epoch_is_kept_and_the_last_of_equals(
    plain: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([0.5, 0.9, 0.9, 0.4])
    weights = []

    def measured(model: Network, _: Digits) -> float:
        weights.append({k: v.clone() for k, v in model.state_dict().items()})
        return next(answers)

    monkeypatch.setattr(lesson, "accuracy", measured)
    run = train(start(plain, replace(TINY, epochs=4)), plain, tmp_path)
    assert run.best_epoch == 3
    assert same(run.best, weights[2])
    assert same(run.model, weights[3])


def test_what_is_kept_back_for_choosing_is_never_trained_on(
    plain: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def watching(images: torch.Tensor, _: Augmentation) -> torch.Tensor:
        seen.append(images)
        return images

    monkeypatch.setattr(loop, "augment", watching)
    train(start(plain, replace(TINY, epochs=1)), plain, tmp_path)
    order = torch.cat(seen).flatten(1).sum(1).sort().values
    learn = plain.learn.batch(slice(None))[0].flatten(1).sum(1).sort().values
    assert torch.allclose(order, learn)


def test_a_loss_that_is_no_number_ends_the_run_and_keeps_the_last_epoch(
    plain: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = train(start(plain, replace(TINY, epochs=1)), plain, tmp_path)
    run = replace(run, recipe=TINY)
    monkeypatch.setattr(
        lesson, "loss_of", lambda beliefs, *_: beliefs.sum() * torch.tensor(torch.nan)
    )
    with pytest.raises(Refused, match="loss of epoch 2 is no number"):
        train(run, plain, tmp_path)
    assert load(tmp_path).epoch == 1
    assert all(torch.isfinite(value).all() for value in load(tmp_path).model.values())


def test_the_gradient_is_cut_to_its_limit(plain: Material) -> None:
    steps = []
    for clip in (1.0, 1e-12):
        torch.manual_seed(0)
        trainer = Trainer(start(plain, replace(TINY, clip=clip, weight_decay=0)), CPU)
        before = torch.nn.utils.parameters_to_vector(trainer.model.parameters()).detach().clone()
        trainer.one_epoch(plain, 0)
        after = torch.nn.utils.parameters_to_vector(trainer.model.parameters()).detach()
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
    model = build(TINY).eval()
    with torch.no_grad():
        right = model(digits.batch(slice(None))[0]).argmax(1)
    labels = right.clone()
    labels[:150] = (labels[:150] + 1) % 10
    assert accuracy(model, Digits(digits.images, labels), batch=77) == pytest.approx(0.75)
