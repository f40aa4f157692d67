"""Harm from outside: the program's own processes killed, whatever they do."""

from __future__ import annotations

import contextlib

import psutil

from tests.monkey.acts.act import Act
from tests.monkey.acts.files import foreign_model
from tests.monkey.hand import Hand, Pauses


def kill(hand: Hand) -> None:
    """One of its processes."""
    child = hand.one_of(_children())
    if child is not None:
        _kill(hand, child)


def kill_all(hand: Hand) -> None:
    """All of its processes."""
    for child in _children():
        _kill(hand, child)


def kill_while_opening(hand: Hand) -> Pauses:
    """The process that looks at a foreign file, while it does."""
    foreign_model(hand)
    yield hand.dice.choice((0, 50, 200, 500))
    kill_all(hand)


def _children() -> list[psutil.Process]:
    """Those of the program, the oldest first."""
    return sorted(psutil.Process().children(recursive=True), key=lambda child: child.create_time())


def _kill(hand: Hand, child: psutil.Process) -> None:
    with contextlib.suppress(psutil.Error):  # it may have ended by itself
        hand.tell("kills " + " ".join(child.cmdline()[-2:]))
        child.kill()


ACTS = (
    Act("kill", 1, kill),
    Act("kill-all", 0.5, kill_all),
    Act("kill-while-opening", 1, kill_while_opening),
)
