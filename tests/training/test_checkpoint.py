from __future__ import annotations

import csv
import io
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from rnn_desk.core.errors import Refused
from training.checkpoint import FORMAT, Checkpoint, EpochFigures, load, save
from training.recipes import recipe_named

FIGURES = EpochFigures(1, 0.75, 0.5, 0.625, 0.001, 2.5)


@pytest.fixture
def checkpoint() -> Checkpoint:
    weights = {"w": torch.arange(6.0)}
    return Checkpoint(
        recipe=replace(recipe_named("lstm"), epochs=7),
        seed=3,
        data="/data/mnist",
        limit=None,
        drawings="/data/class.jsonl",
        fold=2,
        begun_from="lstm.onnx",
        digest="abc",
        device="cpu",
        precision="float32",
        epoch=1,
        history=(FIGURES,),
        model=weights,
        best_epoch=1,
        best=weights,
        optimizer={"state": {0: {"step": torch.tensor(1.0)}}, "param_groups": [{"lr": 0.1}]},
        average={"w": torch.ones(6)},
        moments={0: weights, 60: {"w": torch.zeros(6)}},
        random={"cpu": torch.get_rng_state()},
    )


def test_a_checkpoint_comes_back_as_it_was(checkpoint: Checkpoint, tmp_path: Path) -> None:
    save(tmp_path / "run", checkpoint)
    back = load(tmp_path / "run")
    tensors = ("model", "best", "average", "moments", "optimizer", "random")
    for name in set(Checkpoint.__dataclass_fields__) - set(tensors):
        assert getattr(back, name) == getattr(checkpoint, name)
    for name in ("model", "best", "average"):
        assert torch.equal(getattr(back, name)["w"], getattr(checkpoint, name)["w"])
    assert list(back.moments) == [0, 60]
    assert torch.equal(back.moments[60]["w"], torch.zeros(6))
    assert torch.equal(back.random["cpu"], checkpoint.random["cpu"])
    assert back.optimizer == checkpoint.optimizer


def test_the_figures_are_a_table_too(checkpoint: Checkpoint, tmp_path: Path) -> None:
    save(tmp_path, checkpoint)
    (line,) = csv.DictReader(io.StringIO((tmp_path / "log.csv").read_text()))
    assert line["epoch"] == "1"
    assert float(line["loss"]) == 0.75
    assert float(line["validation_accuracy"]) == 0.625


def test_a_full_disk_leaves_the_last_checkpoint(
    checkpoint: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, checkpoint)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match=r"checkpoint.pt cannot be written: No space left"):
        save(tmp_path, replace(checkpoint, epoch=2))
    assert load(tmp_path).epoch == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkpoint.pt", "log.csv"]


def test_a_folder_without_a_run_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no training run: start one with `rnn-desk-train run`"):
        load(tmp_path)


@pytest.mark.parametrize(
    "damage", ["cut", "text", "a bit", "other archive", "weights alone", "no recipe", "no seed"]
)
def test_a_damaged_checkpoint_is_refused(
    checkpoint: Checkpoint, tmp_path: Path, damage: str
) -> None:
    save(tmp_path, checkpoint)
    path = tmp_path / "checkpoint.pt"
    good = path.read_bytes()
    if damage == "cut":
        path.write_bytes(good[: len(good) // 2])
    elif damage == "text":
        path.write_bytes(b"epoch 3, loss 0.2")
    elif damage == "a bit":
        inside = good.index(checkpoint.model["w"].numpy().tobytes()) + 2
        path.write_bytes(good[:inside] + bytes([good[inside] ^ 1]) + good[inside + 1 :])
    elif damage == "other archive":
        path.write_bytes(b"PK\x05\x06" + bytes(18))
    elif damage == "weights alone":
        torch.save({"w": torch.ones(2)}, path)
    else:
        record = torch.load(path, weights_only=True)
        if damage == "no seed":
            del record["seed"]
        else:
            record["recipe"] = {"name": "lstm"}
        torch.save(record, path)
    with pytest.raises(Refused, match=r"checkpoint.pt is damaged: train again"):
        load(tmp_path)


def test_another_versions_checkpoint_is_named_as_such(
    checkpoint: Checkpoint, tmp_path: Path
) -> None:
    save(tmp_path, checkpoint)
    record = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    torch.save({**record, "format": 99}, tmp_path / "checkpoint.pt")
    with pytest.raises(Refused, match="another version"):
        load(tmp_path)


class Hostile:
    """Unpickled with full trust, it would make a folder."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (str(self.target),))


@pytest.mark.parametrize("form", ["torch", "pickle"])
def test_a_checkpoint_can_run_no_code(tmp_path: Path, form: str) -> None:
    target = tmp_path / "made by the checkpoint"
    if form == "torch":
        torch.save({"format": FORMAT, "recipe": Hostile(target)}, tmp_path / "checkpoint.pt")
    else:
        (tmp_path / "checkpoint.pt").write_bytes(pickle.dumps(Hostile(target)))
    with pytest.raises(Refused, match="damaged"):
        load(tmp_path)
    assert not target.exists()
