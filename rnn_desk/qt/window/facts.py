"""What the views need to know of a model before it has read anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_desk.core.errors import Refused
from rnn_desk.core.trace import BeliefKind
from rnn_desk.qt.views.layer import LayerFacts

if TYPE_CHECKING:
    from rnn_desk.engine.reading.reader import Reader
    from rnn_desk.protocol.model import Watchable


@dataclass(frozen=True)
class ModelFacts:
    """A model as its row views show it."""

    name: str
    classes: tuple[str, ...]
    belief_kind: BeliefKind
    layers: tuple[LayerFacts, ...]
    why_no_states: Refused | None = None
    watched: tuple[Watchable, ...] = ()


def facts_of(reader: Reader) -> ModelFacts:
    """Those of a model that has been opened."""
    layers = tuple(
        LayerFacts(layer.name, layer.operator.units, layer.reverse, layer.between(reader.card.side))
        for layer in reader.layers
    )
    return ModelFacts(
        reader.card.name,
        reader.card.classes,
        reader.belief_kind,
        layers,
        reader.why_no_states,
        reader.watched,
    )
