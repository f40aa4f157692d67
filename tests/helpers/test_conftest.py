"""The rules that conftest.py lays on all tests, seen on a small run of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

SMALL_RUN = """
import threading
import pytest

released = threading.Event()

@pytest.fixture(scope="module", autouse=True)
def end():
    yield
    released.set()

def test_leaves_a_thread():
    threading.Thread(target=released.wait, name="forgotten").start()

def test_leaves_a_daemon():
    threading.Thread(target=released.wait, daemon=True).start()

def test_ends_its_thread_late():
    threading.Timer(0.05, lambda: None).start()

def test_uses_the_data(pen_drawings):
    pass

@pytest.mark.shared_data
def test_says_it_uses_the_data():
    pass
"""


@pytest.fixture(scope="module")
def small_run(tmp_path_factory):
    """Output of a run of `SMALL_RUN` in a checkout that has no shared data beside it."""
    folder = tmp_path_factory.mktemp("outer") / "checkout"
    (folder / "tests").mkdir(parents=True)
    text = (TESTS / "conftest.py").read_text(encoding="utf-8")
    text = text.replace("PATIENCE = 5.0", "PATIENCE = 0.5")
    (folder / "tests" / "conftest.py").write_text(text, encoding="utf-8")
    (folder / "tests" / "test_small.py").write_text(SMALL_RUN, encoding="utf-8")
    shutil.copy(TESTS.parent / "pyproject.toml", folder)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-n", "1", "tests"],  # the rules hold in a worker
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(TESTS.parent)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.stdout


def test_a_thread_left_behind_fails_its_test(small_run):
    assert "ERROR tests/test_small.py::test_leaves_a_thread" in small_run
    assert "threads left running: ['forgotten']" in small_run


@pytest.mark.parametrize("name", ["test_leaves_a_daemon", "test_ends_its_thread_late"])
def test_threads_that_end_are_no_failure(small_run, name):
    assert f"PASSED tests/test_small.py::{name}" in small_run
    assert f"ERROR tests/test_small.py::{name}" not in small_run


def test_what_needs_absent_data_is_left_out_and_said_once(small_run):
    sentence = "left out: 2 tests that need MNIST and the pen trajectories (no ../shared/data here)"
    assert small_run.count(sentence) == 1
    assert "3 passed, 2 skipped, 1 error" in small_run
