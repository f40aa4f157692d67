"""What crosses between the processes while a model is opened by hand."""

from __future__ import annotations

from rnn_desk.core.arrays import Array
from rnn_desk.core.frozen import frozen
from rnn_desk.protocol.findings import Way
from rnn_desk.protocol.model import Facts, Port


@frozen
class Extra:
    """An input beside the picture: its element type by name, and the value that is proposed."""

    port: Port
    dtype: str
    proposed: float


@frozen
class Offered:
    """What there is to choose from for a file.

    ways: in which pictures fit its input, the plainest first. classes: as the file names them, or
    counted; none where it does not say how many there are.
    """

    sha256: str
    facts: Facts
    ways: tuple[Way, ...]
    extras: tuple[Extra, ...]
    classes: tuple[str, ...]


@frozen(eq=False)
class TriedByHand:
    """What comes of a choice.

    seen: `[rows, columns]` or `[channels, rows, columns]`, the picture as the model gets it, 0 what
    black becomes and 1 what white does. black, white: those numbers. classes: their names, one for
    each of the probabilities. right, count: of the reference drawings that could be judged.
    """

    seen: Array
    black: float
    white: float
    classes: tuple[str, ...]
    probabilities: Array
    right: int = 0
    count: int = 0
