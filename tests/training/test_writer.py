from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx.numpy_helper import to_array

from rnn_desk.assets_door import writer_model
from rnn_desk.core import writing
from rnn_desk.core.errors import Refused
from rnn_desk.core.writing import Wish
from training import cli, writer_figures
from training.checkpoint import load
from training.data import Material, read_digits
from training.evaluate import Reader
from training.graph import TOLERANCE
from training.loop import begin, train
from training.models import parameter_count
from training.recipes import Recipe, recipe_named
from training.writer import RowWriter, binarised, one_hot
from training.writer_file import WriterFile, check_agreement
from training.writer_step import WriterStep

RECIPE = recipe_named("writer")
TINY = replace(RECIPE, units=(24,), per_pixel=4, epochs=3, batch=32)


def tiny(seed: int = 0) -> RowWriter:
    """A writer whose weights are as large as trained ones."""
    torch.manual_seed(seed)
    writer = RowWriter(TINY)
    with torch.no_grad():
        for weights in writer.parameters():
            weights.mul_(3)
    return writer.eval()


def test_the_recipe_keeps_to_its_size() -> None:
    assert parameter_count(RowWriter(RECIPE)) <= 600_000


def test_a_pixel_depends_on_those_before_it_and_on_no_other() -> None:
    writer = tiny()
    rows = (torch.rand(28, 1, 28) > 0.6).float().requires_grad_()
    classes = one_hot(torch.tensor([3]), 10)
    for row, column in ((5, 9), (0, 0), (27, 27), (11, 0)):
        (gradient,) = torch.autograd.grad(writer(rows, classes)[row, 0, column], rows)
        seen = gradient[:, 0] != 0
        assert not seen[row, column:].any()
        assert not seen[row + 1 :].any()
        assert seen[row, :column].all()
        assert seen[:row].any(1).all()


def test_a_class_and_none_make_a_difference() -> None:
    writer = tiny()
    rows = (torch.rand(28, 3, 28) > 0.6).float()
    classes = torch.stack([one_hot(torch.tensor([k]), 10)[0] for k in (2, 7)] + [torch.zeros(10)])
    logits = writer(rows[:, :1].expand(-1, 3, -1), classes)
    assert (logits[:, 0] != logits[:, 1]).any()
    assert (logits[:, 0] != logits[:, 2]).any()


def test_a_part_of_the_labels_is_not_told() -> None:
    torch.manual_seed(1)
    told = one_hot(torch.arange(10).repeat(100), 10, unnamed=0.3).sum(1)
    assert set(told.tolist()) == {0.0, 1.0}
    assert told.mean().item() == pytest.approx(0.7, abs=0.06)


def test_the_step_writes_what_the_whole_says() -> None:
    writer = tiny()
    step = WriterStep(writer)
    rows = (torch.rand(28, 5, 28) > 0.6).float()
    classes = one_hot(torch.arange(5), 10)
    with torch.no_grad():
        chances = torch.sigmoid(writer(rows, classes))
        above, h, c = torch.zeros(5, 28), torch.zeros(5, 24), torch.zeros(5, 24)
        for row, wanted in zip(rows, chances, strict=True):
            draws = torch.from_numpy(writing.forced(row.numpy()))
            above, found, h, c = step(above, classes, h, c, draws, torch.ones(5, 28))
            assert torch.equal(above, row)
            assert torch.allclose(found, wanted, atol=1e-6)


def test_it_learns_and_goes_on_bit_for_bit_where_it_was_stopped(
    digits_folder: Path, tmp_path: Path
) -> None:
    material = Material.of(read_digits(digits_folder, "train", 10))
    run = begin(TINY, 0, material, data=digits_folder)
    whole = train(run, material, tmp_path / "whole")
    nats = [figures.validation_nats for figures in whole.history]
    assert nats[-1] is not None
    assert nats[0] is not None
    assert nats[-1] < nats[0] - 20
    assert whole.history[-1].validation_accuracy is None

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(run, material, tmp_path / "stopped", [stop])
    gone_on = train(load(tmp_path / "stopped"), material, tmp_path / "stopped")
    assert all(torch.equal(gone_on.best[name], value) for name, value in whole.best.items())


def test_greys_are_the_chance_of_ink() -> None:
    torch.manual_seed(0)
    drawn = binarised(torch.full((100, 28, 28), 0.3))
    assert set(drawn.unique().tolist()) == {0.0, 1.0}
    assert drawn.mean().item() == pytest.approx(0.3, abs=0.01)


@pytest.fixture(scope="module")
def exported(
    digits_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Recipe, Path, Path]:
    """A tiny writer, trained and exported by the commands."""
    folder = tmp_path_factory.mktemp("writer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(cli.RECIPES, "writer", TINY)
        patch.setattr(writer_figures, "SAMPLES", 3)
        patch.setattr(writer_figures, "ENDED", 20)
        run = str(folder / "run")
        data = ["--data", str(digits_folder)]
        assert cli.main(["run", "writer", "--out", run, "--device", "cpu", *data]) == 0
        assert cli.main(["export", run, "--out", str(folder / "w.onnx"), *data]) == 0
    return TINY, folder / "run", folder / "w.onnx"


def test_the_card_says_what_it_is(exported: tuple[Recipe, Path, Path]) -> None:
    recipe, _, path = exported
    file = WriterFile.open(path)
    assert file.card.kind == "writer"
    assert file.card.recurrent_layers[0].units == 24
    assert file.card.training["unnamed"] == recipe.unnamed
    assert file.card.figures["nats"] > file.card.figures["nats_given_class"] > 0


def test_evaluate_prints_nats_and_how_often_it_is_read(
    exported: tuple[Recipe, Path, Path],
    digits_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writer_figures, "SAMPLES", 3)
    monkeypatch.setattr(writer_figures, "ENDED", 20)
    arguments = ["evaluate", str(exported[2]), "--data", str(digits_folder)]
    assert cli.main(arguments) == 0
    printed = capsys.readouterr().out
    for words in ("nats, class not given", "nats, class given", "read as written, at 0.7"):
        assert words in printed
    assert cli.main([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["measured"]["nats"] == pytest.approx(answer["card"]["nats"])
    assert set(answer["measured"]["ended"]) == {"20", "14", "8"}
    assert cli.main([*arguments, "--card"]) == 1
    assert "leave out --card and --drawings" in capsys.readouterr().err


def test_sheets_are_a_page_with_the_figures_of_the_card(
    exported: tuple[Recipe, Path, Path], digits_folder: Path, tmp_path: Path
) -> None:
    arguments = ["sheets", str(exported[2]), "--data", str(digits_folder), "--out", str(tmp_path)]
    assert cli.main(arguments) == 0
    page = (tmp_path / "README.md").read_text()
    nats = WriterFile.open(exported[2]).card.figures["nats"]
    assert f"nats, class not given        {nats:.2f}" in page
    pictures = sorted(path.name for path in tmp_path.glob("*.png"))
    assert len(pictures) == 6
    assert all(f"({name})" in page for name in pictures)
    for path in tmp_path.glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")
        assert path.stat().st_size < 100_000


def test_the_file_says_row_by_row_what_torch_says(exported: tuple[Recipe, Path, Path]) -> None:
    _, folder, path = exported
    run = load(folder)
    writer = RowWriter(run.recipe)
    writer.load_state_dict(run.best)
    ink = (np.random.default_rng(0).random((20, 28, 28)) < 0.3).astype(np.float32)
    file, labels = WriterFile.open(path), np.arange(20) % 10
    check_agreement(file, writer, ink, labels)
    with torch.no_grad():
        writer.hidden.weight.add_(0.001)
    with pytest.raises(Refused, match="differ by"):
        check_agreement(file, writer, ink, labels)


def of_file(path: Path) -> RowWriter:
    """The network whose weights a file holds: `WriterStep` the other way round."""
    graph = onnx.load(str(path)).graph
    (lstm,) = (node for node in graph.node if node.op_type == "LSTM")
    stored = {each.name: torch.tensor(to_array(each)) for each in graph.initializer}
    writer = RowWriter(RECIPE)
    columns, per = 28, RECIPE.per_pixel
    known = writer.layer.hidden_size + columns
    with torch.no_grad():
        w, r, b = (stored[name][0] for name in lstm.input[1:4])
        gates = [0, 2, 3, 1]  # ONNX has them as i, o, f, c
        for name, part in (("weight_ih", w), ("weight_hh", r), ("bias_ih", b[: len(b) // 2]),
                           ("bias_hh", b[len(b) // 2 :])):  # fmt: skip
            ours = torch.cat([part.chunk(4)[gate] for gate in gates])
            getattr(writer.layer, f"{name}_l0").copy_(ours)
        hidden = writer.hidden.weight.view(columns, per, -1)
        hidden[..., :known] = stored["weight"].view(columns, per + 1, known)[:, :-1]
        writer.hidden.bias.copy_(stored["bias"].view(columns, -1)[:, :-1].flatten())
        writer.direct.weight[:, :known] = stored["start"]
        writer.direct.bias.copy_(stored["start_bias"])
        writer.logits.bias.zero_()
        for column in range(columns):
            top = stored[f"tops.{column}"]
            writer.logits.weight[:, column * per : (column + 1) * per] = top[:-1].T
            if column:
                hidden[column, :, known : known + column] = stored[f"lefts.{column}"][:, :-1].T
                writer.direct.weight[:, known + column - 1] = top[-1]
    return writer.eval()


def test_the_file_that_ships_says_row_by_row_what_torch_says() -> None:
    assert TOLERANCE <= 1e-5
    file, writer = WriterFile.open(writer_model()), of_file(writer_model())
    wishes = (Wish(np.zeros((0, 28), np.float32), label, count=4) for label in range(10))
    pictures = [[row.pixels for row in writing.written(file.step, file.shape, w)] for w in wishes]
    ink, labels = np.concatenate([np.stack(each, 1) for each in pictures]), np.arange(10).repeat(4)
    check_agreement(file, writer, ink, labels)
    with torch.no_grad():
        writer.logits.weight.add_(0.0001)
    with pytest.raises(Refused, match="differ by"):
        check_agreement(file, writer, ink, labels)


def test_nats_of_the_file_are_those_of_torch(exported: tuple[Recipe, Path, Path]) -> None:
    _, folder, path = exported
    run = load(folder)
    writer = RowWriter(run.recipe)
    writer.load_state_dict(run.best)
    ink = (np.random.default_rng(0).random((30, 28, 28)) < 0.3).astype(np.float32)
    from training.writer import mean_nats

    mine = writer_figures.mean_nats(WriterFile.open(path), ink, None)
    assert mine == pytest.approx(mean_nats(writer, torch.from_numpy(ink)), rel=1e-5)


def test_a_reader_writes_nothing_and_a_writer_reads_nothing(
    exported: tuple[Recipe, Path, Path],
) -> None:
    with pytest.raises(Refused, match="it writes digits and reads none"):
        Reader.open(exported[2])
    from rnn_desk.assets_door import asset

    with pytest.raises(Refused, match="reads digits and writes none"):
        WriterFile.open(asset("models", "lstm.onnx"))


def test_the_graph_takes_any_number_of_pictures(exported: tuple[Recipe, Path, Path]) -> None:
    file = WriterFile.open(exported[2])
    nothing = np.zeros((0, 28), np.float32)
    for count in (1, 2, 9):
        rows = list(writing.written(file.step, file.shape, Wish(nothing, 4, count=count)))
        assert rows[-1].h.shape == (count, 24)
