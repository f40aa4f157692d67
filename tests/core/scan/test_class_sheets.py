"""Photographs of a class's sheets: every digit is found by itself, and in reading order."""

import io

import pytest
from PIL import Image

from rnn_desk.qt.images.read import pixels_of
from tests.helpers.class_sheets import KINDS, class_sheets, told

SOME = ("table", "ruled on a table", "names in cells")


def looked_at(taken):
    """What was found of a sheet, as its file is read."""
    file = io.BytesIO()
    taken.image.save(file, Image.registered_extensions()[taken.suffix], **taken.options)
    picture = pixels_of(Image.open(file)).picture
    return told(taken, [picture.in_the_file(digit.box) for digit in picture.found.digits])


def is_right(found):
    return found.in_order and not found.missing and not found.extra


@pytest.mark.parametrize("name", SOME)
def test_a_sheet_is_read_digit_by_digit(own_drawings, name):
    [kind] = [kind for kind in KINDS if kind.name == name]
    [taken] = class_sheets(own_drawings, 1, seed=5, kinds=(kind,))
    found = looked_at(taken)
    assert is_right(found), found


@pytest.mark.slow
def test_most_digits_of_all_kinds_of_sheets_are_found(pen_drawings):
    found = [looked_at(taken) for taken in class_sheets(pen_drawings[::7], 2, seed=40)]
    wrong = [each for each in found if not is_right(each)]
    assert sum(each.missing for each in found) <= 0.05 * sum(each.wanted for each in found), wrong
