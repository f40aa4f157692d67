"""Devices: what a model can run on here, by names that a person knows.

A new device is one entry in `_OTHERS`.
"""

from __future__ import annotations

from dataclasses import dataclass

import onnxruntime as ort

from rnn_desk.core.errors import Refused

# onnxruntime prints its own warnings to stderr, with C++ source lines and local paths in them.
# What matters in them is found out otherwise here (see `start`), so only fatal ones are let by.
_FATAL = 4

_OTHERS = {
    "cuda": ("NVIDIA GPU, CUDA", "CUDAExecutionProvider"),
    "directml": ("GPU, DirectML", "DmlExecutionProvider"),
    "coreml": ("Apple GPU and Neural Engine, Core ML", "CoreMLExecutionProvider"),
    "webgpu": ("GPU, WebGPU", "WebGpuExecutionProvider"),
}


@dataclass(frozen=True)
class Device:
    """One device: `name` as the command line takes it, `label` as a person reads it.

    `reason` says why it is not usable, and what to do; empty where it is.
    """

    name: str
    label: str
    provider: str
    usable: bool
    reason: str = ""


CPU = Device("cpu", "CPU", "CPUExecutionProvider", usable=True)


def devices() -> tuple[Device, ...]:
    """Every device that this program knows, usable or not, the CPU first."""
    built_in = set(ort.get_available_providers())
    others = (
        Device(
            name,
            label,
            provider,
            usable=provider in built_in,
            reason="" if provider in built_in else str(_not_built_in(provider)),
        )
        for name, (label, provider) in _OTHERS.items()
    )
    return (CPU, *others)


def device_named(name: str) -> Device:
    """The usable device of that name. Raises Refused."""
    known = {device.name: device for device in devices()}
    if name not in known:
        raise Refused(
            "{name} is no device that this program knows: choose one of {known}",
            name=name,
            known=", ".join(known),
        )
    if not known[name].usable:
        device = known[name]
        why = _not_built_in(device.provider)
        raise Refused("{label} cannot be used: {reason}", label=device.label, reason=why)
    return known[name]


def _not_built_in(provider: str) -> Refused:
    return Refused(
        "the installed onnxruntime {version} was built without {provider}: install a build of "
        "onnxruntime that has it",
        version=ort.__version__,
        provider=provider,
    )


def start(model: bytes, device: Device, threads: int = 1) -> ort.InferenceSession:
    """A session of the model on the device.

    `threads`: one is best for one digit; more pay off for whole batches. Raises Refused where
    onnxruntime does not take the model, or quietly falls back to another device.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL
    providers = [device.provider, *(["CPUExecutionProvider"] if device.name != "cpu" else [])]
    try:
        # Its own fall-back would print on stdout, and run on another device unasked.
        session = ort.InferenceSession(model, options, providers=providers, enable_fallback=0)
    except Exception as error:  # onnxruntime raises its own types, some bare
        raise Refused("onnxruntime does not run it: {reason}", reason=plain(error)) from error
    if session.get_providers()[0] != device.provider:
        raise Refused(
            "{label} was asked for and onnxruntime did not grant it: use the CPU, or mend the "
            "device's driver and libraries",
            label=device.label,
        )
    return session


def plain(error: BaseException) -> str:
    """onnxruntime's message without its code, its C++ source lines and its paths; one line."""
    text = " ".join(str(error).split())
    if text.startswith("[ONNXRuntimeError]"):
        text = text.split(" : ", 3)[-1]
    words = [w for w in text.split() if "/onnxruntime/" not in w and ".cc:" not in w]
    return " ".join(words)[:300] or type(error).__name__
