from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rnn_desk.core.drawing import Drawing, stroke, write_drawings
from training import release as module
from training.checkpoint import load
from training.cli import main
from training.evaluate import Reader
from training.recipes import RECIPES, fine_tuning

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("tiny")]


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recipes that take a second."""
    lstm = replace(RECIPES["lstm"], units=(8, 8), epochs=2, moments=(0, 3))
    monkeypatch.setitem(RECIPES, "lstm", lstm)
    champion = replace(RECIPES["champion"], units=(8, 8), epochs=5)
    monkeypatch.setitem(RECIPES, "champion", champion)
    for further in ("finishing", "settling"):
        monkeypatch.setattr(module, further, fine_tuning)  # one epoch in place of many


@pytest.fixture
def drawings(tmp_path: Path) -> Path:
    path = tmp_path / "class.jsonl"
    pen = [
        Drawing((stroke([[0, 0], [10 * label, 90 + writer]]),), label=label, writer=writer)
        for writer in range(6)
        for label in (1, 7)
    ]
    write_drawings(path, pen)
    return path


def test_a_release_writes_every_file_with_its_figures(
    digits_folder: Path,
    drawings: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["release", "lstm", "champion", "--precision", "float32"]
    arguments += ["--data", str(digits_folder), "--drawings", str(drawings)]
    arguments += ["--models", str(tmp_path / "models"), "--runs", str(tmp_path / "runs")]
    assert main(arguments) == 0
    models = tmp_path / "models"
    files = sorted(p.relative_to(models).as_posix() for p in models.rglob("*.onnx"))
    assert files == [
        "champion.onnx",
        "learning/lstm-00000.onnx",
        "learning/lstm-00003.onnx",
        "lstm.onnx",
    ]

    runs = [load(tmp_path / "runs" / f"lstm-{seed}") for seed in range(3)]
    validated = [max(f.validation_accuracy for f in run.history) for run in runs]
    lstm = Reader.open(models / "lstm.onnx").card
    assert lstm.training["validation_accuracy"] == max(validated)
    seeds = lstm.figures["seeds"]
    assert seeds["count"] == 3
    assert seeds["mnist_test_deviation"] >= 0
    assert 0 < seeds["mnist_test_mean"] < 1
    assert 0 <= seeds["new_writers_mean"] <= 1
    assert 0 <= lstm.figures["new_writers"] <= 1
    assert set(lstm.accuracies) == {"mnist_test", "class"}

    champion = Reader.open(models / "champion.onnx").card
    folds = champion.figures["new_writers_folds"]
    assert sorted(w for fold in folds for w in fold["writers"]) == [str(w) for w in range(6)]
    weighted = sum(fold["accuracy"] * fold["drawings"] for fold in folds) / 12
    assert champion.figures["new_writers"] == pytest.approx(weighted)
    assert champion.training["begun_from"] == "champion-finished"
    assert champion.training["epochs_trained"] == 1
    assert "drawings_never_having_seen_one" in champion.figures

    # What is finished is not trained again: not one batch more.
    def never(*_: object) -> None:
        raise AssertionError("trained again")

    monkeypatch.setattr("training.loop.Trainer.one_epoch", never)
    before = (models / "lstm.onnx").read_bytes()
    assert main([*arguments[:2], *arguments[3:]]) == 0
    again = Reader((models / "lstm.onnx").read_bytes(), "again").card
    assert again.figures == Reader(before, "before").card.figures
    capsys.readouterr()
    evaluate = ["evaluate", str(models / "champion.onnx"), "--data", str(digits_folder), "--json"]
    assert main([*evaluate, "--drawings", str(drawings)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["card"]["class"] == answer["measured"]["drawings"]


def test_a_folder_with_a_run_of_other_settings_is_not_taken_for_ours(
    digits_folder: Path,
    drawings: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["release", "lstm", "--data", str(digits_folder), "--drawings", str(drawings)]
    arguments += ["--models", str(tmp_path / "models"), "--runs", str(tmp_path / "runs")]
    arguments += ["--seeds", "1"]
    other = ["run", "lstm", "--data", str(digits_folder), "--epochs", "1"]
    assert main([*other, "--out", str(tmp_path / "runs" / "lstm-0")]) == 0
    capsys.readouterr()
    assert main(arguments) == 1
    assert "holds a run of other settings" in capsys.readouterr().err
    assert not (tmp_path / "models").exists()
