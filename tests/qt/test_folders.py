"""The folders, which are found without Qt, are those that Qt has on this machine."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QStandardPaths
from rnn_desk.folders import log_folder, settings_folder
app = QCoreApplication([])
app.setApplicationName("rnn-desk")
for kind, own in (
    (QStandardPaths.StandardLocation.AppConfigLocation, settings_folder()),
    (QStandardPaths.StandardLocation.AppLocalDataLocation, log_folder()),
):
    assert own == Path(QStandardPaths.writableLocation(kind)), (own, kind)
"""


@pytest.mark.parametrize("home", [None, "/tmp/home", "/tmp/home with spaces/"])
@pytest.mark.parametrize("xdg", [None, "", "/mine/{}", "relative/{}", "~/{}", "/mine//{}/"])
def test_they_are_the_same(home, xdg):
    names = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}
    environ = {name: value for name, value in os.environ.items() if name not in names}
    if xdg is not None:
        environ |= {name: xdg.format(word) for name, word in names.items()}
    if home is not None:
        environ["HOME"] = home
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
