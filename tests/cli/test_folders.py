"""On each system, the user's folders are those that older versions had from Qt."""

import os
import subprocess
import sys
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from rnn_desk.assets_door import asset
from rnn_desk.environment import NO_TELEMETRY

SCRIPT = """
import sys
sys.platform = "{platform}"
from rnn_desk import folders
from rnn_desk.app import chosen_readings
assert not [name for name in sys.modules if name.startswith("PySide6")]
assert chosen_readings.users_own().parent == folders.settings_folder()
print(folders.settings_folder())
print(folders.log_folder())
"""

HOME = "/home/somebody"
LOCAL = r"C:\Users\somebody\AppData\Local"
ABSOLUTE = {"XDG_CONFIG_HOME": "/mine/config", "XDG_DATA_HOME": "/mine/data"}


def folders(platform, **environ):
    """The folders of settings and log, as a process finds them that takes this for its system."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    # What Windows itself would answer, platformdirs takes from there if it is told.
    windows = {"WIN_PD_OVERRIDE_LOCAL_APPDATA": LOCAL, "HOME": HOME}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(platform=platform)],
        env={**kept, **windows, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    path = PureWindowsPath if platform == "win32" else PurePosixPath
    return [path(line) for line in done.stdout.splitlines()]


# As Qt's documentation of QStandardPaths has AppConfigLocation and AppLocalDataLocation.
QT = {
    "linux": [f"{HOME}/.config/rnn-desk", f"{HOME}/.local/share/rnn-desk"],
    "darwin": [
        f"{HOME}/Library/Preferences/rnn-desk",
        f"{HOME}/Library/Application Support/rnn-desk",
    ],
    "win32": [rf"{LOCAL}\rnn-desk", rf"{LOCAL}\rnn-desk"],
}


@pytest.mark.skipif(sys.platform == "win32", reason="a home in another system's words")
@pytest.mark.parametrize("platform", QT)
def test_the_folders_are_those_of_older_versions(platform):
    assert list(map(str, folders(platform))) == QT[platform]


@pytest.mark.skipif(sys.platform == "win32", reason="a home in another system's words")
def test_on_linux_the_desktop_may_have_them_elsewhere():
    assert list(map(str, folders("linux", **ABSOLUTE))) == [
        "/mine/config/rnn-desk",
        "/mine/data/rnn-desk",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="a home in another system's words")
@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_that_moves_no_settings(platform):
    assert str(folders(platform, **ABSOLUTE)[0]) == QT[platform][0]


@pytest.mark.skipif(sys.platform == "win32", reason="a home in another system's words")
def test_a_command_leaves_nothing_behind_but_the_programs_own(tmp_path):
    """onnxruntime would, with a number by which its maker knows the machine."""
    other = [*NO_TELEMETRY, "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"]
    kept = {name: value for name, value in os.environ.items() if name not in other}
    done = subprocess.run(
        [sys.executable, "-m", "rnn_desk", "inspect", asset("models", "gru.onnx")],
        env={**kept, "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in left if "rnn-desk" not in path.parts]
