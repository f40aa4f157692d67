"""The command line as a person or a script uses it: a process of its own, real files."""

import gzip
import json
import subprocess
import sys

import numpy as np
import pytest

from rnn_desk.assets_door import asset, bundled_lessons
from rnn_desk.core.drawing import write_drawings
from rnn_desk.core.raster import rasterise
from tests.helpers.idx import write_idx


def rnn_desk(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "rnn_desk", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def digits(own_drawings):
    """One drawing a class."""
    return [next(d for d in own_drawings if d.label == label) for label in range(10)]


def pictures_of(drawings):
    pixels = np.stack([rasterise(drawing).pixels for drawing in drawings])
    return np.rint(pixels * 255).astype(np.uint8)


def test_drawings_and_idx_files_are_classified_in_their_order(digits, tmp_path):
    drawn, idx = tmp_path / "drawn.bin", tmp_path / "idx.bin"  # what is in it counts, not its name
    write_drawings(drawn, digits)
    idx.write_bytes(write_idx(pictures_of(digits)))
    paths = [drawn, idx]
    for plain in (drawn, idx):
        paths.append(plain.with_suffix(".packed"))
        paths[-1].write_bytes(gzip.compress(plain.read_bytes()))
    done = rnn_desk("classify", "--json", *paths)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    places = [(answer["file"], answer["index"]) for answer in answers]
    assert places == [(str(path), k) for path in paths for k in range(10)]
    for answer in answers:
        right = sum(a["label"] == a["index"] for a in answers if a["file"] == answer["file"])
        assert right >= 9, answer["file"]
        assert set(answer) >= {"file", "index", "label", "probabilities"}
        assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-3)


def test_one_bad_file_is_named_and_the_others_are_answered(digits, tmp_path):
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.png"
    write_drawings(good, digits[:1])
    bad.write_bytes(b"\x89PNG and nothing else")
    done = rnn_desk("classify", "--json", bad, good, tmp_path / "none.jsonl")
    assert done.returncode == 1
    assert [json.loads(line)["label"] for line in done.stdout.splitlines()] == [0]
    assert "bad.png" in done.stderr
    assert "none.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_trace_is_written(digits, tmp_path):
    path, out = tmp_path / "five.jsonl", tmp_path / "trace.npz"
    write_drawings(path, [digits[5]])
    done = rnn_desk("trace", path, "--out", out, "--model", asset("models", "lstm.onnx"))
    assert done.returncode == 0, done.stderr
    with np.load(out) as trace:
        assert trace["layer1/h"].shape == (28, 128)
        assert trace["layer2/gates/f"].shape == (28, 64)
        assert trace["belief"].shape == (28, 10)
        assert trace["probabilities"].argmax() == 5
        assert np.allclose(trace["belief"][-1], trace["probabilities"], atol=1e-5)


def test_devices_are_listed_with_reasons():
    done = rnn_desk("devices", "--json")
    assert done.returncode == 0, done.stderr
    listed = json.loads(done.stdout)
    entries = listed if isinstance(listed, list) else listed["devices"]
    assert any(entry["name"] == "cpu" and entry["usable"] for entry in entries)
    assert all(entry["usable"] or entry["reason"] for entry in entries)


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_the_windows_picture_is_rendered_with_no_screen(digits, tmp_path, suffix):
    path, out = tmp_path / "eight.jsonl", tmp_path / f"desk.{suffix}"
    write_drawings(path, [digits[8]])
    done = rnn_desk("render", out, "--drawing", path, "--size", "1366x768", "--row", 14)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert out.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["classify"], 2), (["nonsense"], 2), (["render", "x.txt"], 2), (["inspect", "none.onnx"], 1)],
)
def test_wrong_usage_and_refusals_have_their_codes(arguments, code):
    done = rnn_desk(*arguments)
    assert done.returncode == code
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_the_guide_for_teachers_is_written_in_the_language_asked_for(tmp_path):
    out = tmp_path / "guide.html"
    done = rnn_desk("guide", out, "--lang", "zh")
    assert done.returncode == 0, done.stderr
    text = out.read_text(encoding="utf-8")
    assert '<html lang="zh">' in text
    assert "教师指南" in text
    assert text.count("<section>") == len(list(bundled_lessons()))
