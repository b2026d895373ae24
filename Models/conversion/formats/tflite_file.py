"""Reads the graph and the weights of a TensorFlow Lite file, with the plain reader of flatbuffers.

The numbers of fields and operators are those of TensorFlow's `schema.fbs`; only what Fovea's networks use is read.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from flatbuffers import encode, number_types
from flatbuffers.table import Table

from conversion.errors import ModelError

_IDENTIFIER = b"TFL3"
_DTYPES = {0: np.dtype("<f4"), 1: np.dtype("<f2"), 2: np.dtype("<i4")}

OPERATORS = {0: "ADD", 3: "CONV_2D", 4: "DEPTHWISE_CONV_2D", 6: "DEQUANTIZE", 17: "MAX_POOL_2D", 34: "PAD", 54: "PRELU"}


@dataclass(frozen=True)
class Operator:
    """One step: its name and the numbers of the tensors it reads and writes."""

    name: str
    inputs: list[int]
    outputs: list[int]
    #: Reads one small number out of its options, by field number.
    option: Callable[[int], int]


@dataclass(frozen=True)
class Network:
    """The graph; tensors are numbers."""

    #: Shape of each tensor: batch, height, width, channels.
    shapes: list[tuple[int, ...]]
    #: The values of those tensors that are constant.
    constants: dict[int, np.ndarray]
    inputs: list[int]
    outputs: list[int]
    operators: list[Operator]


class _Record:
    """A table of the file, whose fields have numbers."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def _offset(self, field: int) -> int:
        return self._table.Offset(4 + 2 * field)

    def number(self, field: int, flags: type = number_types.Int32Flags) -> int:
        offset = self._offset(field)
        return self._table.Get(flags, offset + self._table.Pos) if offset else 0

    def record(self, field: int) -> "_Record":
        offset = self._offset(field)
        table = Table(self._table.Bytes, self._table.Pos)
        if offset:
            table.Pos = self._table.Indirect(self._table.Pos + offset)
        return _Record(table)

    def records(self, field: int) -> list["_Record"]:
        offset = self._offset(field)
        start, count = (self._table.Vector(offset), self._table.VectorLen(offset)) if offset else (0, 0)
        places = (self._table.Indirect(start + 4 * index) for index in range(count))
        return [_Record(Table(self._table.Bytes, place)) for place in places]

    def numbers(self, field: int, flags: type = number_types.Int32Flags) -> np.ndarray:
        offset = self._offset(field)
        return self._table.GetVectorAsNumpy(flags, offset) if offset else np.empty(0, np.int32)


def read_network(content: bytes) -> Network:
    """The first graph of the file."""
    if content[4:8] != _IDENTIFIER:
        raise ModelError("this is no TensorFlow Lite file", "Use only the pinned package.")
    try:
        root = encode.Get(number_types.UOffsetTFlags.packer_type, content, 0)
        return _network(_Record(Table(bytearray(content), root)))
    except (IndexError, ValueError, KeyError, TypeError, struct.error) as error:
        raise ModelError(f"the TensorFlow Lite file cannot be read: {error}", "Use only the pinned package.") from error


def _network(model: _Record) -> Network:
    # Old files have the code in a small field, new ones in a large one; the other is 0.
    codes = [max(code.number(0, number_types.Int8Flags), code.number(3)) for code in model.records(1)]
    graph = model.records(2)[0]
    buffers = [buffer.numbers(0, number_types.Uint8Flags) for buffer in model.records(4)]
    shapes, constants = [], {}
    for number, tensor in enumerate(graph.records(0)):
        shapes.append(tuple(int(size) for size in tensor.numbers(0)))
        raw = buffers[tensor.number(2, number_types.Uint32Flags)]
        if len(raw):
            dtype = _DTYPES[tensor.number(1, number_types.Int8Flags)]
            constants[number] = raw.view(dtype).reshape(shapes[-1])
    operators = []
    for step in graph.records(3):
        code = codes[step.number(0, number_types.Uint32Flags)]
        if code not in OPERATORS:
            raise ModelError(f"the TensorFlow Lite file uses operator {code}, which is not known here", "Add it.")
        options = step.record(4)
        operators.append(Operator(OPERATORS[code], _list(step.numbers(1)), _list(step.numbers(2)), _option(options)))
    return Network(shapes, constants, _list(graph.numbers(1)), _list(graph.numbers(2)), operators)


def _option(options: _Record) -> Callable[[int], int]:
    return lambda field: options.number(field, number_types.Int8Flags)


def _list(numbers: np.ndarray) -> list[int]:
    return [int(number) for number in numbers]
