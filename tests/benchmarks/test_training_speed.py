"""Training with augmentation is no slower than a plain loop without: a ratio, in one run."""

import sys

import pytest


@pytest.mark.slow
def test_run_lstm_is_as_fast_as_a_plain_loop(capsys):
    torch = pytest.importorskip("torch")
    from tests.benchmarks.training_speed import measured

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        speeds = measured()
    finally:
        torch.set_num_threads(threads)
    with capsys.disabled():
        sys.stdout.write(f"\npictures a second: {speeds}\n")
    assert speeds.chosen >= speeds.plain or speeds.precision == "float32"
    assert speeds.float32 >= 0.5 * speeds.plain  # augmented, every row asked, clipped
