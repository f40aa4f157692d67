from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper
from PIL import Image

from rnn_desk.assets_door import asset
from rnn_desk.core.card import CARD_KEY, ModelCard, to_json
from rnn_desk.core.errors import Refused
from training.charts import _apart, comparison, curves
from training.checkpoint import EpochFigures
from training.cli import main
from training.compare import (
    BEGIN,
    BEGIN_SHORT,
    END,
    Line,
    as_csv,
    as_markdown,
    as_text,
    line_of,
    put_into,
    shipped,
)

ROOT = Path(__file__).parents[2]

CARD = ModelCard(
    "RNN 128",
    tuple("0123456789"),
    training={"dataset": "mnist", "parameters": 21514, "recipe": "rnn"},
    accuracies={"mnist_test": 0.9871, "pendigits": 0.9902},
    figures={
        "seeds": {
            "count": 3,
            "mnist_test_mean": 0.98694,
            "mnist_test_deviation": 0.00041,
            "seconds_per_epoch": 9.6,
        },
        "calibration_error": 0.0062,
        "mean_settled_row": 19.24,
        "new_writers": 0.9853,
        "gradient_by_row": {
            "start": [1e-6 * 1.5**t for t in range(28)],
            "end": [0.01 * 1.1**t for t in range(28)],
        },
    },
)


def file_of(card: ModelCard | None, path: Path) -> Path:
    """A file with a card and nothing to compute: `compare` looks at no more."""
    model = helper.make_model(helper.make_graph([], "empty", [], []))
    if card is not None:
        helper.set_model_props(model, {CARD_KEY: to_json(card)})
    onnx.save(model, path)
    return path


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return line_of(file_of(CARD, tmp_path / "rnn.onnx"))


def test_a_line_is_what_the_card_says(line: Line) -> None:
    assert (line.name, line.file, line.parameters) == ("RNN 128", "rnn.onnx", 21514)
    assert (line.test, line.deviation, line.seeds) == (0.98694, 0.00041, 3)
    assert (line.drawings, line.new_writers) == (0.9902, 0.9853)
    start, end = line.vanished
    assert start == pytest.approx(1.5**-27)
    assert end == pytest.approx(1.1**-27)


def test_a_card_that_knows_little_leaves_the_rest_empty(tmp_path: Path) -> None:
    bare = ModelCard("CNN", CARD.classes, training={"parameters": 7}, accuracies={"mnist_test": 1})
    line = line_of(file_of(bare, tmp_path / "cnn.onnx"))
    assert line.test == 1
    assert line.vanished == (None, None)
    assert as_markdown([line]).splitlines() == [
        "| Model | File | Parameters | MNIST test set |",
        "| --- | --- | --: | --: |",
        "| CNN | `cnn.onnx` | 7 | 100.00% |",
    ]


def test_the_table_is_aligned_and_says_every_figure(line: Line) -> None:
    lines = as_text([line, replace(line, name="A longer name of a model")]).splitlines()
    assert len(lines) == 4
    for words in ("21,514", "10", "98.69 ± 0.04%", "99.02%", "98.53%", "0.62%", "19.2", "2e-05"):
        assert words in lines[2]
    assert len({len(text) for text in lines[2:]}) == 1
    assert lines[2].index("21,514") == lines[3].index("21,514")


def test_every_number_is_in_the_csv(line: Line) -> None:
    (record,) = csv.DictReader(io.StringIO(as_csv([line]).decode()))
    assert float(record["test"]) == 0.98694
    assert float(record["gradient_start_row_1"]) == 1e-6
    assert float(record["gradient_end_row_28"]) == pytest.approx(0.01 * 1.1**27)


@pytest.mark.parametrize("begin", [BEGIN, BEGIN_SHORT, "<!-- models in short: by a command -->"])
def test_markdown_goes_between_its_marks_and_nowhere_else(
    begin: str, line: Line, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{begin}\nold\n{END}\nafter\n")
    put_into(page, [line])
    table = as_markdown([line], short="in short" in begin)
    assert page.read_text() == f"before\n{begin}\n{table}\n{END}\nafter\n"
    page.write_text("no marks")
    with pytest.raises(Refused, match="has no marks for the table"):
        put_into(page, [line])


def test_the_command_prints_draws_and_writes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = file_of(CARD, tmp_path / "rnn.onnx")
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}")
    picture, numbers = tmp_path / "models.png", tmp_path / "models.csv"
    arguments = ["compare", str(model), "--picture", str(picture), "--csv", str(numbers)]
    assert main([*arguments, "--markdown", str(page)]) == 0
    assert "RNN 128" in capsys.readouterr().out
    assert "| RNN 128 |" in page.read_text()
    assert numbers.read_text().count("\n") == 2
    with Image.open(picture) as drawn:
        assert len(np.unique(np.asarray(drawn.convert("L")))) > 10


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"text", "is not an ONNX file"),
        (None, "has no model card: name files that `rnn-desk-train"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(
    tmp_path: Path, content: bytes | None, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "foreign.onnx"
    if content is None:
        file_of(None, path)
    else:
        path.write_bytes(content)
    assert main(["compare", str(path)]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("page", ["README.md", "docs/models.md"])
def test_the_pages_have_the_figures_of_the_cards(page: str, tmp_path: Path) -> None:
    text = (ROOT / page).read_bytes()
    copy = tmp_path / "page.md"
    copy.write_bytes(text)
    put_into(copy, [line_of(path) for path in shipped(asset("models"))])
    assert copy.read_bytes() == text


def test_names_are_written_apart_in_the_order_of_their_values() -> None:
    values = [1e-3, 1.01e-3, 1.02e-3, 0.5]
    places = np.log10(_apart(values, (1e-4, 1.0), lines=20))
    assert (np.diff(places) > 4 / 20 * 0.95).all()
    assert places[3] == pytest.approx(np.log10(0.5), abs=0.01)


def test_a_run_of_one_epoch_and_models_without_figures_can_be_drawn(
    line: Line, tmp_path: Path
) -> None:
    curves([EpochFigures(1, 0.7, 0.5, 0.6, 0.001, 2.0)], "one", tmp_path / "one.png")
    bare = replace(line, test=None, start=(), end=())
    comparison([bare], tmp_path / "bare.png")
    assert (tmp_path / "one.png").stat().st_size > 5000
    assert (tmp_path / "bare.png").stat().st_size > 5000
