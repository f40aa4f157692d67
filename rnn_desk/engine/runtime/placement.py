"""Where a model's nodes ran on a device, by the profile of two runs."""

from __future__ import annotations

from typing import Any

import onnxruntime as ort

from rnn_desk.protocol.devices import Device, Placement


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
