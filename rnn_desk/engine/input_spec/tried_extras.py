"""A model understood with values for its extra inputs, found by trying."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from onnx import ModelProto

from rnn_desk.core.errors import Refused
from rnn_desk.engine.input_spec.extras import Values, given_values, in_words, with_values
from rnn_desk.engine.input_spec.inferred_card import Understood


def understood_with_extras(
    model: ModelProto, said: Values, understand: Callable[[ModelProto], Understood]
) -> Understood:
    """What `understand` says of the model, its extra inputs given: what a person or a card says, or
    the likeliest values with which it is understood. Raises Refused."""
    first: tuple[Values, Refused] | None = None
    for values in given_values(model, said):
        try:
            found = understand(with_values(model, values))
        except Refused as refusal:
            if not values:
                raise
            first = first or (values, refusal)
            continue
        card = replace(found.findings.card, given=values)
        return replace(found, findings=replace(found.findings, card=card))
    assert first is not None
    raise Refused(
        "beside the picture it was given {given}, and others were tried, but {reason}; if it wants "
        "other values, give them with inspect --set NAME=VALUE",
        given=in_words(first[0]),
        reason=first[1],
    )
