"""Whether Qt can start is found out, and said in a sentence, before Qt ends the process."""

import ctypes
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo

from rnn_desk.core.errors import Refused
from rnn_desk.qt.platform import startup
from rnn_desk.qt.platform.startup import PACKAGES, check, screen, without_screen
from tests.helpers.screen import (
    PROGRAM,
    SIZE,
    environment,
    needs,
    shows_a_window,
    virtual_screen,
    wait_until,
)

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux has screens that may be absent"
)

PLUGINS = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
NOWHERE = ":987"
"""A screen that nobody has."""


def why_not(environ):
    with ExitStack() as connections:
        return startup.why_not(environ, connections)


def sentence(environ):
    found = why_not(environ)
    return "" if found is None else str(found)


def run(*command, **environ):
    """A process without this one's screen, with these variables."""
    names = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, *command],
        env={**kept, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def lacking(monkeypatch):
    """Make the system's loader miss these libraries, and the platform's plug-in that needs them."""

    def lacking(*missing, needed_by="libqxcb.so"):
        load = ctypes.CDLL

        def cdll(name):
            absent = missing if name.endswith(needed_by) else {name}.intersection(missing)
            for library in absent:
                words = "cannot open shared object file: No such file or directory"
                raise OSError(f"{library}: {words}")
            return load(name)

        monkeypatch.setattr(startup.ctypes, "CDLL", cdll)

    return lacking


@pytest.fixture
def _every_library(monkeypatch):
    """As where nothing is missing, whatever this system has."""
    monkeypatch.setattr(startup, "_load", lambda _: None)


def test_a_window_on_no_screen_finds_its_letters_on_windows():
    """Qt's offscreen platform draws by FreeType there, and looks for fonts beside itself."""
    environ = {"WINDIR": "D:\\Win", "DISPLAY": ":1"}
    there = without_screen(environ, "win32")
    assert there == {
        **environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QPA_FONTDIR": "D:\\Win\\Fonts",
    }
    assert without_screen(there | {"QT_QPA_FONTDIR": "F:"}, "win32")["QT_QPA_FONTDIR"] == "F:"
    assert without_screen({"DISPLAY": ":1"}, "linux") == {
        "DISPLAY": ":1",
        "QT_QPA_PLATFORM": "offscreen",
    }


all_there = pytest.mark.usefixtures("_every_library")

# --- no screen ---


@all_there
@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}])
def test_no_screen_is_said_with_what_works_without(environ):
    assert sentence(environ).startswith("There is no screen here for the window: use `rnn-desk ")
    assert "`xvfb-run`" in sentence(environ)


@all_there
@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "xcb;offscreen"])
def test_platforms_without_a_screen_need_none(platform):
    assert why_not({"QT_QPA_PLATFORM": platform}) is None


@all_there
def test_a_screen_that_nobody_has_is_named():
    words = sentence({"DISPLAY": NOWHERE})
    assert f"DISPLAY names, {NOWHERE}, does not let this program in" in words


@all_there
def test_a_wayland_screen_that_nobody_answers_for_is_named(tmp_path):
    environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert "WAYLAND_DISPLAY names, wayland-7," in sentence(environ)
    assert "wayland-0" in sentence({"XDG_SESSION_TYPE": "wayland", "XDG_RUNTIME_DIR": "/nowhere"})


@all_there
@pytest.mark.parametrize("whole", [False, True])
def test_a_wayland_screen_that_answers_is_enough(tmp_path, whole):
    place = tmp_path / "w"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place))
        server.listen()
        name = str(place) if whole else "w"
        environ = {"WAYLAND_DISPLAY": name, "XDG_RUNTIME_DIR": str(tmp_path)}
        assert why_not(environ) is None
        assert why_not({**environ, "DISPLAY": NOWHERE}) is None
        assert why_not({**environ, "QT_QPA_PLATFORM": "wayland-egl"}) is None
        assert why_not({**environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": NOWHERE}) is not None


# --- missing libraries ---


def test_all_missing_libraries_are_named_with_their_packages(lacking):
    lacking("libxcb-icccm.so.4", "libxcb-keysyms.so.1")
    words = sentence({"DISPLAY": NOWHERE})
    assert "libxcb-icccm.so.4, libxcb-keysyms.so.1: install them" in words
    assert "`apt install libxcb-icccm4 libxcb-keysyms1`" in words


def test_a_library_that_is_in_no_table_is_named_all_the_same(lacking):
    lacking("libnew.so.7")
    assert "libnew.so.7: install them" in sentence({"DISPLAY": NOWHERE})


def test_only_what_the_platform_needs_is_asked_for(lacking):
    lacking("libwayland-cursor.so.0", "libxcb-cursor.so.0", needed_by="libqwayland.so")
    words = sentence({"WAYLAND_DISPLAY": "w"})
    assert "libwayland-cursor0" in words
    assert "xcb" not in words


def test_a_missing_library_does_not_matter_where_another_platform_starts(lacking):
    lacking("libxcb-cursor.so.0")
    assert why_not({"DISPLAY": NOWHERE, "QT_QPA_PLATFORM": "xcb;offscreen"}) is None


def test_another_failure_of_the_loader_is_said_as_it_is(monkeypatch):
    monkeypatch.setattr(startup, "_load", lambda _: "libqxcb.so: undefined symbol: x")
    assert "cannot be loaded: libqxcb.so: undefined symbol: x" in sentence({"DISPLAY": NOWHERE})


@pytest.mark.skipif(shutil.which("objdump") is None, reason="needs objdump (binutils)")
@pytest.mark.parametrize("library", ["libqxcb.so", "libqwayland.so", "libqoffscreen.so"])
def test_the_table_knows_every_library_that_qt_needs(library):
    """Qt's own come with it, and the C library's are everywhere."""
    done = subprocess.run(
        ["objdump", "-p", PLUGINS / library], capture_output=True, text=True, check=True
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    needed = {line[1] for line in lines if line[:1] == ["NEEDED"]}
    ours = ("libQt6", "libc.", "libm.", "libgcc_s.", "libstdc++.")
    assert {name for name in needed if not name.startswith(ours)} <= set(PACKAGES)


# --- PySide6 itself ---

BLOCKED = """
import sys

class Fails:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise {error}

sys.meta_path.insert(0, Fails())
from rnn_desk.core.errors import Refused
from rnn_desk.qt.platform import startup
try:
    startup.check({{}})
except Refused as refusal:
    print(refusal)
"""


def blocked(name, error):
    """What is said in a process in which one module cannot be imported."""
    return run("-c", BLOCKED.format(name=name, error=error))


def test_a_missing_pyside6_is_said_with_how_to_get_it():
    error = 'ModuleNotFoundError("No module named \'PySide6\'", name="PySide6")'
    words = blocked("PySide6", error).stdout
    assert words.startswith("The window needs PySide6, which is not installed")
    assert "`pip install PySide6-Essentials`" in words


def test_a_library_that_pyside6_lacks_is_named_with_its_package():
    message = "libEGL.so.1: cannot open shared object file: No such file or directory"
    words = blocked("PySide6.QtGui", f"ImportError({message!r})").stdout
    assert "libEGL.so.1: install them" in words
    assert "libegl1" in words


def test_a_fault_of_another_module_is_our_own():
    error = 'ModuleNotFoundError("No module named \'numpy\'", name="numpy")'
    done = blocked("PySide6.QtGui", error)
    assert done.returncode == 1
    assert "ModuleNotFoundError" in done.stderr


# --- the real thing ---


@all_there
def test_what_stands_in_the_way_is_raised():
    with pytest.raises(Refused, match="There is no screen"), screen({}):
        pytest.fail("the block is not to be begun")
    with screen({"QT_QPA_PLATFORM": "offscreen"}):
        pass


def test_that_qt_can_be_imported_is_known_without_a_screen():
    check({})


def test_the_command_ends_with_the_sentence_and_without_an_abort():
    done = run("-m", "rnn_desk")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "xvfb-run" in done.stderr


REAL = """
import os
from contextlib import ExitStack
from rnn_desk.qt.platform import startup
with ExitStack() as connections:
    print("no" if startup.why_not(os.environ, connections) else "yes", flush=True)
    from PySide6.QtGui import QGuiApplication
    app = QGuiApplication([])
print("started")
"""


@pytest.mark.parametrize(
    "environ",
    [
        {"QT_QPA_PLATFORM": "offscreen"},
        {"QT_QPA_PLATFORM": "minimal"},
        {"DISPLAY": NOWHERE},
        {"DISPLAY": ""},
        {"WAYLAND_DISPLAY": "nobody"},
        {"XDG_SESSION_TYPE": "wayland"},
        {"QT_QPA_PLATFORM": "wayland;offscreen"},
        {"QT_QPA_PLATFORM": "xcb", "DISPLAY": NOWHERE},
    ],
)
def test_what_is_foretold_is_what_qt_does(environ):
    done = run("-c", REAL, **environ)
    if done.returncode == 0:
        assert done.stdout.split() == ["yes", "started"]
    else:
        assert done.stdout.split() == ["no"], done.stderr


@pytest.mark.parametrize("option", ["-noreset", "-terminate"])
def test_a_screen_that_is_there_is_found_even_if_it_goes_with_its_last_client(tmp_path, option):
    with virtual_screen(tmp_path, option) as display:
        done = run("-c", REAL, DISPLAY=display)
    foretold = done.stdout.split()
    # Libraries may be missing here: then Qt does not start either.
    assert foretold == (["yes", "started"] if done.returncode == 0 else ["no"]), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("time", range(5))
def test_every_start_under_xvfb_run_paints(tmp_path, time):  # noqa: ARG001  five times the same
    needs("xvfb-run", "xauth")
    pid_file = tmp_path / "pid"
    start = f"echo $$ > {pid_file}; exec {shlex.join(PROGRAM)}"
    program = subprocess.Popen(
        ["xvfb-run", "-a", "-s", f"-screen 0 {SIZE} -fbdir {tmp_path}", "sh", "-c", start],
        env=environment(tmp_path),
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: shows_a_window(tmp_path) or program.poll() is not None)
    shown = shows_a_window(tmp_path)
    if program.poll() is None:  # xvfb-run ends with it, and ends its server
        os.kill(int(pid_file.read_text()), signal.SIGTERM)
    _, err = program.communicate(timeout=60)
    assert shown, err
    assert program.returncode == 0, err
