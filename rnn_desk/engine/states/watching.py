"""Tensors other than recurrent states that can be shown beside the rows, found by trying.

One row of a picture after the other is changed a little. Where the place of what that changes moves
along an axis of a tensor as the row moves down the picture, that axis runs along the rows: one
number, or more, a row; or the rows of feature maps, fewer than the picture's. What does not depend
on the picture, and what only repeats another tensor, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto

from rnn_desk.core.arrays import Array
from rnn_desk.core.card import ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.orientation import Orientation
from rnn_desk.core.trace import Watched, WatchedKind
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.input_spec.feeding import feed
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import start
from rnn_desk.protocol.model import MOST_WATCHED_NUMBERS, Watchable

_MOST_HEADS = 16
_MOST_STAGES = 3
"""Stages of a convolutional network whose maps are shown without being asked for."""

_MOVES = 1 / 8
"""Part of an axis by which what changes must move while the row moves down the whole picture."""

_ROWS_TRIED = (1 / 8, 3 / 8, 5 / 8, 7 / 8)
_SHORTEST = 3
"""Rows below which a map shows nothing of where its numbers come from."""


def taken(tensor: Watchable, value: NDArray[Any]) -> Watched:
    """What is shown of the tensor's value in a run, that of the first picture."""
    return Watched(tensor.name, tensor.kind, _laid_out(value, tensor), tensor.weights)


def find(
    dissected: dissection.Dissected, card: ModelCard, orientation: Orientation, names: Iterable[str]
) -> tuple[Watchable, ...]:
    """Those of the named tensors that can be watched: outputs first, then as the graph has them.

    orientation: how the picture lies as it is read, row after row.
    """
    makers = {name: node.op_type for node in dissected.model.graph.node for name in node.output}
    shown = {name for op in dissected.recurrent for name in (op.y, op.x)} & set(makers)
    wanted = [n for n in dict.fromkeys(names) if n in makers and n not in shown]
    named = {entry.name for entry in dissected.model.graph.output}
    wanted.sort(key=lambda name: name not in named)  # of equal ones, that which its maker named
    runs = _runs(dissected, card, orientation, [*shown, *wanted]) if wanted else []
    batch = 1 if card.input.batch == "free" else card.input.batch
    found: list[Watchable] = []
    seen: list[Array] = []
    for name in [*shown, *wanted] if runs else []:
        lies = _lies([run[name] for run in runs], card.side, batch)
        if lies is None:
            continue
        watchable = Watchable(name, makers[name], *lies)
        values = taken(watchable, runs[0][name]).values
        if not any(np.array_equal(values, other) for other in seen):
            seen.append(values)
            if name not in shown:
                found.append(watchable)
    return tuple(found)


def all_names(dissected: dissection.Dissected) -> Iterator[str]:
    """Every tensor that a node of the graph makes, but for what this program has put there."""
    for node in dissected.model.graph.node:
        for name in node.output:
            if name and not name.startswith("desk_") and name != dissected.output:
                yield name


def proposed(
    dissected: dissection.Dissected, card: ModelCard, orientation: Orientation, layers: int
) -> tuple[Watchable, ...]:
    """What is shown without being asked for: weights of attention over the rows, and the feature
    maps of a network that has no recurrent layer."""
    model, maps = dissected.model, not layers
    softmaxes = {n for node in model.graph.node if node.op_type == "Softmax" for n in node.output}
    names = [name for name in all_names(dissected) if name in softmaxes]
    names += [entry.name for entry in model.graph.output[1:]]
    if maps:
        names += _convolved(model)
    found = find(dissected, card, orientation, names)
    weights = [each for each in found if each.weights]
    return (*weights, *(_stages(model, found) if maps else ()))


def _convolved(model: ModelProto) -> list[str]:
    """What comes after the first convolution."""
    first = [n for node in model.graph.node if "Conv" in node.op_type for n in node.output][:1]
    return list(dissection.downstream_of(model.graph, first)) if first else []


def _stages(model: ModelProto, found: Sequence[Watchable]) -> list[Watchable]:
    """Of each convolution what comes of it before its maps get smaller: its activation."""
    convolutions = {n for node in model.graph.node if "Conv" in node.op_type for n in node.output}
    stages: list[Watchable] = []
    for each in found:
        if each.kind != "maps":
            continue
        if each.name in convolutions:
            stages.append(each)
        elif stages and stages[-1].shape == each.shape:
            stages[-1] = each
    if len(stages) <= _MOST_STAGES:
        return stages
    return [stages[0], stages[len(stages) // 2], stages[-1]]


def _runs(
    dissected: dissection.Dissected, card: ModelCard, orientation: Orientation, names: list[str]
) -> list[dict[str, NDArray[Any]]]:
    """The tensors for a picture, and for those with one row changed; none where that fails."""
    side, dice = card.side, np.random.default_rng(0)
    picture = dice.uniform(0.2, 0.8, (side, side)).astype(np.float32)
    change = dice.choice([-0.2, 0.2], side).astype(np.float32)
    pictures = [picture]
    for part in _ROWS_TRIED:
        changed = picture.copy()
        changed[int(part * side)] += change
        pictures.append(changed)
    try:
        session = start(dissection.with_outputs(dissected.model, names).SerializeToString(), CPU)
        return [
            dict(
                zip(
                    names,
                    session.run(names, {dissected.input: feed(p[None], card.input)}),
                    strict=True,
                )
            )
            for p in map(orientation.upright, pictures)
        ]
    except Refused:
        return []
    except Exception:  # noqa: BLE001  onnxruntime raises its own types: nothing to watch then
        return []


def _lies(
    values: Sequence[Any], side: int, batch: int
) -> tuple[WatchedKind, tuple[int, ...], tuple[int, ...], bool, bool] | None:
    """How a tensor lies: kind, shape, axes, upwards, weights; None where not along the rows."""
    plain = values[0]
    if not isinstance(plain, np.ndarray) or plain.dtype.kind != "f":
        return None
    if plain.size > MOST_WATCHED_NUMBERS:
        return None
    if any(each.shape != plain.shape or not np.isfinite(each).all() for each in values):
        return None
    changes = [np.abs(each.astype(np.float64) - plain) for each in values[1:]]
    axes = [axis for axis, size in enumerate(plain.shape) if size > 1]
    if batch > 1:
        of_batch = [axis for axis in axes if _first_alone(changes, axis, batch)]
        if not of_batch:
            return None
        axes.remove(of_batch[0])
    moves = {axis: _move(changes, axis) for axis in axes if plain.shape[axis] >= _SHORTEST}
    moving = [axis for axis in axes if abs(moves.get(axis, 0.0)) >= _MOVES]
    if not moving and all(change.any() for change in changes):
        # Where a softmax over the rows shares out, every row changes; the length alone tells then.
        long = [axis for axis in axes if plain.shape[axis] == side]
        moving = [k for k in long if len(axes) > 1 or all(_parts_of_one(v, k) for v in values)]
        moving = moving if len(long) == 1 else []
        moves.update(dict.fromkeys(moving, 1.0))
    if not moving:
        return None
    row = max(moving, key=lambda axis: abs(moves[axis]))
    rest = [axis for axis in axes if axis != row]
    rows, upwards = plain.shape[row], moves[row] < 0
    across = next((axis for axis in rest if axis > row), None)
    width = 0 if across is None else plain.shape[across]
    if rows in (side, side**2) and not (len(rest) == 2 and width == rows):
        shape = (side, prod(plain.shape[axis] for axis in rest))
        if not rest and rows > side:  # a number for each pixel
            shape = (side, side)
        weights = shape[1] <= _MOST_HEADS and all(_parts_of_one(v, row) for v in values)
        return "rows", shape, (row, *rest), upwards, weights
    if across is None or len(rest) > 2 or width < _SHORTEST:
        return None
    others = tuple(axis for axis in rest if axis != across)
    count = prod(plain.shape[axis] for axis in others)
    return "maps", (count, rows, width), (*others, row, across), upwards, False


def _move(changes: Sequence[NDArray[np.float64]], axis: int) -> float:
    """By what part of the axis what changes moves along it, if it moves one way all the time."""
    size = changes[0].shape[axis]
    others = tuple(k for k in range(changes[0].ndim) if k != axis)
    along = [change.sum(axis=others) for change in changes]
    if not all(each.sum() > 0 for each in along):
        return 0.0
    places = np.array([each @ np.arange(size) / each.sum() for each in along]) / size
    steps = np.diff(places)
    return float(places[-1] - places[0]) if (steps > 0).all() or (steps < 0).all() else 0.0


def _first_alone(changes: Sequence[NDArray[np.float64]], axis: int, batch: int) -> bool:
    """Whether the axis is that of the pictures: only the first of them was changed."""
    if changes[0].shape[axis] != batch:
        return False
    rest = [np.take(change, range(1, batch), axis) for change in changes]
    return not any(each.any() for each in rest)


def _parts_of_one(values: NDArray[Any], row: int) -> bool:
    """Whether the numbers are parts of 1 over the rows."""
    return bool((values >= 0).all() and np.allclose(values.sum(axis=row), 1, atol=1e-2))


def _laid_out(value: NDArray[Any], found: Watchable) -> Array:
    kept = tuple(slice(None) if axis in found.axes else slice(0, 1) for axis in range(value.ndim))
    dropped = [axis for axis in range(value.ndim) if axis not in found.axes]
    laid = value[kept].transpose(*dropped, *found.axes)
    laid = laid.reshape([value.shape[axis] for axis in found.axes])
    if found.kind == "maps":
        laid = laid[..., ::-1, :] if found.upwards else laid
        return np.array(laid.reshape(found.shape), np.float32)
    laid = laid[::-1] if found.upwards else laid
    if laid.size != prod(found.shape):  # a step is a pixel: what was there after each row's last
        last = len(laid) // found.shape[0] - 1
        laid = laid[last :: last + 1]
    return np.array(laid.reshape(found.shape), np.float32)
