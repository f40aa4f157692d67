"""Why a process was ended, or ended by itself, in words for whoever waits for it."""

from __future__ import annotations

import logging
from pathlib import Path

from rnn_desk.app.engine_home import Asked, Home, file_of
from rnn_desk.app.engine_process import ProcessEnd
from rnn_desk.app.limits import Limits
from rnn_desk.app.requests import MeasureSurprise, OfFile, OfWriter, Open, OpenWriter
from rnn_desk.core.errors import Refused

log = logging.getLogger(__name__)


def too_large(home: Home, mebibytes: int) -> Refused:
    """It takes more memory than it may."""
    return Refused(
        "{file} needs more than {mebibytes} MiB of memory, far more than a reader of digits "
        "can need, and was stopped",
        file=Path(home.foreign).name if home.models else Path(home.foreign),
        mebibytes=mebibytes,
    )


def too_slow(home: Home, asked: Asked, cpu: float, limits: Limits) -> Refused | None:
    """It has computed for longer over a request than it may; None where it has not. cpu: seconds of
    the processor's that it has used."""
    file = Path(home.foreign).name
    if not asked.most:
        return None  # it has not been sent
    request, taken = asked.request, cpu - asked.cpu_before
    # What the process did before its last answer, it did for another request.
    alone = min(taken, cpu - home.cpu_answered)
    if request.live and alone > limits.live_seconds:
        return Refused(
            "{file} computed for more than {seconds:g} s over one picture, and was stopped",
            file=file or file_of(request),
            seconds=limits.live_seconds,
        )
    if not home.foreign:
        return None
    if isinstance(request, Open | OpenWriter | OfFile) and taken > limits.seconds:
        return Refused(
            "{file} was not understood within {seconds:g} s of computing and was given up: it "
            "may never come to an end",
            file=Path(home.foreign),
            seconds=limits.seconds,
        )
    most = limits.seconds * (len(request.pixels) if isinstance(request, MeasureSurprise) else 1)
    if isinstance(request, OfWriter) and alone > most:
        return Refused(
            "{file} computed for more than {seconds:g} s over what it was to write, and was "
            "stopped",
            file=file,
            seconds=most,
        )
    return None


def silent(limits: Limits) -> Refused:
    """It neither computes nor answers."""
    return Refused(
        "A process that runs models has neither computed nor answered for {seconds:g} s "
        "and was ended: try again",
        seconds=limits.silent_seconds,
    )


def over(home: Home, ended: ProcessEnd) -> Refused:
    """Why a process that nobody here ended is gone."""
    if not ended.started and not ended.from_outside:
        return Refused(
            "The process that runs models could not be started (exit {status}): start the "
            "program again; if that does not help, install it again",
            status=ended.status,
        )
    file = Path(home.foreign).name
    if not file:
        return Refused(
            "The process that runs the program's own models ended {count} times (exit "
            "{status}): choose a model to try again",
            count=home.restarts + 1,
            status=ended.status,
        )
    if ended.wrong is not None:
        log.info("%s: %s", file, ended.wrong)
        return nonsense(home)
    if ended.from_outside:
        shown = file if home.models else Path(home.foreign)
        return Refused("The process that ran {file} was ended from outside", file=shown)
    if home.models:
        return Refused(
            "{file} made its process crash over this picture (exit {status})",
            file=file,
            status=ended.status,
        )
    return Refused(
        "{file} makes the runtime crash (exit {status}): it is damaged, or made to do harm",
        file=Path(home.foreign),
        status=ended.status,
    )


def nonsense(home: Home) -> Refused:
    """It has said what no model of its kind can say."""
    return Refused(
        "{file} answered with something that no reader of digits answers, and was stopped",
        file=Path(home.foreign).name,
    )


def unclear(home: Home, why: Refused) -> Refused:
    """Its file was not understood, for a mistake of ours or of whoever made it."""
    return Refused(
        "{file} cannot be understood ({reason})",
        file=Path(home.foreign),
        reason=why.fields.get("reason", "?"),
    )
