"""A limit on what this process may allocate, where the system has one."""

from __future__ import annotations

import contextlib
import sys

import psutil


def limit_memory(mebibytes: int) -> None:
    """Let no more be allocated beyond what is held already.

    Windows has no such limit and Apple's refuses it; there, the memory is watched from outside
    alone, as it is here too.
    """
    if sys.platform == "win32":
        return
    import resource

    held = psutil.Process().memory_info().rss
    with contextlib.suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = held + mebibytes * 2**20
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
