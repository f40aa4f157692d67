"""Signs that nobody writes: every kind is drawn, the same each time, and none has a label."""

import numpy as np

from rnn_desk.core.raster import rasterise
from rnn_desk.core.references import reference_digits
from training.invented_signs import invented


def test_every_group_is_drawn_and_the_same_each_time() -> None:
    digits = reference_digits().drawings
    groups, again = invented(digits, 0.004), invented(digits, 0.004)
    assert [len(group) for group in groups] == [20, 12, 6, 16]
    for drawing, other in zip(
        [d for group in groups for d in group], [d for group in again for d in group], strict=True
    ):
        assert drawing.label is None
        assert not rasterise(drawing).is_blank
        for a, b in zip(drawing.strokes, other.strokes, strict=True):
            assert np.array_equal(a.points, b.points)
