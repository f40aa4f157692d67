"""What is typed after `rnn-desk` when the window is meant, and when a command is."""

import pytest

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
