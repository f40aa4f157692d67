"""The training loop, from the first picture to the last epoch."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from rnn_desk.core.errors import Refused

from . import distributed
from .augment import augment
from .checkpoint import (
    Checkpoint,
    EpochFigures,
    Weights,
    random_states,
    restore_random_states,
    save,
)
from .console import bar_stream, tell
from .data import Digits, Material
from .devices import Precision
from .models import Network, build
from .recipes import Recipe

AfterEpoch = Callable[[EpochFigures], None]
"""Something that wants to know how an epoch went."""


def begin(
    recipe: Recipe,
    seed: int,
    material: Material,
    *,
    data: Path,
    device: str = "cpu",
    precision: Precision = "float32",
    limit: int | None = None,
    drawings: Path | None = None,
    fold: int | None = 0,
    begun_from: tuple[str, Weights] | None = None,
) -> Checkpoint:
    """The run before its first epoch.

    The seed has chosen the weights, unless they are another model's: `begun_from` is its name and
    what it knows. The other arguments are what `Checkpoint` says of them.
    """
    torch.manual_seed(seed)
    model = build(recipe).to(device)
    if begun_from is not None:
        model.load_state_dict(begun_from[1])
    weights = _copy(model)
    return Checkpoint(
        recipe=recipe,
        seed=seed,
        data=str(data.resolve()),
        limit=limit,
        drawings=None if drawings is None else str(drawings.resolve()),
        fold=fold,
        begun_from=None if begun_from is None else begun_from[0],
        digest=material.digest(),
        device=device,
        precision=precision,
        epoch=0,
        history=(),
        model=weights,
        best_epoch=0,
        best=weights,
        optimizer=_optimizer(model, recipe).state_dict(),
        average=weights if recipe.average else {},
        moments={0: weights} if 0 in recipe.moments else {},
        random=random_states(torch.device(device)),
    )


def train(
    run: Checkpoint, material: Material, folder: Path, watch: Sequence[AfterEpoch] = ()
) -> Checkpoint:
    """Train `run` from where it is to its last epoch, writing it to `folder` after each.

    Each of `watch` is called after each epoch that was written. Where several processes train
    together (`training.distributed`), the first alone writes and watches; all return the same.

    On one CPU, with the same torch and number of threads, a run that was cut off and went on ends
    with the same weights, bit for bit, as one that was not. A GPU's sums come in no fixed order.

    Raises Refused where a checkpoint cannot be written, or where the loss is no number any more.
    """
    device = torch.device(run.device)
    recipe = run.recipe
    material = material.to(device)
    trainer = Trainer(run, device)
    restore_random_states(run.random, device)
    leads = distributed.rank() == 0
    if leads:
        save(folder, run)
    best_accuracy = max((f.validation_accuracy for f in run.history), default=-1.0)
    while run.epoch < recipe.epochs:
        started = time.perf_counter()
        loss, learnt = trainer.one_epoch(material, run.epoch)
        shown = trainer.shown
        chosen = accuracy(shown, material.choose)
        figures = EpochFigures(
            epoch=run.epoch + 1,
            loss=loss,
            training_accuracy=learnt,
            validation_accuracy=chosen,
            rate=trainer.optimizer.param_groups[0]["lr"],
            seconds=round(time.perf_counter() - started, 2),
        )
        if not math.isfinite(loss):
            raise Refused(
                "The loss of epoch {epoch} is no number, so the training went astray: the run in "
                "{folder} is kept as it was before",
                epoch=figures.epoch,
                folder=folder,
            )
        run = replace(
            run,
            epoch=figures.epoch,
            history=(*run.history, figures),
            model=_copy(trainer.model),
            average=_copy(shown) if recipe.average else {},
            moments={**run.moments, **trainer.moments},
            optimizer=trainer.optimizer.state_dict(),
            random=random_states(device),
        )
        if chosen >= best_accuracy or recipe.average:
            best_accuracy = chosen
            run = replace(run, best=_copy(shown), best_epoch=run.epoch)
        if not leads:
            continue
        save(folder, run)
        for told in watch:
            told(figures)
        tell(
            f"epoch {figures.epoch:3}/{recipe.epochs}  loss {loss:.4f}  training {learnt:.2%}  "
            f"validation {chosen:.2%}  {figures.seconds:.1f} s"
        )
    return run


class Lesson(nn.Module):
    """The network and its loss as one module: what an epoch computes of each batch."""

    def __init__(self, network: Network, recipe: Recipe, bfloat16: bool) -> None:
        super().__init__()
        self.network = network
        self._recipe, self._bfloat16 = recipe, bfloat16

    def forward(self, images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """The loss of pictures `[N, 28, 28]`, and the last row's logits `[N, classes]`."""
        with torch.autocast(images.device.type, torch.bfloat16, enabled=self._bfloat16):
            beliefs = self.network.every_row(images).float()
        return loss_of(beliefs, labels, self._recipe), beliefs[-1].detach()


class Trainer:
    """What changes while a run trains: the model, its average and the optimizer."""

    def __init__(self, run: Checkpoint, device: torch.device) -> None:
        self._recipe = run.recipe
        self._seed = run.seed
        self.model = build(run.recipe).to(device)
        self.model.load_state_dict(run.model)
        self._lesson = distributed.together(
            Lesson(self.model, run.recipe, bfloat16=run.precision == "bfloat16")
        )
        self.optimizer = _optimizer(self.model, run.recipe)
        self.optimizer.load_state_dict(run.optimizer)
        self.moments: dict[int, Weights] = {}
        self._average: Network | None = None
        if run.recipe.average:
            self._average = build(run.recipe).to(device)
            self._average.load_state_dict(run.average)

    @property
    def shown(self) -> Network:
        """What is validated and exported: the average, where there is one."""
        return self.model if self._average is None else self._average

    def one_epoch(self, material: Material, epoch: int) -> tuple[float, float]:
        """Every picture once, in a random order. The mean loss, and the accuracy on the way."""
        recipe = self._recipe
        self.model.train()
        pictures = material.everything()
        device = pictures.labels.device
        order = distributed.agreed(
            material.order(recipe.drawn_per_epoch, recipe.at_most).to(device)
        )
        distributed.draw_apart(self._seed, epoch)
        batches = torch.split(order, recipe.batch)
        # Loss, right answers and pictures so far, summed on the device: asking a GPU for a number
        # makes it wait.
        totals = torch.zeros(3, device=device)
        bar = tqdm(
            batches,
            f"epoch {epoch + 1}",
            leave=False,
            disable=None if distributed.rank() == 0 else True,
            file=bar_stream(),
        )
        for number, batch in enumerate(bar):
            rate = learning_rate(recipe, epoch + number / len(batches))
            for group in self.optimizer.param_groups:
                group["lr"] = rate
            images, labels = pictures.batch(distributed.share(batch))
            if len(labels):  # a last batch may be too small for everybody
                loss, last = self._step(augment(images, recipe.augmentation), labels)
                totals[0] += loss * len(labels)
                totals[1] += (last.argmax(1) == labels).sum()
                totals[2] += len(labels)
            self._after_step(epoch * len(batches) + number + 1)
        loss_sum, right_sum, count = distributed.summed(totals).tolist()
        return loss_sum / count, right_sum / count

    def _step(self, images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Learn from one batch. The loss, and the last row's logits `[N, classes]`."""
        loss, last = self._lesson(images, labels)
        self.optimizer.zero_grad()
        loss.backward()
        # Back through 28 rows the same U is multiplied 28 times: now and then a gradient explodes,
        # and one such step would undo an epoch. Its direction is good, so only its length is cut
        # (Pascanu, Mikolov and Bengio 2013).
        nn.utils.clip_grad_norm_(self.model.parameters(), self._recipe.clip)
        self.optimizer.step()
        return loss.detach(), last

    def _after_step(self, step: int) -> None:
        """Keep what the recipe wants kept of the weights after `step` steps."""
        if self._average is not None:
            # The first steps are far from good, so the average starts short and grows longer.
            decay = min(self._recipe.average, (1 + step) / (10 + step))
            with torch.no_grad():
                for kept, new in zip(
                    self._average.state_dict().values(),
                    self.model.state_dict().values(),
                    strict=True,
                ):
                    if kept.is_floating_point():
                        kept.lerp_(new, 1 - decay)
                    else:
                        kept.copy_(new)
        if step in self._recipe.moments:
            self.moments[step] = _copy(self.model)


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
def accuracy(model: Network, digits: Digits, batch: int = 1000) -> float:
    """The part of the pictures, unchanged, that the model reads rightly."""
    model.eval()
    right = 0
    for start in range(0, len(digits), batch):
        images, labels = digits.batch(slice(start, start + batch))
        right += int((model.answer(images).argmax(1) == labels).sum())
    return right / len(digits)


def _optimizer(model: nn.Module, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW; its decay pulls at the matrices alone, not at biases."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    return torch.optim.AdamW(
        [
            {"params": matrices, "weight_decay": recipe.weight_decay},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=recipe.peak_rate,
    )


def _copy(model: nn.Module) -> Weights:
    return {name: value.detach().cpu().clone() for name, value in model.state_dict().items()}
