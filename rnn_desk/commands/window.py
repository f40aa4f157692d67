"""`rnn-desk` without a command: the window."""

from __future__ import annotations

import gc
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from rnn_desk.app.documents import DESK_SUFFIX
from rnn_desk.app.engine_start import engine_command, started
from rnn_desk.assets_door import default_model, is_bundled
from rnn_desk.late import load_late
from rnn_desk.qt.platform import startup
from rnn_desk.stop_signals import StopSignals

_TAKE_A_VALUE = ("--model", "--device", "--desk", "--lang")


def declare(parser: ArgumentParser) -> None:
    """Its arguments; the commands know some of them too."""
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="ONNX model that reads (the program's own)"
    )
    parser.add_argument(
        "--device",
        metavar="NAME",
        help="where it runs, see `devices`, or auto (cpu, or as chosen last)",
    )
    parser.add_argument(
        "--desk",
        type=Path,
        metavar="FILE",
        help="saved desk to open; FILE alone is enough",
    )
    parser.add_argument("--lang", choices=("en", "zh"), help="language of the window (yours)")
    parser.add_argument("--present", action="store_true", help="large, for a projector")
    parser.set_defaults(action=_run)


def with_desk(words: Sequence[str]) -> list[str]:
    """The words of a command line, those of `rnn-desk mine.rnndesk` as `rnn-desk --desk
    mine.rnndesk`: a file manager opens a file so."""
    for place, word in enumerate(words):
        is_value = place > 0 and words[place - 1] in _TAKE_A_VALUE
        if not word.startswith("-") and not is_value:
            if word.lower().endswith(DESK_SUFFIX):
                return [*words[:place], "--desk", *words[place:]]
            break
    return list(words)


def _run(chosen: Namespace) -> int:
    signals = StopSignals()
    with _engine(chosen.model) as engine:
        gc.disable()  # what is imported stays, and the window's first picture waits for it
        startup.check()
        load_late("numpy")
        from rnn_desk.qt import program  # Qt takes a while to load

        return program.run(
            chosen.model, chosen.desk, chosen.device, chosen.lang, chosen.present, signals, engine
        )


@contextmanager
def _engine(model: Path | None) -> Iterator[Popen[bytes] | None]:
    """The engine process of the program's own models, gone with the block: it loads the runtime and
    the model while this one loads Qt. None where it cannot be started, which is told when it is
    asked. model: the one that is asked for, if one is."""
    first = default_model() if model is None else model
    try:
        process = started(engine_command(), first=first if is_bundled(first) else None)
    except OSError:
        yield None
        return
    try:
        yield process
    finally:
        process.kill()
        process.wait()
