"""Builds MiniLM-L6-v2 (sentence-transformers, Apache-2.0): the tokens of a sentence → 384 numbers of length one.

Sentences that mean the same lie near each other. A BERT of six layers (Devlin et al., 2018), the mean over its tokens,
normalised. Stored with eight bits per weight; activations are quantised as it runs.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto
from onnxruntime import quantization

from conversion.graph import Graph

LAYERS, HEADS, WIDTH = 6, 12, 384
NORM_EPSILON = 1e-12
#: Added to the scores of tokens that are only there to fill up.
MASKED = -10000.0


class _Network(Graph):
    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        super().__init__()
        self.weights = weights

    def norm(self, source: str, output: str, weight: str) -> str:
        parts = [self.constant(f"{output}.{part}", self.weights[f"{weight}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", [source, *parts], output, axis=-1, epsilon=NORM_EPSILON)

    def linear(self, source: str, output: str, weight: str, scale: float = 1) -> str:
        kernel = self.constant(f"{output}.w", self.weights[f"{weight}.weight"].T * scale)
        bias = self.constant(f"{output}.b", self.weights[f"{weight}.bias"] * scale)
        return self.add("Add", [self.add("MatMul", [source, kernel], f"{output}.product"), bias], output)

    def heads(self, source: str, order: list[int]) -> str:
        split = self.add("Reshape", [source, "split"], f"{source}.split")
        return self.add("Transpose", [split], f"{source}.heads", perm=order)

    def embeddings(self) -> str:
        """Word plus place plus kind of sentence, which is always the first."""
        words = self.constant("words", self.weights["embeddings.word_embeddings.weight"])
        kind = self.weights["embeddings.token_type_embeddings.weight"][0]
        places = self.constant("places", self.weights["embeddings.position_embeddings.weight"] + kind)
        word = self.add("Gather", [words, "input_ids"], "word", axis=0)
        length = self.add("Shape", ["input_ids"], "length", start=1, end=2)
        place = self.add("Slice", [places, self.constant("zero", [0], np.int64), length], "place")
        return self.norm(self.add("Add", [word, place], "word.place"), "embedded", "embeddings.LayerNorm")

    def layer(self, source: str, number: int) -> str:
        name, weight = f"l{number}", f"encoder.layer.{number}"
        attention = f"{weight}.attention.self"
        query = self.linear(source, f"{name}.query", f"{attention}.query", scale=(WIDTH // HEADS) ** -0.5)
        query = self.heads(query, [0, 2, 1, 3])
        key = self.heads(self.linear(source, f"{name}.key", f"{attention}.key"), [0, 2, 3, 1])
        value = self.heads(self.linear(source, f"{name}.value", f"{attention}.value"), [0, 2, 1, 3])
        scores = self.add("Add", [self.add("MatMul", [query, key], f"{name}.scores"), "mask.scores"], f"{name}.masked")
        scores = self.add("Softmax", [scores], f"{name}.softmax", axis=-1)
        context = self.add("MatMul", [scores, value], f"{name}.context")
        context = self.add("Transpose", [context], f"{name}.joined", perm=[0, 2, 1, 3])
        context = self.add("Reshape", [context, "join"], f"{name}.attention")
        attended = self.linear(context, f"{name}.out", f"{weight}.attention.output.dense")
        attended = self.add("Add", [attended, source], f"{name}.out.sum")
        attended = self.norm(attended, f"{name}.attended", f"{weight}.attention.output.LayerNorm")
        wide = self.gelu(self.linear(attended, f"{name}.wide", f"{weight}.intermediate.dense"))
        narrow = self.linear(wide, f"{name}.narrow", f"{weight}.output.dense")
        return self.norm(self.add("Add", [narrow, attended], f"{name}.sum"), name, f"{weight}.output.LayerNorm")

    def gelu(self, source: str) -> str:
        """x/2 (1 + erf(x/√2))."""
        erf = self.add("Erf", [self.add("Mul", [source, "half.root"], f"{source}.scaled")], f"{source}.erf")
        gate = self.add("Add", [erf, "one"], f"{source}.gate")
        return self.add("Mul", [self.add("Mul", [source, "half"], f"{source}.half"), gate], f"{source}.gelu")


def build(weights: Mapping[str, np.ndarray]) -> onnx.ModelProto:
    """The network as ONNX: `input_ids` and `attention_mask` [N,L] → `embedding` [N,384]."""
    graph = _Network(weights)
    for name, value in {"one": 1, "half": 0.5, "half.root": 0.5**0.5, "masked": MASKED}.items():
        graph.constant(name, value)
    graph.constant("split", [0, 0, HEADS, WIDTH // HEADS], np.int64)
    graph.constant("join", [0, 0, WIDTH], np.int64)
    mask = graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    hidden = graph.add("Mul", [graph.add("Sub", ["one", mask], "hidden"), "masked"], "hidden.scores")
    graph.add("Unsqueeze", [hidden, graph.constant("axes", [1, 2], np.int64)], "mask.scores")
    current = graph.embeddings()
    for number in range(LAYERS):
        current = graph.layer(current, number)
    weight = graph.add("Unsqueeze", [mask, graph.constant("last", [2], np.int64)], "mask.weight")
    total = graph.add("Mul", [current, weight], "kept")
    # Dividing by the length at the end makes the mean out of the sum at the same time.
    total = graph.add("ReduceSum", [total, graph.constant("tokens", [1], np.int64)], "sum", keepdims=0)
    graph.add("LpNormalization", [total], "embedding", axis=1, p=2)
    return graph.model(
        "minilm", {"input_ids": ["L"], "attention_mask": ["L"]}, {"embedding": [WIDTH]}, TensorProto.INT64
    )


def quantized(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with eight-bit weights; the word table, most of its size, included."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        onnx.save(model, source)
        quantization.quantize_dynamic(
            source,
            target,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            weight_type=quantization.QuantType.QInt8,
        )
        return onnx.load(target)
