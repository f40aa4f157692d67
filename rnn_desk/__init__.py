"""RNN Desk: a desktop program that makes a recurrent network visible while it reads.

From Python: `trace = rnn_desk.read("seven.png", model="lstm")`, see `rnn_desk.api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rnn_desk.api import read
    from rnn_desk.core.errors import Refused
    from rnn_desk.core.trace import Trace

__version__ = "0.1.0"

__all__ = ["Refused", "Trace", "__version__", "read"]

_PLACES = {
    "read": "rnn_desk.api",
    "Refused": "rnn_desk.core.errors",
    "Trace": "rnn_desk.core.trace",
}
"""Where what is given from here lies; imported when it is first asked for, as the program itself
wants none of it and starts with this module."""


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_PLACES])
