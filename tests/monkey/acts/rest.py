"""Nothing: until nothing is under way any more; and then a look at whether what is shown is so."""

from __future__ import annotations

import time

from tests.monkey import inside
from tests.monkey.acts.act import Act
from tests.monkey.hand import Hand, Pauses
from tests.monkey.watch import truth
from tests.monkey.watch.heartbeat import stacks

PATIENCE = 30.0
"""Seconds after which everything that was begun has to be done."""

_QUIET_MS = 150
_LOOK_MS = 25


def rest(hand: Hand) -> Pauses:
    """Wait, and look."""
    until = time.monotonic() + PATIENCE
    quiet = 0
    while quiet < _QUIET_MS:
        what = inside.under_way(hand.desk)
        quiet = 0 if what else quiet + _LOOK_MS
        if time.monotonic() > until:
            hand.complain(
                f"after {PATIENCE:.0f} s it is still so: {what}",
                f"{inside.waits(hand.desk)}\n{stacks()}",
            )
            return
        yield _LOOK_MS
    standing = inside.stands(hand.desk)
    hand.tell(truth.told(standing))
    views = inside.shown_by_views(hand.desk)
    for sentence in truth.untrue(standing, views, hand.window):
        hand.complain(f"at rest, {sentence}", "")


ACTS = (Act("rest", 6, rest),)
