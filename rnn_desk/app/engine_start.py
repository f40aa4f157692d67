"""How an engine process is started: the standard library alone, so that it can be before anything
else is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rnn_desk.environment import ENVIRONMENT
from rnn_desk.protocol import ENGINE_FLAG

BUFFER = 2**20
"""Bytes that are taken from a pipe at once, and that it holds where the system lets it: an answer
is there as a whole then, and the thread that reads it waits for the interpreter once."""

_PACKAGES = Path(__file__).parents[2]


def engine_command() -> list[str]:
    """What starts an engine process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ENGINE_FLAG]
    # Nothing is imported from the current folder (-P): it may be the model's own.
    return [sys.executable, "-P", "-m", "rnn_desk.engine.process"]


def started(
    command: list[str], mebibytes: int = 0, patient: bool = False, first: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start an engine process by that command. Raises OSError.

    mebibytes: what it may allocate, 0 for no limit. patient: whether it gives way to all others.
    first: a file that it is to open before anybody asks.
    """
    command = [*command, "--mebibytes", str(mebibytes)]
    if first is not None:
        command += ["--first", str(first)]
    environment = {**os.environ, **ENVIRONMENT}
    if not getattr(sys, "frozen", False):
        places = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(places)
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        if patient:
            flags |= subprocess.BELOW_NORMAL_PRIORITY_CLASS
        return subprocess.Popen(
            command,
            bufsize=BUFFER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=flags,
        )
    return subprocess.Popen(
        [*command, "--patient"] if patient else command,
        bufsize=BUFFER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # Ctrl+C in the terminal is the window's alone
    )
