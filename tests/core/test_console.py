import errno
import sys

import pytest

from rnn_desk.core import console
from rnn_desk.core.errors import Refused


class Stream:
    """A standard output on which nothing can be written."""

    def __init__(self, error):
        self._error = error

    def write(self, _):
        raise self._error


@pytest.mark.parametrize(
    ("platform", "error", "raised"),
    [
        ("linux", BrokenPipeError(errno.EPIPE, "Broken pipe"), BrokenPipeError),
        ("win32", OSError(errno.EINVAL, "Invalid argument"), BrokenPipeError),
        ("linux", OSError(errno.EINVAL, "Invalid argument"), Refused),
        ("win32", OSError(errno.ENOSPC, "No space left on device"), Refused),
    ],
)
def test_a_reader_that_has_gone_is_known_as_such(monkeypatch, platform, error, raised):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "stdout", Stream(error))
    with pytest.raises(raised):
        console.tell("an answer")
