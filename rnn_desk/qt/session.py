"""Puts a desk behind a window, and opens on it what was asked for.

Imported once the window is painted, as nothing of this is seen in its first picture.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from subprocess import Popen

from rnn_desk.app.documents.recovery import RecoveryFile
from rnn_desk.app.engines import Engines
from rnn_desk.folders import recovery_folder
from rnn_desk.qt.asked import Asked
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.platform import log
from rnn_desk.qt.shell import Shell


def behind(
    shell: Shell,
    settings: Path,
    logs: tuple[Path, ...],
    engine: Popen[bytes] | None,
    may_ask: Callable[[], bool],
) -> Desk:
    """The desk of that shell.

    engine: the process of the own models, where it has been started. may_ask: says whether somebody
    is there to be asked.
    """
    processes = partial(Engines, begun=engine)
    recovery = RecoveryFile(recovery_folder())
    desk = Desk(shell.store.state, settings, logs, processes, recovery, may_ask, shell)
    desk.own_work.claim_drawing()
    log.report_mistakes(desk.mistaken.emit)
    desk.survey.mapped.connect(leave_start_up_be)
    gc.enable()  # off since the start
    return desk


def begin(desk: Desk, asked: Asked) -> None:
    """Open what was asked for, on the desk of a crash if there was one."""
    back = desk.come_back(asked.opened.models)
    models = () if back else asked.models
    desk.files.open_sorted(replace(asked.opened, models=models))


def leave_start_up_be(*_: object) -> None:
    """Keep Python's collector from what start-up loaded.

    It would walk all of it, for 10 ms and more, while somebody draws.
    """
    gc.collect()
    gc.freeze()
