"""No words of a file, nor of a person's own, are obeyed by a terminal, whichever command says them.

What a command wrote is looked at byte by byte; it runs here, and once as a process of its own.
"""

import json
import os
import subprocess
import sys
from html import escape

import pytest

from rnn_desk import cli
from rnn_desk.app import client
from rnn_desk.core.drawing import Drawing, read_drawings, write_drawings
from rnn_desk.core.plain import one_line
from tests.core.test_json_text import strictly
from tests.helpers import cards
from tests.helpers.hostile import FILE_NAME, NAMES, WORST, forbidden_in, named

TYPED = WORST.replace("\0", "")
"""No argument of a command can hold a NUL."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no file can be called so there")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return named(tmp_path_factory.mktemp("models"), WORST, f"{FILE_NAME}.onnx")


@pytest.fixture(scope="module")
def digits(tmp_path_factory, own_drawings):
    """Three drawings by somebody of such a name, of whose labels it is said to be."""
    path = tmp_path_factory.mktemp("drawings") / f"{FILE_NAME}.jsonl"
    made = [Drawing(d.strokes, d.size, WORST, WORST) for d in own_drawings[:3]]
    write_drawings(path, made)
    assert len(list(read_drawings(path))) == 3
    with path.open("ab") as file:
        file.write(b"no drawing\n")
    return path


def looked_through(out, err):
    assert not forbidden_in(out + err, allowed="\n")
    assert "Traceback" not in err
    return out, err


@pytest.fixture
def run(monkeypatch, tmp_path, engines, capfdbinary):
    """Run a command here: its status, and what it wrote on stdout and on stderr, looked through."""
    for name in ("XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(client, "Engines", engines.make)

    def run(*words, main=cli.main):
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:  # argparse's
            status = end.code
        return status, *looked_through(*(said.decode() for said in capfdbinary.readouterr()))

    return run


def test_a_process_tells_in_words_whatever_is_typed_and_read(tmp_path, model, digits):
    home = {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "HOME")}
    for words, status in ((["classify", digits, "--model", model], 1), ([TYPED], 1)):
        done = subprocess.run(
            [sys.executable, "-m", "rnn_desk", *map(str, words)],
            capture_output=True,
            env={**os.environ, **home, "PYTHONIOENCODING": "utf-8"},
            timeout=120,
            check=False,
        )
        assert done.returncode == status
        assert any(looked_through(done.stdout.decode(), done.stderr.decode()))


def test_a_model_is_told_in_words(run, model):
    status, out, _ = run("inspect", model)
    assert status == 0
    assert "<h1>NOT YOUR FILE</h1>" in out
    heads = [line.split("  ")[0] for line in out.splitlines()]
    assert not {"second", "third", "fourth"} & set(heads)  # no line that the model made up
    assert max(map(len, out.splitlines())) < 2000


def test_a_model_is_told_in_strict_json_whatever_its_figures(run, model):
    status, out, _ = run("inspect", model, "--json")
    assert status == 0
    (line,) = out.splitlines()
    found = strictly(line)
    assert found["card"]["figures"] == {WORST: None, "least": None}
    assert found["card"]["training"] == {WORST: None}
    assert found["card"]["licence"] == WORST  # the words themselves, to the last character
    assert WORST in [tensor["name"] for tensor in found["watched"] + found["watchable"]]


def test_digits_are_told_in_words(run, model, digits):
    status, out, err = run("classify", digits, "--model", model)
    assert status == 1
    assert len(out.splitlines()) == 1 + 3 + 1  # a heading, and how many are right
    (why,) = err.splitlines()
    assert "line 4: this is not a drawing" in why


def test_digits_are_told_in_strict_json(run, model, digits):
    _, out, _ = run("classify", digits, "--model", model, "--json")
    answers = [strictly(line) for line in out.splitlines()]
    assert [answer["file"] for answer in answers] == [str(digits)] * 3


@pytest.mark.parametrize("kind", ["json", "npz", "csv"])
def test_a_reading_is_saved_under_any_name(run, tmp_path, model, digits, kind):
    target = tmp_path / f"{FILE_NAME}.{kind}"
    status, out, _ = run("trace", digits, "--model", model, "--out", target)
    assert status == 0
    assert len(out.splitlines()) == 1
    if kind == "json":
        assert WORST in [w["name"] for w in strictly(target.read_text())["about"]["watched"]]


def test_what_is_written_beside_the_answer_is_named_in_words(run, tmp_path):
    model = named(tmp_path, WORST, classes=cards.DIGITS)  # which a report asks for
    copy, page = tmp_path / f"{FILE_NAME}.onnx", tmp_path / f"{FILE_NAME}.html"
    status, _, err = run("inspect", model, "--save", copy, "--report", page)
    assert status == 0, err
    assert len(err.splitlines()) == 2
    text = page.read_text(encoding="utf-8")
    assert "<h1>NOT" not in text
    assert "<img" not in text
    assert escape(one_line(WORST, 100)) in text  # as much of a name as a card keeps
    assert not forbidden_in(text, allowed="\n")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["inspect", TYPED], 1),
        (["inspect", "--json", TYPED], 1),
        (["classify", TYPED], 1),
        (["classify", "a.png", "--device", TYPED], 1),
        (["classify", "a.png", "--" + TYPED.replace(" ", "")], 2),
        (["render", "a.png", "--theme", TYPED], 2),
        (["render", "a.png", "--lesson", TYPED], 1),
        (["trace", "a.png", "--out", TYPED], 2),
        ([TYPED], 1),
        (["--model", "a", TYPED], 1),
    ],
)
def test_a_refusal_quotes_what_was_typed_in_words(run, words, status):
    assert run(*words)[0] == status


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["compare", TYPED], 1),
        (["evaluate", TYPED], 1),
        (["run", TYPED], 1),
        (["resume", TYPED], 1),
        ([TYPED], 2),
    ],
)
def test_the_training_command_does_so_too(run, words, status):
    pytest.importorskip("torch")
    from training import cli as training

    assert run(*words, main=training.main)[0] == status


def test_training_compares_models_of_any_name(run, tmp_path, model):
    pytest.importorskip("torch")
    from training import cli as training
    from training.compare import BEGIN, END

    table = tmp_path / "table.md"
    table.write_text(f"{BEGIN}\n{END}\n")
    words = "compare", model, "--picture", tmp_path / "a.png", "--markdown", table
    status, out, _ = run(*words, main=training.main)
    assert status == 0
    assert out.splitlines()[2].startswith("<img")
    name, file = table.read_text().splitlines()[3].split(" | ")[:2]
    assert name.startswith("| &lt;img")
    assert file.startswith("`<img")  # as code, in which nothing is markup
    assert not forbidden_in(table.read_text(), allowed="\n")


def test_a_mistake_of_ours_is_told_in_words_too():
    code = (
        "from rnn_desk import cli\n"
        "from rnn_desk.cli import classify\n"
        "def fail(*_): raise LookupError('\\x1b[31mred\\u202e')\n"
        "classify.classify = fail\n"
        "cli.main(['classify', 'a.png'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, timeout=60
    )
    said = done.stderr.decode()
    assert "LookupError: red" in said
    assert not forbidden_in(said, allowed="\n")


@pytest.mark.parametrize(
    "name",
    [
        # WORST has all of them but this one to its end.
        pytest.param(name, id=what, marks=[] if what == "endless" else pytest.mark.slow)
        for what, name in NAMES.items()
    ],
)
def test_each_name_is_told_in_words(run, tmp_path, name):
    assert run("inspect", named(tmp_path, name))[0] == 0
    status, out, _ = run("inspect", tmp_path / "model.onnx", "--json")
    assert status == 0
    assert json.loads(out)["card"]["licence"] == name
