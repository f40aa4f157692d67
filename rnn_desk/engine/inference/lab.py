"""The lab: a model that reads while something is done to the picture, or to itself.

What is done to the picture needs no more than the reader. For what is done to the network, the
model is cut up. With nothing done, its parts must give the states and the answers of the whole;
where they do not, the lab does nothing to this network, and says so.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import cached_property

import numpy as np

from rnn_desk.core.arrays import Array
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Accuracy, Experiment, altered
from rnn_desk.core.number_words import digit_of
from rnn_desk.core.raster import Raster
from rnn_desk.core.references import reference_digits
from rnn_desk.core.trace import Target, Trace
from rnn_desk.engine.inference.pieces import Between, nothing
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.inference.split_model import CutUp
from rnn_desk.engine.runtime.sessions import DeviceFailed

TRIALS = 12
"""Reference digits on which the model cut up must agree with the whole one."""


class Lab:
    """One model under experiments. Costs nothing until the first one."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._plain: float | None = None

    def of(self, reader: Reader) -> Lab:
        """The same lab for the same model on another device; what it has found out holds."""
        if reader is self.reader:
            return self
        other = copy.copy(self)
        other.reader = reader
        return other

    def read(self, raster: Raster, experiment: Experiment) -> Trace:
        """The Trace of a raster, which is already altered, with the experiment done to the network.

        Raises Refused.
        """
        if not experiment.changes_network:
            return self.reader.read(raster)
        return self._cut_up().read(raster, experiment)

    def with_gradient(self, trace: Trace, target: Target, experiment: Experiment) -> Trace:
        """The Trace with its gradient, which is that of the network as the file has it."""
        if not experiment.changes_network:
            return self.reader.with_gradient(trace, target)
        why = Refused("the gradient is not worked out while something is done to the network")
        return replace(trace, gradient=why)

    def classify(self, pixels: Array, experiment: Experiment, between: Between = nothing) -> Array:
        """Probabilities `[n, classes]` of pictures `[n, side, side]` that are already altered, with
        the experiment done to the network. Raises Refused."""
        if not experiment.changes_network:
            return self.reader.classify(pixels, between)
        return self._cut_up().classify(pixels, experiment, between)

    def accuracy(self, experiment: Experiment, between: Between = nothing) -> Accuracy:
        """How well the reference digits are read. Raises Refused."""
        pixels = self._pixels(between)
        if self._plain is None:
            self._plain = self._share(self.reader.classify(pixels, between))
        pictures = []
        for number, picture in enumerate(pixels):
            altered_picture = altered(Raster(picture), experiment, number, self.reader.orientation)
            pictures.append(altered_picture.pixels)
            between()
        found = self.classify(np.stack(pictures), experiment, between)
        return Accuracy(self._plain, self._share(found), len(pictures))

    def _pixels(self, between: Between = nothing) -> Array:
        digits = reference_digits()
        return digits.pictures(self.reader.card.frame, range(len(digits.drawings)), between)

    def _share(self, found: Array) -> float:
        classes = [digit_of(name) or name for name in self.reader.card.classes]
        names = [classes[index] for index in found.argmax(axis=1)]
        labels = reference_digits().labels
        return float(np.mean([a == b for a, b in zip(names, labels, strict=True)]))

    def _cut_up(self) -> CutUp:
        if isinstance(self._parts, Refused):
            raise self._parts
        return self._parts.of(self.reader)

    @cached_property
    def _parts(self) -> CutUp | Refused:
        try:
            parts = CutUp(self.reader)
            pixels = self._pixels()
            parts.check([Raster(each) for each in pixels[:: max(1, len(pixels) // TRIALS)]])
        except DeviceFailed:
            raise  # on another device it may come to its end
        except Refused as refusal:
            return Refused("Nothing can be done to this network: {reason}", reason=refusal)
        return parts
