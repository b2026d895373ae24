"""Reads a safetensors file: the length of a JSON header, the header, raw little-endian data."""

import json
import struct

import numpy as np

from conversion.errors import ModelError

_DTYPES = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}


def read_tensors(content: bytes) -> dict[str, np.ndarray]:
    """The tensors of the file by name."""
    try:
        (length,) = struct.unpack_from("<Q", content)
        header, data = json.loads(content[8 : 8 + length]), memoryview(content)[8 + length :]
        return {name: _tensor(entry, data) for name, entry in header.items() if name != "__metadata__"}
    except (ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise ModelError(f"the safetensors file cannot be read: {error}", "Use only the pinned package.") from error


def _tensor(entry: dict, data: memoryview) -> np.ndarray:
    begin, end = entry["data_offsets"]
    if not 0 <= begin <= end <= len(data):
        raise ValueError("a tensor lies outside the file")
    return np.frombuffer(data[begin:end], _DTYPES[entry["dtype"]]).reshape(entry["shape"])
