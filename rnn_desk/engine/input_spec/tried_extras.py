"""A model understood with values for its extra inputs, found by trying."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from onnx import ModelProto

from rnn_desk.core.errors import Refused
from rnn_desk.engine.input_spec.extras import Values, extras_of, given_values, in_words, with_values
from rnn_desk.engine.input_spec.inferred_card import Understood


def understood_with_extras(
    model: ModelProto,
    kept: Values,
    said: Values,
    understand: Callable[[ModelProto, bool], Understood],
) -> Understood:
    """What `understand` says of the model, its extra inputs given: what a person says, or a card
    has kept, or the likeliest values with which it is understood. Raises Refused.

    understand: is told whether to try ways of feeding the model that are not usual: no values are
    varied meanwhile.
    """
    names = [extra.name for extra in extras_of(model)]
    for name in said:
        if name not in names and name not in kept:
            raise Refused("it takes no {name} beside the picture", name=name)
    first: tuple[Values, Refused] | None = None
    varied = list(given_values(model, {**kept, **said}))
    tries = [(values, False) for values in varied] if names else []
    for values, wide in (*tries, (varied[0], True)):
        try:
            found = understand(with_values(model, values), wide)
        except Refused as refusal:
            if not values:
                raise
            first = first or (values, refusal)
            continue
        told = found.findings.card
        card = replace(told, given={**told.given, **values})
        return replace(found, findings=replace(found.findings, card=card))
    assert first is not None
    raise Refused(
        "beside the picture it was given {given}, and so {reason}; if it wants other values, give "
        "them: inspect --set NAME=VALUE",
        given=in_words(first[0]),
        reason=first[1],
    )
