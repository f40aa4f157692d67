"""Every field of the state that a document carries: one reader, and one writer, for all of them.

A document says a part of a state: read, it is a `Patch`, which is laid over the state that is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import field, fields, is_dataclass, replace
from functools import cache
from typing import Any

from rnn_desk.app.state import AppState
from rnn_desk.app.text import SHOWN, Document, Text
from rnn_desk.app.view_table import VIEWS, ViewSpec, with_view
from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen

log = logging.getLogger(__name__)

_NOT_SO = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)
"""What a codec raises of a value that is none of its kind."""


@frozen
class Field:
    """One field: how it is written, the part of the state that it stands in, "" for the state
    itself, and its name there."""

    text: Text
    part: str
    attribute: str

    def get(self, state: AppState) -> Any:
        """The value that the state has."""
        return getattr(getattr(state, self.part) if self.part else state, self.attribute)

    def put(self, state: AppState, value: Any) -> AppState:
        """The state with that value."""
        if not self.part:
            return replace(state, **{self.attribute: value})
        part = getattr(state, self.part)
        return replace(state, **{self.part: replace(part, **{self.attribute: value})})


@frozen
class ViewField(Field):
    """Whether one of the optional views is shown; `attribute` is its name."""

    def get(self, state: AppState) -> bool:
        """Whether the state shows it."""
        return self.attribute in state.views.shown

    def put(self, state: AppState, value: bool) -> AppState:
        """The state that shows it, with the view that it is an option of; or hides it, and its
        options."""
        shown = with_view(state.views.shown, self.attribute, value)
        return replace(state, views=replace(state.views, shown=shown))


@frozen
class Patch:
    """Values of some fields; and what else the document said, which is kept.

    unread: what was left out, by its name there, with the field that it is of.
    """

    values: tuple[tuple[Field, Any], ...] = ()
    unknown: Mapping[str, Any] = field(default_factory=dict)
    unread: Mapping[str, tuple[Field, Any]] = field(default_factory=dict)

    def over(self, state: AppState) -> AppState:
        """The state with these values in place of its own."""
        for each, value in self.values:
            state = each.put(state, value)
        return state


@cache
def all_fields() -> tuple[Field, ...]:
    """Those of every part of the state, then one for each optional view."""
    return (*_fields(AppState(), ""), *map(_view_field, VIEWS))


def carried_by(document: Document) -> tuple[Field, ...]:
    """The fields that this document may carry."""
    return tuple(each for each in all_fields() if document in each.text.documents)


def is_known(name: str) -> bool:
    """Whether a field has this name in any document."""
    return name in _by_name(all_fields())


def read(record: Mapping[str, Any], document: Document, lenient: bool = False) -> Patch:
    """What a document says.

    lenient: leave out, and log, what cannot be read, as in a person's own settings. Else Refused is
    raised for it, and for any field that the program knows and this document may not carry.
    """
    carried = carried_by(document)
    known = {**_by_name(all_fields()), **_by_name(carried)}
    values: list[tuple[Field, Any]] = []
    unknown, unread = {}, {}
    for name, told in record.items():
        if (of := known.get(name)) is None:
            unknown[name] = told
            continue
        try:
            if of not in carried:
                raise Refused("{field} may not stand in such a file", field=name)
            values.append((of, _value(of, name, told)))
        except Refused as refusal:
            if not lenient:
                raise
            log.warning("%s", refusal)
            unread[name] = (of, told)
    return Patch(tuple(values), unknown, unread)


def written(state: AppState, document: Document) -> dict[str, Any]:
    """What the document says of a state: every field that is otherwise than at a first start."""
    first, told = AppState(), {}
    for each in carried_by(document):
        text = each.text.codec.write(each.get(state))
        if text != each.text.codec.write(each.get(first)):
            told[each.text.name] = text
    return told


def at_first(state: AppState, document: Document) -> AppState:
    """The state with every field that this document may carry as at a first start."""
    first = AppState()
    for each in carried_by(document):
        state = each.put(state, each.get(first))
    return state


def _value(of: Field, name: str, told: Any) -> Any:
    try:
        return of.text.codec.read(told)
    except Refused as refusal:
        raise Refused(
            "{field} in it is of no use: {reason}", field=name, reason=refusal
        ) from refusal
    except _NOT_SO as error:
        raise Refused("{field} in it is of no use", field=name) from error


def _by_name(found: tuple[Field, ...]) -> dict[str, Field]:
    """Each by its name, and by every other that older files have for it."""
    return {name: each for each in found for name in (*each.text.also, each.text.name)}


def _fields(value: Any, part: str) -> Iterator[Field]:
    for each in fields(value):
        if text := each.metadata.get("text"):
            yield Field(text, part, each.name)
        elif not part and is_dataclass(inner := getattr(value, each.name)):
            yield from _fields(inner, each.name)


def _view_field(spec: ViewSpec) -> ViewField:
    documents = Document.LESSON | Document.DESK | Document.RECOVERY | Document.RENDER
    if spec.remembered:
        documents |= Document.SETTINGS
    return ViewField(Text(spec.name, documents, SHOWN, spec.also), "views", spec.name)
