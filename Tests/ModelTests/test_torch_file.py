"""The reader of torch files: right on good files, deaf to what a bad one asks for."""

import os
import pickle
import struct
from collections import OrderedDict

import numpy as np
import pytest

from conversion.errors import ModelError
from conversion.formats import torch_file


class Call:
    """Pickles as a call, as `__reduce__` of anything might."""

    def __init__(self, function, *arguments) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


def by_hand(state_pickle: bytes, keys: list[str], *storages: np.ndarray) -> bytes:
    head = b"".join(pickle.dumps(part, 2) for part in (torch_file.MAGIC_NUMBER, torch_file.PROTOCOL_VERSION, {}))
    raw = b"".join(struct.pack("<q", len(storage)) + storage.tobytes() for storage in storages)
    return head + state_pickle + pickle.dumps(keys, 2) + raw


def tensor_pickle(offset: int, shape: tuple[int, ...], stride: tuple[int, ...], count: int) -> bytes:
    """The opcodes torch writes for `{"w": tensor}`: a global, a persistent id, a reduce."""

    def number(value: int) -> bytes:
        return b"J" + struct.pack("<i", value)

    def text(value: str) -> bytes:
        return b"X" + struct.pack("<I", len(value)) + value.encode()

    def numbers(values: tuple[int, ...]) -> bytes:
        return b"(" + b"".join(map(number, values)) + b"t"

    kind = b"ctorch\nFloatStorage\n"
    storage = b"(" + text("storage") + kind + text("7") + text("cpu") + number(count) + b"NtQ"
    arguments = b"(" + storage + number(offset) + numbers(shape) + numbers(stride) + b"\x89}" + b"t"
    return b"\x80\x02}" + text("w") + b"ctorch._utils\n_rebuild_tensor_v2\n" + arguments + b"R" + b"s."


def test_offsets_shapes_and_strides_are_honoured():
    elements = np.arange(8, dtype="<f4")
    content = by_hand(tensor_pickle(2, (2, 3), (1, 2), 8), ["7"], elements)
    assert torch_file.read_tensors(content)["w"].tolist() == [[2, 4, 6], [3, 5, 7]]


@pytest.mark.parametrize(
    "offset,shape,stride", [(6, (2, 2), (2, 1)), (-1, (2,), (1,)), (0, (9,), (1,)), (0, (2,), (-1,))]
)
def test_a_tensor_outside_its_storage_is_refused(offset, shape, stride):
    content = by_hand(tensor_pickle(offset, shape, stride, 8), ["7"], np.arange(8, dtype="<f4"))
    with pytest.raises(ModelError, match="outside its storage"):
        torch_file.read_tensors(content)


def test_a_pickle_that_runs_a_command_is_refused_and_does_not_run(tmp_path):
    target = tmp_path / "ran"
    for function, arguments in ((os.system, (f"touch {target}",)), (eval, (f"open({str(target)!r}, 'w')",))):
        state = pickle.dumps(OrderedDict(w=Call(function, *arguments)), 2)
        with pytest.raises(ModelError, match="asks for"):
            torch_file.read_tensors(by_hand(state, []))
    assert not target.exists()


def test_files_cut_short_are_refused():
    content = by_hand(tensor_pickle(0, (8,), (1,), 8), ["7"], np.arange(8, dtype="<f4"))
    for length in (0, 3, 20, 60, len(content) - 33, len(content) - 1):
        with pytest.raises(ModelError):
            torch_file.read_tensors(content[:length])


def test_the_real_file_holds_the_tensors_of_lite2(weights):
    assert weights["_conv_stem.weight"].shape == (32, 3, 3, 3)
    assert weights["_fc.weight"].shape == (1000, 1280)
    assert weights["_blocks.20._project_conv.weight"].shape[0] == 352
    assert all(np.isfinite(value).all() for value in weights.values())
