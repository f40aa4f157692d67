"""A data set of letters, from its files to the program's answer: 26 classes all the way."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from rnn_desk.core.drawing import Drawing, stroke, write_drawings
from rnn_desk.core.raster import rasterise
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from tests.helpers.idx import write_idx
from training.checkpoint import load
from training.cli import main
from training.evaluate import Reader

LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def write_letters(folder: Path) -> Path:
    """As EMNIST writes them: on their side, labels from 1; each letter a bar of its own length."""
    folder.mkdir()
    generator = np.random.default_rng(0)
    for part, count in (("train", 300), ("test", 60)):
        labels = generator.integers(1, 27, count).astype(np.uint8)
        images = np.zeros((count, 28, 28), np.uint8)
        for image, label in zip(images, labels, strict=True):
            image[1 : 1 + label, 10:14] = 220
        stem = folder / f"emnist-letters-{part}"
        Path(f"{stem}-images-idx3-ubyte").write_bytes(write_idx(images))
        Path(f"{stem}-labels-idx1-ubyte").write_bytes(write_idx(labels))
    return folder


def test_a_run_knows_its_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_letters(tmp_path / "data")
    arguments = ["run", "rnn", "--data", str(folder), "--epochs", "1", "--precision", "float32"]
    assert main([*arguments, "--out", str(tmp_path / "run")]) == 0
    assert "RNN 128, emnist-letters" in capsys.readouterr().out
    recipe = load(tmp_path / "run").recipe
    assert recipe.classes == LETTERS
    assert recipe.dataset == "emnist-letters"
    assert recipe.mean != 0.1307  # of its own pictures


def test_classes_of_an_own_folder_are_named_by_hand(
    own_digits_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["run", "rnn", "--data", str(own_digits_folder), "--epochs", "1"]
    named = ",".join(f"sign {k}" for k in range(10))
    assert main([*data, "--classes", named, "--out", str(tmp_path / "run")]) == 0
    recipe = load(tmp_path / "run").recipe
    assert recipe.classes[3] == "sign 3"
    assert recipe.dataset == "digits"  # the folder's name
    assert main([*data, "--classes", "a,b", "--out", str(tmp_path / "few")]) == 1
    assert "2 classes are 0 to 1" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*data, "--classes", "a,a"])


@pytest.mark.slow
def test_the_program_answers_with_26_letters(tmp_path: Path) -> None:
    folder = write_letters(tmp_path / "data")
    arguments = ["run", "rnn", "--data", str(folder), "--epochs", "1", "--precision", "float32"]
    assert main([*arguments, "--out", str(tmp_path / "run")]) == 0
    model, drawings = tmp_path / "letters.onnx", tmp_path / "two.jsonl"
    write_drawings(drawings, [Drawing((stroke([[0, 0], [9, 99]]),), label=k) for k in "LZ"])
    assert main(["export", str(tmp_path / "run"), "--out", str(model)]) == 0
    assert main(["evaluate", str(model), "--data", str(folder), "--drawings", str(drawings)]) == 0
    card = Reader.open(model).card
    assert set(card.accuracies) == {"emnist-letters_test"}
    reader = open_reader(model, CPU)
    assert reader.card.classes == LETTERS
    trace = reader.read(rasterise(Drawing((stroke([[0, 0], [9, 99]]),))))
    assert trace.probabilities.shape == (26,)
    assert trace.belief.shape == (28, 26)
    assert json.dumps(card.training["mean"]) != "0.1307"
