"""A stroke longer than any hand draws, as a file may hold one: the window stays there."""

import numpy as np

from rnn_desk.app.actions import draw
from rnn_desk.core.drawing import Drawing, Stroke


def test_the_first_stroke_of_a_drawing_is_painted_slice_by_slice(desk, qtbot, monkeypatch):
    monkeypatch.setattr("rnn_desk.qt.views.canvas_ink._SLICE", 0.0)
    canvas = desk.window.canvas
    along = np.linspace(0, 40, 20_000)
    points = np.stack([250 + 200 * np.sin(along), 250 + 200 * np.cos(1.3 * along)], axis=1)
    desk.store.do(draw.put, Drawing((Stroke(points),)))
    assert not canvas.ink.is_whole  # the rest is painted when the window has had its turn
    qtbot.waitUntil(lambda: canvas.ink.is_whole)
    assert not list(canvas.ink._unpainted)
