from __future__ import annotations

import pytest
import torch

from training.augment import add_noise, augment, blank_rows, distort, redraw_strokes
from training.recipes import Augmentation

NOTHING = Augmentation(
    rotation=0, slant=0, scale=0, aspect=0, shift=0, elastic=0, elastic_grid=5, stroke=0
)


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(3)


def strokes(count: int = 200) -> torch.Tensor:
    """An upright line, two pixels of ink with soft edges, twenty long: `[count, 28, 28]`."""
    image = torch.zeros(28, 28)
    image[4:24, 13:16] = torch.tensor([0.5, 1.0, 0.5])
    return image.repeat(count, 1, 1)


def centre(images: torch.Tensor) -> torch.Tensor:
    """(x, y) of the ink's mass of each picture, `[N, 2]`, in pixels."""
    where = torch.arange(28) + 0.5
    mass = images.sum((1, 2))
    return torch.stack([images.sum(1) @ where / mass, images.sum(2) @ where / mass], 1)


def test_no_augmentation_is_no_change() -> None:
    assert torch.allclose(augment(strokes(), NOTHING), strokes(), atol=1e-5)


def test_pictures_stay_pictures() -> None:
    changed = augment(strokes(), Augmentation())
    assert changed.shape == (200, 28, 28)
    assert changed.dtype == torch.float32
    assert changed.min() == 0
    assert changed.max() <= 1
    assert (changed.amax((1, 2)) > 0.5).all()  # there is ink in each of them


def test_blank_paper_stays_blank() -> None:
    assert not augment(torch.zeros(50, 28, 28), Augmentation(stroke=1)).any()


def test_each_picture_is_changed_by_itself_and_anew_each_time() -> None:
    first, second = (augment(strokes(), Augmentation()) for _ in range(2))
    assert not torch.equal(first[0], first[1])
    assert not torch.equal(first, second)


def test_a_seed_gives_the_same_pictures_again() -> None:
    first = augment(strokes(), Augmentation())
    torch.manual_seed(3)
    assert torch.equal(augment(strokes(), Augmentation()), first)


def test_a_shift_moves_both_ways_and_no_further_than_its_limit() -> None:
    moved = centre(distort(strokes(), Augmentation(**{**vars(NOTHING), "shift": 1.5})))
    offset = moved - centre(strokes())
    assert offset.abs().max() <= 1.5 + 1e-3
    assert offset.min() < -1.2
    assert offset.max() > 1.2


@pytest.mark.parametrize("kind", ["rotation", "slant"])
def test_a_line_leans_both_ways(kind: str) -> None:
    limit = {"rotation": 20.0, "slant": 0.35}[kind]
    leaning = distort(strokes(), Augmentation(**{**vars(NOTHING), kind: limit}))
    upper, lower = leaning.clone(), leaning.clone()
    upper[:, 14:], lower[:, :14] = 0, 0
    lean = (centre(upper) - centre(lower))[:, 0] / 10  # pixels aside per pixel of height
    assert 0.3 < lean.max() < 0.4  # tan 20 degrees is 0.36
    assert -0.4 < lean.min() < -0.3


def test_size_and_aspect_stretch_both_ways() -> None:
    square = torch.zeros(200, 28, 28)
    square[:, 9:19, 9:19] = 1
    for kind in ("scale", "aspect"):
        stretched = distort(square, Augmentation(**{**vars(NOTHING), kind: 0.3}))
        high, wide = stretched.amax(2).sum(1), stretched.amax(1).sum(1)
        assert min(high.min(), wide.min()) < 9
        assert max(high.max(), wide.max()) > 11
        together = ((high - 10) * (wide - 10)).mean()  # more of both, or of one at the other's cost
        assert together > 0.5 if kind == "scale" else together < -0.5


def test_elastic_bends_what_was_straight() -> None:
    def crookedness(images: torch.Tensor) -> torch.Tensor:
        middles = images[:, 8:20] @ (torch.arange(28) + 0.5) / images[:, 8:20].sum(2)
        return middles.std(1)

    bent = distort(strokes(), Augmentation(**{**vars(NOTHING), "elastic": 0.8}))
    assert crookedness(strokes()).max() < 1e-4
    assert crookedness(bent).mean() > 0.2


def test_redrawn_strokes_are_thinner_or_thicker_and_sharp() -> None:
    redrawn = redraw_strokes(strokes(), 1.0)
    ink = redrawn[:, 14].sum(1)  # the line's width, in pixels; it was 2
    assert ink.min() < 1.8
    assert ink.max() > 2.5
    assert redrawn[:, :2].max() == 0  # paper is as black as it was


def test_a_share_of_the_pictures_is_redrawn() -> None:
    redrawn = redraw_strokes(strokes(), 0.5)
    untouched = (redrawn == strokes()).all(2).all(1)
    assert 60 < untouched.sum() < 140
    assert torch.equal(redraw_strokes(strokes(), 0), strokes())


def test_noise_comes_to_a_quarter_of_the_pictures_up_to_its_limit() -> None:
    grey = torch.full((400, 28, 28), 0.5)
    spread = add_noise(grey, 0.15).std((1, 2))
    harmed = spread > 1e-4
    assert 60 < harmed.sum() < 140
    assert spread.max() < 0.16
    assert spread.max() > 0.12
    assert torch.equal(add_noise(grey, 0), grey)


def test_rows_are_blanked_side_by_side_in_a_quarter_of_the_pictures() -> None:
    gone = blank_rows(torch.ones(400, 28, 28), 3).sum(2) == 0
    harmed = gone.any(1)
    assert 60 < harmed.sum() < 140
    assert set(gone.sum(1)[harmed].tolist()) == {1, 2, 3}
    starts = (gone[:, 1:] & ~gone[:, :-1]).sum(1) + gone[:, 0]
    assert (starts[harmed] == 1).all()
    assert not (blank_rows(torch.ones(400, 28, 28), 0) == 0).any()
