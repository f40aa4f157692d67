"""The main job on real input: real pen trajectories, through the command line."""

import json
import subprocess
import sys

import pytest

from rnn_desk.core.drawing import write_drawings

pytestmark = pytest.mark.slow


def classified(path):
    """The labels that `rnn-desk classify --json` gives, in the order of the file."""
    command = [sys.executable, "-m", "rnn_desk", "classify", "--json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["label"] for line in done.stdout.splitlines()]


def test_it_reads_them_wherever_and_however_large_they_were_drawn(pen_drawings, tmp_path):
    whole, corner = tmp_path / "whole.jsonl", tmp_path / "corner.jsonl"
    write_drawings(whole, pen_drawings)
    write_drawings(corner, [drawing.moved(0.25, 370, 370) for drawing in pen_drawings])
    truth = [drawing.label for drawing in pen_drawings]
    shares = []
    for path in (whole, corner):
        labels = classified(path)
        assert len(labels) == len(truth) == 7494
        shares.append(sum(a == b for a, b in zip(labels, truth, strict=True)) / len(truth))
    assert shares[0] >= 0.96
    assert shares[1] >= shares[0] - 0.003
