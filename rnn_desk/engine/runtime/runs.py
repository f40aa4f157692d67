"""Runs of a model, and what is said where one fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import onnxruntime as ort
from numpy.typing import NDArray

from rnn_desk.core.errors import Refused
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.messages import NO_MEMORY, cause, device_cause
from rnn_desk.engine.runtime.sessions import DeviceFailed
from rnn_desk.protocol.devices import Device

Tensors = Mapping[str, NDArray[Any]]
"""Tensors by their names, as a session is fed with them."""

Run = Callable[[ort.InferenceSession, Sequence[str], Tensors], list[NDArray[Any]]]
"""`Runs.run`, on the CPU."""


_GIVE_BACK = {"memory.enable_memory_arena_shrinkage": "cpu:0"}


class OutOfMemory(Refused):
    """There is not enough memory for what the model computes."""


class Runs:
    """The runs of one model, on whatever device and in whatever sessions its parts have."""

    def __init__(self, file: str) -> None:
        """file: the model's, for what is said of it."""
        self._file = file

    def run(
        self,
        session: ort.InferenceSession,
        names: Sequence[str],
        fed: Tensors,
        device: Device = CPU,
        many: bool = False,
    ) -> list[NDArray[Any]]:
        """The outputs of those names, from a session on that device.

        many: what it is fed with is far more than usual. The runtime keeps all memory that a run
        has ever taken for as long as there is the session, which may be hundreds of MiB for a few
        hundred digits; so it is to give back at once what this one takes.

        Raises DeviceFailed where a device other than the CPU fails twice, for it may have
        been short of memory for a moment; Refused where the CPU fails.
        """
        on_cpu = device.name == CPU.name
        options = ort.RunOptions()
        for name, value in (_GIVE_BACK if many and on_cpu else {}).items():
            options.add_run_config_entry(name, value)
        tries = 1 if on_cpu else 2
        while True:
            tries -= 1
            try:
                return list(session.run(list(names), dict(fed), options))
            except Exception as error:  # onnxruntime raises its own types, some bare
                if not tries:
                    raise self._failure(device, error) from error

    def _failure(self, device: Device, error: Exception) -> Refused:
        if device.name == CPU.name:
            why = cause(error)
            failed = Refused(
                "{file} failed while reading a picture: {reason}",
                file=self._file,
                reason=why,
            )
            if why.template == NO_MEMORY.template:
                return OutOfMemory(failed.template, **failed.fields)
            return failed
        return DeviceFailed(
            "{label} failed while reading a picture: {reason}",
            label=device.label,
            reason=device_cause(error),
        )
