"""`rnn-desk evaluate`: what it counts, on each kind of data, and what it says of the rest."""

import gzip
import json

import numpy as np
import pytest

from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import Drawing, to_json, write_drawings
from rnn_desk.core.raster import rasterise
from tests.helpers import models
from tests.helpers.idx import write_idx
from tests.models.manifest import FILES


@pytest.fixture
def digits(own_drawings):
    """Two drawings a class."""
    return [d for label in range(10) for d in [o for o in own_drawings if o.label == label][:2]]


@pytest.fixture
def judged(told):
    """What `evaluate --json` prints, its status, and the lines on stderr."""

    def judged(*words):
        status, out, err = told("evaluate", "--json", *words)
        return json.loads(out) if out else None, status, err.splitlines()

    return judged


def pixels_of(drawings):
    return np.rint(np.stack([rasterise(d).pixels for d in drawings]) * 255).astype(np.uint8)


def save_pictures(folder, drawings, name=str):
    from PySide6.QtGui import QImage

    for number, (drawing, grey) in enumerate(zip(drawings, 255 - pixels_of(drawings), strict=True)):
        place = folder / name(drawing.label)
        place.mkdir(parents=True, exist_ok=True)
        image = QImage(np.ascontiguousarray(grey).data, 28, 28, 28, QImage.Format.Format_Grayscale8)
        assert image.save(str(place / f"{number:02}.png"))


def test_a_digit_labelled_otherwise_is_misread_and_named(judged, digits, tmp_path):
    wrong = Drawing(digits[0].strokes, digits[0].size, label=9)  # a 0
    path = tmp_path / "some.jsonl"
    write_drawings(path, [*digits, wrong])
    found, status, err = judged("gru", path)
    assert (status, err) == (0, [])
    assert (found["count"], found["right"]) == (21, 20)
    assert found["accuracy"] == pytest.approx(20 / 21)
    confusion = np.array(found["confusion"])
    assert confusion.sum() == 21
    assert confusion[9, 0] == 1
    assert confusion.trace() == 20
    [misread] = found["misread"]
    assert (misread["file"], misread["index"]) == (str(path), 20)
    assert (misread["truth"], misread["label"]) == (9, 0)
    assert 0.5 < misread["probability"] <= 1


@pytest.mark.parametrize("packed", [False, True])
def test_idx_images_find_their_labels(judged, digits, tmp_path, packed):
    def write(name, array):
        data = write_idx(array)
        path = tmp_path / (name + ".gz" * packed)
        path.write_bytes(gzip.compress(data) if packed else data)
        return path

    images = write("t10k-images-idx3-ubyte", pixels_of(digits))
    labels = write("t10k-labels-idx1-ubyte", np.array([d.label for d in digits], np.uint8))
    for words in (["gru", images], ["gru", tmp_path]):
        found, status, _ = judged(*words)
        assert (status, found["count"], found["right"]) == (0, 20, 20)
    labels.rename(tmp_path / "elsewhere")
    assert judged("gru", images)[1:] == (
        1,
        [f"rnn-desk evaluate: {images} has no labels beside it: name them with --labels"],
    )
    assert judged("gru", images, "--labels", tmp_path / "elsewhere")[0]["right"] == 20


def test_a_folder_of_several_sets_is_asked_about(judged, digits, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}-images-idx3-ubyte").write_bytes(write_idx(pixels_of(digits)))
    found, status, [error] = judged("gru", tmp_path)
    assert (found, status) == (None, 1)
    assert "several files of images: name one of a-images-idx3-ubyte, b-images" in error


@pytest.mark.parametrize("count", [19, 21])
def test_labels_of_other_images_are_said(judged, digits, tmp_path, count):
    (tmp_path / "images-idx3").write_bytes(write_idx(pixels_of(digits)))
    labels = np.resize([d.label for d in digits], count).astype(np.uint8)
    (tmp_path / "labels-idx1").write_bytes(write_idx(labels))
    _, status, [error] = judged("gru", tmp_path / "images-idx3")
    assert status == 1
    assert "labels-idx1 does not hold one label for each image of" in error


def test_a_folder_has_a_folder_a_class(judged, digits, tmp_path):
    words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    save_pictures(tmp_path / "by word", digits, lambda label: words[label])
    save_pictures(tmp_path / "by number", digits)
    (tmp_path / "by number" / ".hidden").mkdir()
    (tmp_path / "by number" / "3" / "Thumbs.db").write_bytes(b"not a picture")
    for name in ("by word", "by number"):
        found, status, err = judged("gru", tmp_path / name)
        assert (status, err) == (0, [])
        assert (found["count"], found["right"]) == (20, 20)


def test_a_folder_of_other_folders_is_refused_in_one_sentence(judged, digits, tmp_path):
    save_pictures(tmp_path, digits, lambda label: "abcdefghij"[label])
    found, status, [error] = judged("gru", tmp_path)
    assert (found, status) == (None, 1)
    assert "is named as a class that the model knows, such as 0" in error
    (tmp_path / "h").rename(tmp_path / "seven")
    found, status, [error] = judged("gru", tmp_path)
    assert (status, found["count"], found["right"]) == (0, 2, 2)
    assert "18 digits left out" in error


def test_what_cannot_be_read_is_named_and_the_rest_is_judged(judged, digits, tmp_path):
    save_pictures(tmp_path, digits)
    (tmp_path / "7" / "notes.txt").write_text("seven")
    found, status, [error] = judged("gru", tmp_path)
    assert status == 1
    assert "notes.txt is neither a picture" in error
    assert found["count"] == 20
    assert found["left_out"]["unreadable"] == 1


def test_what_has_no_label_is_left_out_and_counted(judged, digits, tmp_path):
    path = tmp_path / "some.jsonl"
    write_drawings(
        path,
        [
            *digits[:2],
            Drawing(digits[2].strokes, digits[2].size),
            Drawing(digits[3].strokes, digits[3].size, label="heart"),
            Drawing(label=4),
        ],
    )
    found, status, err = judged("gru", path)
    assert status == 0
    assert found["left_out"] == {"unlabelled": 1, "unknown_label": 1, "unreadable": 0}
    assert err == [
        "rnn-desk evaluate: 1 digit left out: no label says what it should be",
        "rnn-desk evaluate: 1 digit left out: the model knows no class heart",
    ]
    assert (found["count"], found["empty"], found["right"]) == (3, 1, 2)
    [empty] = found["misread"]
    assert (empty["truth"], empty["label"], empty["probability"]) == (4, None, None)


@pytest.mark.parametrize("name", ["empty folder", "picture", "unlabelled"])
def test_where_nothing_can_be_judged_it_is_said(judged, digits, tmp_path, name):
    path = tmp_path / "data"
    if name == "unlabelled":
        path.write_text(to_json(Drawing(digits[0].strokes)) + "\n")
    else:
        path.mkdir()
    if name == "picture":
        save_pictures(path, digits[:1])
        path = path / "0" / "00.png"
    found, status, err = judged("gru", path)
    assert (found, status) == (None, 1)
    assert err[-1].startswith(f"rnn-desk evaluate: {path} holds n")


def test_numbers_stand_for_classes_that_are_words_by_their_place(judged, digits, tmp_path):
    """As EMNIST's letters, which count from 1."""
    names = tuple("ABCDEFGHIJ")
    model = models.saved(tmp_path, models.recurrent(), models.card(classes=names))
    (tmp_path / "images-idx3").write_bytes(write_idx(pixels_of(digits)))
    for first in (0, 1):
        labels = np.array([d.label + first for d in digits], np.uint8)
        (tmp_path / "labels-idx1").write_bytes(write_idx(labels))
        found, status, err = judged(model, tmp_path / "images-idx3")
        assert (status, err) == (0, [])
        assert found["classes"] == list(names)
        assert [sum(row) for row in found["confusion"]] == [2] * 10


def test_it_is_told_for_people_with_the_surest_mistakes_first(told, own_drawings, tmp_path):
    poor = asset("models", "learning", "lstm-00060.onnx")
    path = tmp_path / "some.jsonl"
    write_drawings(path, own_drawings)
    status, out, err = told("evaluate", "learning/lstm-00060", path, "--misread", 3)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith(f"LSTM 128-64, after 60 steps on {path}: ")
    assert lines[3].split() == [*map(str, range(10)), "right"]
    assert len(lines[4:14]) == 10
    heading = lines.index(next(line for line in lines if line.startswith("misread")))
    shown = [line.split() for line in lines[heading + 1 : heading + 4]]
    sure = [float(line[-1].rstrip("%")) for line in shown]
    assert sure == sorted(sure, reverse=True)
    assert "others, see --misread and --json" in lines[-1]
    by_file = json.loads(told("evaluate", poor, path, "--json")[1])
    assert lines[0].split(": ")[-1].startswith(f"{by_file['right']} of 240")


def test_a_foreign_model_and_standard_input_are_judged_alike(judged, digits, tmp_path, monkeypatch):
    path = tmp_path / "some.jsonl"
    write_drawings(path, digits)
    by_file, *_ = judged(FILES / "ts_lstm.onnx", path)
    with path.open("rb") as stream:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream, "isatty": bool}))
        by_stream, *_ = judged(FILES / "ts_lstm.onnx", "-")
    assert by_stream["data"] == "-"
    assert by_stream["confusion"] == by_file["confusion"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gru.onnx", "is a model: name the digits that are to be read"),
        ("labels-idx1", "images and labels may be interchanged"),
        ("notes.txt", "is neither a picture"),
        ("absent", "does not exist: check the name"),
    ],
)
def test_what_is_no_data_is_said(judged, tmp_path, name, words):
    (tmp_path / "gru.onnx").write_bytes(b"\x08\x08")
    (tmp_path / "labels-idx1").write_bytes(write_idx(np.zeros(3, np.uint8)))
    (tmp_path / "notes.txt").write_text("seven")
    found, status, err = judged("gru", tmp_path / name)
    assert (found, status) == (None, 1)
    [error] = err
    assert error.startswith(f"rnn-desk evaluate: {tmp_path / name} ")
    assert words in error


def test_a_labelled_picture_is_one_digit(judged, digits, tmp_path):
    from PIL import Image

    two = np.hstack(list(255 - pixels_of([digits[0], digits[2]]).repeat(4, 1).repeat(4, 2)))
    (tmp_path / "0").mkdir()
    Image.fromarray(two).save(tmp_path / "0" / "two.png")
    found, status, _ = judged("gru", tmp_path)
    assert (status, found["count"], found["right"]) == (0, 1, 1)
