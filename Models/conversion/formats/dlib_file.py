"""Reads the layers of a network that dlib serialised, without dlib.

Each layer begins with its tag, a text with its length before it. A packed integer is one byte (how many bytes follow,
and in bit 7 the sign) and those bytes, little-endian; a float is a packed mantissa and a packed exponent of two; a
tensor is a version, four packed sizes and raw little-endian float32. A network writes its inner layers first, so the
order in the file is the order of computing.
"""

import re
from dataclasses import dataclass

import numpy as np

from conversion.errors import ModelError

TAGS = (b"con_4", b"affine_", b"relu_", b"max_pool_2", b"avg_pool_2", b"add_prev_", b"fc_2", b"input_rgb_image_sized")
_TAG = re.compile(b"|".join(re.escape(b"\x01" + bytes([len(tag)]) + tag) for tag in TAGS))
_TENSOR_VERSION = 2


@dataclass(frozen=True)
class Layer:
    """One layer: its tag, its tensor (all parameters in one run) and the whole numbers behind it."""

    tag: str
    parameters: np.ndarray
    #: con: filters, rows, columns, stride y, stride x, padding y, padding x. pools: the same without filters.
    #: fc: outputs, inputs.
    numbers: tuple[int, ...] = ()


class _Cursor:
    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def take(self, count: int) -> bytes:
        if not 0 <= count <= len(self.content) - self.at:
            raise ModelError("the dlib file ends early", "Use only the pinned package; this file is damaged.")
        self.at += count
        return self.content[self.at - count : self.at]

    def integer(self) -> int:
        head = self.take(1)[0]
        value = int.from_bytes(self.take(head & 0x0F), "little")
        return -value if head & 0x80 else value

    def integers(self, count: int) -> tuple[int, ...]:
        return tuple(self.integer() for _ in range(count))

    def float(self) -> float:
        mantissa, exponent = self.integers(2)
        return float(mantissa) * 2.0**exponent

    def tensor(self) -> np.ndarray:
        version, *shape = self.integers(5)
        if version != _TENSOR_VERSION or min(shape) < 0:
            raise ModelError("the dlib file holds another kind of tensor", "Use only the pinned package.")
        return np.frombuffer(self.take(4 * int(np.prod(shape))), "<f4")


def read_layers(content: bytes) -> list[Layer]:
    """The layers of the network in the order of computing."""
    layers: list[Layer] = []
    at = 0
    while match := _TAG.search(content, at):
        cursor = _Cursor(content, match.end())
        layers.append(_layer(match[0][2:].decode("ascii"), cursor))
        # On behind what was read: a tag is never looked for among weights.
        at = cursor.at
    return layers


def _layer(tag: str, cursor: _Cursor) -> Layer:
    match tag:
        case "con_4":
            return Layer(tag, cursor.tensor(), cursor.integers(7))
        case "affine_":
            return Layer(tag, cursor.tensor())
        case "fc_2":
            numbers = cursor.integers(2)
            return Layer(tag, cursor.tensor(), numbers)
        case "max_pool_2" | "avg_pool_2":
            return Layer(tag, np.empty(0), cursor.integers(6))
        case "input_rgb_image_sized":
            return Layer(tag, np.array([cursor.float() for _ in range(3)]), cursor.integers(2))
    return Layer(tag, np.empty(0))
