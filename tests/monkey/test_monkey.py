"""That the monkey finds what it should; and that it finds nothing in the program."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from random import Random

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from tests.monkey.acts import acts
from tests.monkey.faults import FAULTS
from tests.monkey.hand import Hand
from tests.monkey.pantry import REPOSITORY
from tests.monkey.play import Game, History
from tests.monkey.watch import leftovers, memory
from tests.monkey.watch.complaints import Complaints
from tests.monkey.watch.heartbeat import Heartbeat

SECONDS = 60
"""That a game of CI's lasts."""

QUICK = "digit,undo,hover,rest"
"""Acts that have every view paint, and look at the answer."""


class Broken(QWidget):
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  Qt's own
        raise ValueError("this cannot be painted")


def said(complaints: Complaints) -> str:
    return "\n".join(complaint.what for complaint in complaints.take())


def test_what_a_view_raises_while_it_is_painted_is_found(qapp):
    """Without pytest-qt, which waits with hooks of its own."""
    view = Broken()
    with Complaints() as complaints:
        view.show()
        qapp.processEvents()
    view.close()
    view.deleteLater()
    assert "this cannot be painted" in said(complaints)


def test_what_a_slot_or_a_thread_raises_is_found(qapp):
    def fail(what: str) -> None:
        raise KeyError(what)

    with Complaints() as complaints:
        QTimer.singleShot(0, lambda: fail("a slot"))
        other = threading.Thread(target=lambda: fail("a thread"))
        other.start()
        other.join()
        qapp.processEvents()
    words = said(complaints)
    assert "a slot" in words
    assert "a thread" in words


def test_a_warning_of_qts_is_found():
    with Complaints() as complaints:
        qWarning("something is amiss")
        qWarning("This plugin does not support propagateSizeHints()")
    assert said(complaints) == "Qt says: something is amiss"


def test_an_event_loop_that_stands_still_is_found_with_what_it_did(qtbot):
    def stand_still():
        time.sleep(1.5)

    told: list[tuple[str, str]] = []
    heartbeat = Heartbeat(lambda *words: told.append(words), lambda: "an act")
    heartbeat.start()
    try:
        QTimer.singleShot(50, stand_still)
        qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    finally:
        heartbeat.stop()
    [(what, stacks)] = told
    assert what.endswith("during: an act")
    assert "in stand_still" in stacks


def test_a_thread_a_process_and_a_window_that_stay_are_found(qtbot):
    before = leftovers.now()
    end = threading.Event()
    thread = threading.Thread(target=end.wait, name="stays")
    thread.start()
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    window = QWidget()
    window.setWindowTitle("stays too")
    qtbot.addWidget(window)
    window.show()
    left = leftovers.now().beyond(before)
    end.set()
    thread.join()
    process.communicate(b"\n")
    window.close()
    assert [line.split()[1] for line in left] == ["thread", "process", "window"]
    assert not leftovers.now().beyond(before)


def test_memory_that_grows_after_the_warm_up_is_found(qapp):  # noqa: ARG001  widgets are counted
    growth = memory.Growth(warm_up=10, most=50)
    taken = memory.sample(0)
    assert taken.rss > 10

    def at(seconds: float, rss: float) -> str:
        return growth.add(memory.Sample(seconds, rss, rss, 0, 0, 1, 0, 0, 0))

    assert not at(0, 100)
    assert not at(10, 200)
    assert not at(20, 249)
    assert at(30, 251) == "the memory has grown from 200 to 251 MiB"


def test_the_same_seed_draws_the_same_acts_whatever_they_do(qapp):  # noqa: ARG001  it has timers
    def drawn(throws: int) -> list[tuple[str, int]]:
        def throw(hand: Hand) -> None:
            for _ in range(throws):
                hand.dice.random()

        table = [replace(act, play=throw) for act in acts()]
        history = History(lambda _: None)
        hand = Hand(None, None, history.detail, lambda *_: None)
        game = Game(hand, table, Random(3), Complaints(), history, lambda _: True, lambda: None)
        game._seconds = 600.0
        played = []
        for _ in range(50):
            game._begin_next()
            for _ in game._steps:
                pass
            played.append((history.now.split()[3], game._pause))
        game.stop()
        return played

    assert len({name for name, _ in drawn(0)}) > 10
    assert drawn(0) == drawn(7)


def test_acts_are_chosen_by_name():
    assert [act.name for act in acts(only=["undo", "rest"])] == ["undo", "rest"]
    assert "kill" not in [act.name for act in acts(without=["kill"])]
    with pytest.raises(ValueError, match="nonsense"):
        acts(only=["nonsense"])


def play(*words: str, seconds: float = 5) -> tuple[int, str]:
    """A game of its own process: the exit status, and what was said."""
    command = [sys.executable, "-m", "tests.monkey", "--seconds", str(seconds), *words]
    ended = subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds + 240,
        check=False,
    )
    return ended.returncode, ended.stdout


FOUND = {
    "paint": "a view that cannot be painted",
    "hold": "the event loop stood still",
    "thread": "left behind: the thread stays",
    "process": "left behind: the process",
    "widget": "left behind: the window QWidget “stays”",
    "stale": "at rest, the answer shows another reading than the newest",
    "warn": "Qt says: something is amiss",
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_program_is_found(fault):
    status, words = play("--seed", "1", "--only", QUICK, "--fault", fault)
    assert FOUND[fault] in words
    assert "the last acts, the newest last (seed 1):" in words
    assert status == 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_the_monkey_finds_nothing(seed):
    status, words = play("--seed", str(seed), seconds=SECONDS)
    assert status == 0, words
