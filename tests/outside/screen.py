"""A screen without hardware (Xvfb, openbox), and hands on it: pointer, keys, clipboard, pictures.

Nothing here knows the program, and nothing runs in its process: what is done and seen is what a
person at that screen does and sees, and a program that hangs or dies does not take this along.
"""

from __future__ import annotations

import os
import select
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import xcffib
import xcffib.xproto as x
import xcffib.xtest
from numpy.typing import NDArray
from xcffib import keysymdef

NEEDED = ("Xvfb", "openbox")
"""Commands without which there is no such screen."""

_POLL = 0.02
_START = 20.0
"""Seconds that the X server or the window manager may take to be there."""

_PROPERTY = "TEXT_HERE"

T = TypeVar("T")


def missing() -> list[str]:
    """Name the commands that are not installed."""
    return [command for command in NEEDED if shutil.which(command) is None]


def until(condition: Callable[[], T | None], seconds: float) -> T | None:
    """Wait for the condition to answer something true; what it answered last."""
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(_POLL)
    return found


@dataclass(frozen=True)
class Rect:
    """A rectangle in pixels of the screen."""

    x: int
    y: int
    width: int
    height: int

    def at(self, across: float, down: float) -> tuple[int, int]:
        """The pixel at this part, 0..1, of its width and height."""
        return self.x + round(across * (self.width - 1)), self.y + round(down * (self.height - 1))


class Screen:
    """One connection to a display, with the pointer, the keyboard and a clipboard of its own."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.connection = xcffib.connect(display)
        self._core = self.connection.core
        self._test = self.connection(xcffib.xtest.key)
        self._atoms: dict[str, int] = {}
        setup = self.connection.get_setup()
        self._root = setup.roots[0]
        self._keys = self._keycodes(setup.min_keycode, setup.max_keycode)
        self._hand = self.connection.generate_id()  # a window that owns the clipboard
        self._core.CreateWindow(
            0, self._hand, self._root.root, 0, 0, 1, 1, 0, x.WindowClass.InputOnly, 0, 0, []
        )
        self.connection.flush()

    @property
    def root(self) -> int:
        """The window behind all others."""
        return int(self._root.root)

    def close(self) -> None:
        """Leave the display."""
        self.connection.disconnect()

    def atom(self, name: str) -> int:
        """The number by which the server knows this word."""
        if name not in self._atoms:
            reply = self._core.InternAtom(False, len(name), name).reply()
            self._atoms[name] = reply.atom
        return self._atoms[name]

    # What is there.

    def windows_of(self, pid: int) -> list[int]:
        """The windows of a process that the window manager shows, the oldest first."""
        shown = self._property(self.root, "_NET_CLIENT_LIST")
        return [window for window in shown if self._property(window, "_NET_WM_PID") == [pid]]

    def rect(self, window: int) -> Rect:
        """Where a window is, without its frame."""
        size = self._core.GetGeometry(window).reply()
        place = self._core.TranslateCoordinates(window, self.root, 0, 0).reply()
        return Rect(place.dst_x, place.dst_y, size.width, size.height)

    def picture(self, part: Rect | None = None) -> NDArray[np.uint8]:
        """A part of the screen, or all of it, `[height, width, 3]`: the server answers by itself,
        whatever the program does meanwhile."""
        part = part or Rect(0, 0, self._root.width_in_pixels, self._root.height_in_pixels)
        reply = self._core.GetImage(
            x.ImageFormat.ZPixmap, self.root, part.x, part.y, part.width, part.height, 0xFFFFFFFF
        ).reply()
        pixels = np.frombuffer(reply.data.raw, np.uint8).reshape(part.height, part.width, 4)
        return pixels[..., 2::-1].copy()

    # What hands do.

    def move(self, at: tuple[int, int]) -> None:
        """Put the pointer there."""
        self._fake(x.MotionNotifyEvent.event_number, 0, at)

    def stroke(self, points: Sequence[tuple[int, int]], pause: float) -> None:
        """Drag along the points with the left button, a pause of seconds after each."""
        self.move(points[0])
        time.sleep(pause)
        self._fake(x.ButtonPressEvent.event_number, 1)
        for point in points[1:]:
            self.move(point)
            time.sleep(pause)
        self._fake(x.ButtonReleaseEvent.event_number, 1)

    def click(self, at: tuple[int, int]) -> None:
        """Press the left button there, once."""
        self.stroke([at], _POLL)

    def press(self, *keys: str) -> None:
        """Press keys together, by their X names: `press("Control_L", "z")`."""
        codes = [self._keys[getattr(keysymdef, f"XK_{key}")] for key in keys]
        for code in codes:
            self._fake(x.KeyPressEvent.event_number, code)
        for code in reversed(codes):
            self._fake(x.KeyReleaseEvent.event_number, code)

    def copied(self, *keys: str, patience: float) -> str | None:
        """The text that these keys put on the clipboard; None if they put none there in time."""
        clipboard = self.atom("CLIPBOARD")
        self._core.SetSelectionOwner(self._hand, clipboard, x.Time.CurrentTime)
        self.events()  # of an earlier copy
        self.press(*keys)

        def taken() -> bool:
            owner = self._core.GetSelectionOwner(clipboard).reply().owner
            return bool(owner not in (self._hand, 0))

        if not until(taken, patience):
            return None
        here, text = self.atom(_PROPERTY), self.atom("UTF8_STRING")
        self._core.ConvertSelection(self._hand, clipboard, text, here, x.Time.CurrentTime)
        self.connection.flush()

        def brought() -> bool:
            return any(isinstance(event, x.SelectionNotifyEvent) for event in self.events())

        if not until(brought, patience):
            return None
        reply = self._core.GetProperty(True, self._hand, here, text, 0, 2**20).reply()
        return bytes(reply.value.buf()).decode("utf-8", "replace") if reply.value_len else None

    def ask_to_close(self, window: int) -> None:
        """Do what a window's close button does."""
        self.send(window, "WM_PROTOCOLS", self.atom("WM_DELETE_WINDOW"), int(x.Time.CurrentTime))

    def send(self, window: int, kind: str, *data: int) -> None:
        """Send a window a message of another client's."""
        words = [*data, 0, 0, 0, 0, 0][:5]
        message = struct.pack("=BBHII5I", x.ClientMessageEvent.event_number, 32, 0, window,
                              self.atom(kind), *words)  # fmt: skip
        self._core.SendEvent(False, window, x.EventMask.NoEvent, message)
        self.connection.flush()

    # How that is done.

    def _fake(self, kind: int, detail: int, at: tuple[int, int] = (0, 0)) -> None:
        self._test.FakeInput(kind, detail, x.Time.CurrentTime, self.root, *at, 0)
        self.connection.flush()

    def _property(self, window: int, name: str) -> list[int]:
        """A window's property of whole numbers; none where the window is gone."""
        try:
            reply = self._core.GetProperty(
                False, window, self.atom(name), x.GetPropertyType.Any, 0, 1024
            ).reply()
        except x.WindowError:
            return []
        return list(reply.value.to_atoms()) if reply.value_len else []

    def events(self) -> list[Any]:
        """What has come since; errors about windows that are gone mean nothing."""
        found = []
        while True:
            try:
                event = self.connection.poll_for_event()
            except x.WindowError:
                continue
            if event is None:
                return found
            found.append(event)

    def _keycodes(self, first: int, last: int) -> dict[int, int]:
        """The key that gives each symbol, pressed without another."""
        reply = self._core.GetKeyboardMapping(first, last - first + 1).reply()
        each = reply.keysyms_per_keycode
        symbols = list(reply.keysyms)
        return {symbols[k * each]: first + k for k in reversed(range(last - first + 1))}


@contextmanager
def own_screen(width: int = 1600, height: int = 1000) -> Iterator[Screen]:
    """A screen that nobody else has, on a display number that was free."""
    told, tell = os.pipe()
    size = f"{width}x{height}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[tell],
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    manager = None
    try:
        if not select.select([told], [], [], _START)[0]:
            raise RuntimeError("Xvfb does not start")
        number = os.read(told, 32).decode().strip()
        if not number:
            raise RuntimeError("Xvfb does not start")
        screen = Screen(f":{number}")
        manager = subprocess.Popen(
            ["openbox"],
            env={**os.environ, "DISPLAY": screen.display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if not until(lambda: screen._property(screen.root, "_NET_SUPPORTING_WM_CHECK"), _START):
            raise RuntimeError("openbox does not start")
        yield screen
        screen.close()
    finally:
        os.close(told)
        for process in (manager, server):
            if process is not None:
                process.terminate()
                process.wait()
