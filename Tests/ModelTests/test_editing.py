"""Edits of published files, and eight bits for the operators that the label model does not have."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from conftest import run
from conversion import editing, quantization
from conversion.graph import Graph

RANDOM = np.random.default_rng(1)


def old_model(*nodes: onnx.NodeProto, batch: int = 1, **constants: np.ndarray) -> onnx.ModelProto:
    """As exporters wrote them in 2018: constants among the inputs, a fixed batch."""
    initializers = [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in constants.items()]
    inputs = [helper.make_tensor_value_info("image", TensorProto.FLOAT, [batch, 4, 6, 6])]
    inputs += [helper.make_tensor_value_info(t.name, TensorProto.FLOAT, list(t.dims)) for t in initializers]
    outputs = [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)]
    graph = helper.make_graph(list(nodes), "old", inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=7)
    return onnx.shape_inference.infer_shapes(model)


@pytest.mark.parametrize("operator,strides", [("Conv", [1, 1]), ("ConvTranspose", [2, 2])])
def test_a_folded_batch_norm_answers_the_same(operator, strides):
    parts = {name: RANDOM.uniform(0.5, 2, 4) for name in ("gamma", "beta", "mean", "variance")}
    nodes = [
        helper.make_node(operator, ["image", "w"], ["mid"], kernel_shape=[2, 2], strides=strides),
        helper.make_node("BatchNormalization", ["mid", *parts], ["out"], epsilon=1e-3),
    ]
    model = old_model(*nodes, w=RANDOM.normal(size=(4, 4, 2, 2)), unused=np.zeros(3), **parts)
    picture = RANDOM.normal(size=(1, 4, 6, 6)).astype(np.float32)
    before = run(model.SerializeToString(), image=picture)["out"]
    folded = editing.with_folded_batch_norms(model)
    assert [node.op_type for node in folded.graph.node] == [operator]
    assert "unused" not in {tensor.name for tensor in folded.graph.initializer}
    np.testing.assert_allclose(run(folded.SerializeToString(), image=picture)["out"], before, rtol=1e-4, atol=1e-5)


def test_a_batch_norm_behind_something_else_stays():
    nodes = [
        helper.make_node("Relu", ["image"], ["mid"]),
        helper.make_node("BatchNormalization", ["mid", "a", "b", "c", "d"], ["out"]),
    ]
    model = old_model(*nodes, a=np.ones(4), b=np.ones(4), c=np.ones(4), d=np.ones(4))
    assert len(editing.with_folded_batch_norms(model).graph.node) == 2


def test_a_fixed_batch_is_freed():
    shape = numpy_helper.from_array(np.array([0, 24, -1]), "shape")
    model = old_model(helper.make_node("Reshape", ["image", "shape"], ["out"]))
    model.graph.initializer.append(shape)
    model.graph.input.append(helper.make_tensor_value_info("shape", TensorProto.INT64, [3]))
    freed = editing.with_free_batch(onnx.shape_inference.infer_shapes(model))
    assert [value.name for value in freed.graph.input] == ["image"]
    assert freed.graph.input[0].type.tensor_type.shape.dim[0].dim_param == "N"
    assert run(freed.SerializeToString(), image=np.zeros((3, 4, 6, 6), np.float32))["out"].shape == (3, 24, 6)


def test_a_product_gets_one_scale_per_column():
    weight = RANDOM.normal(size=(8, 3)) * [1, 100, 0]
    graph = Graph()
    graph.add("MatMul", ["x", graph.constant("w", weight)], "y")
    small = quantization.quantize(graph.model("product", {"x": [8]}, {"y": [3]}), {"x": (2 / 255, 128)})
    scales = {tensor.name: numpy_helper.to_array(tensor) for tensor in small.graph.initializer}["w.scale"]
    np.testing.assert_allclose(scales, [*np.abs(weight[:, :2]).max(axis=0) / 127, 1], rtol=1e-6)
    x = RANDOM.uniform(-1, 1, (4, 8)).astype(np.float32)
    answer = run(small.SerializeToString(), x=x)["y"]
    np.testing.assert_allclose(answer / [1, 100, 1], x @ weight / [1, 100, 1], atol=0.1)


def test_weights_that_two_nodes_share_are_stored_once():
    graph = Graph()
    weight = graph.constant("w", RANDOM.normal(size=(4, 4, 1, 1)))
    graph.add("Conv", [graph.add("Conv", ["image", weight], "mid"), weight], "out")
    ranges = {"image": (0.02, 128), "mid": (0.05, 128)}
    small = quantization.quantize(graph.model("twice", {"image": [4, 6, 6]}, {"out": [4, 6, 6]}), ranges)
    assert [tensor.name for tensor in small.graph.initializer].count("w.quantized") == 1
    run(small.SerializeToString(), image=np.zeros((1, 4, 6, 6), np.float32))
