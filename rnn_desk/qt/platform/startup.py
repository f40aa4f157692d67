"""Whether Qt can start here, found out before Qt tries: where it cannot, it aborts the process.

Importable where PySide6 is not there, or does not load: then it says so.
"""

from __future__ import annotations

import builtins
import ctypes
import os
import re
import socket
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path, PureWindowsPath

from rnn_desk.core.errors import Refused

_ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
PACKAGES = {**_ALWAYS, **_X11, **_WAYLAND}
"""The shared libraries that Qt needs from the system, and the Debian packages they are in."""

_BY_PLATFORM = {"xcb": _X11, "wayland": _WAYLAND}
_CONNECT_SECONDS = 2.0


def without_screen(
    environ: Mapping[str, str] = os.environ, system: str = sys.platform
) -> dict[str, str]:
    """That environment, for a window that is on no screen.

    Its letters are drawn by FreeType, for which Qt has no fonts on Windows unless it is told where.
    """
    fonts = PureWindowsPath(environ.get("WINDIR", "C:/Windows"), "Fonts")
    there = {"QT_QPA_FONTDIR": str(fonts)} if system == "win32" else {}
    return {**there, **environ, "QT_QPA_PLATFORM": "offscreen"}


def check(environ: Mapping[str, str] = os.environ) -> None:
    """Raise Refused where the window's part of PySide6 cannot be imported.

    PySide6 puts an import of its own in place of Python's, which reads the source of each module
    that is imported from then on, for a `from __feature__ import` that is nowhere here.
    That takes longer than many a module, so Python's own is put back.
    """
    own = builtins.__import__
    if reason := _import_problem(_platforms(environ)):
        raise reason
    builtins.__import__ = own


@contextmanager
def screen(environ: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Make a QApplication in this block; raise Refused where that could not be done.

    A screen may end, or begin anew, once its last client has left (`xvfb-run`'s does); so the
    connection by which it was asked is kept until Qt has its own.
    """
    with ExitStack() as connections:
        if reason := why_not(environ, connections):
            raise reason
        yield


def why_not(environ: Mapping[str, str], connections: ExitStack) -> Refused | None:
    """What stands in the way of a QApplication in that environment; None where nothing does.

    connections: takes those to the screens that were asked.
    """
    platforms = _platforms(environ)
    if reason := _import_problem(platforms):
        return reason
    on_linux = sys.platform.startswith("linux")
    return _screen_problem(platforms, environ, connections) if on_linux else None


def _import_problem(platforms: Iterable[str]) -> Refused | None:
    """Why the window's part of PySide6 cannot be imported."""
    try:
        from PySide6 import QtGui, QtWidgets  # noqa: F401  (the try is what it is for)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("PySide6", "shiboken6"):
            raise
        return Refused(
            "The window needs PySide6, which is not installed: install it with "
            "`pip install PySide6-Essentials`"
        )
    except ImportError as error:
        return _load_problem(str(error), platforms)
    return None


def _load_problem(message: str, platforms: Iterable[str]) -> Refused:
    """The sentence for what the system's loader says of a library of Qt's.

    The loader names one that is missing; all others that these platforms need are named with it.
    """
    match = re.match(r"(\S+\.so\S*): cannot open shared object file", message)
    if match is None:
        return Refused("Qt cannot be loaded: {reason}", reason=message)
    needed = set(_ALWAYS).union(*(_BY_PLATFORM.get(name, ()) for name in platforms))
    missing = sorted({match[1], *(name for name in needed if _load(name) is not None)})
    return Refused(
        "Qt needs libraries that are missing here, {libraries}: install them (on Debian and "
        "Ubuntu with `apt install {packages}`)",
        libraries=", ".join(missing),
        packages=" ".join(dict.fromkeys(PACKAGES.get(name, name) for name in missing)),
    )


def _load(library: str) -> str | None:
    """What the loader says against a library; None where it loads."""
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return None


def _screen_problem(
    platforms: Iterable[str], environ: Mapping[str, str], connections: ExitStack
) -> Refused | None:
    """Why none of the platforms can start, the first one's reason."""
    problems = [_platform_problem(name, environ, connections) for name in platforms]
    if not problems:
        return _no_screen()
    return None if None in problems else problems[0]


def _platforms(environ: Mapping[str, str]) -> list[str]:
    """The platforms that Qt will try, in its order; empty where the system has but one.

    Those that QT_QPA_PLATFORM names, else Wayland and X11 where there are signs of them.
    """
    if not sys.platform.startswith("linux"):
        return []
    if asked := environ.get("QT_QPA_PLATFORM"):
        names = [name.split(":")[0] for name in asked.split(";")]
        return ["wayland" if name.startswith("wayland") else name for name in names]
    wayland = environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE") == "wayland"
    return [*(["wayland"] if wayland else []), *(["xcb"] if environ.get("DISPLAY") else [])]


def _no_screen() -> Refused:
    return Refused(
        "There is no screen here for the window: use `rnn-desk classify` or `rnn-desk render`, "
        "which need none, or run it under `xvfb-run`"
    )


def _platform_problem(
    name: str, environ: Mapping[str, str], connections: ExitStack
) -> Refused | None:
    """Why one of Qt's platforms cannot start."""
    from PySide6.QtCore import QLibraryInfo  # only here is it known that there is one

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    plugin = folder / f"libq{name}.so"
    if not plugin.is_file():
        return None  # Qt is packed otherwise here, and will find its own
    if message := _load(str(plugin)):
        return _load_problem(message, [name])
    if name == "xcb":
        return _x11_problem(environ.get("DISPLAY", ""), connections)
    return _wayland_problem(environ, connections) if name == "wayland" else None


def _x11_problem(display: str, connections: ExitStack) -> Refused | None:
    """Why X11 does not let the program in, asked through the library that Qt asks too."""
    if not display:
        return _no_screen()
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(os.fsencode(display), None))
    connections.callback(xcb.xcb_disconnect, connection)  # a failed one is to be freed as well
    failed = xcb.xcb_connection_has_error(connection)
    return _unreachable("DISPLAY", display) if failed else None


def _wayland_problem(environ: Mapping[str, str], connections: ExitStack) -> Refused | None:
    """Why nobody answers at Wayland's socket."""
    name = environ.get("WAYLAND_DISPLAY") or "wayland-0"
    place = str(Path(environ.get("XDG_RUNTIME_DIR", "/")) / name)  # a whole path stays itself
    try:
        caller = connections.enter_context(socket.socket(socket.AF_UNIX))
        caller.settimeout(_CONNECT_SECONDS)
        caller.connect(place)
    except (OSError, ValueError):
        return _unreachable("WAYLAND_DISPLAY", name)
    return None


def _unreachable(variable: str, value: str) -> Refused:
    return Refused(
        "The screen that {variable} names, {value}, does not let this program in: set {variable} "
        "to the screen in use, or use `rnn-desk classify` or `rnn-desk render`, which need none",
        variable=variable,
        value=value,
    )
