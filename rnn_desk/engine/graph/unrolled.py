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
_COPIES = ("Cast", "Identity")
_FARTHEST = 60
"""Nodes between a product and the next state, at most."""


def chains(model: ModelProto, steps: int) -> tuple[tuple[str, ...], ...]:
    """The states' names, `steps` of them, of every unrolled layer, in the order of computation."""
    return tuple(_found(Wiring(model), steps))


class Wiring:
    """The graph from both sides: who makes a tensor, and who takes it.

    nodes: in the order of computation. maker: the place of the node that makes a tensor.
    constants: what each tensor that follows from constants alone is, told by its contents. sizes:
    the tensors that follow from constants and from the shapes of others.
    """

    def __init__(self, model: ModelProto) -> None:
        graph = model.graph
        self.nodes: list[NodeProto] = list(graph.node)
        self.maker = {name: k for k, node in enumerate(self.nodes) for name in node.output if name}
        self.outputs = {entry.name for entry in graph.output}
        self._takers: dict[str, list[int]] = defaultdict(list)
        for k, node in enumerate(self.nodes):
            for name in dict.fromkeys(node.input):
                self._takers[name].append(k)
        self.constants: dict[str, str] = {}
        for tensor in graph.initializer:
            data = tensor.raw_data or numpy_helper.to_array(tensor).tobytes()
            digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
            self.constants[tensor.name] = f"{list(tensor.dims)} {digest}"
        for node in self.nodes:  # what follows from constants alone is one too
            if node.op_type == "Identity" and node.input[0] in self.constants:
                self.constants[node.output[0]] = self.constants[node.input[0]]
            elif all(name in self.constants for name in node.input if name) and not any(
                attribute.HasField("g") for attribute in node.attribute
            ):
                said = self._kind(node) + "".join(self.constants.get(n, "") for n in node.input)
                digest = hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()
                for place, name in enumerate(node.output):
                    self.constants[name] = f"{digest} {place}"
        self.sizes: set[str] = set()
        for node in self.nodes:
            known = (name in self.sizes or name in self.constants for name in node.input if name)
            if node.op_type == "Shape" or (node.input and all(known)):
                self.sizes.update(name for name in node.output if name not in self.constants)

    def taken_in(self, k: int) -> str:
        """What a product with constant weights takes in; "" where neither or both are constant."""
        changing = [name for name in self.nodes[k].input[:2] if name not in self.constants]
        return changing[0] if len(changing) == 1 else ""

    def products_like(self, k: int) -> list[tuple[int, str]]:
        """The products with the same weights, in their order, and what they take in."""
        return next((group for group in self.products() if k in dict(group)), [])

    def products(self) -> list[list[tuple[int, str]]]:
        """All products with constant weights, those with the same weights together."""
        groups: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for k, node in enumerate(self.nodes):
            if is_product(node):
                for state, weights in ((0, 1), (1, 0)):
                    name, by = node.input[state], node.input[weights]
                    if by in self.constants and name not in self.constants:
                        groups[node.op_type, self.constants[by]].append((k, self._bare(name)))
        return list(groups.values())

    def _bare(self, name: str) -> str:
        """The tensor that one is a copy of, in whatever type."""
        while (k := self.maker.get(name)) is not None and self.nodes[k].op_type in _COPIES:
            name = self.nodes[k].input[0]
        return name

    def reached(self, sources: set[str]) -> set[str]:
        """Every tensor that depends on one of these, themselves included."""
        found = set(sources)
        for node in self.nodes:
            if not found.isdisjoint(node.input):
                found.update(name for name in node.output if name)
        return found

    def leading_to(self, ends: set[str], by_shape: bool = True) -> set[str]:
        """Every tensor that one of these depends on, themselves included. by_shape: those too of
        which it depends on the shape alone."""
        found = set(ends)
        for node in reversed(self.nodes):
            if not found.isdisjoint(node.output) and (by_shape or node.op_type != "Shape"):
                found.update(name for name in node.input if name)
        return found

    def between(self, start: str, end: str) -> set[str]:
        """What depends on the one tensor, and the other on it; the start not included."""
        return (self.reached({start}) & self.leading_to({end})) - {start}

    def entering(self, inside: set[str], *but: str) -> list[str]:
        """What the nodes that make these tensors take from elsewhere; constants, and what follows
        from shapes, left out."""
        found: dict[str, None] = {}
        for node in self.nodes:
            if not inside.isdisjoint(node.output):
                found.update(
                    (name, None)
                    for name in node.input
                    if name
                    and name not in inside
                    and name not in self.constants
                    and name not in self.sizes
                )
        return [name for name in found if name not in but]

    def chain(self, products: list[tuple[int, str]], steps: int) -> tuple[str, ...] | None:
        """The states that go into these products one after another, if they are states."""
        names = [name for _, name in products]
        if len(set(names)) < len(names):
            return None
        way: list[tuple[str, int, int]] | None = None
        for (k, _), (_, after) in pairwise(products):
            way = self._way(self.nodes[k].output[0], k, after)
            if way is None:
                return None
        if way is None:
            return None
        known, ends = (
            self._follow(self.nodes[k].output[0], way) for k in (products[-2][0], products[-1][0])
        )
        if names[-1] not in known or len(ends) not in (1, len(known)):
            return None
        last = ends[known.index(names[-1]) if len(ends) > 1 else 0]
        chain = (*names, last)[-steps:]
        return chain if len(chain) == steps else None

    def _way(self, start: str, first: int, end: str) -> list[tuple[str, int, int]] | None:
        """The shortest way from a tensor to a later one: (kind of node, input, output) each."""
        ways: dict[str, list[tuple[str, int, int]]] = {end: []}
        edge = [end]
        for _ in range(_FARTHEST):
            farther = []
            for name in edge:
                k = self.maker.get(name, -1)
                if k <= first:
                    continue
                node = self.nodes[k]
                for slot, given in enumerate(node.input):
                    if given and given not in ways and given not in self.constants:
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
                self.nodes[k].output[place]
                for name in ends
                for k in self._takers[name]
                if slot < len(self.nodes[k].input)
                and self.nodes[k].input[slot] == name
                and self._kind(self.nodes[k]) == kind
                and place < len(self.nodes[k].output)
            }
        return sorted(ends, key=self.maker.__getitem__)

    def _kind(self, node: NodeProto) -> str:
        """What a node does, the constants that it does it with included."""
        constants = [self.constants.get(name, "") for name in node.input]
        told = sorted(attribute.SerializeToString().hex() for attribute in node.attribute)
        return " ".join([node.domain, node.op_type, *told, *constants])


def is_product(node: NodeProto) -> bool:
    """Whether it multiplies by a matrix."""
    return node.op_type in _PRODUCTS and len(node.input) > 1


def _found(wiring: Wiring, steps: int) -> Iterator[tuple[str, ...]]:
    seen = set()
    # Keras's own steps are tried once before they are run, and what comes of it is not used.
    used = wiring.leading_to(wiring.outputs, by_shape=False)
    for every in wiring.products():
        products = [each for each in every if wiring.nodes[each[0]].output[0] in used]
        if steps - 1 <= len(products) <= steps:
            chain = wiring.chain(products, steps)
            if chain is not None and chain not in seen:
                seen.add(chain)
                yield chain
