"""One engine process: started, written to and listened to on threads of its own, ended at any
moment for any reason."""

from __future__ import annotations

import contextlib
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import psutil

from rnn_desk.app.engine_start import BUFFER, engine_command, started
from rnn_desk.app.outgoing import Make, Outgoing
from rnn_desk.core.frozen import frozen
from rnn_desk.protocol.answers import FromEngine, Hello
from rnn_desk.protocol.frames import Frames
from rnn_desk.protocol.sentences import ProtocolError

log = logging.getLogger(__name__)

_LAST_WORDS_SECONDS = 1.0
"""How long a process may take to end once its pipe has ended, before it is made to."""


@frozen
class ProcessEnd:
    """A process is gone.

    status: its exit status, negative for a signal; None where it never started. started: whether it
    had said that it runs. wrong: what it sent that nothing of ours sends, if it did. forced: its
    pipe had ended, or held nonsense, and this side ended the rest of it.
    """

    status: int | None
    started: bool
    wrong: ProtocolError | None = None
    forced: bool = False

    @property
    def from_outside(self) -> bool:
        """Whether somebody ended it: a file cannot have done so, nor we for what it sent."""
        kill = getattr(signal, "SIGKILL", signal.SIGTERM)
        return not self.forced and self.status in (-kill, -signal.SIGTERM, -signal.SIGINT)


class EngineProcess:
    """Calls `heard` and `ended` on threads of its own; `ended` once, and last.

    most: how many bytes the next frame may have. mebibytes: what it may allocate, 0 for no limit.
    patient: whether it gives way to all other processes. begun: a process that was started before,
    by `engine_start`, in whose place none is then.
    """

    def __init__(
        self,
        heard: Callable[[FromEngine], None],
        ended: Callable[[EngineProcess, ProcessEnd], None],
        most: Callable[[], int],
        mebibytes: int = 0,
        patient: bool = False,
        begun: subprocess.Popen[bytes] | None = None,
    ) -> None:
        self._heard = heard
        self._ended = ended
        self._most = most
        self._begin: Callable[[], subprocess.Popen[bytes]] = lambda: (
            begun or started(engine_command(), mebibytes, patient)
        )
        self._outgoing = Outgoing()
        self._process: subprocess.Popen[bytes] | None = None
        self._known: psutil.Process | None = None
        self._starting = threading.Lock()
        self._killed = False
        self.started = False
        self._writer = threading.Thread(target=self._write, name="engine writer", daemon=True)
        self._writer.start()

    def send(self, make: Make) -> None:
        """Send the frame that `make` gives, if any; it is called on the writer's thread."""
        self._outgoing.send(make)

    def send_now(self, make: Make) -> None:
        """Send it from this thread if the process takes it at once."""
        self._outgoing.send_now(make)

    def kill(self) -> None:
        """End it, whatever it does; it has nothing to lose."""
        with self._starting:
            self._killed = True
            if self._process is not None:
                _end(self._process, self._known)
        self._outgoing.end()

    @property
    def pid(self) -> int | None:
        """Its own process id, once it has said so."""
        return self._known.pid if self.started and self._known is not None else None

    def cpu_seconds(self) -> float:
        """Processor time that it has used; 0 where it does not run."""
        with contextlib.suppress(psutil.Error):
            if self._known is not None:
                times = self._known.cpu_times()
                return float(times.user + times.system)
        return 0.0

    def memory(self) -> int:
        """Bytes that it holds; 0 where it does not run."""
        with contextlib.suppress(psutil.Error):
            if self._known is not None:
                return int(self._known.memory_info().rss)
        return 0

    def join(self, seconds: float = 5.0) -> None:
        """Wait until its threads are over."""
        self._writer.join(seconds)

    def _write(self) -> None:
        """Start the process, and send what is to be sent until it is gone."""
        reader: threading.Thread | None = None
        try:
            with self._starting:
                if not self._killed:
                    self._process = self._begin()
                    with contextlib.suppress(psutil.Error):
                        self._known = psutil.Process(self._process.pid)
        except OSError as error:
            log.error("no engine process could be started: %s", error)
        process = self._process
        if process is None:
            self._ended(self, ProcessEnd(None, False))
            return
        assert process.stdout is not None
        _widen(process.stdout.fileno())
        reader = threading.Thread(target=self._read, args=(process,), name="engine reader")
        reader.daemon = True
        reader.start()
        assert process.stdin is not None
        self._outgoing.write(process.stdin)
        reader.join()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Hand on what comes, until nothing comes any more."""
        frames = Frames[FromEngine](FromEngine)
        wrong: ProtocolError | None = None
        assert process.stdout is not None
        try:
            while (message := frames.read(process.stdout.read, self._most)) is not None:
                if isinstance(message, Hello):
                    self._greeted(message)
                self._heard(message)
        except ProtocolError as error:
            wrong = error
        except (OSError, ValueError) as error:
            log.info("an engine process's pipe broke: %s", error)
        if wrong is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LAST_WORDS_SECONDS)
        forced = process.poll() is None
        with self._starting:
            _end(process, self._known)
        status = process.wait()
        self._outgoing.end()
        with contextlib.suppress(OSError):
            process.stdout.close()
        self._ended(self, ProcessEnd(status, self.started, wrong, forced))

    def _greeted(self, hello: Hello) -> None:
        """It runs. On Windows its id may be another than that of whoever was started."""
        self.started = True
        assert self._process is not None
        with contextlib.suppress(psutil.Error, ValueError):
            known = psutil.Process(hello.pid)
            own = self._process.pid
            if hello.pid == own or own in (parent.pid for parent in known.parents()):
                self._known = known
        if self._killed:
            _end(self._process, self._known)


def _widen(pipe: int) -> None:
    """Have a pipe hold as much as is taken from it at once, where the system lets it."""
    if sys.platform == "linux":
        import fcntl  # which other systems have not

        with contextlib.suppress(OSError):  # it may have no more for this user
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, BUFFER)


def _end(process: subprocess.Popen[bytes], known: psutil.Process | None) -> None:
    """Kill it, and whoever it really is where that is another."""
    with contextlib.suppress(OSError):
        process.kill()
    if known is not None and known.pid != process.pid:
        with contextlib.suppress(psutil.Error):
            known.kill()
