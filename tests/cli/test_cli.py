"""The command line at its edges: odd files, odd models, closed pipes, full disks, Ctrl-C."""

import gzip
import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from rnn_desk import __version__
from rnn_desk.assets_door import asset
from rnn_desk.cli import main, parsers
from rnn_desk.core.drawing import Drawing, stroke, to_json, write_drawings
from rnn_desk.core.ink import visible_ink
from rnn_desk.core.references import other_drawings
from tests.helpers import models
from tests.helpers.idx import write_idx
from tests.helpers.truth import supersampled

COMMANDS = list(parsers.COMMANDS)


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch, tmp_path):
    for name in ("XDG_CONFIG_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "settings"))


@pytest.fixture
def answers(told):
    """What `classify --json` answers, its status, and the lines on stderr."""

    def answers(*words):
        status, out, err = told("classify", "--json", *words)
        return [json.loads(line) for line in out.splitlines()], status, err.splitlines()

    return answers


def usage_error(*words):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return ended.value.code


@pytest.fixture
def sevens(own_drawings):
    return [drawing for drawing in own_drawings if drawing.label == 7][:3]


@pytest.fixture
def write(tmp_path):
    """A file of that name that holds lines, drawings among them, or bytes."""

    def write(name, content):
        path = tmp_path / name
        if not isinstance(content, bytes):
            lines = [to_json(line) if isinstance(line, Drawing) else line for line in content]
            content = "".join(line + "\n" for line in lines).encode()
        path.write_bytes(content)
        return path

    return write


def command(*words, **options):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen([sys.executable, "-m", "rnn_desk", *map(str, words)], **options)


# --- help and usage ---


def test_the_version_is_the_packages(capsys):
    assert usage_error("--version") == 0
    assert capsys.readouterr().out == f"rnn-desk {__version__}\n"


def test_help_names_every_command_and_each_has_examples(capsys):
    assert usage_error("-h") == 0
    general = capsys.readouterr().out
    for name in COMMANDS:
        assert f"\n  {name} " in general
        assert usage_error(name, "--help") == 0
        text = capsys.readouterr().out
        assert f"examples:\n  rnn-desk {name}" in text
        assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize(
    "words",
    [
        ["classify"],
        ["inspect"],
        ["trace", "a.jsonl"],
        ["trace", "a.jsonl", "--out", "a.npz", "--index", "-1"],
        ["nonsense"],
        ["--lang", "fr"],
        ["--mod", "a.onnx"],  # no guessing at what is meant
        ["trace", "a.jsonl", "--out", "a.txt"],
        ["trace", "a.jsonl", "--out", "a.npz", "--format", "csv"],
        ["render", "a.bmp"],
        ["render", "a.png", "--size", "1366"],
        ["render", "a.png", "--size", "1366x7"],
        ["render", "a.png", "--size", "99999x768"],
        ["render", "a.png", "--row", "0"],
        ["render", "a.png", "--row", "x"],
        ["render", "a.png", "--theme", "pink"],
        ["render", "a.png", "--unit", "1"],
    ],
)
def test_wrong_usage_is_told_as_such(words, capsys):
    assert usage_error(*words) == 2
    assert "usage: rnn-desk" in capsys.readouterr().err


LOADED = """
import sys
from rnn_desk.cli import main, parsers
try:
    main(sys.argv[1:])
finally:
    loaded = {name.partition(".")[0] for name in sys.modules}
    print(*sorted(loaded & {"PySide6", "onnxruntime", "onnx", "torch"}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "loaded"),
    [
        (["--version"], ""),
        (["classify", "-h"], ""),
        (["classify", "FILE"], "onnx onnxruntime"),
        (["devices"], "onnx onnxruntime"),
    ],
)
def test_no_command_loads_what_it_does_not_need(words, loaded, write, sevens):
    path = write("sevens.jsonl", sevens)
    words = [str(path) if word == "FILE" else word for word in words]
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=False
    )
    assert set(done.stderr.split()) <= set(loaded.split())
    assert "Traceback" not in done.stderr


# --- what is classified ---


@pytest.mark.parametrize("kind", ["PNG", "JPG", "BMP"])
def test_a_picture_is_read(kind, answers, sevens, tmp_path):
    from PySide6.QtGui import QImage

    paper = 255 - np.rint(supersampled(visible_ink(sevens[0]), 112, samples=3) * 230)
    grey = np.ascontiguousarray(paper, dtype=np.uint8)
    path = tmp_path / "seven"
    QImage(grey.data, 112, 112, 112, QImage.Format.Format_Grayscale8).save(str(path), kind)
    [answer], status, errors = answers(path)
    assert (status, errors) == (0, [])
    assert (answer["file"], answer["index"], answer["label"]) == (str(path), 0, 7)


def test_idx_images_of_another_size_are_read(answers, sevens, write):
    images = [np.rint(supersampled(visible_ink(d), 40, samples=4) * 255) for d in sevens]
    path = write("sevens-idx3", write_idx(np.array(images, np.uint8)))
    found, status, _ = answers(path)
    assert status == 0
    assert [answer["label"] for answer in found] == [7, 7, 7]


def test_files_of_all_kinds_are_answered_in_their_order(answers, sevens, write):
    drawn = write("drawn.jsonl", sevens[:2])
    images = [np.rint(supersampled(visible_ink(d), 28, samples=4) * 255) for d in sevens]
    idx = write("images", gzip.compress(write_idx(np.array(images, np.uint8))))
    found, status, _ = answers(idx, drawn, idx)
    assert status == 0
    places = [(answer["file"], answer["index"]) for answer in found]
    assert places == [
        *((str(idx), k) for k in range(3)),
        *((str(drawn), k) for k in range(2)),
        *((str(idx), k) for k in range(3)),
    ]


def test_probabilities_are_one_a_class_and_the_label_is_the_largest(answers, own_drawings, write):
    found, _, _ = answers(write("all.jsonl", own_drawings[::10]))
    assert len(found) == 24
    for answer in found:
        assert set(answer) == {
            *("file", "index", "label", "truth", "probabilities", "familiarity", "doubted")
        }
        assert 0 <= answer["familiarity"] <= 1
        assert answer["doubted"] == (answer["familiarity"] < 0.5)
        assert len(answer["probabilities"]) == 10
        assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-5)
        assert answer["label"] == int(np.argmax(answer["probabilities"]))


def test_bad_lines_are_named_and_not_counted(answers, sevens, write):
    lines = [sevens[0], "not JSON", "", sevens[1], '{"strokes": 3}', sevens[2]]
    found, status, errors = answers(write("some.jsonl", lines))
    assert status == 1
    assert [(answer["index"], answer["label"]) for answer in found] == [(0, 7), (1, 7), (2, 7)]
    assert len(errors) == 2
    assert "some.jsonl, line 2: " in errors[0]
    assert "some.jsonl, line 5: " in errors[1]


def test_a_first_line_that_is_bad_does_not_hide_the_others(answers, sevens, write):
    found, status, [error] = answers(write("some.jsonl", ["garbage", *sevens]))
    assert (len(found), status) == (3, 1)
    assert "line 1" in error


def test_digits_with_no_ink_are_answered_without_a_guess(answers, sevens, write):
    eraser = sevens[0].with_stroke(
        type(sevens[0].strokes[0])(sevens[0].strokes[0].points, "eraser", 1e4)
    )
    path = write("blank.jsonl", [Drawing(), sevens[0], eraser])
    found, status, _ = answers(path)
    assert status == 0
    blank = {"file": str(path), "label": None, "probabilities": None, "empty": True}
    assert found[0] == {**blank, "index": 0}
    assert found[1]["label"] == 7
    assert found[2] == {**blank, "index": 2, "truth": 7}


def test_what_was_read_before_the_damage_is_answered(answers, sevens, write):
    whole = gzip.compress(("\n".join(map(to_json, sevens * 100)) + "\n").encode(), mtime=0)
    path = write("cut.jsonl.gz", whole[: len(whole) // 2])
    found, status, [error] = answers(path)
    assert status == 1
    assert "cut.jsonl.gz is a damaged gzip file" in error
    assert 10 < len(found) < 300
    assert {answer["label"] for answer in found} == {7}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.png", b"", "is empty"),
        ("readme.md", b"# Read me", "is neither a picture (PNG, JPEG, BMP, GIF, WebP"),
        ("blank.jsonl", b"\n\n", "holds no digit"),
        ("none-idx3", write_idx(np.zeros((0, 28, 28), np.uint8)), "holds no digit"),
        ("labels-idx1", write_idx(np.zeros(5, np.uint8)), "images and labels may be interchanged"),
        ("cut.png", b"\x89PNG\r\n\x1a\n", "cut.png"),
        ("utf16.jsonl", '{"strokes": []}\n'.encode("utf-16"), "UTF-8"),
    ],
)
def test_a_file_that_holds_no_digit_is_named(answers, write, name, content, words, sevens):
    good = write("good.jsonl", sevens[:1])
    found, status, errors = answers(write(name, content), good)
    assert status == 1
    assert [answer["label"] for answer in found] == [7]
    [error] = errors
    assert name in error
    assert words in error


def test_a_folder_and_an_absent_file_are_named(answers, tmp_path):
    found, status, errors = answers(tmp_path, tmp_path / "absent.png")
    assert (found, status) == ([], 1)
    assert "is a folder" in errors[0]
    assert "does not exist" in errors[1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' names are text")
def test_a_name_that_is_no_text_is_given_back(answers, told, sevens, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jsonl")
    write_drawings(tmp_path / "a", sevens[:1])
    (tmp_path / "a").rename(path)
    [answer], status, _ = answers(path)
    assert status == 0
    assert os.fsencode(answer["file"]).endswith(b"/\xff.jsonl")
    assert told("classify", path)[0] == 0


# --- for people ---


def test_the_table_names_what_was_read_and_what_was_meant(told, own_drawings, write):
    mislabelled = Drawing(own_drawings[0].strokes, own_drawings[0].size, label=9)
    path = write("some.jsonl", [own_drawings[0], mislabelled, Drawing(label=4)])
    status, out, _ = told("classify", path)
    heading, right, wrong, blank, summary = out.splitlines()
    assert status == 0
    assert heading.split() == ["file", "index", "reads", "sure", "next"]
    assert right.split()[:3] == [str(path), "0", "0"]
    assert wrong.endswith("labelled 9")
    assert "no ink" in blank
    assert summary == "1 of 3 read as labelled (33.33%)"


def test_a_drawing_of_two_digits_is_said_to_be_two(answers, told, write):
    shown = other_drawings()
    path = write("two.jsonl", [shown["two digits"], shown["heart"]])
    (two, heart), _, _ = answers(path)
    assert two["doubted"]
    assert two["apart"] == [2, 4]
    assert heart["doubted"]
    assert "apart" not in heart
    assert "looks like several digits, 2 and 4: --split reads" in told("classify", path)[1]
    assert [each["label"] for each in answers(path, "--split")[0]][:2] == two["apart"]


# --- models ---


def test_classes_that_are_words_are_told_as_words(answers, tmp_path, sevens, write):
    classes = ("零", *(f"class {k}" for k in range(1, 9)), "10")
    model = models.saved(tmp_path, models.recurrent(), models.card(classes=classes))
    path = write("sevens.jsonl", sevens)
    found, status, _ = answers(path, "--model", model)
    assert status == 0
    for answer in found:
        name = classes[int(np.argmax(answer["probabilities"]))]
        assert answer["label"] == (10 if name == "10" else name)


def test_an_answer_that_is_no_number_is_named_and_never_told(answers, tmp_path, write):
    """The weights are finite, and so are the answers to the digits that are tried at opening."""
    g = models.Graph()
    flat = g.node("Flatten", "picture")
    ink = g.node("ReduceSum", flat, g.constant(np.array([1])), keepdims=1)
    five = g.constant(np.array([5], np.float32))
    # |ink - 5| - 5 is below 0, and its root no number, where there is less ink than in a digit.
    over = g.node("Sqrt", g.node("Sub", g.node("Abs", g.node("Sub", ink, five)), five))
    logits = g.node("Add", over, g.weights(10))
    card = models.card(reading="whole")
    path = models.saved(tmp_path, g.model(logits, ["n", 28, 28]), card)
    dot = Drawing((stroke([[250, 250]]),))
    found, status, errors = answers(write("dot.jsonl", [dot]), "--model", path)
    assert status == 1
    assert found == []
    [error] = errors
    assert error.endswith("dot.jsonl, digit 0: the model's answer is not a number")


@pytest.mark.parametrize(
    "words",
    [
        ["classify", "FILE", "--model", "absent.onnx"],
        ["--model", "absent.onnx", "classify", "FILE"],  # before the command's name as well
        ["trace", "FILE", "--out", "a.npz", "--model", "absent.onnx"],
        ["inspect", "absent.onnx"],
    ],
)
def test_a_model_that_is_not_there_is_refused_in_one_sentence(words, told, sevens, write):
    path = write("sevens.jsonl", sevens)
    status, out, err = told(*(path if word == "FILE" else word for word in words))
    assert (status, out) == (1, "")
    command = next(word for word in words if word in COMMANDS)
    assert err == f"rnn-desk {command}: absent.onnx does not exist: check the name\n"


def test_a_device_that_is_not_known_is_refused(told, sevens, write):
    status, out, err = told("classify", write("a.jsonl", sevens), "--device", "toaster")
    assert (status, out) == (1, "")
    assert err.startswith("rnn-desk classify: toaster is not a device")


def test_a_refused_model_is_told_as_json_too(told, write):
    path = write("not.onnx", b"no model")
    status, out, err = told("inspect", path, "--json")
    found = json.loads(out)
    assert (status, found["accepted"]) == (1, False)
    assert err == f"rnn-desk inspect: {found['reason']}\n"
    assert "not.onnx" in err


# --- traces ---


@pytest.mark.parametrize("index", [0, 2])
def test_the_digit_that_is_asked_for_is_traced(told, own_drawings, write, tmp_path, index):
    chosen = [own_drawings[k] for k in (0, 30, 60)]
    path, out = write("some.jsonl", [chosen[0], "bad line", *chosen[1:]]), tmp_path / "t.npz"
    status, said, _ = told("trace", path, "--index", index, "--out", out)
    assert status == 0
    assert str(out) in said
    with np.load(out) as trace:
        assert trace["probabilities"].argmax() == chosen[index].label
        about = json.loads(str(trace["about"]))
    assert about["timings_ms"]["raster"] > 0


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_trace_is_written_as_its_suffix_says(told, sevens, write, tmp_path, kind):
    out = tmp_path / f"t.{kind}"
    lstm = asset("models", "lstm.onnx")
    assert told("trace", write("a.jsonl", sevens), "--out", out, "--model", lstm)[0] == 0
    text = out.read_text(encoding="utf-8-sig")
    if kind == "json":
        assert np.array(json.loads(text)["layer1/h"]).shape == (28, 128)
    else:
        assert [len(line.split(",")) for line in text.splitlines()] == 29 * [1 + 28 + 10 + 6 * 192]


def test_a_digit_that_the_file_does_not_have_is_refused(told, sevens, write, tmp_path):
    path, out = write("some.jsonl", [sevens[0], "bad", sevens[1]]), tmp_path / "t.npz"
    status, _, err = told("trace", path, "--index", 2, "--out", out)
    assert status == 1
    assert "has no digit 2: it holds 2" in err
    assert not out.exists()


def test_a_file_with_nothing_to_trace_gives_its_own_reason(told, write, tmp_path):
    status, _, err = told("trace", write("a.png", b"BM"), "--out", tmp_path / "t.npz")
    assert status == 1
    assert len(err.splitlines()) == 1
    assert "a.png" in err


def test_a_trace_that_cannot_be_written_is_refused(told, sevens, write, tmp_path):
    (tmp_path / "t.npz").mkdir()
    status, _, err = told("trace", write("a.jsonl", sevens), "--out", tmp_path / "t.npz")
    assert status == 1
    assert "is a folder" in err


def test_what_holds_no_digit_does_not_go_on_the_canvas(told, write, tmp_path):
    path = write("images", write_idx(np.zeros((1, 28, 28), np.uint8)))
    status, _, err = told("render", tmp_path / "a.png", "--drawing", path, "--index", 1)
    assert status == 1
    assert "images has no digit 1: it holds 1, counted from 0" in err


# --- how it ends ---


@pytest.fixture
def many(own_drawings, write):
    """Far more digits than the answers of which fit into a pipe."""
    return write("many.jsonl", list(own_drawings[:200]) * 11)


def test_a_reader_who_has_seen_enough_is_no_failure(many):
    process = command("classify", "--json", many)
    assert json.loads(process.stdout.readline())["index"] == 0
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
def test_ctrl_c_ends_it_with_one_line(many):
    # A run in the background of a shell may ignore Ctrl-C, and its children inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = command("classify", "--json", many)
    signal.signal(signal.SIGINT, before)
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert err == b"rnn-desk classify: stopped\n"
    assert process.returncode == 130


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk here")  # noqa: PTH110
def test_a_full_disk_is_said(sevens, write):
    with open("/dev/full", "wb") as full:  # noqa: PTH123  (a device)
        process = command("classify", write("a.jsonl", sevens), stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert (
        err.decode() == "rnn-desk classify: The answer cannot be written: No space left on device\n"
    )


def test_a_closed_stdout_is_no_failure(sevens, write):
    script = 'exec "$0" -m rnn_desk classify "$1" >&-'
    path = str(write("a.jsonl", sevens))
    done = subprocess.run(["sh", "-c", script, sys.executable, path], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_words_that_the_console_cannot_show_do_not_stop_it(sevens, write):
    path = write("七.jsonl", sevens)
    process = command("classify", path, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert rb"\u4e03.jsonl" in out
