"""`rnn-desk render`: pictures of the size that is asked for, and flags that go together."""

import numpy as np
import pytest
from PIL import Image

from rnn_desk.cli import main
from rnn_desk.core.drawing import write_drawings


@pytest.fixture
def five(own_drawings, tmp_path):
    path = tmp_path / "five.jsonl"
    write_drawings(path, [next(d for d in own_drawings if d.label == 5)])
    return path


@pytest.mark.parametrize("size", [(1366, 768), (1500, 900)])
def test_a_picture_has_the_size_that_is_asked_for(told, five, tmp_path, size):
    out = tmp_path / "a.png"
    assert told("render", out, "--drawing", five, "--size", "{}x{}".format(*size))[0] == 0
    with Image.open(out) as picture:
        assert picture.size == size


def test_a_size_that_the_window_cannot_have_is_refused(told, five, tmp_path):
    out = tmp_path / "a.png"
    status, _, err = told("render", out, "--drawing", five, "--size", "400x400")
    assert status == 1
    assert err.startswith("rnn-desk render: The window cannot be as small as 400 x 400: what it")
    assert not out.exists()


@pytest.mark.parametrize("size", [(640, 360), (1400, 800)])
def test_an_animation_has_the_size_that_is_asked_for(told, five, tmp_path, size):
    """Smaller than what it shows, which is then made smaller, and larger, with paper around it."""
    out = tmp_path / "a.gif"
    assert told("render", out, "--drawing", five, "--size", "{}x{}".format(*size))[0] == 0
    with Image.open(out) as picture:
        assert picture.size == size
        grey = np.asarray(picture.convert("L"))
    edges = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    assert np.ptp(edges.astype(int)) <= 2
    assert np.ptp(grey.astype(int)) > 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name one file to write"),
        (["a.png", "-o", "b.png"], "name one file to write"),
        (["a.png", "--format", "svg"], "--format is for standard output"),
        (["a.png", "--step", "2"], "--step is a lesson's"),
        (["a.png", "--index", "2"], "--index is of a file"),
        (["a.png", "--write-as", "10"], "'10' is no whole number from 0 to 9"),
        (["a.png", "--temperature", "6"], "'6' is no number from 0.05 to 5"),
        (["a.png", "--temperature", "nan"], "'nan' is no number from 0.05 to 5"),
        (["a.png", "--temperature", "warm"], "'warm' is no number from 0.05 to 5"),
        (["a.png", "--lesson", "gates", "--row", "3"], "--row is what the lesson says"),
        (["a.png", "--lesson", "gates", "--gradient"], "--gradient is what the lesson says"),
        (["a.png", "--lesson", "gates", "--model", "gru"], "--model is what the lesson says"),
    ],
)
def test_nothing_that_is_asked_for_is_ignored(words, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["render", *words])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--lang", "zh"], ["--present"], ["--desk", "a.rnndesk"]])
@pytest.mark.parametrize("after", [False, True])
def test_what_is_the_windows_is_no_commands(option, after, capsys):
    command = ["classify", "a.png"]
    with pytest.raises(SystemExit) as ended:
        main([*command, *option] if after else [*option, *command])
    assert ended.value.code == 2
    assert f"classify: error: {option[0]} is no option of this command" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_a_dream_is_an_animation_of_no_drawing(told, tmp_path, suffix):
    out = tmp_path / f"a.{suffix}"
    assert told("render", out, "--dream", "--write-as", 3)[0] == 0
    with Image.open(out) as picture:
        assert picture.n_frames == 29
        sheets = []
        for row in (6, 14, 28):
            picture.seek(row)
            sheets.append(np.asarray(picture.convert("L"))[:, :280].astype(int))
    above, whole = sheets[0] != sheets[2], sheets[1] != sheets[2]
    assert above.sum() > whole.sum() > 0
    assert not (sheets[0][:70] != sheets[1][:70]).any()
