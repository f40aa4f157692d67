"""A lock on a file, which the operating system takes from a process that ends, however it ends.

Of the library `filelock`, which does this too, nothing else would be used, and to import it takes
longer than to import the whole core.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from types import TracebackType

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PAUSE = 0.01


class FileLock:
    """Holds a file, which is made where there is none, for as long as it is not released.

    Nobody else gets it meanwhile, in this process or another. It says nothing of what is in the
    file: what is written under it lies in a file beside.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @staticmethod
    def take(path: Path, patience: float = 0.0) -> FileLock | None:
        """Hold this file; None where somebody else does, for that many seconds.

        Raises OSError where it cannot be made, or the file system has no locks.
        """
        end = time.monotonic() + patience
        while True:
            if (lock := _try(path)) is not None:
                return lock
            if time.monotonic() >= end:
                return None
            time.sleep(_PAUSE)

    def release(self, remove: bool = False) -> None:
        """Let go of it. remove: and of the file, which nobody is to wait for any more."""
        if remove:  # while it is held; Windows removes no file that is open
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
        os.close(self._descriptor)
        if remove and sys.platform == "win32":
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _try(path: Path) -> FileLock | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor)
    except (BlockingIOError, PermissionError):  # by POSIX, by Windows
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    if not _is_there(path, descriptor):  # who held it has removed it since it was opened
        os.close(descriptor)
        return None
    return FileLock(path, descriptor)


def _is_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False
