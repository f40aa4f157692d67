"""Processes that are measured side by side: the floor, this checkout's program, and another's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from rnn_desk.one_thread import ONE_THREAD

REPOSITORY = Path(__file__).parents[2]

_OF_ANOTHER = """
import runpy, sys
sys.path.insert(0, sys.argv[1])
import tests.benchmarks  # from here, for what comes from there
sys.path.remove(sys.argv.pop(1))
runpy.run_module("tests.benchmarks.pen_before", run_name="__main__", alter_sys=True)
"""


class Contestant:
    """One that is measured: it waits until it is told what to do (`pen_hand.serve`)."""

    def __init__(self, pid: int, to: IO[str], answers: IO[str]) -> None:
        self.pid = pid
        self._to, self._answers = to, answers
        self._answer()

    def ask(self, **job: object) -> Any:
        """Have it done."""
        self._to.write(json.dumps(job) + "\n")
        self._to.flush()
        return self._answer()

    def _answer(self) -> Any:
        line = self._answers.readline()
        if not line:
            raise SystemExit("a process that was measured has ended, and said why above")
        return json.loads(line)


def floor() -> list[str]:
    """How the floor is started."""
    return [sys.executable, "-m", "tests.benchmarks.pen_floor"]


def program(before: Path | None, options: Sequence[str]) -> list[str]:
    """How the program of this checkout is started, or that of another in its own environment."""
    if before is None:
        return [sys.executable, "-m", "tests.benchmarks.pen_program", *options]
    own = before / ".venv/bin/python"
    python = str(own) if own.exists() else sys.executable
    return [python, "-c", _OF_ANOTHER, str(REPOSITORY), *options]


@contextmanager
def started(command: Sequence[str], tree: Path = REPOSITORY) -> Iterator[Contestant]:
    """A contestant with the program of that tree, gone with the block."""
    process = subprocess.Popen(
        command,
        cwd=tree,
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(tree)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Contestant(process.pid, process.stdin, process.stdout)
        except BaseException:
            process.kill()
            raise
