"""The digits that ship with the program are what their description makes, and fit to be read."""

from collections import Counter

import numpy as np

from rnn_desk.core.drawing import read_drawings
from tests.conftest import REPOSITORY
from training.reference_digits import PROTOTYPES, main

FILE = REPOSITORY / "assets" / "reference" / "digits.jsonl"


def test_they_are_what_the_generator_makes(tmp_path, own_drawings):
    assert main([str(tmp_path / "again.jsonl")]) == 0
    again = list(read_drawings(tmp_path / "again.jsonl"))
    assert len(again) == len(own_drawings)
    for one, other in zip(own_drawings, again, strict=True):
        assert (one.label, one.extra, one.size) == (other.label, other.extra, other.size)
        assert len(one.strokes) == len(other.strokes)
        for a, b in zip(one.strokes, other.strokes, strict=True):
            assert a.points.shape == b.points.shape
            # A sine's last digit differs among machines, and so may a rounded tenth.
            assert np.abs(a.points - b.points).max() < 0.11


def test_every_digit_is_there_in_many_styles(own_drawings):
    assert len(own_drawings) >= 200
    counts = Counter(d.label for d in own_drawings)
    assert sorted(counts) == list(range(10))
    assert min(counts.values()) >= 20
    for label in range(10):
        styles = {d.extra["style"] for d in own_drawings if d.label == label}
        assert len(styles) >= 5
        assert styles == {p.style for p in PROTOTYPES if p.label == label}


def test_they_are_drawn_as_by_a_pen(own_drawings):
    for drawing in own_drawings:
        points = np.concatenate([s.points for s in drawing.strokes])
        assert np.all((points >= 0) & (points <= drawing.size)), drawing.extra
        assert 150 < np.ptp(points, axis=0).max() < 420, drawing.extra
        for made in drawing.strokes:
            steps = np.hypot(*np.diff(made.points, axis=0).T)
            assert len(made.points) >= 4
            assert steps.max() < 60
        assert np.array_equal(points, np.round(points, 1))
    assert len({d.strokes[0].points.tobytes() for d in own_drawings}) == len(own_drawings)


def test_the_file_is_small():
    assert FILE.stat().st_size < 300_000


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path, capsys):
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path} is a folder: name a file in it\n"
