"""What hypothesis draws for these tests: strokes, drawings, JSON of any shape."""

import numpy as np
from hypothesis import strategies as st

from rnn_desk.core.drawing import Drawing, Stroke

WHOLE = st.integers(0, 500)
"""Whole canvas units keep two points of a stroke either the same or clearly apart."""

PATHS = st.lists(st.tuples(WHOLE, WHOLE), min_size=1, max_size=8)


ORDINARY_PEN = st.none()
ANY_PEN = ORDINARY_PEN | st.floats(5, 80)


@st.composite
def strokes(draw, tool="ink", pens=ORDINARY_PEN, pressed=False):
    """One stroke; `pens` gives its width, and `pressed` says that it may have pressure."""
    points = np.array(draw(PATHS), dtype=float)
    pressure = None
    if pressed and draw(st.booleans()):
        count = len(points)
        levels = st.lists(st.integers(0, 20), min_size=count, max_size=count)
        pressure = np.array(draw(levels)) / 20
    return Stroke(points, tool, draw(pens), pressure)


@st.composite
def drawings(draw, pens=ORDINARY_PEN, pressed=False, most=4):
    """A drawing in ink, of one stroke at least."""
    made = draw(st.lists(strokes(pens=pens, pressed=pressed), min_size=1, max_size=most))
    return Drawing(tuple(made))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)
"""Any JSON, the not-a-number and the infinities that Python's reader lets in among it."""
