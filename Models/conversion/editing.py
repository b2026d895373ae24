"""Edits published ONNX files: opens fixed axes, folds batch norms, raises the opset."""

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import helper, numpy_helper, version_converter

from conversion.graph import IR_VERSION, OPSET, Shape, folded


def without_constant_inputs(model: onnx.ModelProto) -> onnx.ModelProto:
    """Old exporters list every constant among the inputs too, where it cannot be folded; and keep unused ones."""
    graph = model.graph
    used = {name for node in graph.node for name in node.input}
    constants = [constant for constant in graph.initializer if constant.name in used]
    inputs = [value for value in graph.input if value.name not in {constant.name for constant in graph.initializer}]
    for field, kept in ((graph.initializer, constants), (graph.input, inputs)):
        del field[:]
        field.extend(kept)
    return model


def with_free_axes(model: onnx.ModelProto, shapes: Mapping[str, Shape]) -> onnx.ModelProto:
    """Declares these shapes, with a free batch before them, for inputs and outputs; forgets all shapes inside."""
    del model.graph.value_info[:]
    for value in (*model.graph.input, *model.graph.output):
        element = value.type.tensor_type.elem_type
        value.CopyFrom(helper.make_tensor_value_info(value.name, element, ["N", *shapes[value.name]]))
    return model


def with_free_batch(model: onnx.ModelProto) -> onnx.ModelProto:
    """A model whose inner shapes follow the batch already (reshapes with 0 or -1), with the batch declared free."""
    shapes = {
        value.name: [axis.dim_value or axis.dim_param for axis in value.type.tensor_type.shape.dim[1:]]
        for value in (*model.graph.input, *model.graph.output)
    }
    return checked(with_free_axes(without_constant_inputs(model), shapes))


def with_opset(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model in the opset all of Fovea's models share."""
    converted = version_converter.convert_version(model, OPSET)
    converted.ir_version = IR_VERSION
    del converted.graph.value_info[:]
    return converted


def renamed(model: onnx.ModelProto, names: Mapping[str, str]) -> onnx.ModelProto:
    """Gives tensors other names."""
    for node in model.graph.node:
        for field in (node.input, node.output):
            field[:] = [names.get(name, name) for name in field]
    for value in (*model.graph.input, *model.graph.output):
        value.name = names.get(value.name, value.name)
    return model


def with_folded_batch_norms(model: onnx.ModelProto) -> onnx.ModelProto:
    """Folds each batch norm into the convolution before it, which then writes the batch norm's output."""
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    producers = {output: node for node in model.graph.node for output in node.output}
    kept: list[onnx.NodeProto] = []
    for node in model.graph.node:
        before = producers.get(node.input[0]) if node.op_type == "BatchNormalization" else None
        if before is None or before.op_type not in ("Conv", "ConvTranspose") or len(before.input) > 2:
            kept.append(node)
            continue
        epsilon = helper.get_node_attr_value(node, "epsilon")
        weight_name, bias_name = before.input[1], f"{before.input[1]}.bias"
        # A transposed convolution of one group has its output channels second.
        axis = 0 if before.op_type == "Conv" else 1
        kernel = np.moveaxis(constants[weight_name], axis, 0)
        weight, bias = folded(kernel, *(constants[name] for name in node.input[1:]), epsilon)
        constants[weight_name] = np.ascontiguousarray(np.moveaxis(weight, 0, axis), np.float32)
        constants[bias_name] = bias.astype(np.float32)
        before.input.append(bias_name)
        before.output[0] = node.output[0]
        producers[node.output[0]] = before
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(kept)
    model.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())
    return without_constant_inputs(model)


def checked(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model, when it is one that ONNX accepts."""
    onnx.checker.check_model(model, full_check=True)
    return model
