"""One reading of the drawing by the models that are open, as the worker's thread makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Original
from rnn_desk.core.trace import GradientTrace, Target, Trace

if TYPE_CHECKING:  # the engine brings onnxruntime along, which is loaded after the first paint
    from rnn_desk.engine.reading.lab import Lab
    from rnn_desk.engine.reading.reader import Reader


@dataclass(frozen=True, eq=False)
class ReadWish:
    """What is to be read, by which models, and which gradient is wanted of it.

    lab, experiment: what is done to the picture and to the first model. beside: models of which the
    gradient alone is wanted. glimpse: traces without gates and gradients will do for the moment.
    timing: what was read is shown already, and only the time is wanted.
    """

    number: int
    drawing: Original
    readers: tuple[Reader, ...]
    gradient_of: Target | None
    lab: Lab
    experiment: Experiment
    beside: tuple[Reader, ...] = ()
    glimpse: bool = False
    timing: bool = False


@dataclass(frozen=True, eq=False)
class Answer:
    """The traces, and the readers that gave them: others than asked where a device failed."""

    traces: tuple[Trace, ...]
    readers: tuple[Reader, ...]
    beside: tuple[Trace, ...] = ()
    failure: Refused | None = None


def read(wish: ReadWish) -> Answer:
    """Every model's Trace; on the CPU, once more, where a device failed. Raises Refused."""
    from rnn_desk.engine.runtime.devices import CPU
    from rnn_desk.engine.runtime.sessions import DeviceFailed

    try:
        traces = _traces(wish.readers, wish)
        return Answer(traces, wish.readers, _traces_beside(traces[0], wish))
    except DeviceFailed as failure:
        readers = tuple(reader.on(CPU) for reader in wish.readers)
        traces = _traces(readers, wish)
        return Answer(traces, readers, _traces_beside(traces[0], wish), failure)


def _traces(readers: tuple[Reader, ...], wish: ReadWish) -> tuple[Trace, ...]:
    lab, others = wish.lab.of(readers[0]), readers[1:]
    trace = lab.read(wish.drawing, wish.experiment, wish.glimpse)
    traces = [reader.read(trace.raster, glimpse=wish.glimpse) for reader in others]
    if wish.gradient_of is not None and not wish.glimpse and not trace.raster.is_blank:
        trace = lab.with_gradient(trace, wish.gradient_of, wish.experiment)
        traces = [
            reader.with_gradient(each, wish.gradient_of)
            for reader, each in zip(others, traces, strict=True)
        ]
    return (trace, *traces)


def _traces_beside(first: Trace, wish: ReadWish) -> tuple[Trace, ...]:
    """What the models beside make of the same picture, with the gradient of the same class."""
    if not isinstance(first.gradient, GradientTrace):
        return ()
    target = first.gradient.target
    traces = (reader.with_gradient(reader.read(first.raster), target) for reader in wish.beside)
    return tuple(trace for trace in traces if isinstance(trace.gradient, GradientTrace))
