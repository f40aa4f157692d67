"""The map of a model's states: where the reference digits end up."""

from __future__ import annotations

from rnn_desk.core.state_map import References as Placed
from rnn_desk.core.state_map import StateMap, fit
from rnn_desk.engine.reader import Reader
from rnn_desk.engine.references import reference_digits


def state_map(reader: Reader) -> StateMap | None:
    """The map of the top layer's states; None for a model without states."""
    if not reader.layers:
        return None
    digits = reference_digits()
    pictures = digits.pictures(reader.card.frame, range(len(digits.drawings)))
    states = reader.top_states(pictures)
    return fit(Placed(digits.labels, digits.drawings, pictures, states))
