"""A short version of `python -m tests.outside.hostile`, with limits that hold on a busy machine."""

import platform
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("xcffib")

from tests.helpers import models
from tests.helpers.harmful import before_the_picture, crash_for_some, no_number_for_some
from tests.outside.hostile import Limits, check
from tests.outside.screen import missing, own_screen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]

PATIENT = Limits(gap=10.0, said=30.0, read=30.0, closed=20.0)


def checked(folder: Path, name: str, build):
    file = models.saved(folder, before_the_picture(build), models.card(name=name), f"{name}.onnx")
    with own_screen() as screen:
        return check(screen, file, PATIENT)


def test_no_number_is_said_and_the_next_picture_read_by_the_same_model(tmp_path):
    found = checked(tmp_path, "h04_no_number", no_number_for_some)
    assert not found.wrong, (found.wrong, found.sentences)


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="divides without a fault")
def test_a_crash_is_said_and_an_own_model_reads_on(tmp_path):
    found = checked(tmp_path, "h08_crash", crash_for_some)
    assert not found.wrong, (found.wrong, found.sentences)


def test_a_model_that_does_no_harm_is_not_taken_for_one(tmp_path):
    """Nothing is said of it, which is wrong where something should be: the check can fail."""
    found = checked(tmp_path, "h04_harmless", lambda g: g.constant(np.float32(0)))
    assert found.wrong == [f"no sentence within {PATIENT.said:g} s"]
