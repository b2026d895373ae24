"""The graph, its int8 form, and that both still say the same."""

import numpy as np
import onnx
import onnxruntime
import pytest

from conversion import converters, quantization
from conversion.graph import same_padding
from conversion.networks import efficientnet_lite
from pulling import selfcheck


@pytest.fixture(scope="module")
def ranges():
    return converters.ranges("efficientnet_lite2_260")


@pytest.fixture(scope="module")
def quantized(network, ranges):
    return quantization.quantize(network, ranges)


@pytest.mark.parametrize("size,kernel,stride,expected", [(260, 3, 2, (0, 1)), (130, 3, 1, (1, 1)), (65, 5, 2, (2, 2))])
def test_same_padding_puts_the_odd_pixel_behind(size, kernel, stride, expected):
    assert same_padding(size, kernel, stride) == expected


def test_every_variant_has_seven_stages():
    for variant in (efficientnet_lite.LITE0, efficientnet_lite.LITE2):
        assert len(variant.repeats) == len(variant.channels) == len(efficientnet_lite.STAGES)


def test_channels_are_those_of_the_variant(network):
    shapes = {tensor.name: list(tensor.dims) for tensor in network.graph.initializer}
    block = 0
    for repeats, channels in zip(efficientnet_lite.LITE2.repeats, efficientnet_lite.LITE2.channels, strict=True):
        block += repeats
        assert shapes[f"b{block - 1}.project.w"][0] == channels


def test_inputs_outputs_and_operators(network):
    assert [value.name for value in network.graph.input] == ["image"]
    assert [value.name for value in network.graph.output] == ["logits", "feature"]
    operators = {node.op_type for node in network.graph.node}
    assert operators == {"Conv", "Clip", "Add", "GlobalAveragePool", "Flatten", "Gemm"}, "batch norm is folded in"


def test_every_range_is_used_and_every_weight_is_eight_bits(network, quantized, ranges):
    names = [node.name for node in quantized.graph.node]
    assert len(names) == len(set(names)), "ONNX Runtime refuses two nodes of one name"
    inputs = {f"{name}.quantized" for name in ranges}
    assert inputs <= {output for node in quantized.graph.node for output in node.output}
    assert not any(node.op_type == "Clip" for node in quantized.graph.node)
    weights = [tensor for tensor in quantized.graph.initializer if len(tensor.dims) > 1]
    assert {tensor.data_type for tensor in weights} == {onnx.TensorProto.INT8}
    assert quantized.ByteSize() < network.ByteSize() / 3


def test_the_batch_is_free(quantized):
    session = onnxruntime.InferenceSession(quantized.SerializeToString(), providers=["CPUExecutionProvider"])
    picture = selfcheck.waves([1, 3, 260, 260], -0.9, 0.9)
    one = session.run(["logits", "feature"], {"image": picture})
    two = session.run(["logits", "feature"], {"image": np.concatenate([picture, -picture])})
    assert [value.shape for value in two] == [(2, 1000), (2, 1280)]
    np.testing.assert_allclose(two[0][:1], one[0], atol=1e-4)


def test_int8_agrees_with_fp32(network, quantized, file_named):
    check = file_named("efficientnet_lite2_260_fp32.onnx").check
    answers = [selfcheck.answer(model.SerializeToString(), check) for model in (network, quantized)]
    assert np.corrcoef(answers)[0, 1] > 0.98


def test_a_wrong_network_is_noticed(weights, file_named):
    check = file_named("efficientnet_lite2_260_fp32.onnx").check
    spoilt = dict(weights)
    spoilt["_blocks.5._project_conv.weight"] = np.roll(weights["_blocks.5._project_conv.weight"], 1, axis=0)
    content = efficientnet_lite.build(efficientnet_lite.LITE2, spoilt).SerializeToString()
    assert not selfcheck.is_right(content, check)
    assert not selfcheck.is_right(b"no model", check)
