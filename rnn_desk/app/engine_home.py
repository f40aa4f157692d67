"""What an engine process is for, and what it was asked: all that is known of one."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnn_desk.app.engine_process import EngineProcess
from rnn_desk.app.requests import OfFile, OfWriter, Open, Request
from rnn_desk.protocol.model import Model, ModelRef


@dataclass(eq=False)
class Asked:
    """A request that has not been answered. most: bytes of its answer, 0 until it is sent."""

    number: int
    request: Request
    tries: int = 0
    most: int = 0
    cpu_before: float = 0.0
    cancelled: bool = False


@dataclass(eq=False)
class Home:
    """What a process is for, the process itself while one runs, and what it was asked."""

    foreign: str = ""
    """The file of somebody else's that it runs; "" for the program's own."""
    temporary: bool = False
    """It ends with its first answer."""
    trial: bool = False
    """It tries what a person says of its file, and opens nothing; it ends a while after that."""
    process: EngineProcess | None = None
    asked: dict[int, Asked] = field(default_factory=dict)
    """By number, what it has not answered yet."""
    models: dict[ModelRef, Model] = field(default_factory=dict)
    """Those that it has open."""
    restarts: int = 0
    """How often in a row it was started again: an own one since its last answer, a foreign one
    since its file was opened."""
    words: int = 0
    """What it has said since its last answer."""
    taken: bool = False
    """Somebody has kept its model."""
    opened_at: float = 0.0
    """When it opened a model last: as all other times here, in seconds of the monotonic clock."""
    answered_at: float = 0.0
    """When it gave its last answer."""
    alive_at: float = 0.0
    """When it last said something, was sent something, computed, or was asked nothing."""
    cpu_at: float = 0.0
    """Processor seconds that it had used when it was last seen to compute."""
    cpu_answered: float = 0.0
    """Processor seconds that it had used at its last answer."""

    def runs(self, ref: ModelRef) -> bool:
        """Whether it runs that file, fed in that way."""
        return any(known.same_model_as(ref) for known in self.models)

    def is_outdated_by(self, model: Model) -> bool:
        """Whether it runs that file as it was before the weights beside it became others."""
        return any(known.fingerprint != model.fingerprint for known in self.models.values())


def ref_of(request: Request) -> ModelRef | None:
    """The model that the request is about; None where it is about none."""
    if isinstance(request, Open | OfWriter | OfFile):
        return request.ref
    return None if request.model is None else request.model.ref


def file_of(request: Request) -> str:
    """The name of its model's file; "" where it has none."""
    ref = ref_of(request)
    return "" if ref is None else ref.file
