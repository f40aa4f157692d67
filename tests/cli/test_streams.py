"""`-` in place of a file, pipes and terminals, as a shell has them: processes of their own."""

import io
import json
import os
import re
import subprocess
import sys
import time

import numpy as np
import pytest

from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import to_json
from rnn_desk.core.raster import rasterise

BOX = re.compile(r"\r *\r")
"""What wipes a line of progress away."""


@pytest.fixture
def five(own_drawings):
    return next(d for d in own_drawings if d.label == 5)


def run(*words, data=b"", **others):
    return subprocess.run(
        [sys.executable, "-m", "rnn_desk", *map(str, words)],
        input=data,
        capture_output=True,
        timeout=120,
        check=False,
        **others,
    )


def as_png(drawing):
    from PIL import Image

    grey = 255 - np.rint(rasterise(drawing).pixels * 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey).resize((140, 140)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("kind", ["drawing", "picture"])
def test_a_digit_on_standard_input_is_recognised(five, kind):
    data = as_png(five) if kind == "picture" else to_json(five).encode()
    done = run("classify", "-", "--json", data=data)
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout)
    assert (answer["file"], answer["index"], answer["label"]) == ("-", 0, 5)
    assert ("truth" in answer) == (kind == "drawing")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "standard input is empty"),
        (b"hello\n", "standard input is neither a picture"),
        (b'{"strokes": 3}\n', "standard input, line 1: this is not a drawing"),
        (b"\x89PNG\r\n\x1a\n", "standard input "),
        (b"\n\n", "standard input is neither"),
    ],
)
def test_what_is_wrong_is_said_of_standard_input(data, words):
    done = run("classify", "-", data=data)
    assert done.returncode == 1
    [line] = done.stderr.decode().splitlines()
    assert line.startswith(f"rnn-desk classify: {words}")


def test_a_model_comes_by_standard_input_too():
    model = asset("models", "gru.onnx").read_bytes()
    done = run("inspect", "-", "--json", data=model)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["name"] == "GRU 128"
    wrong = run("inspect", "-", "--json", data=b"no model")
    assert wrong.returncode == 1
    assert "rnn-desk-" not in wrong.stdout.decode()  # the folder that it lay in


@pytest.mark.parametrize(
    ("words", "begin"),
    [
        (["trace", "-", "-o", "-"], b'{"about"'),
        (["trace", "-", "--out", "-", "--format", "npz"], b"PK"),
        (["trace", "-", "-o-", "--format", "csv"], b"\xef\xbb\xbfrow,"),
        (["render", "-", "--drawing", "-"], b"\x89PNG"),
        (["render", "-o", "-", "--format", "svg", "--drawing", "-"], b"<?xml"),
    ],
)
def test_a_file_goes_to_standard_output(five, words, begin):
    done = run(*words, "--model", "gru", data=to_json(five).encode())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(begin)


def test_a_copy_and_its_description_do_not_mix():
    done = run("inspect", "gru", "--save", "-")
    assert done.returncode == 0
    assert done.stdout[:1] == b"\x08"  # protobuf's first field
    assert b"GRU 128" in done.stderr
    assert run("inspect", "gru", "--save", "-", "--json").returncode == 2
    assert run("inspect", "gru", "--save", "-", "--report", "-").returncode == 2


@pytest.mark.parametrize(
    "words", [["-h"], ["classify", "-h"], ["models"], ["--print-completion", "bash"]]
)
def test_a_reader_who_goes_away_is_no_failure(words):
    script = '"$0" -m rnn_desk "$@" | true; exit "${PIPESTATUS[0]}"'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable, *words], capture_output=True, timeout=60
    )
    assert done.returncode in (0, 141)  # it may have been quicker
    assert done.stderr == b""


def test_two_words_of_json_and_the_rest_is_not_wanted(tmp_path, five):
    path = tmp_path / "many.jsonl"
    path.write_text((to_json(five) + "\n") * 3000)
    script = '"$0" -m rnn_desk classify --json "$1" | head -2'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable, str(path)], capture_output=True, timeout=60
    )
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == b""


# --- on a terminal ---

pytest_terminal = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")


HURRIED = """
import sys
from rnn_desk.core import progress
progress.QUIET_SECONDS, progress._TICK_SECONDS = 0.0, 0.05
from rnn_desk.__main__ import main
sys.exit(main())
"""
"""The program, which says sooner than it does what takes long."""


def on_terminal(*words, program=("-m", "rnn_desk"), stop_at=None, stdout_too=True, **environment):
    """Run it on a terminal, Ctrl+C as soon as that was written; its status and what it wrote."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, *program, *map(str, words)],
        stdin=theirs,
        stdout=theirs if stdout_too else subprocess.DEVNULL,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,
        env={**os.environ, "TERM": "xterm", **environment},
    )
    os.close(theirs)
    said = b""
    began = time.monotonic()
    while time.monotonic() - began < 120:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux's way of saying that nobody is at the other end
            piece = b""
        if not piece:
            break
        said += piece
        if stop_at is not None and stop_at in said:
            os.write(ours, b"\x03")
            stop_at = None
    os.close(ours)
    return process.wait(60), said.decode()


def _take_terminal():
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest_terminal
@pytest.mark.parametrize(
    "words", [["trace", "FILE", "-o", "-", "--format", "npz"], ["render", "-", "--model", "gru"]]
)
def test_no_file_is_written_to_a_terminal(words, tmp_path, five):
    path = tmp_path / "five.jsonl"
    path.write_text(to_json(five) + "\n")
    status, said = on_terminal(*(path if word == "FILE" else word for word in words))
    assert status == 1
    assert "would be written to the terminal" in said


@pytest_terminal
def test_what_takes_long_says_so_and_leaves_nothing(tmp_path, five):
    path = tmp_path / "many.jsonl"
    path.write_text((to_json(five) + "\n") * 1500)
    status, said = on_terminal("evaluate", "champion", path, program=("-c", HURRIED))
    assert status == 0
    assert re.search(r"\rreading, [\d,]+, \d+ s", said)
    last = said.rindex("\rreading")
    assert BOX.match(said, said.index("\r ", last))  # wiped away
    assert "read as labelled" in said[last:]


@pytest_terminal
@pytest.mark.parametrize(
    ("words", "environment"),
    [(["-h"], {}), (["evaluate", "champion", "FILE"], {"TERM": "dumb"})],
)
def test_where_a_line_cannot_be_wiped_away_there_is_none(words, environment, tmp_path, five):
    path = tmp_path / "many.jsonl"
    path.write_text((to_json(five) + "\n") * 400)
    words = [path if word == "FILE" else word for word in words]
    status, said = on_terminal(*words, program=("-c", HURRIED), **environment)
    assert status == 0
    assert "\r" not in said.replace("\r\n", "\n")
    assert "\x1b" not in said


@pytest_terminal
@pytest.mark.parametrize(
    ("words", "at"),
    [
        (["classify", "-"], b"reading standard input"),
        (["bench"], b"measuring"),
        (["render", "OUT", "--drawing", "FILE"], b"drawing the window"),
        (["evaluate", "champion", "FILE"], b"reading"),
    ],
)
def test_ctrl_c_stops_it_wherever_it_is(words, at, tmp_path, five):
    path, out = tmp_path / "many.jsonl", tmp_path / "out.gif"
    path.write_text((to_json(five) + "\n") * 20_000)
    names = {"FILE": path, "OUT": out}
    status, said = on_terminal(*(names.get(word, word) for word in words), stop_at=at)
    # Python ends by the signal itself where it was raised in what Qt had called: a shell's 130.
    assert status in (130, -2)
    assert said.endswith(f"rnn-desk {words[0]}: stopped\r\n")
    assert "Traceback" not in said
    assert [path] == list(tmp_path.iterdir())


def test_a_model_that_writes_is_told_from_standard_input_too():
    data = asset("models", "writer.onnx").read_bytes()
    done = run("inspect", "-", "--json", data=data)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["reason"] == "it writes digits and reads none"
