"""dlib's file, read byte by byte, and the face network built out of it."""

import numpy as np
import onnx
import pytest

from conftest import built, in_mirror, published, run
from conversion.errors import ModelError
from conversion.formats import dlib_file
from conversion.networks import dlib_face
from pulling import selfcheck

FP32, INT8 = "dlib_face_resnet_150_fp32.onnx", "dlib_face_resnet_150_int8.onnx"
FACE = selfcheck.waves([1, 3, 150, 150], 0, 255)


def integer(value: int) -> bytes:
    raw = abs(value).to_bytes((abs(value).bit_length() + 7) // 8 or 1, "little")
    return bytes([len(raw) | (0x80 if value < 0 else 0)]) + raw


def tensor(*values: float) -> bytes:
    shape = b"".join(map(integer, (2, 1, 1, 1, len(values))))
    return shape + np.array(values, "<f4").tobytes()


def tag(name: bytes) -> bytes:
    return integer(len(name)) + name


@pytest.fixture(scope="module")
def layers():
    return dlib_file.read_layers(published(FP32))


def test_layers_are_read_from_their_bytes():
    numbers = (2, 1, 1, -1, 300, 0, 70000)
    convolution = tag(b"con_4") + tensor(1, 2, 3) + b"".join(map(integer, numbers))
    mean = b"".join(integer(part) for part in (5, -1, -3, 2, 0, 4))
    content = b"head" + tag(b"input_rgb_image_sized") + mean + integer(150) * 2 + convolution + tag(b"relu_") + b"tail"
    first, second, third = dlib_file.read_layers(content)
    assert first.parameters.tolist() == [2.5, -12, 0] and first.numbers == (150, 150)
    assert second.parameters.tolist() == [1, 2, 3] and second.numbers == numbers
    assert third.tag == "relu_"


def test_a_tag_among_weights_is_not_taken_for_a_layer():
    disguised = np.frombuffer(tag(b"relu_") + b"\0", "<f4")
    assert [layer.tag for layer in dlib_file.read_layers(tag(b"affine_") + tensor(*disguised))] == ["affine_"]


def test_files_cut_short_or_of_another_network_are_refused(layers):
    content = tag(b"con_4") + tensor(1, 2, 3) + b"".join(map(integer, range(7)))
    for length in (9, 14, 20, len(content) - 1):
        with pytest.raises(ModelError, match="ends early"):
            dlib_file.read_layers(content[:length])
    with pytest.raises(ModelError, match="another network"):
        dlib_face.build(layers[:1] + layers[3:])


def test_the_file_holds_the_layers_of_the_network(layers):
    tags = [layer.tag for layer in layers]
    assert tags.count("con_4") == tags.count("affine_") == 29
    assert tags.count("add_prev_") == dlib_face.BLOCKS and tags[0] == "input_rgb_image_sized"
    np.testing.assert_allclose(layers[0].parameters, [122.782, 117.001, 104.298], atol=1e-3)


def test_shapes_follow_the_published_sizes(layers):
    inferred = onnx.shape_inference.infer_shapes(dlib_face.build(layers))
    shapes = {
        value.name: [axis.dim_value for axis in value.type.tensor_type.shape.dim[1:]]
        for value in (*inferred.graph.value_info, *inferred.graph.output)
    }
    for name, shape in {"pool": [32, 35, 35], "r6": [64, 17, 17], "r10.b": [256, 3, 3], "r13": [256, 2, 2]}.items():
        assert shapes[name] == shape, name
    assert (shapes["embedding"], shapes["flat"], shapes["r12"]) == ([128], [256], [256, 4, 4])


def test_int8_is_near_fp32_in_every_output():
    exact, small = run(built(FP32), image=FACE), run(built(INT8), image=FACE)
    assert np.linalg.norm(exact["embedding"] - small["embedding"]) < 0.05, "two people differ by 0.6"
    for name in ("flat", "r12"):
        a, b = exact[name].ravel(), small[name].ravel()
        assert a @ b / np.linalg.norm(a) / np.linalg.norm(b) > 0.999 and min(a.min(), b.min()) >= 0


def test_a_finished_file_gets_the_two_outputs_and_keeps_its_answer():
    finished = in_mirror(INT8)
    extended = dlib_face.with_features(onnx.load_from_string(finished)).SerializeToString()
    before, after = run(finished, image=FACE), run(extended, image=FACE)
    np.testing.assert_array_equal(before["embedding"], after["embedding"])
    assert after["flat"].shape == (1, 256) and after["r12"].shape == (1, 256, 4, 4)
    again = dlib_face.with_features(onnx.load_from_string(extended))
    assert len(again.graph.output) == 3
