"""From a writer's run to one ONNX file that says what it is, checked before it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rnn_desk.core import writing
from rnn_desk.core.card import ModelCard
from rnn_desk.core.files import write_whole

from .checkpoint import Checkpoint
from .data import Digits
from .export import describe, packed
from .writer import RowWriter
from .writer_figures import BINARISED_BY, measure_writer, onto_writers_card
from .writer_file import CHECKED, WriterFile, check_agreement, to_graph


def export_writer(run: Checkpoint, test: Digits, out: Path) -> ModelCard:
    """Write the run's best model to `out`, and return its card.

    Raises Refused where the runtime and torch do not agree, or where the file cannot be written;
    `out` is then as it was before.
    """
    writer = RowWriter(run.recipe)
    writer.load_state_dict(run.best)
    card = replace(describe(run, writer), kind="writer", output="probabilities")
    # A run that went on may have got another number of epochs: what each one had, stands here.
    made = {"rates": [f.rate for f in run.history], "seconds": [f.seconds for f in run.history]}
    card = replace(card, training={**card.training, **made})
    graph = to_graph(writer)
    file = WriterFile(packed(graph, card), str(out))
    greys, labels = test.part(0, CHECKED).batch(slice(None))
    ink = writing.binarised(greys.numpy(), BINARISED_BY)
    check_agreement(file, writer, ink, labels.numpy())
    card = onto_writers_card(card, measure_writer(file, test))
    write_whole(out, packed(graph, card))
    return card
