"""Puts a desk behind a window, and opens on it what was asked for.

Imported once the window is painted, as nothing of this is seen in its first picture.
"""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path
from subprocess import Popen

from rnn_desk.app.documents.recovery import RecoveryFile
from rnn_desk.app.engines import Engines
from rnn_desk.assets_door import default_model
from rnn_desk.folders import recovery_folder
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.platform import log
from rnn_desk.qt.shell import Shell


def begin(
    shell: Shell,
    settings: Path,
    logs: tuple[Path, ...],
    model: Path | None,
    saved: Path | None,
    engine: Popen[bytes] | None,
) -> Desk:
    """The desk of that shell, with the desk of a crash on it if there was one.

    model: reads from the start. saved: a desk to be opened. engine: the process of the own models,
    where it has been started.
    """
    processes = partial(Engines, begun=engine)
    recovery = RecoveryFile(recovery_folder())
    desk = Desk(shell.store.state, settings, logs, processes, recovery, shell)
    log.report_mistakes(desk.mistaken.emit)
    desk.survey.mapped.connect(leave_start_up_be)
    back = desk.come_back(model)
    if saved is not None:
        desk.documents.open(saved)
    if not back:
        desk.open_model(model or default_model())
    gc.enable()  # off since the start
    return desk


def leave_start_up_be(*_: object) -> None:
    """Keep Python's collector from what start-up loaded.

    It would walk all of it, for 10 ms and more, while somebody draws.
    """
    gc.collect()
    gc.freeze()
