"""Whether Qt can start is found out, and said in a sentence, before Qt ends the process."""

import subprocess
import sys

import pytest

from rnn_desk.core.errors import Refused
from rnn_desk.qt import startup

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux's loader")
BARE = {"PATH": "/usr/bin"}


@LINUX
def test_without_a_screen_it_says_what_to_use_instead():
    reason = startup.why_not(BARE)
    assert isinstance(reason, Refused)
    assert "rnn-desk classify" in str(reason)


@LINUX
def test_a_display_that_nobody_answers_at_is_named():
    assert ":4711" in str(startup.why_not({**BARE, "DISPLAY": ":4711"}))


@pytest.mark.parametrize("platform", ["offscreen", "minimal"])
def test_platforms_that_need_no_screen_start(platform):
    assert startup.why_not({**BARE, "QT_QPA_PLATFORM": platform}) is None


@LINUX
def test_every_missing_library_is_named_with_its_package(monkeypatch):
    gone = {"libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1"}
    message = "libxcb-cursor.so.0: cannot open shared object file: No such file or directory"
    real = startup._load

    def load(library):
        return message if library in gone or library.endswith("libqxcb.so") else real(library)

    monkeypatch.setattr(startup, "_load", load)
    words = str(startup.why_not({**BARE, "DISPLAY": ":0"}))
    for library in gone:
        assert library in words
        assert startup.PACKAGES[library] in words


@LINUX
def test_the_command_ends_with_the_sentence_and_without_an_abort():
    done = subprocess.run(
        [sys.executable, "-m", "rnn_desk"],
        env={**BARE, "PYTHONPATH": ":".join(sys.path), "HOME": "/"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "xvfb-run" in done.stderr


def test_without_pyside_it_says_how_to_install_it():
    script = (
        "import sys\n"
        "class Gone:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('PySide6', 'shiboken6'):\n"
        "            raise ModuleNotFoundError(f'no {name}', name=name)\n"
        "sys.meta_path.insert(0, Gone())\n"
        "from rnn_desk.qt.startup import why_not\n"
        "print(why_not({}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          timeout=60, check=False)  # fmt: skip
    assert "pip install PySide6-Essentials" in done.stdout, done.stderr
