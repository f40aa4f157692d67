"""An engine process that does what no engine of the program's does: `liar.py ACT FILE ...`.

It adds a line to FILE each time that it is started, and does ACT when it is asked something.
"""

import os
import sys
import time
from pathlib import Path

from rnn_desk.engine.process.pipe import Pipe
from rnn_desk.protocol import answers
from rnn_desk.protocol.requests import Ask


def nonsense(pipe, _):
    pipe._out.write(b"\x10\0\0\0" + bytes(8) + b"?" * 16)


def gigabyte(pipe, _):
    pipe._out.write((2**30).to_bytes(4, "little") + bytes(8))


def another_kind(pipe, ask):
    pipe.say(answers.Done(ask.number, answers.BenchDone("1")))


def flood(pipe, ask):
    for _ in range(100_000):
        pipe.say(answers.Progress(ask.number, "reading"))


def flood_of_strangers(pipe, _):
    for number in range(100_000):
        pipe.say(answers.Done(10**6 + number, answers.BenchDone("1")))


def deaf_and_dumb(pipe, _):
    pipe._out.close()
    time.sleep(60)


def leave(_, __):
    os._exit(3)


def wait(_, __):
    """Never answer."""


def stuck(_, __):
    time.sleep(60)


ACTS = {
    act.__name__: act
    for act in (
        nonsense, gigabyte, another_kind, flood, flood_of_strangers, deaf_and_dumb, leave, stuck,
        wait
    )
}  # fmt: skip


def main(name, starts):
    with Path(starts).open("a") as file:
        file.write("started\n")
    pipe = Pipe()
    if name == "unborn":
        while True:
            pipe.read()
    pipe.say(answers.Hello(os.getpid()))
    if name == "short_lived":
        os._exit(3)

    while True:
        message = pipe.read()
        if isinstance(message, Ask):
            ACTS[name](pipe, message)


if __name__ == "__main__":
    main(*sys.argv[1:3])
