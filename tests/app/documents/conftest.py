"""States with something in every field that documents carry."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_desk.app.state import AppState, Canvas, Layout, Models, Pointed, Views
from rnn_desk.app.values import LayerShown, ModelChoice, Unit
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment, GateFactor


@pytest.fixture
def full():
    """A desk on which much is set."""
    times = np.linspace(0, 1, 3)
    drawing = Drawing(
        (
            stroke([[1 / 3, 2], [200, 210.5], [300, 20]], pressure=[0.1, 0.5, 1.0], seconds=times),
            stroke([[50, 50], [60, 61]], tool="eraser", width=40.0),
        ),
        label="七",
        extra={"style": "round"},
    )
    return replace(
        AppState(),
        canvas=Canvas(drawing),
        lab=Experiment(
            covered=frozenset({0, 1}),
            noise=0.25,
            off=frozenset({(0, 3)}),
            gates=(GateFactor(0, "f", 0.5),),
        ),
        pointed=Pointed(stays=4, unit_stays=Unit(0, 1, 30)),
        views=Views(
            frozenset({"gradient", "saliency"}), 3, (LayerShown(0, 1, "c", "peak"),), "f", True
        ),
        models=Models(
            ModelChoice(str(asset("models", "lstm.onnx"))),
            ModelChoice(str(asset("models", "learning", "lstm-00060.onnx")), ("attention",)),
        ),
        layout=Layout(panel="unit"),
    )
