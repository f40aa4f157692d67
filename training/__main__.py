"""The command `rnn-desk-train`, also as `python -m training`: Ctrl+C ends it from the start.

So nothing that takes a while is imported before that is so.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType


def main() -> int:
    """Do what the arguments say; the exit status."""
    signal.signal(signal.SIGINT, _end_at_once)  # a KeyboardInterrupt would tear an import apart
    from rnn_desk.stop_signals import interrupt_by_ctrl_c

    from . import cli

    interrupt_by_ctrl_c()
    try:
        return cli.main()
    finally:
        signal.signal(signal.SIGINT, _end_at_once)  # nothing tidies up after Python's own end


def _end_at_once(_number: int, _frame: FrameType | None) -> None:
    os._exit(128 + signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main())
