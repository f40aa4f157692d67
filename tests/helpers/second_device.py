"""A second device on any machine: the CPU's own provider, had as a plug-in's is.

Everything of it is onnxruntime's (its list of devices, its sessions, its profile) but the loading
of a plug-in's library, of which there is none. It is there in the test's process and, as
`python -m tests.helpers.second_device`, in an engine process.
"""

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rnn_desk.engine.runtime import devices as table
from rnn_desk.engine.runtime import plugins
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.protocol.devices import Device, Kind

SECOND = Kind("second", "Second device", "Second", CPU.provider, package="onnxruntime-second")
DEVICE = Device("second", "Second device", CPU.provider, SECOND, plugged=True)
BROKEN = replace(DEVICE, name="broken", label="Broken device", index=7)

COMMAND = (sys.executable, "-P", "-m", "tests.helpers.second_device")
"""Starts an engine process that has the device."""

PULLED = "RNN_DESK_TEST_PULLED"
"""Names the file whose being there means that the device has been pulled out."""

CLASH = "RNN_DESK_TEST_CLASH"
"""Whether wheels of onnxruntime have overwritten each other."""


@dataclass(frozen=True)
class SecondDevice:
    """What a test does with the device."""

    device: Device
    pulled: Path

    @property
    def name(self):
        return self.device.name

    @property
    def label(self):
        return self.device.label

    def pull_out(self):
        """No session on it runs from now on; no machine here has one to pull out."""
        self.pulled.touch()

    def runs(self):
        """How often it was tried since."""
        return self.pulled.stat().st_size


@pytest.fixture
def second_device(monkeypatch, tmp_path) -> SecondDevice:
    """The device named "second" is there, and one named "broken" that cannot start."""
    _plug_in(monkeypatch.setattr)
    monkeypatch.setattr("rnn_desk.app.engine_process.engine_command", lambda: COMMAND)
    pulled = tmp_path / "pulled out"
    monkeypatch.setenv(PULLED, str(pulled))
    return SecondDevice(DEVICE, pulled)


def _plug_in(put):
    real = table.devices
    put(plugins, "find_spec", lambda _: True)
    put(plugins, "_register", lambda *_: None)
    put(table, "devices", lambda: (*real(), DEVICE, BROKEN))


def _engine():
    """An engine process that has the device."""
    from rnn_desk.core.errors import Refused
    from rnn_desk.engine.process.__main__ import main
    from rnn_desk.engine.runtime.runs import Runs

    _plug_in(setattr)
    run = Runs.run
    pulled = Path(os.environ.get(PULLED, os.devnull + "/never"))

    class Gone:
        """In place of a session on a device that is not there any more."""

        def run(self, *_):
            with pulled.open("ab") as count:
                count.write(b".")
            raise RuntimeError("DXGI_ERROR_DEVICE_REMOVED")

    def run_on(self, session, names, fed, device=CPU, *others):
        lost = device.name == DEVICE.name and pulled.exists()
        return run(self, Gone() if lost else session, names, fed, device, *others)

    Runs.run = run_on
    if CLASH in os.environ:
        wheels = "onnxruntime, onnxruntime-gpu"
        table.clash = lambda: Refused(
            "{wheels} are installed at once and have overwritten each other: uninstall them all, "
            "then install the one that you want",
            wheels=wheels,
        )
    main()


if __name__ == "__main__":
    _engine()
