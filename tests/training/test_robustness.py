from __future__ import annotations

import pytest
import torch

from training.robustness import HARMS, missing_rows, moved, noisy, thicker, thinner


def dot(row: int, column: int) -> torch.Tensor:
    image = torch.zeros(1, 28, 28)
    image[0, row, column] = 1
    return image


def block() -> torch.Tensor:
    image = torch.zeros(1, 28, 28)
    image[0, 10:18, 12:16] = 1
    return image


def test_a_shift_goes_to_the_lower_right() -> None:
    assert torch.allclose(moved(dot(10, 12), shift=3), dot(13, 15), atol=1e-4)


def test_a_quarter_turn_takes_the_right_to_where_it_belongs() -> None:
    quarter = moved(dot(13, 20), turn=90)
    back = moved(quarter, turn=-90)
    assert quarter[0, 13, 20] == pytest.approx(0, abs=1e-4)
    assert torch.allclose(back, dot(13, 20), atol=1e-3)


@pytest.mark.parametrize("scale", [0.75, 1.2])
def test_scaling_changes_the_ink_by_its_square(scale: float) -> None:
    assert moved(block(), scale=scale).sum() == pytest.approx(32 * scale**2, rel=0.02)


def test_pens_are_a_pixel_thinner_or_thicker() -> None:
    assert thinner(block()).sum() == 7 * 3
    assert thicker(block()).sum() == 9 * 5 - 1  # the corner is no neighbour


def test_noise_has_its_deviation_and_is_the_same_each_time() -> None:
    grey = torch.full((50, 28, 28), 0.5)
    harmed = noisy(grey, 0.1)
    assert harmed.std().item() == pytest.approx(0.1, rel=0.02)
    assert torch.equal(harmed, noisy(grey, 0.1))


def test_missing_rows_lie_side_by_side_where_the_ink_is() -> None:
    harmed = missing_rows(torch.ones(200, 28, 28), 4)
    gone = harmed.sum(2) == 0
    assert (gone.sum(1) == 4).all()
    assert ((gone.int().diff(dim=1) != 0).sum(1) == 2).all()
    assert not gone[:, :4].any()
    assert not gone[:, 24:].any()
    assert gone[:, 4].any()
    assert gone[:, 23].any()


def test_no_harm_leaves_a_picture_as_it_was_or_spoils_the_original() -> None:
    images = torch.rand(3, 28, 28)
    before = images.clone()
    for words, harm in HARMS.items():
        harmed = harm(images)
        assert torch.equal(images, before), words
        assert harmed.shape == images.shape
        assert not torch.allclose(harmed, images, atol=0.01), words
        assert harmed.min() >= 0, words
        assert harmed.max() <= 1, words
