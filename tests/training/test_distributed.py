"""Two processes of this machine, started as a person starts them, with torchrun."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from rnn_desk.core.drawing import Drawing, stroke, write_drawings
from training import distributed
from training.checkpoint import load
from training.cli import main

pytestmark = pytest.mark.slow

WATCHED = """
import training.drawn
training.drawn.INVENTED = 0
training.drawn.RENDERED = 1
import sys
import torch
from training import distributed, loop
from training.cli import main

torch.set_num_threads(1)
one_epoch, augment = loop.Trainer.one_epoch, loop.augment
seen = []

def watched(trainer, material, epoch):
    figures = one_epoch(trainer, material, epoch)
    state = (trainer.model.state_dict(), seen[:])
    torch.save(state, f"{folder}/rank-{distributed.rank()}-epoch-{epoch}.pt")
    seen.clear()
    return figures

def noted(images, how):
    changed = augment(images, how)
    seen.append((images, changed))
    return changed

folder = sys.argv.pop(1)
loop.Trainer.one_epoch, loop.augment = watched, noted
sys.exit(main())
"""


def torchrun(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Two processes that meet at a port which the system chooses."""
    start = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    return subprocess.run(
        [*start, str(script), str(script.parent), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "watched.py"
    path.write_text(WATCHED)
    return path


def test_two_processes_train_one_model(
    digits_folder: Path, tmp_path: Path, script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.drawn.INVENTED", 0)  # as in the script of the others
    drawings = tmp_path / "class.jsonl"
    write_drawings(
        drawings, [Drawing((stroke([[0, 0], [9 * k, 99]]),), label=k % 10) for k in range(20)]
    )
    arguments = ["run", "lstm", "--data", str(digits_folder), "--drawings", str(drawings)]
    arguments += ["--precision", "float32", "--epochs"]
    together = torchrun(script, *arguments, "3", "--out", str(tmp_path / "together"))
    assert together.returncode == 0, together.stderr
    assert together.stdout.count("epoch   3/3") == 1  # one of them speaks
    assert together.stdout.count("on cpu in float32") == 1

    for epoch in range(3):
        (first, mine), (second, others) = (
            torch.load(tmp_path / f"rank-{rank}-epoch-{epoch}.pt") for rank in (0, 1)
        )
        assert all(torch.equal(first[name], second[name]) for name in first)
        # Each batch is shared: other pictures, as many, and each changed in its own way.
        assert len(mine) == len(others) == 5
        for (images, changed), (their_images, their_changed) in zip(mine, others, strict=True):
            assert images.shape == their_images.shape
            assert not torch.equal(images, their_images)
            assert not torch.equal(images - changed, their_images - their_changed)
        pictures = torch.cat([images for images, _ in mine + others]).flatten(1)
        assert len(pictures) == 550 + 2 * 16

    run = load(tmp_path / "together")
    assert main([*arguments, "3", "--out", str(tmp_path / "alone")]) == 0
    alone = load(tmp_path / "alone")
    losses = [[figures.loss for figures in each.history] for each in (run, alone)]
    assert losses[0] == pytest.approx(losses[1], rel=0.03)  # but for the augmentation, the same
    assert run.digest == alone.digest


def test_two_processes_learn_mnist_as_well_as_one(
    shared_data: Path, tmp_path: Path, script: Path
) -> None:
    arguments = ["run", "lstm", "--data", str(shared_data / "mnist"), "--limit", "6000"]
    arguments += ["--precision", "float32", "--epochs", "5", "--out"]
    together = torchrun(script, *arguments, str(tmp_path / "together"))
    assert together.returncode == 0, together.stderr
    assert main([*arguments, str(tmp_path / "alone")]) == 0
    reads = [
        load(tmp_path / name).history[-1].validation_accuracy for name in ("together", "alone")
    ]
    assert reads[0] == pytest.approx(reads[1], abs=0.02)  # ten of its 500 pictures
    assert min(reads) > 0.9


def test_what_two_processes_began_they_go_on_with(
    digits_folder: Path, tmp_path: Path, script: Path
) -> None:
    """Killed in the second epoch; then the weights are those of a run that was not."""
    data = ["--data", str(digits_folder), "--precision", "float32", "--epochs", "2"]
    whole = torchrun(script, "run", "rnn", *data, "--out", str(tmp_path / "whole"))
    assert whole.returncode == 0, whole.stderr
    script.write_text(
        WATCHED.replace(
            "    figures = one_epoch", "    epoch and sys.exit(9)\n    figures = one_epoch"
        )
    )
    cut = torchrun(script, "run", "rnn", *data, "--out", str(tmp_path / "cut"))
    assert cut.returncode != 0
    assert load(tmp_path / "cut").epoch == 1
    script.write_text(WATCHED)
    resumed = torchrun(script, "resume", str(tmp_path / "cut"))
    assert resumed.returncode == 0, resumed.stderr
    first, second = load(tmp_path / "whole").model, load(tmp_path / "cut").model
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_alone_nothing_is_shared() -> None:
    batch = torch.arange(7)
    assert distributed.size() == 1
    assert distributed.share(batch).tolist() == list(range(7))
    assert distributed.summed(batch) is batch


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_shares_are_equally_large_and_overlap_nowhere(
    rank: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distributed, "size", lambda: 3)
    monkeypatch.setattr(distributed, "rank", lambda: rank)
    assert distributed.share(torch.arange(8)).tolist() == [rank, rank + 3]
    assert distributed.share(torch.arange(2)).tolist() == []
