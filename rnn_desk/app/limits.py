"""What other people's models may take."""

from __future__ import annotations

from rnn_desk.core.frozen import frozen


@frozen
class Limits:
    """Limits of an engine process that runs a file of somebody else's, for as long as it lives.

    seconds: of the process's own processor time, to open the file, and for what a writer is to
    write, or for each picture that it measures. live_seconds: likewise, for one picture.
    silent_seconds: on the clock, in which a process that was asked neither computes nor answers.
    mebibytes: of memory, beyond what the process takes without any model.
    """

    seconds: float = 20.0
    live_seconds: float = 4.0
    silent_seconds: float = 30.0
    mebibytes: int = 2048
