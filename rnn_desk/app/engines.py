"""The engine processes: the program's own models share one, each file of somebody else's has one.

Every request goes to the process of its model. What becomes of it is told once, from whatever
thread hears of it: also where the process ends, by itself or because it took too long, too much
memory, or sent what no model of its kind can send.
"""

from __future__ import annotations

import contextlib
import logging
import subprocess
import threading
import time
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Protocol

from rnn_desk.app import engine_refusals as refusals
from rnn_desk.app.engine_home import Asked, Home, file_of, ref_of
from rnn_desk.app.engine_process import EngineProcess, ProcessEnd
from rnn_desk.app.jobs import Engine
from rnn_desk.app.limits import Limits
from rnn_desk.app.outcomes import Answered, Failure, OnTheWay, Outcome, PartOf
from rnn_desk.app.outgoing import Make
from rnn_desk.app.requests import Bench, OfFile, OfWriter, Open, Opened, Request
from rnn_desk.assets_door import is_bundled
from rnn_desk.core.errors import Refused, mistake
from rnn_desk.protocol import answers
from rnn_desk.protocol.answers import Cause, FromEngine
from rnn_desk.protocol.checks import NotFinite, most_bytes
from rnn_desk.protocol.frames import Frames, Parts
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.requests import Ask, Cancel, Keep, ToEngine
from rnn_desk.protocol.sentences import ProtocolError

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.1
"""Between two looks at what a busy process takes; a foreign one that is idle is looked at less."""

IDLE_LOOKS = 5

IDLE_SECONDS = 2.0
"""Between two looks where nobody asks and no foreign file is open: a request ends the rest."""

OWN_MEBIBYTES = 256
"""What Python, NumPy and the two runtimes take before any model is there, and some room."""

MOST_TRIES = 3
"""How often the program's own process is started anew for the same request."""

MOST_WORDS = 1000
"""How much a process may say between two answers; who says more floods whoever listens."""

TRIAL_SECONDS = 30.0
"""For how long a process waits for a person's next choice."""

TAKING_SECONDS = 10.0
"""How long a file that has just been opened is let be before somebody keeps it."""

_FRAMES = Frames[ToEngine](ToEngine)

Tell = Callable[[], None]
"""Tells what became of requests; called without the lock."""

Heard = Callable[[int, Outcome], None]
"""Hears what became of the request of a number; called from whatever thread knows."""

Lost = Callable[[tuple[ModelRef, ...], Refused], None]
"""Hears of models whose process is gone, and why."""


class Processes(Engine, Protocol):
    """What answers the window: engine processes, or in their place what a test has."""

    def start(self) -> None:
        """Start what will be asked first."""
        ...

    def keep(self, refs: Iterable[ModelRef]) -> None:
        """Only these models are asked of from now on."""
        ...

    def close(self) -> None:
        """End all of it."""
        ...


MakeProcesses = Callable[[Heard, Lost, Limits], Processes]


class Engines:
    """Starts, asks, watches and ends the processes. `heard` is called from their threads."""

    def __init__(
        self,
        heard: Heard,
        lost: Lost = lambda *_: None,
        limits: Limits | None = None,
        begun: subprocess.Popen[bytes] | None = None,
    ) -> None:
        """lost: called where the process of somebody else's file is gone, with the models that it
        had open and the reason. begun: the process of the program's own models, started already."""
        self._heard = heard
        self._lost = lost
        self._limits = limits or Limits()
        self._lock = threading.RLock()
        self._own = Home()
        self._begun = begun
        self._foreign: list[Home] = []
        self._temporary: list[Home] = []
        self._not_gone: set[EngineProcess] = set()
        self._kept: set[ModelRef] | None = None
        self._closed = False
        self._numbers = count(-1, -1)
        self._wake = threading.Event()
        self._rests = False
        self._watcher = threading.Thread(target=self._watch, name="engine watch", daemon=True)
        self._watcher.start()

    def start(self) -> None:
        """Start the process of the program's own models, before anything is asked of it."""
        with self._lock:
            if not self._closed:
                self._start(self._own)

    def ask(self, number: int, slot: str, request: Request) -> None:
        """Send a request; its outcomes are heard of by its number. Returns at once."""
        quick = False
        with contextlib.suppress(Exception):  # the same is told of where the message is made
            quick = request.prepare()
        with self._lock:
            if self._closed:
                return
            home = self._home_of(request)
            if home is not None:
                asked = home.asked[number] = Asked(number, request)
                process = self._start(home)
                make = self._frame_of(home, process, slot, asked, request.live)
        if home is None:
            why = Refused("{file} is not open any more: open it again", file=file_of(request))
            self._heard(number, Failure(Cause.LOST, why))
            if (ref := ref_of(request)) is not None:
                self._lost((ref,), why)  # whoever shows it has not heard that it is gone
        elif quick:
            process.send_now(make)
        else:
            process.send(make)
        if self._rests:
            self._wake.set()

    def cancel(self, number: int) -> None:
        """The answer of that number is not wanted any more; that it is so, is heard of."""
        tell: Tell | None = None
        with self._lock:
            home = next((home for home in self._homes() if number in home.asked), None)
            if home is None:
                return
            asked = home.asked[number]
            asked.cancelled = True
            opening = isinstance(asked.request, Open) and home.foreign and not home.models
            if opening or home.temporary:
                tell = self._end(home, Refused("it was stopped"), Cause.CANCELLED)
            elif home.process is not None:
                home.process.send(lambda: _FRAMES.parts(Cancel(number)))
        if tell is not None:
            tell()

    def keep(self, refs: Iterable[ModelRef]) -> None:
        """Only these models are asked of from now on: end the processes of all other files.

        What has just been opened is let be for a while, as whoever opened it may not have heard.
        """
        with self._lock:
            self._kept = kept = set(refs)
            own = tuple(ref for ref in self._own.models if ref in kept)
            self._own.models = {ref: self._own.models[ref] for ref in own}
            if self._own.process is not None:
                self._own.process.send(lambda: _FRAMES.parts(Keep(own)))
        self._let_go()

    def _let_go(self) -> None:
        """End the processes of files that nobody keeps, once somebody has said what is kept."""
        tells = []
        with self._lock:
            for home in [home for home in self._foreign if home.trial and not home.asked]:
                if time.monotonic() - home.answered_at > TRIAL_SECONDS:
                    self._close(home)
            if self._kept is None:
                return
            for home in [home for home in self._foreign if home.models]:
                if any(home.runs(ref) for ref in self._kept):
                    home.taken = True
                elif home.taken or time.monotonic() - home.opened_at > TAKING_SECONDS:
                    home.models = {}  # nobody need hear that they are lost
                    tells.append(self._end(home, Refused("it was stopped"), Cause.CANCELLED))
        for tell in tells:
            tell()

    def close(self) -> None:
        """End every process; nothing is heard of any more."""
        with self._lock:
            self._closed = True
            processes = list(self._not_gone)
            for home in self._homes():
                self._close(home)
        self._wake.set()
        for process in processes:
            process.join()
        self._watcher.join(5)

    def processes(self) -> list[EngineProcess]:
        """Those that run now: the own models' first."""
        with self._lock:
            return [home.process for home in self._homes() if home.process is not None]

    def _homes(self) -> list[Home]:
        return [self._own, *self._foreign, *self._temporary]

    def _home_of(self, request: Request) -> Home | None:
        """The process that answers the request; a new one where none is there that could."""
        ref = ref_of(request)
        if ref is None:
            return self._own
        foreign = ref not in self._own.models and not is_bundled(Path(ref.path))
        alone = isinstance(request, OfWriter) and foreign
        if isinstance(request, Bench) or alone:
            home = Home(ref.path if foreign else "", temporary=True)
            self._temporary.append(home)
            return home
        if not foreign:
            return self._own
        if isinstance(request, OfFile):
            return self._trial_of(ref.path)
        known = (home for home in self._foreign if ref.sha256 and home.runs(ref))
        found = next(known, None)
        if found is not None or not isinstance(request, Open):
            return found
        home = Home(ref.path)
        self._foreign.append(home)
        return home

    def _trial_of(self, path: str) -> Home:
        """The process in which a person's choices for a file are tried."""
        for home in self._foreign:
            if home.trial and home.foreign == path:
                return home
        home = Home(path, trial=True)
        self._foreign.append(home)
        return home

    def _start(self, home: Home) -> EngineProcess:
        """The home's process, started where none runs."""
        if home.process is not None:
            return home.process
        home.alive_at, home.cpu_at, home.cpu_answered = time.monotonic(), 0.0, 0.0
        home.words = 0
        begun = None
        if home is self._own:
            begun, self._begun = self._begun, None  # once: it is started anew where it ends
        home.process = EngineProcess(
            lambda message: self._message(home, message),
            lambda process, ended: self._over(home, process, ended),
            lambda: self._most(home),
            self._limits.mebibytes if home.foreign else 0,
            patient=home.temporary,
            begun=begun,
        )
        self._not_gone.add(home.process)
        return home.process

    def _frame_of(
        self, home: Home, process: EngineProcess, slot: str, asked: Asked, first: bool
    ) -> Make:
        """What makes the frame of a request to that process. first: it comes before whatever takes
        long."""
        request = asked.request

        def make() -> Parts | None:
            """On the writer's thread, but for what is quick: whatever the raster takes is no time
            of the process's."""
            if home.process is not process or home.asked.get(asked.number) is not asked:
                return None  # it goes to another process, or nobody waits for it any more
            try:
                work = request.work()
                parts = _FRAMES.parts(Ask(asked.number, slot, work, first))
            except Exception as error:
                why = error if isinstance(error, Refused) else mistake(type(error))
                if not isinstance(error, Refused):
                    log.exception("a request could not be made")
                self._settle(home, asked.number, Failure(Cause.REFUSED, why))
                return None
            asked.cpu_before = process.cpu_seconds()
            home.alive_at = time.monotonic()
            asked.most = most_bytes(work, request.model)  # last: it is watched from here on
            return parts

        return make

    def _most(self, home: Home) -> int:
        """Bytes that the next frame may have: as many as the largest answer that is due."""
        with self._lock:
            return max((asked.most for asked in home.asked.values()), default=0) + 2**20

    def _message(self, home: Home, message: FromEngine) -> None:
        """On the reader's thread. Raises ProtocolError."""
        home.alive_at = time.monotonic()
        home.words += 1
        if home.words > MOST_WORDS:
            raise ProtocolError("more words than there can be between two answers")
        match message:
            case answers.Hello():
                self._ready(home)
            case answers.Done(number=number, answer=answer):
                self._done(home, number, answer)
            case answers.Part(number=number, answer=answer):
                asked = home.asked.get(number)
                if asked is not None:
                    self._heard(number, PartOf(_value(asked.request, answer)))
            case answers.Progress(number=number, stage=stage):
                if number in home.asked:
                    self._heard(number, OnTheWay(stage))
            case answers.Failed(number=number, cause=cause, why=why):
                if cause is Cause.MEMORY and number in home.asked:
                    large = refusals.too_large(home, self._limits.mebibytes)
                    self._give_up(home, home.process, large)
                elif cause is Cause.MISTAKE and home.foreign and number in home.asked:
                    wrong = refusals.nonsense(home) if home.models else refusals.unclear(home, why)
                    self._give_up(home, home.process, wrong)
                else:
                    self._settle(home, number, Failure(cause, why))
            case answers.Logged(text=text) if not home.foreign:
                log.error("in the engine process:\n%s", text)
            case _:
                pass

    def _ready(self, home: Home) -> None:
        """What the process has computed until now was its start, and nobody's request."""
        with self._lock:
            cpu = 0.0 if home.process is None else home.process.cpu_seconds()
            for asked in home.asked.values():
                asked.cpu_before = cpu

    def _done(self, home: Home, number: int, answer: answers.Answer) -> None:
        asked = home.asked.get(number)
        if asked is None:
            return
        try:
            value = _value(asked.request, answer)
        except NotFinite as refusal:
            self._settle(home, number, Failure(Cause.NUMBER, refusal))
            return
        except Refused as refusal:
            self._settle(home, number, Failure(Cause.REFUSED, refusal))
            return
        tell = None
        with self._lock:
            if not home.foreign:
                home.restarts = 0
            if isinstance(value, Opened):
                ref = value.model.ref
                older = next((h for h in self._foreign if h is not home and h.runs(ref)), None)
                there = home if older is None or older.is_outdated_by(value.model) else older
                there.models[ref] = value.model  # a file that is open already is asked there
                there.opened_at = time.monotonic()
                if older is not None and older is not there:
                    older.models = {}  # nobody need hear that they are lost
                    tell = self._end(older, Refused("it was stopped"), Cause.CANCELLED)
        self._settle(home, number, Answered(value))
        if tell is not None:
            tell()

    def _settle(self, home: Home, number: int, outcome: Outcome) -> None:
        """This became of the request: it is told, and forgotten."""
        with self._lock:
            if home.asked.pop(number, None) is None or self._closed:
                return
            home.words = 0
            home.cpu_answered = 0.0 if home.process is None else home.process.cpu_seconds()
            home.answered_at = time.monotonic()
            unopened = home.foreign and not home.models and not home.trial
            if not home.asked and (home.temporary or unopened):
                self._close(home)
        self._heard(number, outcome)

    def _over(self, home: Home, process: EngineProcess, ended: ProcessEnd) -> None:
        """On the reader's thread: a process is gone."""
        with self._lock:
            self._not_gone.discard(process)
            if home.process is not process or self._closed:
                return
            if self._may_start_again(home, ended):
                tell = self._start_again(home)
            else:
                why = refusals.over(home, ended)
                log.info("an engine process ended: %s", why)
                tell = self._end(home, why)
        tell()

    def _may_start_again(self, home: Home, ended: ProcessEnd) -> bool:
        """Whether nothing in it is to blame, or it is our own: then nobody need hear of it."""
        if home.temporary:
            return False
        if home.foreign:
            return ended.from_outside and bool(home.models) and home.restarts < 1
        if not ended.started and not ended.from_outside and home.restarts:
            return False
        tried = max((asked.tries for asked in home.asked.values()), default=0)
        return max(tried, home.restarts) < MOST_TRIES

    def _start_again(self, home: Home) -> Tell:
        """Start a process anew, and ask it what the last one has not answered.

        The models of a foreign file are opened first, as they were, with all that was found out.
        """
        home.process = None
        home.restarts += 1
        stopped = [asked.number for asked in home.asked.values() if asked.cancelled]
        waiting = [
            asked for asked in home.asked.values() if not asked.cancelled and asked.number > 0
        ]
        home.asked = {}
        process = self._start(home)
        for ref, model in home.models.items() if home.foreign else ():
            number = next(self._numbers)
            opening = home.asked[number] = Asked(number, Open(ref, before=model))
            process.send(self._frame_of(home, process, f"again {number}", opening, True))
        for asked in waiting:
            asked.tries += 1
            asked.most = 0
            home.asked[asked.number] = asked
            slot, live = f"again {asked.number}", asked.request.live
            process.send(self._frame_of(home, process, slot, asked, live))
        return self._telling(stopped, Failure(Cause.CANCELLED, Refused("it was stopped")))

    def _give_up(self, home: Home, process: EngineProcess | None, why: Refused) -> None:
        """End a process, if the home still has it, and tell everybody who waits for it why."""
        with self._lock:
            if process is None or home.process is not process or self._closed:
                return
            tell = self._end(home, why)
        tell()

    def _end(self, home: Home, why: Refused, cause: Cause = Cause.LOST) -> Tell:
        """End a process; what is to be told is told by the answer, without the lock."""
        numbers, models = list(home.asked), tuple(home.models) if home.foreign else ()
        self._close(home)
        return self._telling(numbers, Failure(cause, why), models)

    def _telling(
        self, numbers: list[int], failure: Failure, models: tuple[ModelRef, ...] = ()
    ) -> Tell:
        def tell() -> None:
            for number in numbers:
                self._heard(number, failure)
            if models:
                self._lost(models, failure.why)

        return tell

    def _close(self, home: Home) -> None:
        """End a process of which nothing is expected any more."""
        for homes in (self._foreign, self._temporary):
            if home in homes:
                homes.remove(home)
        process, home.process = home.process, None
        home.asked = {}
        home.models = {}
        home.restarts = 0
        if process is not None:
            process.kill()

    def _watch(self) -> None:
        """Look at what the processes take, as long as any is asked or foreign."""
        looks = 0
        while not self._closed:
            with self._lock:  # whoever asks after this sees that it rests, and wakes it
                busy = any(home.asked for home in self._homes())
                self._rests = not busy and not self._foreign
            if self._rests:
                self._wake.wait(IDLE_SECONDS)
                self._wake.clear()
                continue
            looks += 1
            self._let_go()
            with self._lock:
                homes = self._homes()
            for home in homes:
                if home.asked or (home.foreign and looks % IDLE_LOOKS == 0):
                    self._look_at(home)
            self._wake.wait(LOOK_SECONDS)
            self._wake.clear()

    def _look_at(self, home: Home) -> None:
        process = home.process
        if process is None:
            return
        limits = self._limits
        cpu, now = process.cpu_seconds(), time.monotonic()
        if cpu - home.cpu_at > 0.02 or not home.asked:
            home.cpu_at, home.alive_at = cpu, now
        if home.foreign and process.memory() > (limits.mebibytes + OWN_MEBIBYTES) * 2**20:
            self._give_up(home, process, refusals.too_large(home, limits.mebibytes))
            return
        with self._lock:
            waiting = list(home.asked.values())
        for asked in waiting:
            why = refusals.too_slow(home, asked, cpu, limits)
            if why is not None:
                self._give_up(home, process, why)
                return
        sent = any(asked.most for asked in waiting)  # till then it has nothing to answer
        if sent and now - home.alive_at > limits.silent_seconds and not home.temporary:
            self._give_up(home, process, refusals.silent(limits))


def _value(request: Request, answer: answers.Answer) -> object:
    """What the answer says. Raises Refused, NotFinite, and ProtocolError."""
    try:
        return request.value(answer)
    except (Refused, ProtocolError):
        raise
    except Exception as error:
        log.exception("an answer could not be taken in")
        raise ProtocolError(f"an answer that {type(error).__name__} came of") from error
