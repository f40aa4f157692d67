"""What is typed after `rnn-desk` when the window is meant, and when a command is."""

import os
import subprocess
import sys

import pytest

from rnn_desk.assets_door import asset
from rnn_desk.cli.parsers import split, window_parser


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ([], (None, [])),
        (["a.png"], (None, ["a.png"])),
        (["--lang", "zh", "a.rnndesk"], (None, ["--lang", "zh", "a.rnndesk"])),
        (["classify", "a.png"], ("classify", ["a.png"])),
        (["--model", "gru", "classify", "a.png"], ("classify", ["--model", "gru", "a.png"])),
        (["--json", "classify", "a.png"], ("classify", ["--json", "a.png"])),
        (["--model=gru", "--json", "classify"], ("classify", ["--model=gru", "--json"])),
        (["--index", "3", "trace", "a"], ("trace", ["--index", "3", "a"])),
        (["--model", "gru", "devices"], ("devices", ["--model", "gru"])),
        (["-h", "render"], ("render", ["-h"])),
        (["--model", "classify"], (None, ["--model", "classify"])),  # the value of an option
        (["a.png", "classify"], (None, ["a.png", "classify"])),
        (["-", "classify"], (None, ["-", "classify"])),
        (["--", "classify"], (None, ["classify"])),
        (["classify", "--", "-x.png", "-"], ("classify", ["./-x.png", "-"])),
        (["--json", "classify", "--", "--lang"], ("classify", ["--json", "./--lang"])),
    ],
)
def test_a_command_may_stand_after_its_options(words, meant):
    assert split(words) == meant


@pytest.mark.parametrize(
    "words",
    [
        ["--present", "a.png", "b.onnx"],
        ["a.png", "--present", "b.onnx"],
        ["a.png", "b.onnx", "--present"],
    ],
)
def test_files_and_options_stand_in_any_order(words):
    chosen = window_parser().parse_intermixed_args(words)
    assert [path.name for path in chosen.files] == ["a.png", "b.onnx"]
    assert chosen.present


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("gru", "'gru' is a model: did you mean --model gru?"),
        ("lstm-attention", "'lstm-attention' is a model: did you mean --model lstm-attention?"),
        ("clasify", "'clasify' is no command and no file: did you mean classify?"),
        ("seven", "'seven' is no command and no file"),
    ],
)
def test_a_word_that_is_no_file_is_told_what_it_may_be(word, meant, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        window_parser().parse_intermixed_args([word])
    assert capsys.readouterr().err.endswith(f"{meant}\n")
    (tmp_path / word).touch()
    assert window_parser().parse_intermixed_args([word]).files[0].name == word


CLICKED = """
import sys
stderr, sys.stderr = sys.stderr, None if sys.argv[1] == "clicked" else sys.stderr
from rnn_desk import cli
from rnn_desk.qt import program
program.run = lambda asked, *_: print(*asked.files) or 0
sys.exit(cli.main(["nowhere.png"]))
"""


@pytest.mark.parametrize(("how", "ended"), [("clicked", (0, "nowhere.png\n")), ("typed", (1, ""))])
def test_a_missing_file_is_said_where_somebody_reads_it(how, ended, tmp_path):
    """On Windows a program that is clicked has no stderr: its window says what is wrong."""
    done = subprocess.run(
        [sys.executable, "-c", CLICKED, how],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(asset().parent), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == ended, done.stderr
    assert ("does not exist" in done.stderr) == (how == "typed")
