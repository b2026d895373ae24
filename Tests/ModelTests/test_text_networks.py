"""MiniLM and the text detector."""

import json
import struct

import numpy as np
import onnx
import pytest

from conftest import built, published, run
from conversion.errors import ModelError
from conversion.formats import safetensors_file
from conversion.networks import minilm
from pulling import selfcheck

#: Two sentences, and the cosine between their embeddings as measured with the original weights.
PAIRS = [
    ("a dog", "puppy", 0.684),
    ("red sports car", "automobile", 0.562),
    ("beach vacation", "seaside holiday", 0.673),
    ("birthday party with friends", "people celebrating an anniversary", 0.451),
]


@pytest.fixture(scope="module")
def vocabulary():
    return {word: number for number, word in enumerate(built("minilm_l6_v2_vocab.txt").decode().splitlines())}


@pytest.fixture(scope="module")
def exact():
    return minilm.build(safetensors_file.read_tensors(published("minilm_l6_v2_int8.onnx"))).SerializeToString()


def embedding(model: bytes, words: str, vocabulary: dict[str, int]) -> np.ndarray:
    """Of words that the vocabulary holds whole."""
    ids = np.array([[vocabulary[word] for word in ("[CLS]", *words.split(), "[SEP]")]])
    return run(model, input_ids=ids, attention_mask=np.ones_like(ids))["embedding"][0]


@pytest.mark.parametrize("one,other,cosine", PAIRS)
def test_what_means_the_same_is_near(one, other, cosine, exact, vocabulary):
    for model, tolerance in ((exact, 0.001), (built("minilm_l6_v2_int8.onnx"), 0.03)):
        vectors = [embedding(model, words, vocabulary) for words in (one, other)]
        assert float(vectors[0] @ vectors[1]) == pytest.approx(cosine, abs=tolerance)


def test_int8_is_near_the_original_and_of_length_one(exact, vocabulary):
    for words in ("sunset over the sea", "a child with a red balloon", "old town"):
        a, b = (embedding(model, words, vocabulary) for model in (exact, built("minilm_l6_v2_int8.onnx")))
        assert a @ b > 0.98 and np.linalg.norm(b) == pytest.approx(1, abs=1e-5)


def test_filling_up_changes_nothing(exact, vocabulary):
    ids = np.array([[101, vocabulary["sea"], 102]])
    filled = np.pad(ids, [(0, 0), (0, 5)])
    alone = run(exact, input_ids=ids, attention_mask=np.ones_like(ids))["embedding"]
    padded = run(exact, input_ids=filled, attention_mask=(filled > 0).astype(np.int64))["embedding"]
    np.testing.assert_allclose(alone, padded, atol=1e-5)


def test_the_word_table_is_eight_bits():
    assert len(built("minilm_l6_v2_int8.onnx")) < 25e6


def safetensors(header: dict, data: bytes) -> bytes:
    raw = json.dumps(header).encode()
    return struct.pack("<Q", len(raw)) + raw + data


def test_safetensors_are_read_and_damaged_ones_refused():
    entry = {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]}
    data = np.array([1.5, -2], "<f4").tobytes()
    content = safetensors({"__metadata__": {}, "w": entry}, data)
    assert safetensors_file.read_tensors(content)["w"].tolist() == [[1.5], [-2]]
    wrong = [content[:-1], content[:5], content[:20], safetensors({"w": {**entry, "dtype": "F99"}}, data)]
    wrong += [safetensors({"w": {**entry, **change}}, data) for change in ({"data_offsets": [-4, 4]}, {"shape": [3]})]
    for damaged in wrong:
        with pytest.raises(ModelError):
            safetensors_file.read_tensors(damaged)


def test_the_text_detector_keeps_its_sight_with_eight_bits():
    page = selfcheck.strokes([1, 3, 192, 320], -1, 1)
    exact, small = (next(iter(run(built(f"ppocrv4_det_{kind}.onnx"), x=page).values())) for kind in ("fp32", "int8"))
    both, either = ((exact > 0.3) & (small > 0.3)).sum(), ((exact > 0.3) | (small > 0.3)).sum()
    assert exact.shape == small.shape == (1, 1, 192, 320) and (exact > 0.3).mean() > 0.1
    # Real pages agree better (0.7 to 0.9); these strokes are nothing the ranges were measured on.
    assert both / either > 0.5


def test_the_text_detector_is_quantised_throughout():
    graph = onnx.load_from_string(built("ppocrv4_det_int8.onnx")).graph
    floats = [t for t in graph.initializer if t.data_type == onnx.TensorProto.FLOAT and np.prod(t.dims) > 20000]
    assert not [tensor.name for tensor in floats]
    assert len(built("ppocrv4_det_int8.onnx")) < len(built("ppocrv4_det_fp32.onnx")) / 3
