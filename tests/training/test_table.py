from pathlib import Path

import pytest

from rnn_desk.core.errors import Refused
from training.table import BEGIN, END, MODELS, table, with_table

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_has_the_figures_of_the_cards():
    text = README.read_text(encoding="utf-8")
    assert with_table(text, table(list(MODELS.glob("*.onnx")))) == text


def test_every_model_has_its_line():
    lines = table(list(MODELS.glob("*.onnx"))).splitlines()
    assert len(lines) == 2 + len(list(MODELS.glob("*.onnx")))
    assert all(line.count("|") == lines[0].count("|") for line in lines)


def test_a_file_without_marks_is_refused():
    with pytest.raises(Refused, match="no marks"):
        with_table(f"{BEGIN} and no end", "table")
    assert with_table(f"a{BEGIN}old{END}b", "new") == f"a{BEGIN}\nnew\n{END}b"
