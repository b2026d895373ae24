"""Reads the tensors of a legacy `torch.save` file without PyTorch, and without running what is in it.

The file is five pickles one after another (magic number, protocol, system facts, state dictionary, storage keys),
then for each storage key, in that order, an int64 element count and the raw little-endian elements.
"""

import io
import pickle
import struct
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from conversion.errors import ModelError

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001


@dataclass(frozen=True)
class _Storage:
    """A flat array that tensors look into; its elements come later in the file."""

    key: str
    dtype: np.dtype
    count: int


@dataclass(frozen=True)
class _View:
    """A tensor: part of a storage."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]


def _rebuild_tensor(storage: _Storage, offset: int, shape: Any, stride: Any, *_: Any) -> _View:
    return _View(storage, offset, tuple(shape), tuple(stride))


_FLOAT, _LONG = np.dtype("<f4"), np.dtype("<i8")

#: All that a file of tensors needs to name. Everything else is refused: an unrestricted pickle can run any code.
_ALLOWED: dict[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch", "FloatStorage"): _FLOAT,
    ("torch", "LongStorage"): _LONG,
    ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
}


def _refuse(problem: str) -> ModelError:
    return ModelError(problem, "Use only the pinned package; this file is damaged or something else.")


class _RestrictedUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise _refuse(f"the weights file asks for {module}.{name}, which no file of tensors needs") from None

    def persistent_load(self, pid: Any) -> _Storage:
        match pid:
            case ("storage", np.dtype() as dtype, str() as key, _, int() as count, None):
                return _Storage(key, dtype, count)
        raise _refuse("the weights file refers to something that is no storage")


def read_tensors(content: bytes) -> dict[str, np.ndarray]:
    """The tensors of a legacy torch file, by name."""
    file = io.BytesIO(content)

    def load() -> Any:
        try:
            return _RestrictedUnpickler(file).load()
        except (pickle.UnpicklingError, EOFError, ValueError, IndexError, TypeError) as error:
            raise _refuse(f"the weights file cannot be read: {error}") from error

    if load() != MAGIC_NUMBER or load() != PROTOCOL_VERSION:
        raise _refuse("this is no legacy torch file")
    load()  # facts about the system that wrote it
    state = load()
    keys = load()
    views = {name: view for name, view in state.items() if isinstance(view, _View)}
    elements = _read_storages(file, keys, (view.storage for view in views.values()))
    return {name: _tensor(view, elements[view.storage.key]) for name, view in views.items()}


def _read_storages(file: io.BytesIO, keys: list[str], storages: Iterable[_Storage]) -> dict[str, np.ndarray]:
    by_key = {storage.key: storage for storage in storages}
    elements: dict[str, np.ndarray] = {}
    for key in keys:
        storage = by_key.get(key)
        header = file.read(8)
        if storage is None or len(header) != 8 or struct.unpack("<q", header)[0] != storage.count:
            raise _refuse("the weights file ends early or its storages do not fit its tensors")
        raw = file.read(storage.count * storage.dtype.itemsize)
        if len(raw) != storage.count * storage.dtype.itemsize:
            raise _refuse("the weights file ends early")
        elements[key] = np.frombuffer(raw, storage.dtype)
    return elements


def _tensor(view: _View, elements: np.ndarray) -> np.ndarray:
    last = view.offset + sum((size - 1) * step for size, step in zip(view.shape, view.stride, strict=True))
    if 0 in view.shape or min((view.offset, *view.shape, *view.stride)) < 0 or last >= len(elements):
        raise _refuse("a tensor of the weights file lies outside its storage")
    byte_strides = [step * elements.itemsize for step in view.stride]
    return np.lib.stride_tricks.as_strided(elements[view.offset :], view.shape, byte_strides).copy()
