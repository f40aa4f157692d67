"""Recurrent cells that an exporter has unrolled: the states of all steps, found in the graph.

A cell multiplies its state by the same recurrent weights at every step. So the products with one
and the same weights are looked at, in their order: where what goes into each comes out of the one
before it, these are the states; the last state, which goes into no product, is as far behind the
last product as the others are behind theirs.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from onnx import ModelProto, NodeProto, numpy_helper

_PRODUCTS = ("MatMul", "Gemm", "MatMulInteger")
_FARTHEST = 60
"""Nodes between a product and the next state, at most."""


def chains(model: ModelProto, steps: int) -> tuple[tuple[str, ...], ...]:
    """The states' names, `steps` of them, of every unrolled layer, in the order of computation."""
    return tuple(_Unrolled(model).found(steps))


class _Unrolled:
    """The graph from both sides: who makes a tensor, and who takes it."""

    def __init__(self, model: ModelProto) -> None:
        graph = model.graph
        self._nodes: list[NodeProto] = list(graph.node)
        self._maker = {
            name: k for k, node in enumerate(self._nodes) for name in node.output if name
        }
        self._takers: dict[str, list[int]] = defaultdict(list)
        for k, node in enumerate(self._nodes):
            for name in dict.fromkeys(node.input):
                self._takers[name].append(k)
        self._constants: dict[str, str] = {}
        for tensor in graph.initializer:
            data = tensor.raw_data or numpy_helper.to_array(tensor).tobytes()
            digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
            self._constants[tensor.name] = f"{list(tensor.dims)} {digest}"
        for node in self._nodes:  # what follows from constants alone is one too
            if all(name in self._constants for name in node.input if name) and not any(
                attribute.HasField("g") for attribute in node.attribute
            ):
                said = self._kind(node) + "".join(self._constants.get(n, "") for n in node.input)
                digest = hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()
                for place, name in enumerate(node.output):
                    self._constants[name] = f"{digest} {place}"

    def found(self, steps: int) -> Iterator[tuple[str, ...]]:
        """See `chains`."""
        groups: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for k, node in enumerate(self._nodes):
            if node.op_type in _PRODUCTS and len(node.input) > 1:
                for state, weights in ((0, 1), (1, 0)):
                    name, by = node.input[state], node.input[weights]
                    if by in self._constants and name not in self._constants:
                        groups[node.op_type, self._constants[by]].append((k, name))
        seen = set()
        for products in groups.values():
            if steps - 1 <= len(products) <= steps:
                chain = self._chain(products, steps)
                if chain is not None and chain not in seen:
                    seen.add(chain)
                    yield chain

    def _chain(self, products: list[tuple[int, str]], steps: int) -> tuple[str, ...] | None:
        names = [name for _, name in products]
        if len(set(names)) < len(names):
            return None
        way: list[tuple[str, int, int]] | None = None
        for (k, _), (_, after) in pairwise(products):
            way = self._way(self._nodes[k].output[0], k, after)
            if way is None:
                return None
        if way is None:
            return None
        known, ends = (
            self._follow(self._nodes[k].output[0], way) for k in (products[-2][0], products[-1][0])
        )
        if names[-1] not in known or len(known) != len(ends):
            return None
        last = ends[known.index(names[-1])]
        chain = (*names, last)[-steps:]
        return chain if len(chain) == steps else None

    def _way(self, start: str, first: int, end: str) -> list[tuple[str, int, int]] | None:
        """The shortest way from a tensor to a later one: (kind of node, input, output) each."""
        ways: dict[str, list[tuple[str, int, int]]] = {end: []}
        edge = [end]
        for _ in range(_FARTHEST):
            farther = []
            for name in edge:
                k = self._maker.get(name, -1)
                if k <= first:
                    continue
                node = self._nodes[k]
                for slot, given in enumerate(node.input):
                    if given and given not in ways and given not in self._constants:
                        step = (self._kind(node), slot, list(node.output).index(name))
                        ways[given] = [step, *ways[name]]
                        farther.append(given)
                        if given == start:
                            return ways[given]
            edge = farther
        return None

    def _follow(self, start: str, way: list[tuple[str, int, int]]) -> list[str]:
        """Where the same way leads from a tensor: several ends, in the order of the graph, where
        its nodes cannot be told apart, as slices between computed bounds."""
        ends = {start}
        for kind, slot, place in way:
            ends = {
                self._nodes[k].output[place]
                for name in ends
                for k in self._takers[name]
                if slot < len(self._nodes[k].input)
                and self._nodes[k].input[slot] == name
                and self._kind(self._nodes[k]) == kind
                and place < len(self._nodes[k].output)
            }
        return sorted(ends, key=self._maker.__getitem__)

    def _kind(self, node: NodeProto) -> str:
        """What a node does, the constants that it does it with included."""
        constants = [self._constants.get(name, "") for name in node.input]
        told = sorted(attribute.SerializeToString().hex() for attribute in node.attribute)
        return " ".join([node.domain, node.op_type, *told, *constants])
