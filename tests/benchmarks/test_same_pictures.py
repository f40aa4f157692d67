"""The comparison of pictures sees one pixel, and nothing of the milliseconds."""

import numpy as np
import pytest
from PIL import Image

from rnn_desk.app.lessons import read_lesson
from rnn_desk.assets_door import bundled_lessons
from tests.benchmarks.same_pictures import REPOSITORY, compare, milliseconds, shots


@pytest.fixture
def folders(tmp_path):
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    return before, after


def written(path, *changed):
    pixels = np.full((768, 1366, 3), 250, np.uint8)
    for y, x in changed:
        pixels[y, x, 1] = 40
    Image.fromarray(pixels).save(path)


def differences(folders, tmp_path):
    return {name: str(each) for name, each in compare(*folders, tmp_path / "differ").items()}


def test_one_pixel_is_a_difference_and_is_painted(folders, tmp_path):
    before, after = folders
    written(before / "a.png")
    written(after / "a.png", (300, 200), (304, 210))
    told = differences(folders, tmp_path)
    assert told == {"a.png": "2 pixels in (200, 300, 211, 305), by up to 210 of 255"}
    with Image.open(tmp_path / "differ/a.png") as painted:
        assert painted.getpixel((200, 300)) == (220, 0, 0)


@pytest.mark.parametrize("name", ["state-digit.png", "state-present.png"])
def test_the_milliseconds_may_differ_and_nothing_beside_them(name, folders, tmp_path):
    before, after = folders
    left, top, right, bottom = milliseconds(name, 1366)
    written(before / name)
    written(after / name, (top, left), (bottom - 1, right - 1))
    assert differences(folders, tmp_path) == {name: "same"}
    written(after / name, (bottom, left))
    assert differences(folders, tmp_path) != {name: "same"}


def test_a_picture_that_became_a_sentence_is_told(folders, tmp_path):
    before, after = folders
    written(before / "a.png")
    (after / "a.txt").write_text("refused")
    assert differences(folders, tmp_path) == {"a.png": "only before", "a.txt": "only after"}


def test_every_frame_of_an_animation_counts(folders, tmp_path):
    for folder, shade in zip(folders, (30, 31), strict=True):
        frames = [Image.new("RGB", (20, 10), (k,) * 3) for k in (10, shade)]
        frames[0].save(folder / "a.gif", save_all=True, append_images=frames[1:])
    assert differences(folders, tmp_path) != {"a.gif": "same"}


def test_every_step_of_every_lesson_has_its_picture():
    names = [shot.name for shot in shots(REPOSITORY)]
    assert len(set(names)) == len(names)
    steps = sum(len(read_lesson(path).steps) for path in bundled_lessons())
    assert sum(name.startswith("lesson-") for name in names) == steps
    assert sum(name.startswith("page-") for name in names) == 4
