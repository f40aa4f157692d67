"""A model file that may not be read, by whoever runs the program."""

import os
import sys

import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.model_file import read_model
from tests.helpers import models

NOBODY = 65534


@pytest.fixture
def closed(tmp_path):
    """A model that nobody may read."""
    path = models.saved(tmp_path, models.recurrent())
    path.chmod(0)
    return path


@pytest.fixture
def no_rights(closed):
    """That model, and an ordinary user, where the tests are run by root, who may read anything."""
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
        yield closed
        os.seteuid(0)
    else:
        yield closed


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
def test_a_file_that_may_not_be_read_says_so(no_rights):
    with pytest.raises(Refused, match="permissions") as caught:
        read_model(no_rights)
    assert str(no_rights) in str(caught.value)
