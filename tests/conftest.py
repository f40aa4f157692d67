"""What every test can use: the data, the drawings, and a watch over threads left behind."""

import os

from rnn_desk.environment import ENVIRONMENT
from rnn_desk.qt.platform.startup import without_screen

os.environ.update(without_screen() | os.environ)  # before anything imports Qt
os.environ.update(ENVIRONMENT)  # before anything imports NumPy; as the program does
# The program is started some hundred times: to compile it anew takes each time a tenth of a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import gc
import importlib.util
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import settings

from rnn_desk.core.drawing import Drawing, read_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.idx import read_idx

REPOSITORY = Path(__file__).parents[1]
SHARED_DATA = REPOSITORY.parent / "shared" / "data"

PATIENCE = 5.0
"""Seconds that a thread may take to end once its test is over."""

HAS_QT = importlib.util.find_spec("PySide6") is not None
QT_ROOMS = ["qt", "end_to_end", "monkey", "outside"]
collect_ignore_glob = [] if HAS_QT else [f"{room}/*" for room in QT_ROOMS]

NEEDS_DATA = "needs ../shared/data"

# The same examples in every run, so that a failure is the change's and not the dice's;
# `--hypothesis-profile=explore` throws new ones.
settings.register_profile("settled", deadline=None, database=None, derandomize=True)
settings.register_profile("explore", deadline=None, database=None, max_examples=2000)
settings.load_profile("settled")


def pytest_addoption(parser, pluginmanager):
    if HAS_QT:
        return
    # pytest-qt stops the whole run where it finds no Qt; the core and the engine need none.
    if pluginmanager.has_plugin("pytest-qt"):
        pluginmanager.set_blocked("pytest-qt")
    else:
        for option in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(option, "pytest-qt's, which is not here")


def pytest_collection_modifyitems(items):
    """Tests that use a shared fixture need no marker; all are left out where the data is absent."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker("shared_data")
        if item.get_closest_marker("shared_data") and not SHARED_DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason=NEEDS_DATA))


def pytest_collection_finish():
    """Spare the garbage collector what is here for good: torch, Qt, and all tests."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", ())  # of all processes
    left_out = sum(NEEDS_DATA in report.longreprtext for report in skipped)
    if left_out:
        terminalreporter.write_line(
            f"left out: {left_out} tests that need MNIST and the pen trajectories "
            "(no ../shared/data here)"
        )
    if not HAS_QT:
        terminalreporter.write_line("left out: the tests of the window (no PySide6 here)")


@pytest.fixture(autouse=True)
def _no_threads_left():
    """A test that leaves a thread running, which would keep the program alive, fails."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + PATIENCE
    for thread in _kept_alive(before):
        thread.join(max(0.0, until - time.monotonic()))
    names = [thread.name for thread in _kept_alive(before)]
    assert not names, f"threads left running: {names}"


@pytest.fixture(autouse=True)
def _no_windows_left():
    """A test that leaves a window behind, even a closed one, fails.

    Qt tells every window there is of each new font, palette and style sheet: tests that come later
    would take longer and longer. And a window that is still open may lie over theirs.
    """
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    left = [w for w in widgets.QApplication.topLevelWidgets() if w.parent() is None]
    names = [repr(widget) for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    assert not names, f"windows left behind: {names}"


def _kept_alive(before):
    return [t for t in threading.enumerate() if t not in before and not t.daemon and t.is_alive()]


@pytest.fixture(scope="session")
def engines():
    """The engine processes of all windows."""
    from tests.helpers.engine import SharedEngines  # the tests of training need none of it

    shared = SharedEngines()
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with MNIST and the pen trajectories; using it marks a test `shared_data`."""
    if not SHARED_DATA.is_dir():
        pytest.skip(NEEDS_DATA)
    return SHARED_DATA


@pytest.fixture(scope="session")
def pen_drawings(shared_data) -> list[Drawing]:
    """7,494 real pen-drawn digits of 30 writers."""
    return _all_good(shared_data / "pen" / "pendigits-30-writers.jsonl.gz")


@pytest.fixture(scope="session")
def own_drawings() -> list[Drawing]:
    """The project's own labelled digits, which ship with it."""
    return _all_good(REPOSITORY / "assets" / "reference" / "digits.jsonl")


@pytest.fixture(scope="session")
def mnist_test(shared_data):
    """MNIST's test part: images `[10000, 28, 28]` uint8 and labels `[10000]`."""
    folder = shared_data / "mnist"
    return (
        read_idx(folder / "t10k-images-idx3-ubyte.gz", 3),
        read_idx(folder / "t10k-labels-idx1-ubyte.gz", 1),
    )


def _all_good(path: Path) -> list[Drawing]:
    drawings = list(read_drawings(path))
    refused = [str(drawing) for drawing in drawings if isinstance(drawing, Refused)]
    assert not refused, refused[:3]
    return drawings
