"""A second device on any machine: the CPU's own provider, had as a plug-in's is.

Everything of it is onnxruntime's (its list of devices, its sessions, its profile) but the loading
of a plug-in's library, of which there is none.
"""

from dataclasses import replace

import pytest

from rnn_desk.engine.runtime import devices as table
from rnn_desk.engine.runtime import plugins
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.protocol.devices import Device, Kind

SECOND = Kind("second", "Second device", "Second", CPU.provider, package="onnxruntime-second")


@pytest.fixture
def second_device(monkeypatch) -> Device:
    """The device named "second" is there, and one named "broken" that cannot start."""
    real = table.devices
    second = Device("second", "Second device", CPU.provider, SECOND, plugged=True)
    broken = replace(second, name="broken", label="Broken device", index=7)
    monkeypatch.setattr(plugins, "find_spec", lambda _: True)
    monkeypatch.setattr(plugins, "_register", lambda *_: None)
    monkeypatch.setattr(table, "devices", lambda: (*real(), second, broken))
    return second
