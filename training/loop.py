"""The training loop, from the first picture to the last epoch."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from rnn_desk.core.errors import Refused
from training.augment import augment
from training.checkpoint import (
    Checkpoint,
    EpochFigures,
    random_states,
    restore_random_states,
    save,
)
from training.console import tell
from training.data import Digits, split
from training.models import RowLSTM
from training.recipes import Recipe


def begin(
    recipe: Recipe, seed: int, device: torch.device, data: Path, limit: int | None, digits: Digits
) -> Checkpoint:
    """The run before its first epoch: the seed has chosen the weights."""
    torch.manual_seed(seed)
    model = RowLSTM(recipe).to(device)
    weights = _copy(model)
    return Checkpoint(
        recipe=recipe,
        seed=seed,
        data=str(data.resolve()),
        limit=limit,
        digest=digits.digest(),
        device=str(device),
        epoch=0,
        history=(),
        model=weights,
        best_epoch=0,
        best=weights,
        optimizer=_optimizer(model, recipe).state_dict(),
        random=random_states(device),
    )


def train(run: Checkpoint, digits: Digits, folder: Path) -> Checkpoint:
    """Train `run` from where it is to its last epoch, writing it to `folder` after each.

    On one CPU, with the same torch and number of threads, a run that was cut off and went on ends
    with the same weights, bit for bit, as one that was not. A GPU's sums come in no fixed order.

    Raises Refused where a checkpoint cannot be written, or where the loss is no number any more.
    """
    device = torch.device(run.device)
    recipe = run.recipe
    learn, choose = (part.to(device) for part in split(digits))
    model = RowLSTM(recipe).to(device)
    model.load_state_dict(run.model)
    optimizer = _optimizer(model, recipe)
    optimizer.load_state_dict(run.optimizer)
    restore_random_states(run.random, device)
    save(folder, run)
    best_accuracy = max((f.validation_accuracy for f in run.history), default=-1.0)
    while run.epoch < recipe.epochs:
        started = time.perf_counter()
        loss, learnt = one_epoch(model, optimizer, learn, recipe, run.epoch)
        chosen = accuracy(model, choose)
        figures = EpochFigures(
            epoch=run.epoch + 1,
            loss=loss,
            training_accuracy=learnt,
            validation_accuracy=chosen,
            rate=optimizer.param_groups[0]["lr"],
            seconds=round(time.perf_counter() - started, 2),
        )
        if not math.isfinite(loss):
            raise Refused(
                "The loss of epoch {epoch} is no number, so the training went astray: the run in "
                "{folder} is kept as it was before",
                epoch=figures.epoch,
                folder=folder,
            )
        weights = _copy(model)
        run = replace(
            run,
            epoch=figures.epoch,
            history=(*run.history, figures),
            model=weights,
            optimizer=optimizer.state_dict(),
            random=random_states(device),
        )
        if chosen >= best_accuracy:
            best_accuracy = chosen
            run = replace(run, best=weights, best_epoch=run.epoch)
        save(folder, run)
        tell(
            f"epoch {figures.epoch:3}/{recipe.epochs}  loss {loss:.4f}  training {learnt:.2%}  "
            f"validation {chosen:.2%}  {figures.seconds:.1f} s"
        )
    return run


def one_epoch(
    model: RowLSTM,
    optimizer: torch.optim.Optimizer,
    digits: Digits,
    recipe: Recipe,
    epoch: int,
) -> tuple[float, float]:
    """Every picture once, in a random order. The mean loss, and the accuracy on the way."""
    model.train()
    device = digits.labels.device
    batches = torch.split(torch.randperm(len(digits)).to(device), recipe.batch)
    total_loss = torch.zeros((), device=device)
    total_right = torch.zeros((), device=device)
    bar = tqdm(batches, f"epoch {epoch + 1}", leave=False, disable=None, file=sys.stderr)
    for number, chosen in enumerate(bar):
        rate = learning_rate(recipe, epoch + number / len(batches))
        for group in optimizer.param_groups:
            group["lr"] = rate
        images, labels = digits.batch(chosen)
        images = augment(images, recipe.augmentation)
        beliefs = model.every_row(images)
        loss = loss_of(beliefs, labels, recipe)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        # Back through 28 rows the same U is multiplied 28 times: now and then a gradient explodes,
        # and one such step would undo an epoch. Its direction is good, so only its length is cut
        # (Pascanu, Mikolov and Bengio 2013).
        nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
        optimizer.step()
        # Summed on the device: asking a GPU for a number makes it wait.
        total_loss += loss.detach() * len(labels)
        total_right += (beliefs[-1].argmax(1) == labels).sum()
    return float(total_loss) / len(digits), float(total_right) / len(digits)


def loss_of(beliefs: Tensor, labels: Tensor, recipe: Recipe) -> Tensor:
    """Cross entropy of the last row's belief, and a little of every other row's.

    beliefs: `[rows, N, classes]` logits; labels: `[N]`.

    The answer is the last row's. But the program shows what the network believes at every row, and
    the head was never asked there: its numbers would mean nothing. So each row is asked too, the
    more the more of the digit it has seen: row t of 28 with the weight (t / 28)^2, all of them
    together `recipe.row_loss`.
    """
    rows, n, classes = beliefs.shape

    def entropy(logits: Tensor, wanted: Tensor) -> Tensor:
        return functional.cross_entropy(
            logits, wanted, label_smoothing=recipe.label_smoothing, reduction="none"
        )

    last = entropy(beliefs[-1], labels).mean()
    if recipe.row_loss == 0:
        return last
    every = entropy(beliefs.reshape(rows * n, classes), labels.repeat(rows)).reshape(rows, n)
    weight = torch.arange(1, rows + 1, device=beliefs.device).square()
    return last + recipe.row_loss * (every.mean(1) * weight).sum() / weight.sum()


def learning_rate(recipe: Recipe, epoch: float) -> float:
    """The rate at a moment of the run: up to the peak in a straight line, down along a cosine.

    Small steps at first, while AdamW's moments are guesses; large ones to get far; ever smaller
    ones to settle (Loshchilov and Hutter 2017; Smith and Topin 2018). It follows from the moment
    alone, so a run that goes on needs nothing kept for it.
    """
    done = epoch / recipe.epochs
    if done < recipe.warm_up:
        return recipe.peak_rate * (done / recipe.warm_up * 0.96 + 0.04)
    left = (done - recipe.warm_up) / (1 - recipe.warm_up)
    return recipe.peak_rate * (1 + math.cos(math.pi * left)) / 2


@torch.no_grad()
def accuracy(model: RowLSTM, digits: Digits, batch: int = 1000) -> float:
    """The part of the pictures, unchanged, that the model reads rightly."""
    model.eval()
    right = 0
    for start in range(0, len(digits), batch):
        images, labels = digits.batch(slice(start, start + batch))
        right += int((model(images).argmax(1) == labels).sum())
    return right / len(digits)


def _optimizer(model: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    return torch.optim.AdamW(
        model.parameters(), lr=recipe.peak_rate, weight_decay=recipe.weight_decay
    )


def _copy(model: nn.Module) -> dict[str, Tensor]:
    """The weights as they are now, on the CPU; training goes on with the model's own."""
    return {name: value.detach().cpu().clone() for name, value in model.state_dict().items()}
