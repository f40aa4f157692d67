"""Sessions: starting a model on a device, and the truth about where it then runs.

Asked for a device that cannot be had, onnxruntime makes a session on the CPU and says so on stderr
or stdout at most; and a provider that was granted may leave some of the nodes to the CPU. Both are
found out here.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import TensorProto, helper

from rnn_desk.core.errors import Refused
from rnn_desk.engine.runtime import plugins
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.messages import cause, device_cause
from rnn_desk.engine.runtime.placement import placement
from rnn_desk.protocol.devices import Device, Kind, Placement

# onnxruntime prints its own warnings to stderr, with C++ source lines and local paths in them.
# What matters in them is found out otherwise here (see `start`), so only fatal ones are let by.
_FATAL = 4

_LIBRARIES = {
    "CUDAExecutionProvider": "onnxruntime_providers_cuda",
    "TensorrtExecutionProvider": "onnxruntime_providers_tensorrt",
    "MIGraphXExecutionProvider": "onnxruntime_providers_migraphx",
}
"""Providers that onnxruntime loads from a library of their own, inside its package."""

_NVIDIA_DRIVERS = {"linux": "libcuda.so.1", "win32": "nvcuda.dll"}

_REMEDIES = {
    "CUDAExecutionProvider": Refused(
        "install NVIDIA's driver, and CUDA's libraries with "
        '`pip install "onnxruntime-gpu[cuda,cudnn]"`'
    ),
    "TensorrtExecutionProvider": Refused(
        "install NVIDIA's driver and the TensorRT libraries of onnxruntime's requirements"
    ),
    "WebGpuExecutionProvider": Refused(
        "install the graphics card's driver, on Linux the one for Vulkan"
    ),
}
_ANY_REMEDY = Refused("repair the device's driver and libraries")


class NotGranted(Refused):
    """The device was asked for and cannot be had; the CPU can."""


class DeviceFailed(Refused):
    """The device failed while it ran a model; the CPU can take over."""


def start(model: bytes, device: Device, threads: int = 1) -> ort.InferenceSession:
    """A session of the model on the device.

    `threads`: one is best for one digit; more pay off for whole batches. Raises Refused where
    onnxruntime does not take the model, NotGranted where it does not grant the device.
    """
    return _start(model, device, _options(threads))


def start_placed(
    model: bytes, device: Device, fed: Mapping[str, NDArray[Any]]
) -> tuple[ort.InferenceSession, Placement | None]:
    """A session as `start` makes it, and where its nodes ran when it was fed so.

    The placement is None on the CPU, where there is nothing to tell. Raises Refused as `start`, and
    where the model fails on what it is fed.
    """
    if device.name == CPU.name:
        return start(model, device), None
    options = _options(threads=1)
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / "run")
        session = _start(model, device, options)
        try:
            session.run(None, dict(fed))  # the first run prepares: what it takes says nothing
            session.run(None, dict(fed))
        except Exception as error:  # onnxruntime raises its own types, some bare
            raise _not_granted(device, device_cause(error)) from error
        finally:
            profile = Path(session.end_profiling())
        events = json.loads(profile.read_text(encoding="utf-8"))
    return session, placement(session, events, device)


def tried(device: Device) -> Device:
    """The device, with its refusal where a model of one node does not run on it."""
    if not device.usable:
        return device
    one = helper.make_tensor_value_info("one", TensorProto.FLOAT, [1])
    two = helper.make_tensor_value_info("two", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Add", ["one", "one"], ["two"])], "", [one], [two])
    opset = helper.make_opsetid("", 17)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=8).SerializeToString()
    try:
        start_placed(model, device, {"one": np.ones(1, np.float32)})
    except NotGranted as refusal:
        why = Refused("it does not start ({reason}): {remedy}", **refusal.fields)
        return replace(device, refusal=why)
    except Refused as refusal:
        return replace(device, refusal=refusal)
    return device


def _options(threads: int) -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL
    return options


def _start(model: bytes, device: Device, options: ort.SessionOptions) -> ort.InferenceSession:
    ort.disable_telemetry_events()  # on Windows, where the environment does not
    ort.set_default_logger_severity(_FATAL)  # for what is said before the session is there
    try:
        providers = _attach(device, options)
        # Without the ban it would print to stdout, and start on the CPU.
        session = ort.InferenceSession(model, options, providers=providers, enable_fallback=0)
    except Refused:
        raise
    except Exception as error:  # onnxruntime raises its own types, some bare
        if device.name == CPU.name:
            raise Refused("onnxruntime does not run it: {reason}", reason=cause(error)) from error
        raise _not_granted(device, device_cause(error)) from error
    if session.get_providers()[0] != device.provider:
        raise _not_granted(device, _why_not(device))
    return session


def _attach(device: Device, options: ort.SessionOptions) -> list[Any] | None:
    """The providers to ask for; None where the options hold the device of a plug-in."""
    if device.kind is None:
        return [CPU.provider]
    if device.plugged:
        found = plugins.devices_of(device.kind.package, device.provider)
        if device.index >= len(found):
            raise _not_granted(device, Refused("it is not there any more"))
        options.add_provider_for_devices([found[device.index]], dict(device.kind.options))
        return None
    _preload(device.kind)
    place = {"device_id": str(device.index)} if device.index else {}
    return [(device.provider, {**place, **dict(device.kind.options)}), CPU.provider]


def _not_granted(device: Device, reason: object) -> NotGranted:
    return NotGranted(
        "{label} was asked for and is not available ({reason}): {remedy}, or use the CPU",
        label=device.label,
        reason=reason,
        remedy=_REMEDIES.get(device.provider, _ANY_REMEDY),
    )


def _why_not(device: Device) -> object:
    """What the system's loader has against the driver, or against the provider's library.

    onnxruntime tells it to stderr alone, and not even there at the severity that is let by.
    """
    wanted = []
    if device.kind is not None and device.kind.wheel == "onnxruntime-gpu":
        wanted.append(_NVIDIA_DRIVERS.get(sys.platform, ""))
    if (name := _LIBRARIES.get(device.provider)) is not None:
        file = f"{name}.dll" if sys.platform == "win32" else f"lib{name}.so"
        wanted.append(str(Path(ort.__file__).parent / "capi" / file))
    for library in filter(None, wanted):
        try:
            ctypes.CDLL(library)
        except OSError as error:
            return device_cause(error)
    return Refused("onnxruntime ran it on the CPU and does not say why")


def _preload(kind: Kind) -> None:
    """Let CUDA's libraries be found where they came as packages of pip."""
    if kind.wheel != "onnxruntime-gpu" or find_spec("nvidia") is None:
        return
    if hasattr(ort, "preload_dlls"):
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what it does not find
            ort.preload_dlls()
