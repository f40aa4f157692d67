"""What is to be read: a pure function of what lies on the desk and of the models that are open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from rnn_desk.app.requests import Read, Source
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.frozen import frozen
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Original, shows_the_same
from rnn_desk.core.trace import Target
from rnn_desk.protocol.model import Model

_PLAIN = Experiment()


@frozen(eq=False)
class Sheet:
    """What lies on the canvas, what the lab does to it and to the first model, and the class whose
    gradient is wanted, None for none; as of a moment of a sheet (see `app.requests`). ruled: see
    `core.ruled`."""

    original: Original = field(default_factory=Drawing)
    experiment: Experiment = _PLAIN
    gradient_of: Target | None = None
    ruled: bool = False
    number: int = 0
    moment: int = 0

    def later(self) -> Sheet:
        """The next moment of the same sheet."""
        return replace(self, moment=self.moment + 1)

    def afresh(self) -> Sheet:
        """A sheet of its own: what was read before is wrong."""
        return replace(self.later(), number=self.number + 1)

    def showing(
        self,
        original: Original,
        experiment: Experiment,
        gradient_of: Target | None,
        ruled: bool = False,
    ) -> Sheet:
        """With this on the desk: a moment later where ink has grown or the lab was changed, afresh
        where it shows something else or another gradient is wanted."""
        same = shows_the_same(original, self.original)
        now = replace(
            self, original=original, experiment=experiment, gradient_of=gradient_of, ruled=ruled
        )
        if (gradient_of, ruled) != (self.gradient_of, self.ruled) or not (
            same or grew(self.original, original)
        ):
            return now.afresh()
        return now if same and experiment == self.experiment else now.later()

    def source(self, models: Sequence[Model]) -> Source | None:
        """What these models read of it; None where nothing is drawn, or there is no model."""
        if self.original.is_empty or not models:
            return None
        first = models[0]
        return Source(
            self.original, first.card.frame, self.experiment, first.orientation, self.ruled
        )

    def readings(self, models: Sequence[Model], source: Source) -> tuple[Read, ...]:
        """One of each model that is shown; the first alone is experimented with."""
        return tuple(
            self._reading(model, source, self.experiment if place == 0 else _PLAIN)
            for place, model in enumerate(models)
        )

    def beside(
        self, models: Sequence[Model], others: Iterable[Model], source: Source, target: Target
    ) -> dict[str, Read]:
        """By their files, one of each other model that reads such pictures, with the gradient of
        this class; of those that are shown, it is there already."""
        asked = replace(self, gradient_of=target)
        return {
            model.ref.path: asked._reading(model, source, _PLAIN)
            for model in _not_shown(models, others)
        }

    def _reading(self, model: Model, source: Source, experiment: Experiment) -> Read:
        return Read(
            model.ref,
            model,
            source,
            experiment,
            self.gradient_of,
            self.number,
            moment=self.moment,
        )


def grew(before: Original, after: Original) -> bool:
    """Whether `after` is `before` with more of the last stroke, or with strokes added to it."""
    if not 0 < len(before.strokes) <= len(after.strokes):
        return False
    *done, last = zip(before.strokes, after.strokes, strict=False)
    return all(a is b for a, b in done) and bool((last[0].points[0] == last[1].points[0]).all())


def _not_shown(models: Sequence[Model], others: Iterable[Model]) -> Iterator[Model]:
    shown = {model.ref.sha256 for model in models}
    for model in others:
        if model.ref.sha256 not in shown and model.card.frame == models[0].card.frame:
            yield model
