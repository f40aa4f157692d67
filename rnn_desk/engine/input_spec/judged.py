"""How well a model reads known drawings, digits or letters, fed in one way: what looks like the
character that was drawn is right too."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rnn_desk.core.alphabet import allowed
from rnn_desk.core.references import References
from rnn_desk.engine.input_spec.feeding import probabilities
from rnn_desk.engine.input_spec.outputs import kind_of
from rnn_desk.engine.input_spec.trial import Trial
from rnn_desk.protocol.findings import Tried, Way

_NEVER = 1e-9


def judged(
    trial: Trial,
    way: Way,
    output: str,
    classes: Sequence[str],
    references: References,
    places: Sequence[int],
) -> Tried:
    """What the way comes to on the drawings at these places. Raises Refused."""
    truths = [references.labels[place] for place in places]
    right = allowed(truths, classes)
    answer = trial.run(way, references.pictures(way.frame, places))[output]
    said = answer.argmax(axis=1)
    count = int(right[np.arange(len(truths)), said].sum())
    of_right = (probabilities(answer, kind_of(answer)) * right).sum(axis=1)
    loss = float(-np.log(np.clip(of_right, _NEVER, 1)).mean())
    return Tried(way, output, count, len(truths), loss)
