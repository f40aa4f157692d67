"""What the views need to know of a model before it has read anything."""

from __future__ import annotations

from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.core.trace import BeliefKind
from rnn_desk.protocol.model import Model, Watchable
from rnn_desk.qt.views.layer import LayerFacts


@frozen
class ModelFacts:
    """A model as its row views show it."""

    name: str
    classes: tuple[str, ...]
    belief_kind: BeliefKind
    layers: tuple[LayerFacts, ...]
    why_no_states: Refused | None = None
    watched: tuple[Watchable, ...] = ()


def facts_of(model: Model) -> ModelFacts:
    """Those of a model that has been opened."""
    layers = tuple(
        LayerFacts(layer.name, layer.op, layer.units, layer.reverse, layer.between)
        for layer in model.layers
    )
    return ModelFacts(
        model.card.name,
        model.card.classes,
        model.belief_kind,
        layers,
        model.why_no_states,
        model.watched,
    )
