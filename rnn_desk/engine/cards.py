"""The cards of model files, without opening the models."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import onnx

from rnn_desk.core.card import CARD_KEY, ModelCard, from_json
from rnn_desk.core.errors import Refused

log = logging.getLogger(__name__)


def cards_of(paths: Iterable[Path]) -> dict[Path, ModelCard]:
    """The card of each of the program's own files; a file without one is left out."""
    cards = {}
    for path in paths:
        try:
            model = onnx.load(str(path), load_external_data=False)
            told = (entry.value for entry in model.metadata_props if entry.key == CARD_KEY)
            cards[path] = from_json(next(told))
        except (Refused, StopIteration, OSError, ValueError) as error:
            log.info("%s has no card: %s", path.name, error)
    return cards
