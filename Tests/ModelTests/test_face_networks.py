"""CenterFace, mini-XCEPTION, the face mesh and the age and gender head."""

import numpy as np
import onnx
import pytest

from conftest import MODELS, built, published, run
from conversion.errors import ModelError
from conversion.formats import keras_file, tflite_file
from pulling import selfcheck


def test_centerface_answers_as_published():
    batch = (
        np.repeat(selfcheck.waves([1, 3, 32, 32], 0, 255), 10, axis=0) * np.linspace(0.1, 1, 10)[:, None, None, None]
    )
    before = run(published("centerface_dyn_fp32.onnx"), **{"input.1": batch.astype(np.float32)})
    after = run(built("centerface_dyn_fp32.onnx"), image=batch.astype(np.float32))
    for old, new in {"537": "heatmap", "538": "scale", "539": "offset", "540": "landmarks"}.items():
        np.testing.assert_allclose(after[new], before[old], atol=2e-6)


@pytest.mark.parametrize("precision", ["fp32", "int8"])
def test_centerface_takes_any_multiple_of_32(precision):
    for height, width in ((32, 160), (96, 64)):
        outputs = run(built(f"centerface_dyn_{precision}.onnx"), image=selfcheck.waves([1, 3, height, width], 0, 255))
        assert {value.shape[2:] for value in outputs.values()} == {(height // 4, width // 4)}


def test_centerface_keeps_no_batch_norm_and_no_constant_input():
    graph = onnx.load_from_string(built("centerface_dyn_fp32.onnx")).graph
    assert [value.name for value in graph.input] == ["image"]
    assert "BatchNormalization" not in {node.op_type for node in graph.node}


def test_mini_xception_gives_seven_probabilities():
    pictures = np.concatenate([selfcheck.waves([1, 1, 64, 64], -1, high) for high in (-0.5, 0, 1)])
    probabilities = run(built("fer_mini_xception_64.onnx"), image=pictures)["probabilities"]
    assert probabilities.shape == (3, 7) and (probabilities >= 0).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert built("fer_mini_xception_64.onnx").count(b"BatchNormalization") == 0


def test_a_keras_file_that_is_none_is_refused():
    with pytest.raises(ModelError, match="cannot be read"):
        keras_file.read_weights(b"something else")
    with pytest.raises(ModelError, match="no kernel of conv2d_99"):
        keras_file.read_weights(published("fer_mini_xception_64.onnx"))("conv2d_99", "kernel")


def test_the_mesh_has_the_shapes_of_its_file():
    network = tflite_file.read_network(published("facemesh_192_468.onnx"))
    inferred = onnx.shape_inference.infer_shapes(
        onnx.load_from_string(built("facemesh_192_468.onnx")), strict_mode=True
    )
    compared = 0
    for value in inferred.graph.value_info:
        height_last = [axis.dim_value for axis in value.type.tensor_type.shape.dim[1:]]
        _, height, width, channels = network.shapes[int(value.name[1:])]
        assert height_last == [channels, height, width], value.name
        compared += 1
    assert compared > 90


def test_a_tflite_file_that_is_damaged_is_refused():
    content = published("facemesh_192_468.onnx")
    for damaged in (b"", b"something else", content[:64], content[:4] + b"TFL3" + b"\xff" * 64):
        with pytest.raises(ModelError):
            tflite_file.read_network(damaged)


@pytest.fixture(scope="module")
def face():
    return run(built("dlib_face_resnet_150_int8.onnx"), image=selfcheck.waves([1, 3, 150, 150], 0, 255))


@pytest.mark.parametrize(
    "name,inputs", [("face_attributes_head", ("flat", "r12")), ("face_attributes_head_embedding", ("embedding",))]
)
def test_the_head_reads_what_the_face_network_gives(face, name, inputs):
    head = (MODELS / "own" / f"{name}.onnx").read_bytes()
    both = {key: np.concatenate([face[key], face[key] * np.float32(0.5)]) for key in inputs}
    alone, pair = run(head, **{key: face[key] for key in inputs}), run(head, **both)
    assert set(alone) == {"age_mean", "age_low", "age_high", "gender_male_probability"}
    for key, value in alone.items():
        np.testing.assert_allclose(pair[key][:1], value, rtol=1e-4, err_msg=key)
    assert 0 <= alone["age_low"][0] <= alone["age_mean"][0] <= alone["age_high"][0] <= 101
    assert 0 <= alone["gender_male_probability"][0] <= 1


def test_the_head_answers_alike_for_fp32_and_int8(face):
    head = (MODELS / "own" / "face_attributes_head.onnx").read_bytes()
    exact = run(built("dlib_face_resnet_150_fp32.onnx"), image=selfcheck.waves([1, 3, 150, 150], 0, 255))
    ages = [run(head, flat=outputs["flat"], r12=outputs["r12"])["age_mean"][0] for outputs in (exact, face)]
    assert abs(ages[0] - ages[1]) < 1
