"""Prepares the PP-OCRv4 text detector (PaddlePaddle, Apache-2.0) for eight bits.

The published file keeps its biases and hard swishes as separate constant nodes. ONNX Runtime's basic optimisation
folds them; the table of ranges names the tensors that are left.
"""

import tempfile
from pathlib import Path

import onnx
import onnxruntime

from conversion import editing


def build(published: onnx.ModelProto) -> onnx.ModelProto:
    """The detector in today's opset, constants and batch norms folded."""
    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(Path(folder) / "optimized.onnx")
        options.log_severity_level = 3
        converted = editing.with_opset(published)
        onnxruntime.InferenceSession(converted.SerializeToString(), options, providers=["CPUExecutionProvider"])
        return onnx.load(options.optimized_model_filepath)
