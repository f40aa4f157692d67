"""What an experiment does to a picture, and what it says of itself."""

from dataclasses import fields, replace

import numpy as np
import pytest

from rnn_desk.core.lab import Experiment, altered, permutation
from rnn_desk.core.raster import Raster, rasterise

EXAMPLES = {
    "covered": frozenset({3}),
    "shuffle": 0,
    "noise": 0.2,
    "shift": (0.0, -1.0),
    "rotation": 3.0,
    "off": frozenset({(0, 5)}),
    "gates": Experiment().with_factor(0, "f", 0.5).gates,
    "held": Experiment().with_held(0, "f", "mean").held,
    "zeroed": frozenset({(1, 27)}),
}


@pytest.fixture(scope="module")
def raster(own_drawings):
    return rasterise(own_drawings[30])


def test_the_empty_experiment_does_nothing(raster):
    assert not Experiment().on
    assert altered(raster, Experiment()) is raster
    assert altered(raster, Experiment(noise_seed=4)) is raster


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_thing_done_is_on(name):
    experiment = replace(Experiment(), **{name: EXAMPLES[name]})
    assert experiment.on
    network = name in ("off", "gates", "held", "zeroed")
    assert (experiment.changes_network, experiment.changes_picture) == (network, not network)
    assert experiment.picture_alone() == (Experiment() if network else experiment)


def test_every_field_has_its_example():
    assert {field.name for field in fields(Experiment)} == {*EXAMPLES, "noise_seed"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_experiment_does_the_same(raster, name):
    experiment = replace(Experiment(), **{name: EXAMPLES[name]})
    once, again = altered(raster, experiment), altered(raster, experiment)
    assert (once.pixels == again.pixels).all()
    assert (once.pixels != raster.pixels).any() == (
        experiment.changes_picture and name != "covered"
    )
    assert once.pixels.dtype == np.float32


def test_covered_rows_are_paper_and_the_others_are_left_alone(raster):
    covered = altered(raster, Experiment(covered=frozenset({9, 10, 14}))).pixels
    assert raster.pixels[[9, 10, 14]].any()
    assert not covered[[9, 10, 14]].any()
    others = [row for row in range(28) if row not in (9, 10, 14)]
    assert (covered[others] == raster.pixels[others]).all()
    altered(raster, Experiment(covered=frozenset({40})))  # of a model of more rows: nothing


def test_a_permutation_has_every_row_once_and_can_be_undone(raster):
    order = permutation(28, 3)
    assert sorted(order) == list(range(28))
    assert (order != np.arange(28)).any()
    assert (permutation(28, 4) != order).any()
    shuffled = altered(raster, Experiment(shuffle=3)).pixels
    assert (shuffled[np.argsort(order)] == raster.pixels).all()


def test_noise_has_its_strength_and_is_another_one_for_each_picture():
    grey = Raster(np.full((28, 28), 0.5, np.float32))
    noisy = altered(grey, Experiment(noise=0.1)).pixels
    assert noisy.std() == pytest.approx(0.1, rel=0.1)
    assert noisy.mean() == pytest.approx(0.5, abs=0.02)
    assert (altered(grey, Experiment(noise=0.1), number=1).pixels != noisy).any()
    assert (altered(grey, Experiment(noise=0.1, noise_seed=1)).pixels != noisy).any()
    loud = altered(grey, Experiment(noise=3.0)).pixels
    assert (loud.min(), loud.max()) == (0, 1)


def test_whole_pixels_are_moved_exactly_to_the_right_and_down(raster):
    moved = altered(raster, Experiment(shift=(3, 2))).pixels
    assert np.allclose(moved[2:, 3:], raster.pixels[:-2, :-3], atol=1e-6)
    assert not moved[:2].any()
    assert not moved[:, :3].any()


def test_half_a_pixel_is_the_mean_of_two():
    pixels = np.zeros((4, 4), np.float32)
    pixels[1, 1] = 1
    moved = altered(Raster(pixels), Experiment(shift=(0.5, 0))).pixels
    assert moved[1].tolist() == [0, 0.5, 0.5, 0]


def test_a_quarter_turn_is_clockwise(raster):
    turned = altered(raster, Experiment(rotation=90)).pixels
    assert np.allclose(turned, np.rot90(raster.pixels, -1), atol=1e-6)


def test_covering_comes_last_so_that_it_covers_the_rows_pointed_at(raster):
    everything = Experiment(frozenset({12}), 1, 0.3, 0, (2, 1), 20)
    assert not altered(raster, everything).pixels[12].any()


def test_the_canvas_keeps_its_place_while_there_is_one(raster):
    moved = altered(raster, Experiment(shift=(3, 2)))
    assert moved.scale == raster.scale
    assert moved.offset == (raster.offset[0] + 3, raster.offset[1] + 2)
    assert altered(raster, Experiment(shuffle=1)).scale == 0
    assert altered(raster, Experiment(rotation=5)).scale == 0


def test_a_gate_has_one_factor():
    experiment = Experiment().with_factor(0, "f", 0.5).with_factor(1, "f", 2).with_factor(0, "f", 0)
    assert experiment.factor(0, "f") == 0
    assert experiment.factor(1, "f") == 2
    assert experiment.factor(0, "i") == 1
    assert experiment.surgery(0, {}).factors == {"f": 0}
    assert experiment.with_factor(0, "f", 1).with_factor(1, "f", 1) == Experiment()


def test_a_gate_is_scaled_or_held():
    scaled = Experiment().with_factor(0, "f", 0.5)
    held = scaled.with_held(0, "f", 1.0).with_held(1, "f", "mean")
    assert (held.factor(0, "f"), held.held_at(0, "f"), held.held_at(0, "i")) == (1, 1.0, None)
    means = {"f": np.array([0.25, 0.75])}
    assert held.surgery(0, {}).held == {"f": 1.0}
    assert held.surgery(1, means).held["f"] is means["f"]
    assert held.with_factor(1, "f", 1).with_factor(0, "f", 0.5) == scaled
