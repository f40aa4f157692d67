"""Models that do harm where they are opened, put together node by node."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from tests.helpers import models


def before_the_picture(build):
    """A model that computes something of its own first: `build(graph)` answers a scalar tensor."""
    g = models.Graph()
    extra = build(g)
    flat = g.node("Reshape", "picture", g.constant(np.array([0, -1])))
    logits = g.node("Gemm", flat, g.weights(784, 10), g.weights(10))
    return g.model(g.node("Add", logits, extra), ["n", 28, 28])


def _never_content():
    """The body of a loop that wants to go on, whatever comes of it."""
    return helper.make_graph(
        [
            helper.make_node("Identity", ["going"], ["goes_on"]),
            helper.make_node("Sin", ["value"], ["next_value"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("step", TensorProto.INT64, []),
            helper.make_tensor_value_info("going", TensorProto.BOOL, []),
            helper.make_tensor_value_info("value", TensorProto.FLOAT, []),
        ],
        [
            helper.make_tensor_value_info("goes_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("next_value", TensorProto.FLOAT, []),
        ],
    )


def endless_loop(g):
    """A loop that is told to go on for ever."""
    body = _never_content()
    most = g.constant(np.array(2**62, np.int64))
    start = g.node("ReduceSum", "picture", keepdims=0)  # or the loop is done when it is opened
    return g.node("Loop", most, g.constant(np.array(True)), start, body=body)


def endless_for_some(g):
    """A loop that goes on as good as for ever where the corner is inked, and is quick elsewhere."""
    inked = g.node("Floor", g.node("Add", _corner(g), g.constant(np.float32(0.8))))
    steps = g.node("Mul", inked, g.constant(np.float32(2.0**40)))
    most = g.node("Cast", steps, to=TensorProto.INT64)
    start = g.node("ReduceSum", "picture", keepdims=0)
    return g.node("Loop", most, g.constant(np.array(True)), start, body=_never_content())


def huge_products(g):
    """Products of large constants, one after the other, which the runtime wants to fold."""
    ones = numpy_helper.from_array(np.array([0.001], np.float32))
    value = g.node("ConstantOfShape", g.constant(np.array([4000, 4000])), value=ones)
    start = value
    for _ in range(200):
        value = g.node("MatMul", value, start)
    return g.node("ReduceMean", value, keepdims=0)


def billion_elements(g):
    """One constant of 4 GB in a few bytes."""
    return g.node(
        "ReduceMean", g.node("ConstantOfShape", g.constant(np.array([10**9]))), keepdims=0
    )


def _corner(g):
    """The least ink in the 4 x 4 pixels at the upper right of the digit's box: none on a digit, and
    much where somebody scribbles over the whole canvas."""
    elsewhere = np.ones((28, 28), np.float32)
    elsewhere[4:8, 20:24] = 0
    return g.node("ReduceMin", g.node("Max", "picture", g.constant(elsewhere)), keepdims=0)


def no_number_for_some(g):
    """The logarithm of what is below zero where the corner is inked."""
    return g.node("Log", g.node("Sub", g.constant(np.float32(0.2)), _corner(g)))


def _answering_otherwise(build):
    """A model whose answer is `build(graph, logits, inked)`; inked: a whole number, 1 where the
    corner is inked, else 0."""
    g = models.Graph()
    flat = g.node("Reshape", "picture", g.constant(np.array([0, -1])))
    logits = g.node("Gemm", flat, g.weights(784, 10), g.weights(10))
    inked = g.node("Floor", g.node("Add", _corner(g), g.constant(np.float32([0.8]))))
    answer = build(g, logits, g.node("Cast", inked, to=TensorProto.INT64))
    return g.model(answer, ["n", 28, 28])


def other_shape_for_some():
    """A model that answers with three classes of ten where the corner is inked."""

    def fewer(g, logits, inked):
        classes = g.node(
            "Sub", g.constant(np.array([10])), g.node("Mul", inked, g.constant(np.array([7])))
        )
        return g.node(
            "Slice", logits, g.constant(np.array([0])), classes, g.constant(np.array([1]))
        )

    return _answering_otherwise(fewer)


def more_answers_for_some():
    """A model that answers two times over one picture where the corner is inked."""

    def twice(g, logits, inked):
        times = g.node("Add", inked, g.constant(np.array([1])))
        return g.node("Tile", logits, g.node("Concat", times, g.constant(np.array([1])), axis=0))

    return _answering_otherwise(twice)


def crash_for_some(g):
    """The least whole number divided by minus one where the corner is inked: Intel's kind of
    processor has no number for that, and the system ends whoever asks."""
    inked = g.node("Floor", g.node("Add", _corner(g), g.constant(np.float32(0.8))))
    sign = g.node("Sub", g.constant(np.float32(1)), g.node("Add", inked, inked))
    least = g.constant(np.array(np.iinfo(np.int32).min))
    divided = g.node(
        "Div",
        g.node("Cast", least, to=TensorProto.INT32),
        g.node("Cast", sign, to=TensorProto.INT32),
    )
    return g.node("Cast", divided, to=TensorProto.FLOAT)
