"""The process that examines model files: started by `Examiner`, never imported.

It reads one request a line and answers each with lines that tell the stages, then one with what was
found or why not. It opens a file as the program would, on the CPU: what passes here, passes there.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rnn_desk.core.errors import Refused
from rnn_desk.engine.foreign.examiner import too_large
from rnn_desk.engine.reading.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.protocol.findings import pack, readings_from_text, to_record

try:
    import resource
except ImportError:  # Windows: there the memory is watched from outside alone
    resource = None  # type: ignore[assignment]

_GRACE = 5.0
"""Seconds after its limit at which the process ends itself: whoever began it may be gone."""


def main() -> None:
    """Answer requests until nobody sends any."""
    say = _channel()
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 (os.devnull is a name, no path)
        for line in sys.stdin:
            request = json.loads(line)
            # Its thread is no Python: it ends the process whatever the runtime is caught in.
            faulthandler.dump_traceback_later(
                request["seconds"] + _GRACE, exit=True, file=nowhere.fileno()
            )
            _limit_memory(request["mebibytes"])
            say(_answer(request, say))
            faulthandler.cancel_dump_traceback_later()


def _answer(request: dict[str, Any], say: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    path = Path(request["path"])
    try:
        chosen = readings_from_text(request["chosen"])
        reader = open_reader(path, CPU, tell=lambda stage: say({"stage": stage}), chosen=chosen)
    except Refused as refusal:
        return {"refused": pack(refusal)}
    except MemoryError:
        return {"refused": pack(too_large(path, request["mebibytes"]))}
    except Exception as error:  # noqa: BLE001  a hostile file finds what nobody thought of
        reason = type(error).__name__
        return {
            "refused": pack(
                Refused("{file} cannot be understood ({reason})", file=path, reason=reason)
            )
        }
    return {**to_record(reader.findings), "fingerprint": reader.origin.fingerprint}


def _channel() -> Callable[[dict[str, Any]], None]:
    """A way to answer that nothing else in the process can write on: libraries print as well."""
    own = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)

    def say(message: dict[str, Any]) -> None:
        own.write(json.dumps(message) + "\n")
        own.flush()

    return say


def _limit_memory(mebibytes: int) -> None:
    """Let no more be allocated, beyond what is held already, where the system has such a limit."""
    if resource is None:
        return
    import psutil

    held = psutil.Process().memory_info().rss
    limit = held + mebibytes * 2**20
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


if __name__ == "__main__":
    main()
