"""Cards of models for tests, that need no model."""

import dataclasses

from rnn_desk.core.card import InputReading, ModelCard

DIGITS = tuple("0123456789")


def card(**fields):
    """A card for such a model: ten digits, rows of a 28 x 28 picture; input fields go by name."""
    reading = {f.name for f in dataclasses.fields(InputReading)}
    of_input = {name: fields.pop(name) for name in list(fields) if name in reading}
    fields.setdefault("name", "test")
    fields.setdefault("classes", DIGITS)
    return ModelCard(input=InputReading(**of_input), **fields)
