"""Models of versions of ONNX that onnxruntime does not run, written anew in one that it does."""

from __future__ import annotations

import copy

from onnx import ModelProto, version_converter

from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph.nodes import opset_of

OLDEST = 7
"""The version of the standard operators from which on onnxruntime runs them all."""

_WRITTEN = 9
_LEAST_IR = 3


def modernised(model: ModelProto) -> ModelProto:
    """The model itself, or one of a version that is run. Raises Refused."""
    version = opset_of(model)
    if version >= OLDEST or not any(o.domain in ("", "ai.onnx") for o in model.opset_import):
        return model
    try:
        made = version_converter.convert_version(_of_one_picture(model), _WRITTEN)
    except Exception as error:  # onnx raises its own types
        raise Refused(
            "it is written for version {version} of ONNX's operators, and onnxruntime runs those "
            "from {oldest} on; it cannot be converted: export it anew",
            version=version,
            oldest=OLDEST,
        ) from error
    made.ir_version = max(made.ir_version, _LEAST_IR)
    own = {entry.name: entry for entry in model.graph.input}
    for entry in made.graph.input:
        entry.CopyFrom(own.get(entry.name, entry))
    for entry in made.graph.output:
        entry.type.tensor_type.ClearField("shape")
    del made.graph.value_info[:]
    return made


def _of_one_picture(model: ModelProto) -> ModelProto:
    """A copy whose open axes are of length 1: the converter of older operators wants numbers."""
    model = copy.deepcopy(model)
    del model.graph.value_info[:]
    for entry in (*model.graph.input, *model.graph.output):
        for dim in entry.type.tensor_type.shape.dim:
            if not dim.dim_value:
                dim.dim_value = 1
    return model
