"""Reads digits of which it is known what they are, and reports how well."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import Classify
from rnn_desk.core.alphabet import allowed, character_of, class_of
from rnn_desk.core.arrays import Array
from rnn_desk.core.errors import Refused
from rnn_desk.core.labelled import Labelled
from rnn_desk.core.picture import raster_of
from rnn_desk.protocol.judged import confusion_of, judged
from rnn_desk.protocol.model import Model
from rnn_desk.protocol.report import Condition, Report
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.engine import Engine


class Judging(QObject):
    """One set of digits at a time."""

    judged = Signal(object)
    """A Report."""
    refused = Signal(object)
    """A Refused: why there is none."""

    def __init__(
        self, engine: Engine, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._digits: Labelled | None = None
        self._slot = engine.slot("judging", self._answered, failed=self._failed)

    def judge(self, model: Model, digits: Labelled) -> None:
        """Read them; those of which the model knows no class are left out."""
        classes = model.card.classes
        known = [k for k, each in enumerate(digits.labels) if class_of(each, classes) is not None]
        if not known:
            self.refused.emit(
                Refused("{file} holds no digit of a class that the model knows", file=digits.name)
            )
            return
        kept = Labelled(
            digits.name,
            tuple(digits.originals[k] for k in known),
            tuple(digits.labels[k] for k in known),
        )

        def rasters() -> Array:
            return np.stack([raster_of(each, *model.card.frame).pixels for each in kept.originals])

        def ask(pixels: Array) -> None:
            self._digits = kept
            self._slot.want_anew(Classify(model.ref, model, pixels))

        self._background.do(rasters, ask)

    def _answered(self, request: Classify, probabilities: Array) -> None:
        self._slot.want(None)
        digits, classes = self._digits, request.opened.card.classes
        assert digits is not None
        said = probabilities.argmax(axis=1)
        right = allowed(digits.labels, classes)[np.arange(len(said)), said]
        missed, others = judged(digits.originals, digits.labels, probabilities, classes)
        self.judged.emit(
            Report(
                request.opened.card.name,
                tuple(character_of(name) or name for name in classes),
                len(said),
                (Condition(Refused("as they are"), float(right.mean())),),
                confusion_of(digits.labels, said, classes),
                missed,
                (),
                others,
                digits.name,
            )
        )

    def _failed(self, _: Classify, failure: Failure) -> None:
        self._slot.want(None)
        if not failure.is_silent:
            self.refused.emit(failure.why)
