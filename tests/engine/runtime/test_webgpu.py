"""WebGPU for real, on a software Vulkan device: `tests/webgpu.sh` makes an environment for it.

Left out where onnxruntime has no WebGPU built in. Without a Vulkan device these fail.
"""

import json
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import onnx
import onnxruntime as ort
import pytest

from rnn_desk.assets_door import bundled_models, default_model
from rnn_desk.core.drawing import Drawing, Stroke, write_drawings
from rnn_desk.core.raster import rasterise
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime import fastest_variant as forms_module
from rnn_desk.engine.runtime.devices import CPU, device_named
from rnn_desk.engine.runtime.sessions import tried
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


@pytest.mark.parametrize("path", bundled_models(), ids=lambda path: path.stem)
def test_batches_say_the_same_as_on_the_cpu(webgpu, own_drawings, path):
    on_cpu = open_reader(path, CPU)
    pixels = np.stack([rasterise(d, *on_cpu.card.frame).pixels for d in own_drawings[:28]])
    there = on_cpu.on(webgpu).classify(pixels)
    assert abs(there - on_cpu.classify(pixels)).max() <= 1e-4


def test_the_truth_about_the_nodes(webgpu):
    reader = open_reader(default_model(), webgpu)
    there = reader.placement
    assert there.nodes > 5
    assert there.granted + len(there.left) == there.nodes
    assert not [name for name in there.left if name.startswith("LSTM")]
    assert there.share_of_time > 0.5
    assert there.deviation.exact
    assert reader.doubt is there.forms is None


KERNELLESS = [("GRU", {"linear_before_reset": 1}), ("GRU", {}), ("RNN", {})]


@pytest.fixture
def without_kernel(tmp_path, request):
    """A reader of a model whose operator has no kernel, with weights that training might give."""
    op, attributes = request.param
    model = models.recurrent(op, units=32, **attributes)
    for tensor in model.graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT:
            values = onnx.numpy_helper.to_array(tensor) * np.float32(0.3)
            tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))
    return open_reader(models.saved(tmp_path, model), CPU)


def _same(one, other, own_drawings):
    for drawing in own_drawings[::80]:
        mine, theirs = one.read_drawing(drawing), other.read_drawing(drawing)
        assert abs(mine.probabilities - theirs.probabilities).max() <= 1e-4
        assert abs(mine.layers[0].h - theirs.layers[0].h).max() <= 1e-3
        assert theirs.layers[0].gates.keys() == mine.layers[0].gates.keys()


@pytest.mark.parametrize("without_kernel", KERNELLESS, indirect=True, ids=str)
def test_what_has_no_kernel_is_measured_in_both_forms(webgpu, without_kernel, own_drawings):
    """Here the CPU's operator takes less time: the device computes on the same processor."""
    there = without_kernel.on(webgpu)
    forms = there.placement.forms
    print(f"\n{forms}")  # noqa: T201
    assert forms.operators == (without_kernel.layers[0].operator.op,)
    assert forms.agree
    assert bool(there.placement.left) != forms.written_out
    _same(without_kernel, there, own_drawings)


@pytest.mark.parametrize("without_kernel", KERNELLESS, indirect=True, ids=str)
def test_written_out_it_runs_there_whole(webgpu, without_kernel, own_drawings, monkeypatch):
    """As it is chosen where it is faster."""
    real = forms_module._compared
    monkeypatch.setattr(
        forms_module,
        "_compared",
        lambda *given: replace(real(*given), operator_ms=2.0, written_out_ms=1.0),
    )
    there = without_kernel.on(webgpu)
    assert there.placement.forms.written_out
    assert there.placement.left == ()
    assert there.placement.share_of_nodes == 1
    assert there.placement.deviation.exact
    _same(without_kernel, there, own_drawings)


MOST_INK = 250
"""Pixels' worth of ink that no digit has."""


def too_large_for_the_device():
    """Reads a picture by its pixels, but wants 1.1 GB at once if there is more ink than any digit
    has, and none in the corner: the software device gives no more than 1 GiB. Blank pictures,
    reference digits and the probe's pictures are none such."""
    g = models.Graph()
    flat = g.node("Reshape", "picture", g.constant(np.array([-1, 784])))
    corner = g.node("Gather", flat, g.constant(np.array([0])), axis=1)
    paper = g.node("Sub", g.constant(np.ones((1, 1), np.float32)), corner)
    ink = g.node("MatMul", flat, g.constant(np.ones((784, 1), np.float32)))
    more = g.node("Relu", g.node("Sub", ink, g.constant(np.float32(MOST_INK))))
    some = g.node("Min", more, g.constant(np.float32(1)))
    most = g.node("ReduceMax", g.node("Mul", some, paper), keepdims=0)
    rows = g.node("Mul", most, g.constant(np.float32(1050)))
    rows = g.node("Cast", rows, to=onnx.TensorProto.INT64)
    rows = g.node(
        "Reshape", g.node("Add", rows, g.constant(np.int64(1))), g.constant(np.array([1]))
    )
    shape = g.node("Concat", rows, g.constant(np.array([2**18])), axis=0)
    zeros = g.node("Expand", g.constant(np.zeros((1, 1), np.float32)), shape)
    nothing = g.node("ReduceMax", zeros, keepdims=0)
    logits = g.node("MatMul", flat, g.weights(784, 10, scale=0.05))
    return g.model(g.node("Add", logits, nothing), ["n", 28, 28])


def test_a_device_that_fails_in_mid_reading_leaves_it_to_the_cpu(tmp_path):
    """For real: the buffer is refused while the model runs, twice, and the CPU takes over."""
    model = models.saved(tmp_path, too_large_for_the_device())
    digits = tmp_path / "digits.jsonl"
    lines = [(x, y) for x in range(0, 280, 8) for y in (0, 280)]
    write_drawings(digits, 2 * [Drawing((Stroke(np.array(lines, np.float64)),))])
    done = subprocess.run(
        [sys.executable, "-m", "rnn_desk", "classify", "--json", "--device", "webgpu",
         "--model", model, digits],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["device"] for line in done.stdout.splitlines()] == ["cpu", "cpu"]
    assert done.stderr == (
        "rnn-desk classify: GPU, WebGPU failed while reading a picture: its memory is full; the "
        "CPU reads now\n"
    )


def _line_about_webgpu(**environment):
    """What `rnn-desk devices` tells of it in a process of its own: onnxruntime looks once."""
    done = subprocess.run(
        [sys.executable, "-m", "rnn_desk", "devices", "--json"],
        env={**os.environ, **environment}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = {device["name"]: device for device in json.loads(done.stdout)["devices"]}
    assert done.stderr == ""
    assert not found["webgpu"]["usable"]
    return found["webgpu"]["reason"]


REFUSED = (
    "it does not start (no graphics device that it takes is found): install the graphics card's "
    "driver, on Linux the one for Vulkan"
)


def test_without_a_driver_the_reason_is_told(tmp_path):
    nowhere = str(tmp_path)
    assert _line_about_webgpu(VK_DRIVER_FILES=nowhere, VK_ICD_FILENAMES=nowhere) == REFUSED


@pytest.mark.skipif("MESA_DRIVER" not in os.environ, reason="Mesa's software driver is not here")
def test_mesas_software_device_is_refused_and_the_reason_told():
    """It lacks what the provider wants of a device (Mesa 22.3, of Debian 12)."""
    mesa = os.environ["MESA_DRIVER"]
    assert _line_about_webgpu(VK_DRIVER_FILES=mesa, VK_ICD_FILENAMES=mesa) == REFUSED
