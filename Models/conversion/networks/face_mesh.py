"""Builds the ONNX graph of MediaPipe's face landmark network (Google, Apache-2.0) from its TensorFlow Lite file."""

import math
from collections.abc import Callable

import numpy as np
import onnx

from conversion.errors import ModelError
from conversion.formats.tflite_file import Network, Operator
from conversion.graph import Graph, same_pads

_SAME, _VALID = 0, 1
_NO_ACTIVATION = 0

#: The outputs by how many numbers they have: 468 points of x, y, z; and whether there is a face (a logit).
OUTPUTS = {1404: "landmarks", 1: "presence"}


class _Translation(Graph):
    """Translates operator by operator. TensorFlow's order batch, height, width, channels becomes ONNX's own."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network, self.constants_of = network, dict(network.constants)

    def name(self, number: int) -> str:
        return "image" if number in self.network.inputs else f"t{number}"

    def translate(self, operator: Operator) -> None:
        source, output = self.name(operator.inputs[0]), self.name(operator.outputs[0])
        match operator.name:
            case "DEQUANTIZE":
                # Weights are kept in sixteen bits; here they become constants of thirty-two.
                self.constants_of[operator.outputs[0]] = self.constants_of[operator.inputs[0]].astype(np.float32)
            case "CONV_2D":
                self.window(operator, lambda kernel: kernel.transpose(0, 3, 1, 2), activation=3)
            case "DEPTHWISE_CONV_2D":
                self.window(operator, lambda kernel: kernel.transpose(3, 0, 1, 2), activation=4)
            case "MAX_POOL_2D":
                kernel, stride = [operator.option(4), operator.option(3)], operator.option(2)
                pads = self.pads(operator, kernel, stride)
                self.add("MaxPool", [source], output, kernel_shape=kernel, strides=[stride] * 2, pads=pads)
            case "PRELU":
                slope = self.constants_of[operator.inputs[1]].transpose(2, 0, 1)
                self.add("PRelu", [source, self.constant(f"{output}.s", slope)], output)
            case "ADD":
                self.add("Add", [source, self.name(operator.inputs[1])], output)
            case "PAD":
                begins, ends = self.constants_of[operator.inputs[1]].T[:, [0, 3, 1, 2]]
                self.add("Pad", [source, self.constant(f"{output}.p", [*begins, *ends], np.int64)], output)
            case other:
                raise ModelError(f"{other} is not translated", "Use only the pinned package.")

    def window(self, operator: Operator, order: Callable[[np.ndarray], np.ndarray], activation: int) -> None:
        """A convolution; one that has an activation of its own does not occur."""
        source, kernel, bias = operator.inputs
        if operator.option(activation) != _NO_ACTIVATION:
            raise ModelError("a convolution with an activation is not translated", "Use only the pinned package.")
        weight, stride = order(self.constants_of[kernel]), operator.option(2)
        depthwise = operator.name == "DEPTHWISE_CONV_2D"
        self.convolution(
            self.name(source),
            self.name(operator.outputs[0]),
            weight,
            self.constants_of[bias],
            stride,
            self.pads(operator, weight.shape[2:], stride),
            group=len(weight) if depthwise else 1,
        )

    def pads(self, operator: Operator, kernel: list[int], stride: int) -> tuple[int, ...]:
        _, height, width, _ = self.network.shapes[operator.inputs[0]]
        return same_pads(height, width, kernel, stride) if operator.option(0) == _SAME else (0, 0, 0, 0)


def build(network: Network) -> onnx.ModelProto:
    """The network as ONNX: `image` [N,3,192,192], RGB 0…1 → `landmarks` [N,1404] and `presence` [N,1]."""
    graph = _Translation(network)
    for operator in network.operators:
        graph.translate(operator)
    for number in network.outputs:
        # One pixel: the order of its numbers is the same either way.
        graph.add("Flatten", [graph.name(number)], OUTPUTS[math.prod(network.shapes[number])], axis=1)
    _, height, width, channels = network.shapes[network.inputs[0]]
    outputs = {name: [count] for count, name in OUTPUTS.items()}
    return graph.model("face_mesh", {"image": [channels, height, width]}, outputs)
