"""The real program on a virtual screen, looked at from outside, as a person looks at it."""

import os
import shutil
import struct
import subprocess
import sys
import time
from contextlib import contextmanager

import psutil
import pytest

SIZE = "1280x800x24"
COLOURS = 20
"""A screen with more of them than that shows the window: an empty one has one."""

_NAMES = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XAUTHORITY")


def environment(home, **more):
    """This process's environment without its screen, and with another home."""
    kept = {name: value for name, value in os.environ.items() if name not in _NAMES}
    homes = {"HOME": home, "XDG_CONFIG_HOME": home / "config", "XDG_DATA_HOME": home / "data"}
    return {**kept, **{name: str(path) for name, path in homes.items()}, **more}


def needs(*programs):
    """Leave a test out where one of them is missing."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


@contextmanager
def virtual_screen(folder, *options):
    """An X screen of its own, whose picture lies in that folder; its name."""
    needs("Xvfb")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-fbdir", folder, *options],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as stream:
            yield f":{stream.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


def shows_a_window(folder):
    """Whether the screen whose picture lies there shows more than its empty ground."""
    try:
        picture = (folder / "Xvfb_screen0").read_bytes()
    except FileNotFoundError:
        return False
    if len(picture) < 4:
        return False
    (header,) = struct.unpack(">I", picture[:4])
    pixels = memoryview(picture)[header:]
    return len({bytes(pixels[k : k + 3]) for k in range(0, len(pixels) - 4, 4 * 37)}) > COLOURS


def wait_until(true, seconds=30.0):
    """Look again and again whether it is so; False where it is not in that time."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def left_of(home):
    """The processes that still run with that home."""
    left = []
    for process in psutil.process_iter():
        try:
            alive = process.status() != psutil.STATUS_ZOMBIE
            if alive and process.environ().get("HOME") == str(home):
                left.append(process)
        except psutil.Error:
            continue
    return left


PROGRAM = [sys.executable, "-m", "rnn_desk"]
