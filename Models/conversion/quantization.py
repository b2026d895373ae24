"""Makes an int8 model out of a float one with activation ranges that were measured beforehand.

A fresh machine has no photos to calibrate with, so the ranges are part of this repository
(`tables/*_ranges.json`: tensor → [scale, zero point] of unsigned eight bits, min-max over 30 to 200 photos). Weights
are signed eight bits, symmetric, one scale per output channel: what the VNNI instructions multiply.
"""

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import helper, numpy_helper

Ranges = Mapping[str, tuple[float, int]]

#: Operators whose weights become eight bits, and the axis of the weights that is the output channel.
_CHANNEL_AXIS = {"Conv": 0, "Gemm": 0, "MatMul": 1}
_CLIPPING = ("Clip", "Relu")


def quantize(model: onnx.ModelProto, ranges: Ranges) -> onnx.ModelProto:
    """The model with QuantizeLinear/DequantizeLinear pairs (QDQ) around every tensor that has a range."""
    source = model.graph
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in source.initializer}
    body = _Body(constants, ranges)
    for graph_input in source.input:
        body.quantize_activation(graph_input.name)
    for node in _without_clips(source.node, ranges):
        body.add(node)
    used = {name for node in body.nodes for name in node.input}
    initializers = [numpy_helper.from_array(value, name) for name, value in constants.items() if name in used]
    graph = helper.make_graph(body.nodes, source.name, list(source.input), list(source.output), initializers)
    quantized = helper.make_model(
        graph, opset_imports=model.opset_import, ir_version=model.ir_version, producer_name=model.producer_name
    )
    onnx.checker.check_model(quantized, full_check=True)
    return quantized


def _without_clips(nodes: list[onnx.NodeProto], ranges: Ranges) -> list[onnx.NodeProto]:
    """Drops each activation whose range does its work: saturating to unsigned eight bits clips as well."""
    kept: list[onnx.NodeProto] = []
    producers: dict[str, onnx.NodeProto] = {}
    for original in nodes:
        node = onnx.NodeProto()
        node.CopyFrom(original)
        if node.op_type in _CLIPPING and node.output[0] in ranges and node.input[0] not in ranges:
            producer = producers[node.input[0]]
            producer.output[0] = node.output[0]
            producers[node.output[0]] = producer
            continue
        kept.append(node)
        producers[node.output[0]] = node
    return kept


class _Body:
    """The nodes of the quantised graph. A quantised tensor keeps its name where it is read: producers write another."""

    def __init__(self, constants: dict[str, np.ndarray], ranges: Ranges) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self._constants = constants
        self._ranges = ranges
        self._read_as: dict[str, str] = {}

    def add(self, node: onnx.NodeProto) -> None:
        inputs = [self._read_as.get(name, name) for name in node.input]
        if node.op_type in _CHANNEL_AXIS and node.input[0] in self._ranges and node.input[1] in self._constants:
            inputs[1:] = self._quantized_parameters(node)
        del node.input[:]
        node.input.extend(inputs)
        self.nodes.append(node)
        output = node.output[0]
        if output in self._ranges:
            # The name belongs to the dequantised tensor, as it may be an output of the graph.
            node.output[0] = f"{output}.raw"
            self.quantize_activation(output, raw=node.output[0], dequantized=output)

    def quantize_activation(self, name: str, raw: str | None = None, dequantized: str | None = None) -> None:
        if name not in self._ranges:
            return
        scale, zero_point = self._ranges[name]
        parameters = [
            self._constant(f"{name}.scale", np.array(scale, np.float32)),
            self._constant(f"{name}.zero_point", np.array(zero_point, np.uint8)),
        ]
        self._node("QuantizeLinear", [raw or name, *parameters], f"{name}.quantized")
        self._read_as[name] = self._node(
            "DequantizeLinear", [f"{name}.quantized", *parameters], dequantized or f"{name}.dequantized"
        )

    def _quantized_parameters(self, node: onnx.NodeProto) -> list[str]:
        """Weight and, where there is one, bias of a node as int8 and int32, read through DequantizeLinear."""
        axis, (weight_name, *bias_names) = _CHANNEL_AXIS[node.op_type], node.input[1:]
        weight = self._constants[weight_name]
        input_scale = np.float32(self._ranges[node.input[0]][0])
        scale = np.abs(np.moveaxis(weight, axis, 0).reshape(weight.shape[axis], -1)).max(axis=1) / np.float32(127)
        for bias_name in bias_names:
            # Near-dead channels have a scale so small that their int32 bias would overflow.
            scale = np.maximum(scale, np.abs(self._constants[bias_name]) / (input_scale * np.float32(2**30)))
        scale = np.where(scale == 0, np.float32(1), scale).astype(np.float32)
        columns = np.expand_dims(scale, [other for other in range(weight.ndim) if other != axis])
        rounded = np.clip(np.rint(weight / columns), -127, 127).astype(np.int8)
        parameters = [self._dequantized(weight_name, rounded, scale, axis)]
        for bias_name in bias_names:
            bias_scale = scale * input_scale
            rounded = np.rint(self._constants[bias_name] / bias_scale).astype(np.int32)
            parameters.append(self._dequantized(bias_name, rounded, bias_scale, 0))
        return parameters

    def _dequantized(self, name: str, value: np.ndarray, scale: np.ndarray, axis: int) -> str:
        if (dequantized := f"{name}.dequantized") in (node.output[0] for node in self.nodes):
            return dequantized  # two nodes share these weights
        inputs = [
            self._constant(f"{name}.quantized", value),
            self._constant(f"{name}.scale", scale),
            self._constant(f"{name}.zero_point", np.zeros(scale.shape, value.dtype)),
        ]
        return self._node("DequantizeLinear", inputs, dequantized, axis=axis)

    def _constant(self, name: str, value: np.ndarray) -> str:
        self._constants[name] = value
        return name

    def _node(self, operator: str, inputs: list[str], output: str, **attributes: int) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=f"{output}.{operator}", **attributes))
        return output
