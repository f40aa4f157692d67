"""The program's words, through Qt's translation system."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from rnn_desk.core.errors import Refused

CONTEXT = "desk"


def tr(text: str, **fields: object) -> str:
    """The text in the user's language, with its {fields} filled in."""
    words = QCoreApplication.translate(CONTEXT, text)
    return words.format(**fields) if fields else words


def sentence(refusal: Refused) -> str:
    """A refusal in the user's language; a refusal within it is translated too."""
    fields = {
        name: sentence(value) if isinstance(value, Refused) else value
        for name, value in refusal.fields.items()
    }
    return QCoreApplication.translate(CONTEXT, refusal.template).format(**fields)
