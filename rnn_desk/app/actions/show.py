"""Showing and hiding the optional views, and asking which class a gradient is of."""

from __future__ import annotations

from dataclasses import replace

from rnn_desk.app.state import AppState, Views
from rnn_desk.app.values import LayerShown
from rnn_desk.app.view_table import with_view
from rnn_desk.core.trace import Target


def view(state: AppState, name: str, shown: bool) -> AppState:
    """Show an optional view, and the one that it is an option of; or hide it, and its options."""
    return _with(state, replace(state.views, shown=with_view(state.views.shown, name, shown)))


def toggle(state: AppState, name: str) -> AppState:
    """Show an optional view where it is hidden, and hide it where it is shown."""
    return view(state, name, name not in state.views.shown)


def of_class(state: AppState, target: Target) -> AppState:
    """Show gradients of this class, or of the answer, whichever it is."""
    return _with(state, replace(state.views, target=target))


def what_speaks_for(state: AppState, index: int) -> AppState:
    """Show what speaks for this class and against it, in a view that tells; asked once more, for
    the answer again."""
    if index == state.views.target:
        return of_class(state, "answer")
    if not state.views.shown & {"gradient", "saliency"}:
        state = view(state, "saliency", True)
    return of_class(state, index)


def layer_as(state: AppState, shown: LayerShown) -> AppState:
    """Have a layer's view show this, in this order."""
    place = (shown.model, shown.layer)
    others = tuple(each for each in state.views.layers if (each.model, each.layer) != place)
    usual = shown == LayerShown(*place)
    return _with(state, replace(state.views, layers=others if usual else (*others, shown)))


def equation(state: AppState, line: str) -> AppState:
    """Mark the equation of that letter in the panel of the unit."""
    return _with(state, replace(state.views, line=line))


def _with(state: AppState, views: Views) -> AppState:
    return replace(state, views=views)
