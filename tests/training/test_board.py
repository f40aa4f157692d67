from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from training.checkpoint import load
from training.cli import main


def run(digits_folder: Path, out: Path) -> int:
    arguments = ["run", "rnn", "--data", str(digits_folder), "--epochs", "2", "--limit", "120"]
    return main([*arguments, "--out", str(out), "--tensorboard"])


def test_every_epoch_is_logged(digits_folder: Path, tmp_path: Path) -> None:
    assert run(digits_folder, tmp_path / "run") == 0
    events = EventAccumulator(str(tmp_path / "run" / "tensorboard")).Reload()
    logged = [(e.step, e.value) for e in events.Scalars("loss")]
    history = load(tmp_path / "run").history
    assert logged == [(f.epoch, pytest.approx(f.loss)) for f in history]


def test_without_tensorboard_a_sentence_says_what_to_install(
    digits_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    assert run(digits_folder, tmp_path / "run") == 1
    assert 'get it with `python -m pip install "rnn-desk[tensorboard]"`' in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
