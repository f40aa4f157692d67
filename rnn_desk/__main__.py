"""The command `rnn-desk`, also as `python -m rnn_desk`: Ctrl+C ends it from the first moment on.

So nothing of the program is imported before that is so. A frozen program has no other entry, and is
told by its first argument to be an engine process; then nothing but that is imported at all.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from rnn_desk.environment import ENVIRONMENT
from rnn_desk.late import load_late
from rnn_desk.protocol import ENGINE_FLAG


def main() -> int:
    """Do what the arguments say; the exit status."""
    os.environ.update(ENVIRONMENT)
    if sys.argv[1:2] == [ENGINE_FLAG]:
        return _be_an_engine(sys.argv[2:])
    signal.signal(signal.SIGINT, _end_at_once)  # a KeyboardInterrupt would tear an import apart
    load_late("numpy")  # which the window's first picture does not need
    from rnn_desk import cli

    try:
        return cli.main()
    finally:
        signal.signal(signal.SIGINT, _end_at_once)  # nothing tidies up after Python's own end


def _be_an_engine(arguments: list[str]) -> int:
    # Only the frozen program is its own engine, and no other process is to have one in it.
    from rnn_desk.engine.process.__main__ import main as answer_requests

    answer_requests(arguments)
    return 0


def _end_at_once(_number: int, _frame: FrameType | None) -> None:
    os._exit(128 + signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main())
