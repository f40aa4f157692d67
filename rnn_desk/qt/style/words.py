"""The program's words, through Qt's translation system."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from rnn_desk.core.errors import Refused, shown
from rnn_desk.core.plain import one_line

CONTEXT = "desk"


def tr(text: str, **fields: object) -> str:
    """The text in the user's language, with its {fields} filled in, themselves translated."""
    words = QCoreApplication.translate(CONTEXT, text)
    return words.format(**{n: _spoken(n, f) for n, f in fields.items()}) if fields else words


def sentence(refusal: Refused) -> str:
    """A refusal in the user's language; a refusal within it is translated too."""
    return tr(refusal.template, **refusal.fields)


def _spoken(name: str, field: object) -> object:
    if isinstance(field, Refused):
        return sentence(field)
    if name == "reason" and isinstance(field, str):
        # The operating system's own words.
        return shown(QCoreApplication.translate(CONTEXT, one_line(field)))
    return shown(field)
