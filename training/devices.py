"""Which processor trains, and in which numbers."""

from __future__ import annotations

from typing import Literal

import torch

from rnn_desk.core.errors import Refused

Precision = Literal["float32", "bfloat16"]
"""bfloat16 has float32's range and 8 bits of its 24: enough for products that are summed in
float32, and two to four times as fast where the processor has units for it."""


def precision_named(name: str, device: torch.device) -> Precision:
    """The precision of that name; "auto" is bfloat16 where the device has units for it.

    Raises Refused where a device cannot compute in it.
    """
    if device.type == "cuda":
        able = torch.cuda.is_bf16_supported()
    elif device.type == "cpu":
        able = torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
    else:
        able = False
    if name == "bfloat16" and not able:
        raise Refused("{device} has no units for bfloat16: leave --precision out", device=device)
    return "bfloat16" if able and name in ("auto", "bfloat16") else "float32"


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
