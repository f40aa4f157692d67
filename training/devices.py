"""Which processor trains."""

from __future__ import annotations

import torch

from rnn_desk.core.errors import Refused


def device_named(name: str) -> torch.device:
    """The device of that name; "auto" is the fastest one there is. Raises Refused."""
    there = {
        "cuda": torch.cuda.is_available(),  # NVIDIA's, and AMD's in torch's ROCm build
        "mps": torch.backends.mps.is_available(),  # Apple's
        "cpu": True,
    }
    if name == "auto":
        name = next(kind for kind, usable in there.items() if usable)
    kind = name.partition(":")[0]
    if not there.get(kind, False):
        raise Refused(
            "This machine, or this build of torch, has no {name}: train with --device {others}",
            name=name,
            others=" or ".join(k for k, usable in there.items() if usable),
        )
    return torch.device(name)
