"""Loops: paper with ink all around it."""

import numpy as np
import pytest

from rnn_desk.core.loops import loops


def picture(*lines):
    return np.array([[mark == "#" for mark in line] for line in lines], np.float32)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (("     ", " ### ", " # # ", " # # ", " # # ", " ### "), 1),
        (("     ", " ### ", " # # ", " #   ", " # # ", " ### "), 0),  # open at the side
        (("     ", "  ## ", " #  #", " #  #", "  ## ", "     "), 1),  # ink goes on across corners
        (("     ", " ### ", " # # ", " ### ", "     ", "     "), 0),  # a gap in a stroke
        (("#####", "#   #", "#####", "#   #", "#####", "     "), 2),
        (("#####", "#   #", "#   #", "#   #", "#####", "#####"), 1),  # at the edge
        (("     ",) * 6, 0),
        (("#####",) * 6, 0),
    ],
)
def test_loops(lines, count):
    assert loops(picture(*lines)) == count
