"""The check by numbers: made-up inputs, what counts as right, and what is remembered."""

import hashlib
import json

import numpy as np
import onnx
import pytest

from conversion.errors import ModelError
from conversion.graph import Graph
from pulling import selfcheck
from pulling.manifest import File
from pulling.verification import STAMPS, Verifier


def scaled_by(factor: float) -> bytes:
    graph = Graph()
    graph.add("Mul", ["image", graph.constant("factor", factor)], "answer")
    return graph.model("scale", {"image": [2, 8, 8]}, {"answer": [2, 8, 8]}).SerializeToString()


def check_for(content: bytes) -> dict:
    check = {"inputs": {"image": {"waves": [1, 2, 8, 8], "low": 0, "high": 10}}, "output": "answer", "tolerance": 0.1}
    return {**check, "answer": selfcheck.answer(content, check).tolist()}


def file_for(content: bytes, **changes) -> File:
    check = changes["check"] if "check" in changes else check_for(content)
    return File("scale.onnx", (hashlib.sha256(content).hexdigest(),), len(content), (), check=check)


def test_pictures_stay_in_their_range_and_fill_it():
    for pattern in (selfcheck.waves, selfcheck.strokes):
        picture = pattern([1, 3, 96, 192], -2, 5)
        assert picture.shape == (1, 3, 96, 192) and picture.dtype == np.float32
        assert -2 <= picture.min() < -1.5 and 4.5 < picture.max() <= 5


def test_inputs_may_be_whole_numbers_and_nothing_unknown():
    assert selfcheck.inputs({"inputs": {"ids": {"integers": [[1, 2]]}}})["ids"].dtype == np.int64
    with pytest.raises(ModelError, match="not known"):
        selfcheck.inputs({"inputs": {"ids": {"noise": [1]}}})


def test_scale_order_and_rubbish_are_noticed():
    check = check_for(scaled_by(2))
    assert selfcheck.difference(scaled_by(2), check) < 1e-6
    assert selfcheck.is_right(scaled_by(2.1), check)
    assert selfcheck.difference(scaled_by(3), check) == pytest.approx(0.5)
    assert not selfcheck.is_right(scaled_by(3), check)
    assert not selfcheck.is_right(b"rubbish", check)
    model = onnx.load_from_string(scaled_by(2))
    model.graph.initializer[0].CopyFrom(onnx.numpy_helper.from_array(np.float32(np.nan), "factor"))
    assert not selfcheck.is_right(model.SerializeToString(), check)


def test_a_known_hash_needs_no_numbers(tmp_path):
    verifier = Verifier(tmp_path)
    assert verifier.reason_against(file_for(b"anything", check=None), b"anything") is None
    assert "SHA-256" in verifier.reason_against(file_for(b"anything", check=None), b"something else")
    verifier.save()
    assert not (tmp_path / STAMPS).exists()


def test_right_numbers_are_remembered_until_file_or_check_change(tmp_path, monkeypatch):
    rebuilt, file = scaled_by(2.01), file_for(scaled_by(2))
    verifier = Verifier(tmp_path)
    assert verifier.reason_against(file, rebuilt) is None
    verifier.save()
    assert json.loads((tmp_path / STAMPS).read_text()).keys() == {"scale.onnx"}

    runs: list[bytes] = []
    monkeypatch.setattr(selfcheck, "difference", lambda content, check: runs.append(content) or 9.0)
    again = Verifier(tmp_path)
    assert again.reason_against(file, rebuilt) is None and not runs
    assert "answers wrongly" in again.reason_against(file, scaled_by(2.02)) and len(runs) == 1
    changed = file_for(scaled_by(2), check={**file.check, "tolerance": 0.01})
    assert "answers wrongly" in again.reason_against(changed, rebuilt) and len(runs) == 2


def test_a_damaged_stamp_file_is_no_stamp(tmp_path):
    (tmp_path / STAMPS).write_text("{")
    assert Verifier(tmp_path).reason_against(file_for(scaled_by(2)), scaled_by(2.01)) is None
