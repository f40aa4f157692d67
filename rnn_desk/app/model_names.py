"""Models as a person names them: a bundled one by its name, any other by its file."""

from __future__ import annotations

from pathlib import Path

from rnn_desk.assets_door import catalogue
from rnn_desk.core.errors import Refused


def model_file(text: str) -> Path:
    """The file of the model of that name, or of that path. Raises Refused.

    A name comes first: a file that is called like a bundled model is `./gru`.
    """
    for model in catalogue():
        if model.name == text:
            return model.path
    path = Path(text)
    if not text or path.suffix or path.name != text or text == "-" or path.exists():
        return path
    raise Refused(
        "There is no model {name}: choose from {known}, or name a file",
        name=text,
        known=", ".join(model_names()),
    )


def model_names() -> tuple[str, ...]:
    """The bundled models by name, in their order, without those that stopped on their way."""
    return tuple(model.name for model in catalogue() if model.learned is None)
