"""Answers held against what was asked, before any view sees them.

An answer of another shape than the model's own is a `ProtocolError`, and ends the process that gave
it; numbers that are none are `NotFinite`, a sentence in place of that answer, and the model stays.
"""

from rnn_desk.protocol.checks.arrays import NotFinite
from rnn_desk.protocol.checks.by_hand import offered_of, tried_of
from rnn_desk.protocol.checks.measured import check_figures, map_of, report_of
from rnn_desk.protocol.checks.model import check_watchables, model_of, writer_of
from rnn_desk.protocol.checks.reading import check_classified, check_familiarities, trace_of
from rnn_desk.protocol.checks.sizes import most_bytes
from rnn_desk.protocol.checks.writing import rows_of, surprise_of

__all__ = [
    "NotFinite",
    "check_classified",
    "check_familiarities",
    "check_figures",
    "check_watchables",
    "map_of",
    "model_of",
    "most_bytes",
    "offered_of",
    "report_of",
    "rows_of",
    "surprise_of",
    "trace_of",
    "tried_of",
    "writer_of",
]
