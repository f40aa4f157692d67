"""The engine process: `python -m rnn_desk.engine.process`, or the frozen program with a flag.

Its pipes are set aside before anything is imported that may print. The argument `--mebibytes N`
limits what it may allocate, for other people's files.
"""

from __future__ import annotations

import argparse
import os


def main(argv: list[str] | None = None) -> None:
    """Answer requests until the pipe ends."""
    parser = argparse.ArgumentParser(prog="rnn-desk engine")
    parser.add_argument("--mebibytes", type=int, default=0)
    parser.add_argument("--patient", action="store_true", help="give way to other processes")
    parser.add_argument("--first", default="", help="file that will be asked for first")
    chosen = parser.parse_args(argv)
    if chosen.patient:
        os.nice(10)

    from rnn_desk.engine.process.pipe import Pipe

    pipe = Pipe()

    from rnn_desk.engine.process.ear import ear_on
    from rnn_desk.engine.process.inbox import Inbox
    from rnn_desk.protocol.answers import Hello

    inbox = Inbox(ear_on(pipe).hear)

    from rnn_desk.engine.process.loop import Loop

    if chosen.mebibytes:
        # The program's own models have no limit, and need not wait for psutil.
        from rnn_desk.engine.process.memory import limit_memory

        limit_memory(chosen.mebibytes)
    loop = Loop(inbox, pipe.say)
    pipe.say(Hello(os.getpid()))  # from here on, what it computes is for somebody
    if chosen.first:
        loop.open_first(chosen.first)
    loop.run()


if __name__ == "__main__":
    main()
