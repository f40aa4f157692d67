import io

import pytest

from rnn_desk.core.progress import progress


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self):
        return True


def line(shown):
    """What is said now, drawn by hand and not by the clock."""
    shown._draw()
    return shown._stream.getvalue().rpartition("\r")[2].strip()


def test_within_what_takes_long_its_parts_are_said_on_the_same_line(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress("exporting") as outer:
        outer.count(2, 3)
        assert line(outer) == "exporting, 2 of 3, 0 s"
        with progress("reading the test pictures") as inner:
            assert inner is outer
            assert line(inner) == "reading the test pictures, 0 s"
            inner.count(1000)
            assert line(inner) == "reading the test pictures, 1,000, 0 s"
        assert line(outer) == "exporting, 2 of 3, 0 s"
    assert terminal.getvalue().endswith(" \r")  # wiped away
    with progress("another") as other:
        assert other is not outer


@pytest.mark.parametrize(("stream", "term"), [(Terminal, "dumb"), (io.StringIO, "xterm")])
def test_nothing_is_said_where_it_cannot_be_wiped_away(monkeypatch, stream, term):
    monkeypatch.setattr("sys.stderr", stream())
    monkeypatch.setenv("TERM", term)
    with progress("exporting") as shown, progress("reading") as inner:
        assert shown._stream is None
        assert inner._stream is None
