"""Pictures as strangers bring them, read by the command line: see tests.helpers.hard_pictures."""

import json

import numpy as np
import pytest
from PIL import Image

from rnn_desk.core.drawing import Drawing, write_drawings
from tests.helpers.hard_pictures import KINDS, hard_pictures

EACH = 10


@pytest.fixture
def read(told, tmp_path):
    """The labels that the command line reads in pictures, in the order of its answers, and whether
    each is as shown."""

    def read(pictures):
        paths = [shown.save(tmp_path, f"{k:04d}") for k, shown in enumerate(pictures)]
        status, out, err = told("classify", "--json", *paths)
        assert (status, err) == (0, "")
        found = {str(path): [] for path in paths}
        for line in out.splitlines():
            answer = json.loads(line)
            if not answer.get("empty"):
                assert answer["index"] == len(found[answer["file"]])
                found[answer["file"]].append(str(answer["label"]))
        return [
            (shown, tuple(labels)) for shown, labels in zip(pictures, found.values(), strict=True)
        ]

    return read


def test_one_of_each_kind_is_read(read, own_drawings):
    wrong = [
        (shown.kind, shown.labels, labels)
        for shown, labels in read(hard_pictures(own_drawings, 1, seed=1))
        if shown.labels != labels
    ]
    assert len(wrong) <= 1, wrong


@pytest.mark.slow
@pytest.mark.parametrize("seed", [10, 11])
def test_98_percent_are_read_and_blank_paper_is_blank(read, own_drawings, seed):
    found = read(hard_pictures(own_drawings, EACH, seed))
    wrong = [
        (shown.kind, shown.labels, labels) for shown, labels in found if shown.labels != labels
    ]
    assert len(found) == EACH * len(KINDS) > 300
    assert len(wrong) <= 0.02 * len(found), wrong
    assert not [labels for shown, labels in found if not shown.labels and labels]


@pytest.mark.slow
def test_those_of_pens_are_read_too(read, pen_drawings):
    """Digits of thirty writers; a hundredth of them the champion misreads from their strokes."""
    found = read(hard_pictures(pen_drawings, 4, seed=20))
    right = [shown.labels == labels for shown, labels in found]
    assert np.mean(right) >= 0.95


# --- several ---


def test_each_digit_of_a_picture_has_a_line_and_a_box_in_the_files_pixels(told, tmp_path):
    grey = np.full((900, 1600), 245, np.uint8)  # more than is looked at
    grey[200:700, 300:350] = grey[200:700, 1200:1250] = 20
    Image.fromarray(grey).save(tmp_path / "11.png")
    _, out, _ = told("classify", "--json", tmp_path / "11.png")
    first, second = map(json.loads, out.splitlines())
    assert [first["index"], second["index"]] == [0, 1]
    assert np.abs(np.array(first["box"]) - (300, 200, 350, 700)).max() < 16
    assert np.abs(np.array(second["box"]) - (1200, 200, 1250, 700)).max() < 16
    assert "part" not in first


def side_by_side(a, b):
    left, right = a.resized(250).moved(1, 0, 0), b.resized(250).moved(1, 300, 0)
    return Drawing((*left.strokes, *right.strokes), 600, label=f"{a.label}{b.label}")


def test_a_drawing_is_split_where_that_is_asked_for(told, tmp_path, own_drawings):
    four = next(each for each in own_drawings if each.label == 4)
    two = next(each for each in own_drawings if each.label == 2)
    path = tmp_path / "drawn.jsonl"
    write_drawings(path, [four, side_by_side(four, two)])
    whole = [json.loads(line) for line in told("classify", "--json", path)[1].splitlines()]
    assert [answer["index"] for answer in whole] == [0, 1]
    assert "part" not in whole[0]
    split = [
        json.loads(line) for line in told("classify", "--json", "--split", path)[1].splitlines()
    ]
    assert [(each["index"], each["part"], each["label"]) for each in split] == [
        (0, 0, 4),
        (1, 0, 4),
        (1, 1, 2),
    ]
    assert split[1]["box"][2] < split[2]["box"][0]
    assert "3 of 3 read as labelled" in told("classify", "--split", path)[1]


def test_a_drawing_of_one_digit_keeps_what_it_is_said_to_be(told, tmp_path, own_drawings):
    from dataclasses import replace

    path = tmp_path / "one.jsonl"
    write_drawings(path, [replace(own_drawings[0], label="seven")])
    [line] = told("classify", "--json", "--split", path)[1].splitlines()
    assert json.loads(line)["truth"] == "seven"
