"""Opens the published CenterFace detector (Xu et al., 2019; MIT) to photos of any size.

`image` [N,3,H,W], RGB 0…255, sides multiples of 32 → four maps at a quarter of the size.
"""

import onnx

from conversion import editing

_NAMES = {"input.1": "image", "537": "heatmap", "538": "scale", "539": "offset", "540": "landmarks"}
_CHANNELS = {"heatmap": 1, "scale": 2, "offset": 2, "landmarks": 10}
_SHAPES = {"image": [3, "H", "W"], **{name: [channels, "h", "w"] for name, channels in _CHANNELS.items()}}


def build(published: onnx.ModelProto) -> onnx.ModelProto:
    """The detector with free batch and sides, and named outputs."""
    model = editing.renamed(editing.without_constant_inputs(published), _NAMES)
    model = editing.with_opset(editing.with_free_axes(model, _SHAPES))
    return editing.checked(editing.with_folded_batch_norms(model))
