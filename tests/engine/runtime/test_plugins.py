"""Plug-ins for real: `tests/webgpu.sh` makes an environment with two of them.

Each is left out where it is not installed.
"""

import pytest

from rnn_desk.assets_door import bundled_models
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import rasterise
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU, device_named, devices
from rnn_desk.engine.runtime.plugins import installed
from rnn_desk.engine.runtime.sessions import tried

WEBGPU, OPENVINO = "onnxruntime-ep-webgpu", "onnxruntime-ep-openvino"


@pytest.mark.skipif(not installed(WEBGPU), reason=f"{WEBGPU} is not installed")
def test_the_webgpu_plug_in_wants_a_real_gpu():
    """A software Vulkan device, as the script gives it one, is none to it."""
    (found,) = [device for device in devices() if device.name == "webgpu"]
    if found.usable:
        pytest.skip(f"this machine has one: {found.label}")
    assert found.reason == (
        "onnxruntime-ep-webgpu finds no device here that it takes: install the device's driver"
    )


@pytest.fixture(scope="module")
def openvino():
    if not installed(OPENVINO):
        pytest.skip(f"{OPENVINO} is not installed")
    try:
        return device_named("openvino")
    except Refused as refusal:
        pytest.skip(str(refusal))  # it wants a processor of Intel's


def test_openvino_has_the_processors_name_and_starts_again_and_again(openvino):
    """Once it is loaded, onnxruntime lists its provider among those built in."""
    assert openvino.label.endswith(", OpenVINO")
    assert openvino.label != openvino.kind.label
    assert tried(openvino).usable
    assert device_named("openvino") == openvino
    assert tried(device_named("openvino")).usable


@pytest.mark.parametrize("path", bundled_models(), ids=lambda path: path.stem)
def test_every_bundled_model_says_the_same_on_openvino(openvino, own_drawings, path):
    """Left alone, it computes in bfloat16 where the processor can: states differ by 0.08."""
    on_cpu = open_reader(path, CPU)
    there = on_cpu.on(openvino)
    assert there.doubt is None
    assert there.placement.left == ()
    for drawing in own_drawings[::25]:
        raster = rasterise(drawing, *on_cpu.card.frame)
        one, other = on_cpu.read(raster), there.read(raster)
        assert other.device == openvino.label
        assert abs(one.probabilities - other.probabilities).max() <= 1e-4
        for mine, theirs in zip(one.layers, other.layers, strict=True):
            assert abs(mine.h - theirs.h).max() <= 1e-3
