from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from PIL import Image

from rnn_desk.app.actions import collect, draw
from rnn_desk.app.documents.collection import CollectionFile
from rnn_desk.app.state import AppState
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import Drawing, stroke, write_drawings
from rnn_desk.core.errors import Refused
from training import cli, loop
from training.checkpoint import load
from training.cli import main
from training.datasets import Dataset

COMMANDS = tuple(cli.ACTIONS)


def run(folder: Path, out: Path, *more: str) -> int:
    where = ["--data", str(folder), "--out", str(out), "--precision", "float32"]
    return main(["run", "lstm", *where, "--epochs", "2", *more])


def test_run_trains_and_says_how_it_goes(
    digits_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(digits_folder, tmp_path / "run", "--limit", "240", "--seed", "9") == 0
    told, complaints = capsys.readouterr()
    assert complaints == ""
    assert "220 pictures an epoch, 2 epochs, on cpu in float32, seed 9" in told
    assert "epoch   2/2  loss" in told
    assert "next: rnn-desk-train export" in told
    with Image.open(tmp_path / "run" / "curves.png") as picture:
        assert picture.size[0] > 1000
    kept = load(tmp_path / "run")
    assert (kept.epoch, kept.seed, kept.limit) == (2, 9, 240)
    assert len((tmp_path / "run" / "log.csv").read_text().splitlines()) == 3


def test_run_leaves_another_run_alone(
    digits_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(b"hours of work")
    assert run(digits_folder, tmp_path) == 1
    assert "holds a training run already: go on with `rnn-desk-train resume" in (
        capsys.readouterr().err
    )
    assert (tmp_path / "checkpoint.pt").read_bytes() == b"hours of work"


def test_ctrl_c_keeps_the_finished_epochs_and_resume_goes_on(
    digits_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(digits_folder, tmp_path / "whole") == 0
    with monkeypatch.context() as patched:
        batches = iter(range(7))

        def pressed(images: torch.Tensor, how: object) -> torch.Tensor:
            if next(batches, None) is None:
                raise KeyboardInterrupt
            return augment(images, how)

        augment = loop.augment
        patched.setattr(loop, "augment", pressed)
        capsys.readouterr()
        assert run(digits_folder, tmp_path / "cut") == 130
    complaint = capsys.readouterr().err
    assert complaint == (
        "rnn-desk-train: stopped: every finished epoch is kept, go on with "
        f"`rnn-desk-train resume {tmp_path / 'cut'}`\n"
    )
    assert load(tmp_path / "cut").epoch == 1
    assert main(["resume", str(tmp_path / "cut")]) == 0
    whole, cut = load(tmp_path / "whole").model, load(tmp_path / "cut").model
    assert all(torch.equal(whole[name], cut[name]) for name in whole)


def test_resume_refuses_other_pictures(
    digits_folder: Path,
    own_digits_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(digits_folder, tmp_path / "run") == 0
    labels = own_digits_folder / "train-labels-idx1-ubyte"
    labels.write_bytes(labels.read_bytes()[:-1] + b"\x00")
    assert main(["resume", str(tmp_path / "run"), "--data", str(own_digits_folder)]) == 1
    assert "holds other pictures than those" in capsys.readouterr().err


def test_run_downloads_what_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def offline(_: Dataset, folder: Path) -> None:
        raise Refused("no network, and nothing in {folder}", folder=folder)

    monkeypatch.setattr(cli, "own_folder", lambda _: tmp_path / "cache")
    monkeypatch.setattr(Dataset, "fetch", offline)
    assert main(["run", "lstm", "--out", str(tmp_path / "run")]) == 1
    told, complaint = capsys.readouterr()
    assert told == ""
    announced, refused = complaint.splitlines()
    assert "downloading it" in announced
    assert refused == f"rnn-desk-train: no network, and nothing in {tmp_path / 'cache'}"
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "lsmt"], "There is no recipe 'lsmt'"),
        (
            ["run", "lstm", "--data", "nowhere"],
            "nowhere is no folder, and no data set of that name is known: choose",
        ),
        (["resume", "nowhere"], "nowhere holds no training run"),
        (["export", "nowhere"], "nowhere holds no training run"),
        (["evaluate", "nowhere.onnx"], "nowhere.onnx does not exist"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    told, complaint = capsys.readouterr()
    assert told == ""
    assert complaint.startswith(f"rnn-desk-train: {sentence}")
    assert complaint.count("\n") == 1


def test_a_device_that_is_not_there_is_refused(
    digits_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = "mps" if not torch.backends.mps.is_available() else "cuda"
    assert run(digits_folder, tmp_path / "run", "--device", missing) == 1
    assert f"has no {missing}: train with --device" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["run"],
        ["run", "lstm", "--epochs", "0"],
        ["run", "lstm", "--seed", "-1"],
        ["run", "lstm", "--seed", "99999999999999999999"],
        ["run", "lstm", "--limit", "many"],
        ["run", "lstm", "--device", "toaster"],
        ["evaluate"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: rnn-desk-train" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"example: rnn-desk-train {command}" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="the shell is bash")
@pytest.mark.parametrize("words", [["-h"], ["compare"]])
def test_a_reader_who_goes_away_is_no_failure(words: list[str]) -> None:
    script = '"$0" -m training "$@" | true; exit "${PIPESTATUS[0]}"'
    command = ["bash", "-c", script, sys.executable, *words]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode in (0, 141)  # it may have been quicker
    assert done.stderr == b""


def test_help_does_not_wait_for_torch() -> None:
    code = "import sys, training.cli; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_torch_the_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without(_: object) -> None:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    monkeypatch.setitem(cli.ACTIONS, "export", without)
    assert main(["export", str(tmp_path)]) == 1
    assert 'python -m pip install "rnn-desk[train]"' in capsys.readouterr().err


@pytest.mark.slow
def test_a_run_killed_in_the_middle_of_an_epoch_goes_on_to_the_same_weights(
    digits_folder: Path, tmp_path: Path
) -> None:
    assert run(digits_folder, tmp_path / "whole") == 0
    code = """
import sys, time
import torch
from training import loop
from training.cli import main
torch.set_num_threads(1)  # as in this process: sums in the same order
augment, batches = loop.augment, iter(range(7))
def stuck(images, how):
    if next(batches, None) is None:
        sys.stderr.write("in the middle\\n")
        sys.stderr.flush()
        time.sleep(600)
    return augment(images, how)
loop.augment = stuck
main(sys.argv[1:])
"""
    arguments = ["run", "lstm", "--epochs", "2", "--precision", "float32"]
    arguments += ["--data", str(digits_folder), "--out", str(tmp_path / "killed")]
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "in the middle\n"
        process.kill()
    assert load(tmp_path / "killed").epoch == 1
    assert main(["resume", str(tmp_path / "killed")]) == 0
    whole, killed = load(tmp_path / "whole"), load(tmp_path / "killed")
    assert all(torch.equal(whole.model[name], killed.model[name]) for name in whole.model)


@pytest.mark.slow
def test_what_the_program_collects_is_learnt_and_what_was_forgotten_is_said(
    digits_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    collected = CollectionFile(tmp_path / "class.jsonl")
    collected.open()
    state = collect.classes(AppState(), tuple("0123456789"))
    for k in range(30):
        drawing = Drawing((stroke([[0, 0], [3 * k, 99]]),))
        state = collect.keep_prompted(draw.put(state, drawing))
    collected.bring(state.collecting.drawings)
    command = ["run", "lstm", "--from", str(asset("models", "lstm.onnx")), "--drawings"]
    command += [str(collected.path), "--data", str(digits_folder), "--out", str(tmp_path / "run")]
    assert main([*command, "--epochs", "1"]) == 0
    told = capsys.readouterr().out
    parts = r"\d+\.\d\d% are read, before \d+\.\d\d% are read"
    assert re.search(rf"the 6 drawings held out \(one in five of each class\): {parts}", told)
    assert re.search(rf"50 pictures of mnist that were not learnt from: {parts}", told)


@pytest.mark.slow
def test_from_pictures_to_a_measured_file(
    digits_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, drawings = tmp_path / "model.onnx", tmp_path / "mine.jsonl"
    write_drawings(drawings, [Drawing((stroke([[0, 0], [0, 99]]),), label=1)] * 4)
    assert run(digits_folder, tmp_path / "run") == 0
    command = "import sys; from training.cli import main; sys.exit(main())"
    # In a process of its own: what torch's exporter says of itself must not reach the person.
    exported = subprocess.run(
        [sys.executable, "-c", command, "export", str(tmp_path / "run"), "--out", str(model)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert exported.stderr == ""
    assert "model.onnx: LSTM 128-64, 131,210 parameters" in exported.stdout
    capsys.readouterr()
    both = ["--data", str(digits_folder), "--drawings", str(drawings)]
    assert main(["evaluate", str(model), *both, "--json"]) == 0
    told, complaints = capsys.readouterr()
    answer = json.loads(told)
    assert complaints == ""
    measured = answer["measured"]
    assert (measured["count"], measured["drawings_count"]) == (120, 4)
    assert answer["card"]["mnist_test"] == measured["accuracy"]
    assert answer["card"]["robustness"] == measured["robustness"]
    assert f"mnist_test               {measured['accuracy']:.2%}" in exported.stdout
    assert main(["evaluate", str(model), *both]) == 0
    told = capsys.readouterr().out
    assert f"test pictures            {measured['accuracy']:.2%} of 120" in told
    assert "4 rows missing" in told
    assert f"drawings                 {measured['drawings']:.2%} of 4" in told


@pytest.mark.slow
def test_a_few_thousand_real_digits_are_enough_to_read_most(
    shared_data: Path, tmp_path: Path
) -> None:
    assert run(shared_data / "mnist", tmp_path / "run", "--limit", "6000") == 0
    assert load(tmp_path / "run").history[-1].validation_accuracy > 0.6
