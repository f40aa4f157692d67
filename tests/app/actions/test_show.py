import pytest

from rnn_desk.app.actions import show
from rnn_desk.app.state import AppState
from rnn_desk.app.store import Store
from rnn_desk.app.values import LayerShown


@pytest.fixture
def store():
    return Store(AppState())


def test_an_option_comes_with_its_view_and_goes_with_it(store):
    store.do(show.view, "cells", True)
    assert store.state.views.shown == {"gradient", "cells"}
    store.do(show.toggle, "cells")
    assert store.state.views.shown == {"gradient"}
    store.do(show.toggle, "cells")
    store.do(show.toggle, "saliency")
    store.do(show.view, "gradient", False)
    assert store.state.views.shown == {"saliency"}


def test_a_gradient_is_worked_out_only_where_some_of_it_is_shown(store):
    store.do(show.of_class, 3)
    assert store.state.views.gradient_of is None
    for name in ("gradient", "saliency"):
        store.do(show.view, name, True)
        assert store.state.views.gradient_of == 3
        store.do(show.view, name, False)
    assert store.state.views.gradient_of is None


@pytest.mark.parametrize(
    ("before", "after"), [((), {"saliency"}), (("gradient",), {"gradient"})], ids=["none", "one"]
)
def test_what_speaks_for_a_class_is_shown_in_a_view_that_tells(store, before, after):
    for name in before:
        store.do(show.view, name, True)
    store.do(show.what_speaks_for, 4)
    assert (store.state.views.shown, store.state.views.target) == (after, 4)
    store.do(show.what_speaks_for, 4)
    assert (store.state.views.shown, store.state.views.target) == (after, "answer")


def test_a_layer_shows_what_it_is_told_to_and_the_others_go_on(store):
    store.do(show.layer_as, LayerShown(0, 0, "c"))
    store.do(show.layer_as, LayerShown(0, 1, "f", "peak"))
    store.do(show.layer_as, LayerShown(0, 0, "i"))
    views = store.state.views
    assert views.layer(0, 0) == LayerShown(0, 0, "i")
    assert views.layer(0, 1) == LayerShown(0, 1, "f", "peak")
    assert views.layer(1, 0) == LayerShown(1, 0)
    store.do(show.layer_as, LayerShown(0, 0))
    assert store.state.views.layers == (LayerShown(0, 1, "f", "peak"),)


def test_what_layers_show_that_there_are_no_more_is_forgotten(store):
    for place in ((0, 0), (0, 1), (1, 0)):
        store.do(show.layer_as, LayerShown(*place, "c"))
    assert store.state.views.within(((5, 5), (5,))) == store.state.views
    assert store.state.views.within(((5,),)).layers == (LayerShown(0, 0, "c"),)


def test_an_equation_is_marked(store):
    store.do(show.equation, "f")
    assert store.state.views.line == "f"
