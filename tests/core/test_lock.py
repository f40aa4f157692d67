import os
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_desk.core.lock import FileLock

REPOSITORY = Path(__file__).parents[2]

HOLDER = """
import sys
from pathlib import Path
from rnn_desk.core.lock import FileLock
lock = FileLock.take(Path(sys.argv[1]))
print("held" if lock else "not held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "a.lock"


@pytest.fixture
def holder(path):
    """Another process that holds the file."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_only_one_holds_it(path):
    lock = FileLock.take(path)
    assert FileLock.take(path) is None
    lock.release()
    with FileLock.take(path) as again:
        assert again is not None
    FileLock.take(path).release()


def test_a_process_that_is_killed_holds_nothing(path, holder):
    assert FileLock.take(path) is None
    holder.kill()
    holder.wait()
    FileLock.take(path).release()


def test_it_is_waited_for(path, holder):
    holder.stdin.close()  # the process ends a little later
    with FileLock.take(path, patience=20.0) as lock:
        assert lock is not None


@pytest.mark.skipif(os.name != "posix", reason="Windows removes no file that is open")
def test_a_lock_that_was_removed_meanwhile_is_taken_anew(path):
    lock = FileLock.take(path)
    lock.release(remove=True)
    assert not path.exists()
    first = FileLock.take(path)
    path.unlink()  # as if it had been removed between two steps of whoever came first
    second = FileLock.take(path)
    assert second is not None
    first.release()
    second.release()


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        FileLock.take(tmp_path / "file" / "a.lock")
