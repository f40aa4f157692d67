"""The training loop, from the first picture to the last epoch."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn
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
from .data import Material
from .devices import Precision
from .lesson import lesson_of
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
    model = lesson_of(recipe).network.to(device)
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
    best_merit = max((f.merit for f in run.history), default=-math.inf)
    while run.epoch < recipe.epochs:
        started = time.perf_counter()
        loss, learnt = trainer.one_epoch(material, run.epoch)
        shown = trainer.shown
        judged = trainer.lesson.judge(shown, material.choose)
        figures = EpochFigures(
            epoch=run.epoch + 1,
            loss=loss,
            training_accuracy=None if judged.accuracy is None else learnt,
            validation_accuracy=judged.accuracy,
            rate=trainer.optimizer.param_groups[0]["lr"],
            seconds=round(time.perf_counter() - started, 2),
            validation_nats=judged.nats,
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
        if judged.merit >= best_merit or recipe.average:
            best_merit = judged.merit
            run = replace(run, best=_copy(shown), best_epoch=run.epoch)
        if not leads:
            continue
        save(folder, run)
        for told in watch:
            told(figures)
        tell(
            f"epoch {figures.epoch:3}/{recipe.epochs}  loss {loss:.4f}  {figures.words}  "
            f"{figures.seconds:.1f} s"
        )
    return run


class Trainer:
    """What changes while a run trains: the model, its average and the optimizer."""

    def __init__(self, run: Checkpoint, device: torch.device) -> None:
        self._recipe = run.recipe
        self._seed = run.seed
        self.lesson = lesson_of(run.recipe, bfloat16=run.precision == "bfloat16").to(device)
        self.model = self.lesson.network
        self.model.load_state_dict(run.model)
        self._shared_lesson = distributed.together(self.lesson)
        self.optimizer = _optimizer(self.model, run.recipe)
        self.optimizer.load_state_dict(run.optimizer)
        self.moments: dict[int, Weights] = {}
        self._average: nn.Module | None = None
        if run.recipe.average:
            self._average = lesson_of(run.recipe).network.to(device)
            self._average.load_state_dict(run.average)

    @property
    def shown(self) -> nn.Module:
        """What is validated and exported: the average, where there is one."""
        return self.model if self._average is None else self._average

    def one_epoch(self, material: Material, epoch: int) -> tuple[float, float]:
        """Every picture once, in a random order. The mean loss, and the part answered rightly."""
        recipe = self._recipe
        self.model.train()
        pictures = material.everything()
        device = pictures.labels.device
        order = distributed.agreed(
            material.order(recipe.drawn_per_epoch, recipe.at_most, recipe.outweighs).to(device)
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
                loss, right = self._step(augment(images, recipe.augmentation), labels)
                totals[0] += loss * len(labels)
                totals[1] += right
                totals[2] += len(labels)
            self._after_step(epoch * len(batches) + number + 1)
        loss_sum, right_sum, count = distributed.summed(totals).tolist()
        return loss_sum / count, right_sum / count

    def _step(self, images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Learn from one batch. The loss, and of how many the answer was right."""
        loss, right = self._shared_lesson(images, labels)
        self.optimizer.zero_grad()
        loss.backward()
        # Back through 28 rows the same U is multiplied 28 times: now and then a gradient explodes,
        # and one such step would undo an epoch. Its direction is good, so only its length is cut
        # (Pascanu, Mikolov and Bengio 2013).
        nn.utils.clip_grad_norm_(self.model.parameters(), self._recipe.clip)
        self.optimizer.step()
        return loss.detach(), right

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
