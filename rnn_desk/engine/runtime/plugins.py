"""Plug-in providers: packages beside onnxruntime that bring a provider's library with them."""

from __future__ import annotations

import importlib
import re
from importlib.util import find_spec
from typing import Any

import onnxruntime as ort

from rnn_desk.core.errors import Refused
from rnn_desk.engine.runtime.messages import device_cause

_TRADE_MARKS = re.compile(r"\((?:R|TM)\)", re.IGNORECASE)


def installed(package: str) -> bool:
    """Whether the plug-in of that name is there; False where there is no name."""
    return bool(package) and find_spec(_module(package)) is not None


def devices_of(package: str, provider: str) -> list[Any]:
    """onnxruntime's devices (`OrtEpDevice`) of a plug-in. Raises Refused, with what to do."""
    if not installed(package):
        raise Refused(
            "it is not installed: `pip install {package}`, beside onnxruntime", package=package
        )
    if not hasattr(ort, "register_execution_provider_library"):
        raise Refused(
            "the installed onnxruntime {version} takes no plug-ins: `pip install -U onnxruntime`",
            version=ort.__version__,
        )
    try:
        _register(_module(package), provider)
    except Exception as error:  # the package's own, the loader's, or one of onnxruntime's types
        raise Refused(
            "{package} cannot be loaded ({reason}): install the device's driver, or another "
            "version of {package}",
            package=package,
            reason=device_cause(error),
        ) from error
    found = [device for device in ort.get_ep_devices() if device.ep_name == provider]
    if not found:
        raise Refused(
            "{package} finds no device here that it takes: install the device's driver",
            package=package,
        )
    return found


def hardware_name(device: Any) -> str:
    """The hardware's name, as far as the plug-in or the system tells it: else its maker's, and what
    it is."""
    told = {**device.device.metadata, **device.ep_metadata}
    for key in ("FULL_DEVICE_NAME", "Description"):
        if name := _TRADE_MARKS.sub("", told.get(key, "")).strip():
            return str(name)
    return " ".join(part for part in (device.device.vendor, device.device.type.name) if part)


def _module(package: str) -> str:
    return package.replace("-", "_")


def _register(module: str, provider: str) -> None:
    """Let onnxruntime load the plug-in's library, once in the life of the process."""
    plugin = importlib.import_module(module)
    try:
        ort.register_execution_provider_library(provider, plugin.get_library_path())
    except Exception as error:
        if "already registered" not in str(error):
            raise
