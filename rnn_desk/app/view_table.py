"""The optional views, as a table: a line of it gives a view its menu item and key, its key in
settings, lessons and desks, and its flag of `rnn-desk render`."""

from __future__ import annotations

from rnn_desk.core.frozen import frozen


@frozen
class ViewSpec:
    """One view: its name in every document, its words and tooltip in English, its key.

    within: the view that it is an option of; it is shown with that one only. remembered: whether it
    is there again at the next start. widget: the module and class of a row view of its own, which
    stands beside each model's layers; without it, another view shows it. also: other names that it
    has in older documents.
    """

    name: str
    words: str
    tip: str
    key: str
    within: str = ""
    remembered: bool = True
    widget: str = ""
    also: tuple[str, ...] = ()


VIEWS = (
    ViewSpec(
        "gradient",
        "Gradient through the rows",
        "How much the answer depends on each row's state",
        "G",
        widget="rnn_desk.qt.views.gradient:GradientView",
    ),
    ViewSpec(
        "cells",
        "RNN, GRU and LSTM over one another",
        "How much of the gradient is left at each row, in each kind of cell",
        "Shift+G",
        within="gradient",
        remembered=False,
    ),
    ViewSpec(
        "saliency",
        "Saliency over the picture",
        "How much the answer depends on each pixel",
        "S",
        also=("overlay",),
    ),
)


def with_view(shown: frozenset[str], name: str, on: bool) -> frozenset[str]:
    """The views that are there when this one is shown, and with it the one that it is an option
    of; or when it is hidden, and with it its options."""
    if on:
        return shown | {name} | {spec.within for spec in VIEWS if spec.name == name and spec.within}
    return shown - {name} - {spec.name for spec in VIEWS if spec.within == name}
