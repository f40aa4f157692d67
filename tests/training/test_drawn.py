from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from rnn_desk.core.drawing import Drawing, read_drawings, stroke, write_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import rasterise
from training import drawn as drawn_pictures
from training.drawn import (
    FOLDS,
    RENDERINGS,
    held_out,
    labelled,
    pictures,
    prepared,
    rendering,
    varied,
)
from training.evaluate import Reader
from training.reference_digits import invented

DIGITS = tuple("0123456789")
ASSETS = Path(__file__).parents[2] / "assets"
INVENTED = list(invented(1))
"""As many of each way as the tests' fixture asks for."""
WRITERS = 7
"""No multiple of the folds, so that one of them is larger."""


def hook(writer: int, label: int) -> Drawing:
    """A stroke whose length no other drawing of the file has."""
    length = 100 + 10 * writer + label
    points = [[100, 100], [100 + length / 2, 100 + length], [100, 100 + 2 * length]]
    return Drawing((stroke(points),), label=label, writer=writer)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three drawings of each of seven writers."""
    path = tmp_path_factory.mktemp("drawn") / "class.jsonl"
    write_drawings(path, [hook(w, label) for w in range(WRITERS) for label in (1, 4, 7)])
    return path


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[Drawing]:
    """Which drawings would be rendered: blank pictures stand for them, which take no time."""
    found: list[Drawing] = []

    def blank(drawing: Drawing, *_: object, **__: object) -> NDArray[np.uint8]:
        found.append(drawing)
        return np.zeros((28, 28), np.uint8)

    monkeypatch.setattr(drawn_pictures, "rendering", blank)
    return found


def drawings_of_the_project() -> list[Drawing]:
    found = list(read_drawings(ASSETS / "reference" / "digits.jsonl"))
    return [drawing for drawing in found if isinstance(drawing, Drawing)]


def test_a_file_and_a_fold_give_the_same_pictures_again(written: Path) -> None:
    first, again, other = (prepared(written, DIGITS, fold) for fold in (2, 2, 3))
    assert first.learn.digest() == again.learn.digest()
    assert first.held_out.digest() == again.held_out.digest()
    assert first.learn.digest() != other.learn.digest()


@pytest.mark.usefixtures("rendered")
def test_every_writer_is_held_out_in_one_fold_and_learnt_from_in_the_others(written: Path) -> None:
    everyone = labelled(written, DIGITS)
    out: list[str] = []
    for fold in range(FOLDS):
        drawn = prepared(written, DIGITS, fold)
        out += drawn.groups
        held = [d for d in everyone if str(d.writer) in drawn.groups]
        assert drawn.held_out.digest() == pictures(held, DIGITS).digest()
        assert len(drawn.learn) == RENDERINGS * (len(everyone) - len(held) + len(INVENTED))
    assert sorted(out) == sorted(str(writer) for writer in range(WRITERS))


def test_no_picture_of_a_held_out_writer_is_learnt_from(
    written: Path, rendered: list[Drawing]
) -> None:
    for fold in range(FOLDS):
        rendered.clear()
        groups = prepared(written, DIGITS, fold).groups
        assert groups
        learnt = {str(drawing.writer) for drawing in rendered}
        assert not set(groups) & learnt
        assert len(set(groups) | learnt - {"None"}) == WRITERS


@pytest.mark.usefixtures("rendered")
def test_drawings_of_nobody_are_held_out_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "nobody.jsonl"
    write_drawings(path, [replace(hook(n, n % 2), writer=None) for n in range(10)])
    drawn = prepared(path, DIGITS, 1)
    assert drawn.groups == ()
    assert sorted(drawn.held_out.labels.tolist()) == [0, 1]
    assert drawn.own == 8
    own = len(drawn.learn) - RENDERINGS * len(INVENTED)
    assert sorted(drawn.learn.labels[:own].tolist()) == [0] * 24 + [1] * 24


@pytest.mark.parametrize("writers", [(None,), ("a", "b"), ("a", None)])
@pytest.mark.parametrize("in_order", [False, True])
def test_of_every_class_and_writer_as_many_are_held_out_in_whatever_order(
    tmp_path: Path, writers: tuple[str | None, ...], in_order: bool
) -> None:
    path = tmp_path / "class.jsonl"
    numbers = range(100)
    label = (lambda n: n // 10) if in_order else (lambda n: n % 10)
    write_drawings(
        path,
        [replace(hook(n, label(n)), writer=who) for n in numbers for who in writers],
    )
    for fold in range(FOLDS):
        digits, _ = held_out(path, DIGITS, fold)
        count = np.bincount(digits.labels.numpy(), minlength=10)
        assert count.tolist() == [2 * len(writers)] * 10


@pytest.mark.usefixtures("rendered")
def test_writers_of_whom_one_alone_drew_a_class_are_not_held_out_whole(tmp_path: Path) -> None:
    path = tmp_path / "class.jsonl"
    write_drawings(path, [hook(w, label) for w in range(5) for label in (w, w, 9, 9)])
    for fold in range(FOLDS):
        drawn = prepared(path, DIGITS, fold)
        assert drawn.groups == ()
        learnt = set(drawn.learn.labels[: drawn.own * RENDERINGS].tolist())
        assert learnt == {0, 1, 2, 3, 4, 9}


def test_the_only_drawing_of_a_class_is_learnt_from(tmp_path: Path) -> None:
    path = tmp_path / "class.jsonl"
    write_drawings(path, [replace(hook(n, n), writer=None) for n in range(4)] +
                   [replace(hook(n, 7), writer=None) for n in range(10, 20)])  # fmt: skip
    for fold in range(FOLDS):
        assert set(held_out(path, DIGITS, fold)[0].labels.tolist()) <= {7}


def test_what_has_no_label_is_left_out_and_it_is_said(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "some.jsonl"
    unlabelled = [replace(hook(9, 1), label=None)] * 3
    write_drawings(path, [*labelled(written, DIGITS), *unlabelled])
    assert len(labelled(path, DIGITS)) == 3 * WRITERS
    assert "without a label, left out: 3" in capsys.readouterr().err
    write_drawings(path, unlabelled)
    with pytest.raises(Refused, match="does not say of any drawing what it is"):
        labelled(path, DIGITS)


def test_of_a_small_file_each_drawing_is_rendered_more_often(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.drawn.RENDERED", 500)
    drawn = prepared(written, DIGITS, 0)
    own = drawn.learn.part(0, drawn.own * RENDERINGS)
    assert 500 <= len(own) < 700
    different = {picture.numpy().tobytes() for picture in own.images}
    assert len(different) > 0.9 * len(own)


@pytest.mark.usefixtures("rendered")
def test_without_a_fold_everybody_is_learnt_from(written: Path) -> None:
    drawn = prepared(written, DIGITS, None)
    assert drawn.groups == ()
    assert len(drawn.held_out) == 0
    assert len(drawn.learn) == RENDERINGS * (3 * WRITERS + len(INVENTED))


@pytest.mark.usefixtures("rendered")
def test_invented_ways_of_writing_are_learnt_too_but_none_that_ships(written: Path) -> None:
    shipped = {drawing.strokes[0].points.tobytes() for drawing in drawings_of_the_project()}
    assert not shipped & {drawing.strokes[0].points.tobytes() for drawing in INVENTED}
    four = [drawing for drawing in INVENTED if str(drawing.label) == "4"]
    only = written.with_name("fours.jsonl")
    write_drawings(only, [hook(writer, 4) for writer in range(WRITERS)])
    drawn = prepared(only, ("4", "x"), 0)
    held = len(drawn.held_out)
    assert len(drawn.learn) == RENDERINGS * (WRITERS - held + len(four))


def test_too_few_drawings_to_hold_any_out_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "few.jsonl"
    write_drawings(path, [hook(0, n) for n in range(FOLDS - 1)])
    with pytest.raises(Refused, match=r"few\.jsonl"):
        prepared(path, DIGITS, FOLDS - 1)


def test_renderings_differ_and_are_pictures() -> None:
    (drawing, *_) = drawings_of_the_project()
    generator = np.random.default_rng(0)
    fine = [rendering(drawing, generator, coarse=False) for _ in range(4)]
    assert len({picture.tobytes() for picture in fine}) == 4
    coarse = rendering(drawing, generator, coarse=True)
    # Four black or white pixels are one of its pixels, so it knows five greys.
    assert set(np.unique(coarse)) <= {0, 64, 128, 191, 255}
    assert all(picture.shape == (28, 28) and picture.max() > 200 for picture in [*fine, coarse])


def test_varying_keeps_the_strokes_and_their_ends() -> None:
    drawing = Drawing((stroke([[100, 100], [100, 300]]), stroke([[80, 200], [150, 200]])), label=4)
    made = varied(drawing, np.random.default_rng(3))
    assert len(made.strokes) == 2
    assert made.label == 4
    assert all(len(s.points) == 2 for s in made.strokes)
    assert made.strokes[0].width == made.strokes[1].width  # one pen
    assert not np.array_equal(rasterise(made).pixels, rasterise(drawing).pixels)


def test_a_varied_digit_is_still_that_digit() -> None:
    """As a model reads that was trained on MNIST alone."""
    drawings = drawings_of_the_project()
    reader = Reader.open(ASSETS / "models" / "lstm.onnx")
    generator = np.random.default_rng(7)
    labels = np.array([int(d.label) for d in drawings])
    plain = reader.accuracy(np.stack([rasterise(d).pixels for d in drawings]), labels)
    for coarse in (False, True):
        images = np.stack([rendering(d, generator, coarse) for d in drawings])
        kept = reader.accuracy(images.astype(np.float32) / 255, labels)
        assert kept > plain - 0.06


def test_labels_are_places_among_the_classes(written: Path) -> None:
    digits = pictures(labelled(written, ("7", "1", "4")), ("7", "1", "4"))
    assert digits.labels[:3].tolist() == [1, 2, 0]
    assert digits.images.dtype == torch.uint8
