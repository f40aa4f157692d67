"""WebGPU for real, on a software Vulkan device: `tests/webgpu.sh` makes an environment for it.

Left out where onnxruntime has no WebGPU built in. Without a Vulkan device these fail.
"""

import os
import subprocess
import sys

import numpy as np
import onnxruntime as ort
import pytest

from rnn_desk.assets_door import bundled_models
from rnn_desk.core.raster import rasterise
from rnn_desk.engine.devices import CPU, device_named
from rnn_desk.engine.reader import open_reader
from rnn_desk.engine.sessions import start, start_placed, tried
from tests.helpers import models

pytestmark = pytest.mark.skipif(
    "WebGpuExecutionProvider" not in ort.get_available_providers(),
    reason="onnxruntime has no WebGPU built in; tests/webgpu.sh makes an environment that has it",
)


@pytest.fixture(scope="module")
def webgpu():
    return device_named("webgpu")


def test_it_starts(webgpu):
    assert tried(webgpu).usable, tried(webgpu).reason


@pytest.mark.parametrize("path", bundled_models(), ids=lambda path: path.stem)
def test_every_bundled_model_says_the_same_as_on_the_cpu(webgpu, own_drawings, path):
    on_cpu = open_reader(path, CPU)
    on_gpu = on_cpu.on(webgpu)
    worst_answer = worst_state = 0.0
    for drawing in own_drawings[::25]:
        raster = rasterise(drawing, *on_cpu.card.frame)
        one, other = on_cpu.read(raster), on_gpu.read(raster)
        assert other.device == webgpu.label
        worst_answer = max(worst_answer, abs(one.probabilities - other.probabilities).max())
        for mine, theirs in zip(one.layers, other.layers, strict=True):
            worst_state = max(worst_state, abs(mine.h - theirs.h).max())
            assert theirs.gates.keys() == mine.gates.keys()
    print(f"\n{path.stem}: probabilities {worst_answer:.1e}, states {worst_state:.1e}")  # noqa: T201
    assert worst_answer <= 1e-4
    assert worst_state <= 1e-3


def test_batches_say_the_same_as_on_the_cpu(webgpu, own_drawings):
    on_cpu = open_reader(bundled_models()[0], CPU)
    pixels = np.stack([rasterise(d, *on_cpu.card.frame).pixels for d in own_drawings[:28]])
    there = on_cpu.on(webgpu).classify(pixels)
    assert abs(there - on_cpu.classify(pixels)).max() <= 1e-4


def test_the_truth_about_the_nodes(webgpu):
    placement = open_reader(bundled_models()[0], webgpu).placement
    assert placement.nodes > 5
    assert placement.granted + len(placement.left) == placement.nodes
    assert not [name for name in placement.left if name.startswith("LSTM")]
    assert placement.share_of_time > 0.5


@pytest.mark.parametrize("op", ["GRU", "RNN"])
def test_what_has_no_kernel_is_left_to_the_cpu_by_name(webgpu, op):
    model = models.recurrent(op).SerializeToString()
    picture = {"picture": np.ones((1, 28, 28), np.float32)}
    session, placement = start_placed(model, webgpu, picture)
    assert [name.split()[0] for name in placement.left] == [op]
    assert placement.granted == placement.nodes - 1 > 3
    on_cpu = start(model, CPU).run(None, picture)[0]
    assert abs(session.run(None, picture)[0] - on_cpu).max() <= 1e-5


def test_without_a_driver_the_reason_is_told(tmp_path):
    """A process of its own: onnxruntime looks for devices once."""
    hidden = {**os.environ, "VK_DRIVER_FILES": str(tmp_path), "VK_ICD_FILENAMES": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "rnn_desk", "devices"],
        env=hidden, capture_output=True, text=True, check=True,
    )  # fmt: skip
    line = next(line for line in done.stdout.splitlines() if line.startswith("webgpu"))
    assert "no: it does not start (Failed to get a WebGPU adapter" in line
    assert "install the graphics card's driver" in line
