"""What every network is built with: a list of nodes and constants that becomes an ONNX model."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR_VERSION = 17, 8

#: A tensor's axes behind the batch, which is free: numbers, or names for free axes.
Shape = Sequence[int | str]


class Graph:
    """The nodes and constants gathered so far. Nodes and tensors have stable names: the int8 tables refer to them."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, operator: str, inputs: list[str], output: str, **attributes: object) -> str:
        """Adds a node with one output, whose name it takes and returns."""
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name: str, value: np.ndarray | float, dtype: type = np.float32) -> str:
        """Adds a constant under `name`, which it returns."""
        # ascontiguousarray would make a list of one out of a single number.
        self.constants.append(numpy_helper.from_array(np.array(value, dtype, order="C"), name))
        return name

    def convolution(
        self,
        source: str,
        output: str,
        weight: np.ndarray,
        bias: np.ndarray | None = None,
        stride: int = 1,
        pads: Sequence[int] = (0, 0, 0, 0),
        group: int = 1,
    ) -> str:
        """Adds a convolution: `weight` is out, in, height, width; `pads` top, left, bottom, right."""
        inputs = [source, self.constant(f"{output}.w", weight)]
        if bias is not None:
            inputs.append(self.constant(f"{output}.b", bias))
        attributes = {"kernel_shape": weight.shape[2:], "strides": [stride, stride], "pads": list(pads)}
        return self.add("Conv", inputs, output, **attributes, group=group)

    def model(
        self, name: str, inputs: Mapping[str, Shape], outputs: Mapping[str, Shape], kind: int = TensorProto.FLOAT
    ) -> onnx.ModelProto:
        """The checked model; `kind` is the element type of the inputs."""
        body = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(key, kind, ["N", *shape]) for key, shape in inputs.items()],
            [helper.make_tensor_value_info(key, TensorProto.FLOAT, ["N", *shape]) for key, shape in outputs.items()],
            self.constants,
        )
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="fovea")
        onnx.checker.check_model(model, full_check=True)
        return model


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """TensorFlow's SAME padding of one axis, before and behind: the odd pixel goes behind."""
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def same_pads(height: int, width: int, kernel: Sequence[int], stride: int) -> tuple[int, int, int, int]:
    """SAME padding of both axes in ONNX's order: top, left, bottom, right."""
    top, bottom = same_padding(height, kernel[0], stride)
    left, right = same_padding(width, kernel[1], stride)
    return top, left, bottom, right


def folded(
    kernel: np.ndarray, gamma: np.ndarray, beta: np.ndarray, mean: np.ndarray, variance: np.ndarray, epsilon: float
) -> tuple[np.ndarray, np.ndarray]:
    """Weight and bias of a convolution (out axis first) with the batch norm behind it folded in, in float64."""
    scale = gamma.astype(np.float64) / np.sqrt(variance.astype(np.float64) + epsilon)
    weight = kernel.astype(np.float64) * scale.reshape(-1, *([1] * (kernel.ndim - 1)))
    return weight, beta.astype(np.float64) - mean.astype(np.float64) * scale
