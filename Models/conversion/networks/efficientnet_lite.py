"""Builds the ONNX graph of an EfficientNet-Lite from its PyTorch weights.

EfficientNet-Lite (Google, 2020; weights Apache-2.0) is EfficientNet without squeeze-excite and with ReLU6. Each block
is an inverted residual: expand 1x1, depthwise, project 1x1, plus the input where shapes allow it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import onnx

from conversion.graph import Graph, folded, same_pads

BATCH_NORM_EPSILON = 1e-3
FEATURE_CHANNELS, CLASSES = 1280, 1000

#: Depthwise kernel, stride of the first block and expansion of each of the seven stages; the same for every variant.
STAGES = ((3, 1, 1), (3, 2, 6), (5, 2, 6), (3, 2, 6), (5, 1, 6), (5, 2, 6), (3, 1, 6))


@dataclass(frozen=True)
class Variant:
    """What sets one EfficientNet-Lite apart: its input side in pixels and, per stage, repeats and channels."""

    side: int
    repeats: tuple[int, ...]
    channels: tuple[int, ...]


LITE0 = Variant(224, (1, 2, 2, 3, 3, 4, 1), (16, 24, 40, 80, 112, 192, 320))
LITE2 = Variant(260, (1, 3, 3, 4, 4, 5, 1), (16, 24, 48, 88, 120, 208, 352))


class _Lite(Graph):
    """The graph, the weights it takes from, and the side of the picture at this depth."""

    def __init__(self, weights: Mapping[str, np.ndarray], side: int) -> None:
        super().__init__()
        self.weights, self.side = weights, side

    def layer(self, source: str, name: str, weight: str, norm: str, stride: int, clip: bool) -> str:
        """A convolution with its batch norm folded in, and a ReLU6 behind it where asked for."""
        kernel = self.weights[f"{weight}.weight"]
        parts = (self.weights[f"{norm}.{part}"] for part in ("weight", "bias", "running_mean", "running_var"))
        depthwise = kernel.shape[1] == 1 and kernel.shape[2] > 1
        pads = same_pads(self.side, self.side, kernel.shape[2:], stride)
        self.side = math.ceil(self.side / stride)
        output = self.convolution(
            source,
            f"{name}.conv" if clip else name,
            *folded(kernel, *parts, BATCH_NORM_EPSILON),
            stride=stride,
            pads=pads,
            group=kernel.shape[0] if depthwise else 1,
        )
        return self.add("Clip", [output, "relu6.min", "relu6.max"], name) if clip else output


def build(variant: Variant, weights: Mapping[str, np.ndarray]) -> onnx.ModelProto:
    """The network as ONNX: `image` [N,3,side,side] → `logits` [N,1000] and `feature` [N,1280], after ReLU6."""
    graph = _Lite(weights, variant.side)
    graph.constant("relu6.min", 0)
    graph.constant("relu6.max", 6)
    current = graph.layer("image", "stem", "_conv_stem", "_bn0", stride=2, clip=True)
    block = 0
    for (_, first_stride, expansion), repeats in zip(STAGES, variant.repeats, strict=True):
        for repeat in range(repeats):
            current = _block(graph, current, block, first_stride if repeat == 0 else 1, expansion, residual=repeat > 0)
            block += 1
    current = graph.layer(current, "head", "_conv_head", "_bn1", stride=1, clip=True)
    current = graph.add("GlobalAveragePool", [current], "gap")
    current = graph.add("Flatten", [current], "feature", axis=1)
    classifier = [graph.constant("fc.w", weights["_fc.weight"]), graph.constant("fc.b", weights["_fc.bias"])]
    graph.add("Gemm", [current, *classifier], "logits", transB=1)
    outputs = {"logits": [CLASSES], "feature": [FEATURE_CHANNELS]}
    return graph.model("efficientnet_lite", {"image": [3, variant.side, variant.side]}, outputs)


def _block(graph: _Lite, source: str, number: int, stride: int, expansion: int, residual: bool) -> str:
    torch, name = f"_blocks.{number}", f"b{number}"
    current = source
    if expansion > 1:
        current = graph.layer(current, f"{name}.expand", f"{torch}._expand_conv", f"{torch}._bn0", 1, clip=True)
    current = graph.layer(current, f"{name}.dw", f"{torch}._depthwise_conv", f"{torch}._bn1", stride, clip=True)
    current = graph.layer(current, f"{name}.project", f"{torch}._project_conv", f"{torch}._bn2", 1, clip=False)
    return graph.add("Add", [current, source], f"{name}.add") if residual else current
