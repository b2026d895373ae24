"""Builds dlib's face recognition network (Davis King, CC0-1.0): an aligned 150x150 face → 128 numbers.

Faces of one person lie within about 0.6 of each other (Euclidean, not normalised). Two more outputs serve the age and
gender head: `flat`, what the last layer reads, and `r12`, the output of the last block but one.
"""

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper

from conversion.errors import ModelError
from conversion.formats.dlib_file import Layer
from conversion.graph import Graph

SIDE, BLOCKS = 150, 14
FEATURES = {"flat": [256], "r12": [256, 4, 4]}


class _Network(Graph):
    """The graph, the layers it takes in their order, and the shape (channels, side) of each tensor."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        super().__init__()
        self._waiting = [layer for layer in layers if layer.tag not in ("relu_", "add_prev_")]
        self.shapes: dict[str, tuple[int, int]] = {}

    def take(self, tag: str) -> Layer:
        if not self._waiting or self._waiting[0].tag != tag:
            raise ModelError(f"the dlib file holds another network: no {tag} here", "Use only the pinned package.")
        return self._waiting.pop(0)

    def has_next(self, tag: str) -> bool:
        return bool(self._waiting) and self._waiting[0].tag == tag

    def layer(self, source: str, name: str) -> str:
        """A convolution with the scale and offset behind it folded in."""
        layer, (gamma, beta) = self.take("con_4"), np.split(self.take("affine_").parameters.astype(np.float64), 2)
        filters, rows, columns, stride, _, padding, _ = layer.numbers
        channels, side = self.shapes[source]
        kernel, bias = np.split(layer.parameters.astype(np.float64), [-filters])
        weight = kernel.reshape(filters, channels, rows, columns) * gamma[:, None, None, None]
        self.convolution(source, name, weight, bias * gamma + beta, stride, [padding] * 4)
        self.shapes[name] = (filters, (side + 2 * padding - rows) // stride + 1)
        return name

    def relu(self, source: str, name: str) -> str:
        self.shapes[name] = self.shapes[source]
        return self.add("Relu", [source], name)

    def pool(self, operator: str, tag: str, source: str, name: str) -> str:
        rows, columns, stride, *_ = self.take(tag).numbers
        channels, side = self.shapes[source]
        self.shapes[name] = (channels, (side - rows) // stride + 1)
        return self.add(operator, [source], name, kernel_shape=[rows, columns], strides=[stride, stride])

    def enlarge(self, source: str, shape: tuple[int, int], name: str) -> str:
        """dlib adds tensors of different shapes by padding with zeros at the end of each axis."""
        more_channels, more = (wanted - has for wanted, has in zip(shape, self.shapes[source], strict=True))
        if not more_channels and not more:
            return source
        self.shapes[name] = shape
        return self.add(
            "Pad", [source, self.constant(f"{name}.pads", [0, 0, 0, 0, 0, more_channels, more, more], np.int64)], name
        )

    def block(self, source: str, name: str) -> str:
        """Two convolutions, plus the input, which is halved where the first convolution halves."""
        first = self.relu(self.layer(source, f"{name}.a"), f"{name}.a.relu")
        second = self.layer(first, f"{name}.b")
        skip = self.pool("AveragePool", "avg_pool_2", source, f"{name}.avg") if self.has_next("avg_pool_2") else source
        shape = tuple(map(max, self.shapes[second], self.shapes[skip]))
        second, skip = self.enlarge(second, shape, f"{name}.padb"), self.enlarge(skip, shape, f"{name}.pads_")
        self.shapes[f"{name}.add"] = shape
        return self.relu(self.add("Add", [second, skip], f"{name}.add"), name)


def build(layers: Sequence[Layer]) -> onnx.ModelProto:
    """The network as ONNX: `image` [N,3,150,150], RGB 0…255 → `embedding` [N,128], `flat` and `r12`."""
    graph = _Network(layers)
    mean = graph.take("input_rgb_image_sized").parameters.reshape(1, 3, 1, 1)
    centred = graph.add("Sub", ["image", graph.constant("mean", mean)], "centred")
    current = graph.add("Mul", [centred, graph.constant("inv256", 1 / 256)], "x0")
    graph.shapes[current] = (3, SIDE)
    current = graph.relu(graph.layer(current, "stem"), "stem.relu")
    current = graph.pool("MaxPool", "max_pool_2", current, "pool")
    for number in range(BLOCKS):
        current = graph.block(current, f"r{number}")
    graph.take("avg_pool_2")
    current = graph.add("Flatten", [graph.add("GlobalAveragePool", [current], "gap")], "flat", axis=1)
    last = graph.take("fc_2")
    outputs, inputs = last.numbers
    graph.add("MatMul", [current, graph.constant("fc.w", last.parameters.reshape(inputs, outputs))], "embedding")
    return graph.model("dlib_face_resnet", {"image": [3, SIDE, SIDE]}, {"embedding": [outputs], **FEATURES})


def with_features(model: onnx.ModelProto) -> onnx.ModelProto:
    """A finished file of this network with `flat` and `r12` among its outputs."""
    present = {output.name for output in model.graph.output}
    model.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", *shape])
        for name, shape in FEATURES.items()
        if name not in present
    )
    onnx.checker.check_model(model, full_check=True)
    return model
