"""Several processes, on one machine or on many, that train one model together.

`torchrun` starts them and tells each in its environment which one it is:

    torchrun --nproc-per-node 2 -m training.cli run lstm

Each has the whole model and the whole data. Of every batch each takes its share, and the gradients
are averaged before the step (torch's DistributedDataParallel), so all take the same step and their
weights stay equal. The batch is the recipe's, however many share it: the result is that of one
process, but for other random augmentation. The first process alone writes and speaks.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import torch
from torch import Tensor, distributed, nn


def started_by_torchrun() -> bool:
    """Whether this process is one of several, as its environment says."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


def rank() -> int:
    """The number of this process, from 0."""
    return distributed.get_rank() if distributed.is_initialized() else 0


def size() -> int:
    """How many processes train together."""
    return distributed.get_world_size() if distributed.is_initialized() else 1


@contextlib.contextmanager
def joined(device: torch.device) -> Iterator[torch.device]:
    """Meet the other processes, if there are any, for as long as the context lasts.

    Gives the device of this process: of several GPUs each process of a machine has one.
    """
    if not started_by_torchrun():
        yield device
        return
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(device)
    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield device
    finally:
        distributed.destroy_process_group()


def together(module: nn.Module) -> nn.Module:
    """The module, so wrapped that its gradients are the mean over all processes."""
    return nn.parallel.DistributedDataParallel(module) if size() > 1 else module


def agreed(tensor: Tensor) -> Tensor:
    """The first process's tensor, in all of them."""
    if size() > 1:
        distributed.broadcast(tensor, src=0)
    return tensor


def summed(tensor: Tensor) -> Tensor:
    """The sum of all processes' tensors, in all of them."""
    if size() > 1:
        distributed.all_reduce(tensor)
    return tensor


def share(batch: Tensor) -> Tensor:
    """This process's part of a batch of indices, as large as every other's.

    A mean over parts is the mean of the batch only where they are equally large, so a last batch
    that cannot be divided loses a picture or two.
    """
    count = len(batch) // size() * size()
    return batch[rank() : count : size()]


def draw_apart(seed: int, epoch: int) -> None:
    """Let every process but the first draw random numbers of its own, the same again each time.

    The first goes on with the run's own generator, whose state is in the checkpoint; the others'
    follow from seed and epoch, so a run that was stopped goes on with the same ones.
    """
    if rank() > 0:
        torch.manual_seed((seed * 1_000_003 + epoch) * 1_009 + rank())
