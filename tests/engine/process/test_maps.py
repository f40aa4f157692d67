"""A state map, asked of an engine process."""

import pytest

from rnn_desk.app.client import Client
from rnn_desk.app.requests import MapStates
from rnn_desk.assets_door import asset


@pytest.mark.parametrize(("name", "has_states"), [("cnn", False), ("rnn", True)])
def test_a_map_is_made_where_there_are_states(name, has_states):
    with Client() as client:
        model = client.open(asset("models", f"{name}.onnx")).model
        found = client.call(MapStates(model.ref, model))
    assert (found is not None) == has_states
