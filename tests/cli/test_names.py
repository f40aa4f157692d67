"""Models by name, and words completed by a shell."""

import argparse
import json
import os
import shutil
import subprocess

import pytest

from rnn_desk import cli
from rnn_desk.assets_door import asset, catalogue
from rnn_desk.cli.completion import SHELLS
from rnn_desk.core.drawing import write_drawings
from rnn_desk.core.plain import counted


@pytest.fixture
def five(own_drawings, tmp_path):
    path = tmp_path / "five.jsonl"
    write_drawings(path, [next(d for d in own_drawings if d.label == 5)])
    return path


@pytest.mark.parametrize("before", [False, True])
def test_a_bundled_model_has_a_name(told, five, before):
    named = ["--model", "gru"]
    words = [*named, "classify", five] if before else ["classify", five, *named]
    status, out, _ = told(*words, "--json")
    assert status == 0
    by_file = told("classify", five, "--model", asset("models", "gru.onnx"), "--json")[1]
    assert json.loads(out) == json.loads(by_file)
    assert json.loads(out) != json.loads(told("classify", five, "--json")[1])


def test_a_name_comes_before_a_file_and_a_path_is_none(told, five, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gru").write_bytes(b"no model")
    assert told("classify", five, "--model", "gru")[0] == 0
    status, _, err = told("classify", five, "--model", "./gru")
    assert status == 1
    assert err.startswith("rnn-desk classify: gru is not an ONNX model")


@pytest.mark.parametrize("words", [["classify", "FILE", "--model", "gruu"], ["inspect", "gruu"]])
def test_another_name_is_refused_with_those_that_there_are(told, five, words):
    status, out, err = told(*(five if word == "FILE" else word for word in words))
    assert (status, out) == (1, "")
    assert err == (
        f"rnn-desk {words[0]}: There is no model gruu: choose from champion, lstm, gru, rnn, "
        "bilstm, lstm-attention, hierarchical, columns, cnn, or name a file\n"
    )


def test_the_models_are_listed_with_what_they_read(told):
    status, out, err = told("models")
    assert (status, err) == (0, "")
    heading, *lines, more = out.splitlines()
    assert heading.split() == ["name", "MNIST", "drawings", "what", "it", "is"]
    assert [line.split()[0] for line in lines] == [m.name for m in catalogue() if m.learned is None]
    assert lines[0].split()[1] == "99.70%"
    learning = [m for m in catalogue() if m.learned is not None]
    assert more == f"and {counted(len(learning), 'model')} that stopped while learning, see --all"
    every = told("models", "--all")[1].splitlines()[1:]
    assert [line.split()[0] for line in every] == [m.name for m in catalogue()]
    found = json.loads(told("models", "--json")[1])["models"]
    assert [model["name"] for model in found] == [m.name for m in catalogue()]
    assert [model["default"] for model in found].index(True) == 0


def test_every_parser_is_reachable_and_helps():
    """The documentation's page is made from this tree."""
    [commands] = [a for a in cli.parser()._actions if isinstance(a, argparse._SubParsersAction)]
    assert list(commands.choices) == list(cli.parsers.COMMANDS)
    for name, command in commands.choices.items():
        assert command.description, name
        for action in command._actions:
            assert action.help, (name, action.dest)


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_that_completes_is_printed(capsys, shell):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--print-completion", shell])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    for word in (*cli.parsers.COMMANDS, "--print-completion", "contrast_light", "lstm-attention"):
        assert word in out


TRY = """
source "$1"
shift
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=()
_shtab_rnn_desk
echo "${COMPREPLY[*]}"
"""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["cl"], "classify"),
        (["evaluate", "champ"], "champion"),
        (["classify", "--mod"], "--model"),
        (["classify", "--model", "gr"], "gru"),
        (["classify", "--model", "fiv"], "five.jsonl"),
        (["classify", "fiv"], "five.jsonl"),
        (["evaluate", "gru", "fiv"], "five.jsonl"),
        (["--lang", "z"], "zh"),
        (["render", "--theme", "contrast_d"], "contrast_dark"),
    ],
)
def test_bash_completes(capsys, tmp_path, five, words, meant):
    with pytest.raises(SystemExit):
        cli.main(["--print-completion", "bash"])
    script = tmp_path / "complete.bash"
    script.write_text(capsys.readouterr().out)
    done = subprocess.run(
        ["bash", "-c", TRY, "bash", str(script), "rnn-desk", *words],
        cwd=five.parent,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.stdout.split() == [meant], done.stderr


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")
def test_a_zsh_without_settings_completes(capsys, tmp_path):
    with pytest.raises(SystemExit):
        cli.main(["--print-completion", "zsh"])
    script = tmp_path / "complete.zsh"
    script.write_text(capsys.readouterr().out)
    done = subprocess.run(
        ["zsh", "-f", "-c", 'eval "$(<$1)"; print $_comps[rnn-desk]', "zsh", str(script)],
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.stdout, done.stderr) == ("_shtab_rnn_desk\n", "")
