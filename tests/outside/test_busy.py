"""A short version of `python -m tests.outside.busy`."""

import pytest

from tests.outside.busy import FILES, busy, refusal

pytestmark = pytest.mark.slow


def test_a_good_file_opens_while_others_take_the_processor():
    with busy(8):
        assert not refusal(FILES / "ts_lstm_quantised.onnx")


def test_a_file_that_reads_nothing_is_refused():
    assert "does not read digits" in refusal(FILES / "ts_untrained.onnx")
