"""When the points of a drawing were made, and the drawing as it stood then."""

import numpy as np
import pytest

from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.pace import LONGEST_PAUSE, SPEED, pace_of


def test_a_drawing_with_times_is_made_at_those():
    first = stroke([[0, 0], [10, 0], [20, 0]], seconds=[100.0, 100.1, 100.4])
    second = stroke([[20, 20], [30, 20]], seconds=[100.6, 100.7])
    assert pace_of(Drawing((first, second))).seconds == pytest.approx([0, 0.1, 0.4, 0.6, 0.7])


def test_a_long_pause_between_strokes_is_cut_short():
    first, second = stroke([[0, 0]], seconds=[5.0]), stroke([[9, 9]], seconds=[65.0])
    assert pace_of(Drawing((first, second))).seconds.tolist() == [0, LONGEST_PAUSE]


def test_a_drawing_without_times_is_made_at_an_even_speed_on_paper_and_above():
    drawing = Drawing((stroke([[0, 0], [30, 40], [30, 140]]), stroke([[130, 140], [130, 150]])))
    expected = np.array([0, 50, 150, 250, 260]) / (SPEED * drawing.size)
    assert pace_of(drawing).seconds == pytest.approx(expected)


def test_at_each_moment_there_is_what_was_made_until_then():
    drawing = Drawing(
        (
            stroke([[0, 0], [1, 0], [2, 0]], seconds=[0.0, 0.1, 0.2]),
            stroke([[5, 5], [6, 5]], seconds=[0.3, 0.4]),
        ),
        label=7,
    )
    pace = pace_of(drawing)
    assert [len(s.points) for s in pace.at(0.0).strokes] == [1]
    assert [len(s.points) for s in pace.at(0.15).strokes] == [2]
    later = pace.at(0.3)
    assert [len(s.points) for s in later.strokes] == [3, 1]
    assert later.strokes[0] is drawing.strokes[0]
    assert pace.at(pace.length).strokes == drawing.strokes
    assert later.label == 7


def test_nothing_takes_no_time():
    pace = pace_of(Drawing())
    assert pace.length == 0
    assert pace.at(1.0).strokes == ()


def test_every_real_drawing_begins_empty_handed_and_ends_whole(own_drawings):
    for drawing in own_drawings[::20]:
        pace = pace_of(drawing)
        assert np.all(np.diff(pace.seconds) >= 0)
        assert 0.2 < pace.length < 10
        counts = [sum(len(s.points) for s in pace.at(t).strokes) for t in
                  np.linspace(0, pace.length, 30)]  # fmt: skip
        assert counts == sorted(counts)
        assert counts[-1] == sum(len(s.points) for s in drawing.strokes)
