"""What is said of a file that a person opens by hand."""

from __future__ import annotations

import numpy as np

from rnn_desk.core.card import LARGEST_SIDE, MAX_CLASSES, MOST_PIXELS, SMALLEST_SIDE
from rnn_desk.protocol import answers
from rnn_desk.protocol.by_hand import Offered, TriedByHand
from rnn_desk.protocol.checks.arrays import check_name, check_numbers
from rnn_desk.protocol.sentences import ProtocolError

MOST_WAYS, MOST_EXTRAS = 512, 64
"""Of what there is to choose from where a file is opened by hand."""


def offered_of(told: answers.LookedInto) -> Offered:
    """What there is to choose from. Raises ProtocolError."""
    offered = told.offered
    if len(offered.ways) > MOST_WAYS or len(offered.extras) > MOST_EXTRAS:
        raise ProtocolError("more to choose from than there can be")
    if not all(SMALLEST_SIDE <= way.side <= LARGEST_SIDE for way in offered.ways):
        raise ProtocolError("pictures of no side that is known")
    if not all(np.isfinite(extra.proposed) for extra in offered.extras):
        raise ProtocolError("a value that is no number")
    for name in (*offered.classes, *(extra.port.name for extra in offered.extras)):
        check_name(name)
    return offered


def tried_of(told: answers.CameOf) -> TriedByHand:
    """What came of a choice. Raises ProtocolError and NotFinite."""
    tried = told.tried
    if tried.seen.ndim != 3 or max(tried.seen.shape) > MOST_PIXELS or not tried.seen.size:
        raise ProtocolError("a picture of no size that is known")
    if tried.probabilities.shape != (len(tried.classes),):
        raise ProtocolError("probabilities of other classes")
    if len(tried.classes) > MAX_CLASSES or not 0 <= tried.right <= tried.count:
        raise ProtocolError("more than there can be")
    for name in tried.classes:
        check_name(name)
    check_numbers(tried.seen, tried.probabilities, np.array([tried.black, tried.white]))
    return tried
