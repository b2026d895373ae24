"""Tells by numbers whether a model file does what it should.

The bytes of an ONNX file change with the version of the library that wrote it; what it answers does not. So a file
that has none of the known SHA-256 is run on one made-up input, and its answer is compared with the one in the manifest.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnxruntime

from conversion.errors import ModelError

#: An answer is summed up in so many numbers.
SUMS = 32


def waves(shape: list[int], low: float, high: float) -> np.ndarray:
    """A picture of waves, the same everywhere: [1, channels, height, width], low…high."""
    _, channels, height, width = shape
    rows, columns = np.arange(height, dtype=np.float64), np.arange(width, dtype=np.float64)
    picture = [np.outer(np.sin(rows / (9 + 5 * c) + c), np.cos(columns / (13 + 4 * c))) for c in range(channels)]
    return ((low + high) / 2 + (high - low) / 2 * np.stack(picture)[None]).astype(np.float32)


def strokes(shape: list[int], low: float, high: float) -> np.ndarray:
    """Lines of strokes that look like letters to a text detector, `low` on `high`."""
    _, channels, height, width = shape
    y, x = np.mgrid[:height, :width]
    line, letter = y % 48, x % 12
    inside = (line >= 14) & (line < 34) & (x > 16) & (x < width - 16) & (letter < 9)
    bars = np.isin(line, [14, 15, 23, 24, 32, 33]) & ((x // 12 + y // 6) % 3 < 2)
    ink = inside & ((letter < 2) | ((x // 12 % 3 == 0) & (letter > 6)) | bars)
    return np.where(ink, low, high).astype(np.float32)[None, None].repeat(channels, 1)


def inputs(check: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """The made-up input of a check: waves, strokes, or whole numbers as they stand."""
    return {name: _input(spec) for name, spec in check["inputs"].items()}


def _input(spec: Mapping[str, Any]) -> np.ndarray:
    match spec:
        case {"integers": numbers}:
            return np.array(numbers, np.int64)
        case {"waves": shape, "low": low, "high": high}:
            return waves(shape, low, high)
        case {"strokes": shape, "low": low, "high": high}:
            return strokes(shape, low, high)
    raise ModelError(f"an input {dict(spec)} is not known", "Correct Models/manifest.json.")


def answer(content: bytes, check: Mapping[str, Any]) -> np.ndarray:
    """Sums of the model's answer to the made-up input, over equal parts of it.

    Each value is weighed by the cosine of its place, so that every value counts, and its place too.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    found = session.run([check["output"]], inputs(check))[0].ravel().astype(np.float64)
    parts = np.array_split(found * np.cos(np.arange(len(found))), min(SUMS, len(found)))
    return np.array([part.sum() for part in parts])


def difference(content: bytes, check: Mapping[str, Any]) -> float:
    """How far the answer is from the expected one, in parts of its length; infinite when the model cannot be run."""
    expected = np.array(check["answer"], np.float64)
    try:
        return float(np.linalg.norm(answer(content, check) - expected) / np.linalg.norm(expected))
    except ModelError:
        raise
    except Exception:  # whatever ONNX Runtime dislikes about the file, it is no good
        return float("inf")


def is_right(content: bytes, check: Mapping[str, Any]) -> bool:
    """Whether the model answers as expected."""
    return difference(content, check) <= check["tolerance"]
