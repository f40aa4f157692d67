"""The truth about a model on a device: where its nodes ran, in what form, and how exactly."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import onnxruntime as ort

from rnn_desk.core.errors import Refused
from rnn_desk.engine.runtime.devices import Device


@dataclass(frozen=True)
class Forms:
    """Milliseconds for one picture in either form, on a device without a kernel for `operators`:
    with them on the CPU, and with the recurrence written out in plain operations.

    agree: whether both said the same.
    """

    operators: tuple[str, ...]
    operator_ms: float
    written_out_ms: float
    agree: bool = True

    @property
    def written_out(self) -> bool:
        """Whether the recurrence runs written out."""
        return self.agree and self.written_out_ms < self.operator_ms


@dataclass(frozen=True)
class Deviation:
    """Greatest differences from the CPU on one picture: of probabilities, and of hidden states."""

    probabilities: float
    states: float

    @property
    def exact(self) -> bool:
        """Whether they are what float32 explains; a device may compute in fewer bits unasked."""
        return self.probabilities <= 1e-4 and self.states <= 1e-3


@dataclass(frozen=True)
class Placement:
    """Where the nodes of a model ran.

    nodes: how many there are; granted: how many of them ran on the device that was asked for.
    share_of_time: 0..1 of the time in nodes that was spent on it, None where it was not measured.
    left: the other nodes, "operator name", in the order in which they ran. forms: None where there
    was nothing to choose. deviation: None where it was not looked at.
    """

    nodes: int
    granted: int
    share_of_time: float | None
    left: tuple[str, ...] = ()
    forms: Forms | None = None
    deviation: Deviation | None = None

    @property
    def share_of_nodes(self) -> float:
        """0..1."""
        return self.granted / self.nodes if self.nodes else 1.0

    @property
    def record(self) -> dict[str, Any]:
        """All of it, as `--json` prints it."""
        record = {**asdict(self), "share_of_nodes": self.share_of_nodes}
        if self.forms is not None:
            record["forms"]["written_out"] = self.forms.written_out
        return record

    def left_of(self, operators: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these operators have a node that was left to the CPU."""
        left = {name.split()[0] for name in self.left}
        return tuple(op for op in operators if op in left)


def doubt(label: str, there: Placement | None) -> Refused | None:
    """What is to be said of a device that computes less exactly than the CPU; None of any other."""
    deviation = None if there is None else there.deviation
    if deviation is None or deviation.exact:
        return None
    return Refused(
        "{label} gives other numbers than the CPU: on one picture, probabilities differ by up to "
        "{probabilities:.1g}, and hidden states by up to {states:.1g}",
        label=label,
        probabilities=deviation.probabilities,
        states=deviation.states,
    )


def placement(
    session: ort.InferenceSession, events: list[dict[str, Any]], device: Device
) -> Placement:
    """From the profile of two runs, and from what onnxruntime says each provider took.

    In the profile, nodes that a provider has joined are one; and what is said of the providers
    leaves out some of them (WebGPU's, in 1.27). So the one that knows of more nodes is taken.
    """
    ran = [e for e in events if e.get("cat") == "Node" and "provider" in e.get("args", {})]
    second = ran[len(ran) // 2 :]
    spent = [event["dur"] for event in second]
    here = [e["dur"] for e in second if e["args"]["provider"] == device.provider]
    share = sum(here) / sum(spent) if sum(spent) else None
    told = getattr(session, "get_provider_graph_assignment_info", list)  # not in older versions
    said = [
        (subgraph.ep_name, node.op_type, node.name)
        for subgraph in told()
        for node in subgraph.get_nodes()
    ]
    seen = [
        (e["args"]["provider"], e["args"]["op_name"], e["name"].removesuffix("_kernel_time"))
        for e in second
    ]
    taken = said if len(said) > len(seen) else seen
    left = tuple(
        f"{op} {name}".strip() for provider, op, name in taken if provider != device.provider
    )
    return Placement(len(taken), len(taken) - len(left), share, left)
