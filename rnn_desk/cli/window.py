"""`rnn-desk` without a command: the window, with the files in it that are named."""

from __future__ import annotations

import difflib
import gc
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import Popen

from rnn_desk.app.engine_start import engine_command, started
from rnn_desk.app.model_names import model_names
from rnn_desk.app.values import LANGUAGES
from rnn_desk.assets_door import default_model, is_bundled
from rnn_desk.cli.arguments import add_device, add_model
from rnn_desk.cli.standard_streams import STREAM, as_input
from rnn_desk.core.files import read_head
from rnn_desk.qt.platform import startup
from rnn_desk.stop_signals import StopSignals


def declare_files(parser: ArgumentParser, commands: Sequence[str]) -> None:
    """Its files. commands: what a word may have been meant to be that is no file."""
    parser.add_argument(
        "files",
        nargs="*",
        type=_file_or_command(commands),
        metavar="FILE",
        help="drawings (.jsonl), a picture, a model (.onnx), a desk (.rnndesk), a lesson (.toml)",
    )


def declare(parser: ArgumentParser) -> None:
    """Its options."""
    add_model(parser)
    add_device(parser, "cpu, or as chosen last")
    parser.add_argument("--desk", type=Path, metavar="FILE", help="saved desk to open")
    parser.add_argument("--lang", choices=tuple(LANGUAGES), help="language of the window (yours)")
    parser.add_argument("--present", action="store_true", help="large, for a projector")
    parser.set_defaults(action=_run)


def _file_or_command(commands: Sequence[str]) -> Callable[[str], Path]:
    """The type of a file, for which no mistyped command is taken, nor a model's name."""

    def file(text: str) -> Path:
        path = Path(text)
        if path.exists():
            return path
        if text in model_names():
            raise ArgumentTypeError(f"{text!r} is a model: did you mean --model {text}?")
        if text.isidentifier():
            near = difflib.get_close_matches(text, commands, n=1)
            meant = f": did you mean {near[0]}?" if near else ""
            raise ArgumentTypeError(f"{text!r} is no command and no file{meant}")
        return path

    return file


def _run(chosen: Namespace) -> int:
    files = [*([] if chosen.desk is None else [chosen.desk]), *chosen.files]
    for file in files:
        # Whoever started it from a shell reads there what is wrong. On Windows, a program that was
        # clicked, with a file, has no such place: then the window says it.
        if file != STREAM and sys.stderr is not None:
            read_head(file, 1)
    signals = StopSignals()
    with ExitStack() as stack:
        signals.do_last(stack.close)
        files = [stack.enter_context(as_input(file)) for file in files]
        engine = stack.enter_context(_engine(chosen.model))
        gc.disable()  # what is imported stays, and the window's first picture waits for it
        startup.check()
        from rnn_desk.qt import program  # Qt takes a while to load
        from rnn_desk.qt.asked import Asked

        asked = Asked(
            model=chosen.model,
            files=tuple(files),
            device=chosen.device,
            language=chosen.lang,
            present=chosen.present,
        )
        return program.run(asked, signals, engine)


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
