"""`rnn-desk devices`: what a model can run on here, and why not on the others."""

from __future__ import annotations

import shutil
import sys
import textwrap
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import Any

from rnn_desk.app.client import Client
from rnn_desk.app.requests import KnownDevices, ListDevices
from rnn_desk.cli.arguments import add_json, describe
from rnn_desk.core.console import tell, tell_json, warn
from rnn_desk.core.plain import counted
from rnn_desk.core.progress import progress
from rnn_desk.protocol.devices import Device

_WIDTH = 100
"""Characters in a line, where no terminal says how many there is room for."""


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Tell every device that the program knows, and why one cannot be used.",
        "rnn-desk devices\nrnn-desk classify digit.png --device cuda",
    )
    add_json(parser, "one JSON object")


def _run(chosen: Namespace) -> None:
    tell_devices(chosen.json)


def tell_devices(as_json: bool) -> None:
    """Tell every device that this program knows, each that may be usable tried."""
    with progress("trying the devices"), Client() as client:
        told: KnownDevices = client.call(ListDevices())
    known, wrong = told.devices, told.clash
    if as_json:
        tell_json(
            {
                "devices": [_record(device) for device in known],
                "onnxruntime": told.onnxruntime,
                "warning": None if wrong is None else str(wrong),
            }
        )
        return
    if wrong is not None:
        warn(str(wrong))
    for line in _lines(known):
        tell(line)


def _record(device: Device) -> dict[str, Any]:
    return {
        "name": device.name,
        "label": device.label,
        "provider": device.provider,
        "usable": device.usable,
        "reason": device.reason,
        "cores": device.cores or None,
    }


def _lines(known: Iterable[Device]) -> Iterable[str]:
    """Those that can be used, those that could be made usable here, and those of other systems."""
    here = [d for d in known if d.kind is None or sys.platform in d.kind.systems]
    column = max(len(device.name) for device in here) + 4
    width = max(shutil.get_terminal_size((_WIDTH, 0)).columns, column + 40)
    yield "usable"
    yield from (f"  {d.name:<{column - 2}}{_label(d)}" for d in here if d.usable)
    missing = [device for device in here if not device.usable]
    if missing:
        yield "not usable here"
    for device in missing:
        yield f"  {device.name:<{column - 2}}{device.label}"
        indent = " " * (column + 2)
        yield from textwrap.wrap(
            device.reason,
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    others = [device for device in known if device not in here]
    if others:
        yield "of other systems"
        yield from (f"  {d.name:<{column - 2}}{d.label}: {d.reason}" for d in others)


def _label(device: Device) -> str:
    return f"{device.label}, {counted(device.cores, 'core')}" if device.cores else device.label
