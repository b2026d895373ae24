"""The converters that `manifest.json` names: each turns the content of a source into the content of a model file."""

import json
from collections.abc import Callable
from pathlib import Path

import onnx

from conversion import editing, quantization
from conversion.formats import dlib_file, keras_file, safetensors_file, tflite_file, torch_file
from conversion.labels import vocabulary, wordnet
from conversion.networks import centerface, dlib_face, efficientnet_lite, face_mesh, mini_xception, minilm, ocr_detector

Converter = Callable[[bytes], bytes]

TABLES = Path(__file__).resolve().parents[1] / "tables"


def ranges(name: str) -> quantization.Ranges:
    """The activation ranges of one network."""
    table = json.loads((TABLES / f"{name}_ranges.json").read_text("utf-8"))
    return {tensor: (scale, zero_point) for tensor, (scale, zero_point) in table.items()}


def _network(build: Callable[[bytes], onnx.ModelProto]) -> Converter:
    return lambda content: build(content).SerializeToString()


def _int8(build: Callable[[bytes], onnx.ModelProto], table: str) -> Converter:
    return lambda content: quantization.quantize(build(content), ranges(table)).SerializeToString()


def _lite2(content: bytes) -> onnx.ModelProto:
    return efficientnet_lite.build(efficientnet_lite.LITE2, torch_file.read_tensors(content))


def _dlib_face(content: bytes) -> onnx.ModelProto:
    return dlib_face.build(dlib_file.read_layers(content))


def _centerface(content: bytes) -> onnx.ModelProto:
    return centerface.build(onnx.load_from_string(content))


def _ocr_detector(content: bytes) -> onnx.ModelProto:
    return ocr_detector.build(onnx.load_from_string(content))


def _labels(class_synsets: bytes) -> bytes:
    tables, synsets = vocabulary.read_tables(TABLES), class_synsets.decode("ascii").split()
    return vocabulary.build(synsets, wordnet.read_nouns(), tables).document(vocabulary.digest(TABLES))


CONVERTERS: dict[str, Converter] = {
    "efficientnet_lite2_fp32": _network(_lite2),
    "efficientnet_lite2_int8": _int8(_lite2, "efficientnet_lite2_260"),
    "label_vocabulary": _labels,
    "dlib_face_fp32": _network(_dlib_face),
    "dlib_face_int8": _int8(_dlib_face, "dlib_face_resnet_150"),
    "dlib_face_features": _network(lambda content: dlib_face.with_features(onnx.load_from_string(content))),
    "centerface_fp32": _network(_centerface),
    "centerface_int8": _int8(_centerface, "centerface_dyn"),
    "mini_xception": _network(lambda content: mini_xception.build(keras_file.read_weights(content))),
    "face_mesh": _network(lambda content: face_mesh.build(tflite_file.read_network(content))),
    "minilm_int8": _network(lambda content: minilm.quantized(minilm.build(safetensors_file.read_tensors(content)))),
    "ppocrv4_det_int8": _int8(_ocr_detector, "ppocrv4_det"),
    "free_batch": _network(lambda content: editing.with_free_batch(onnx.load_from_string(content))),
}
