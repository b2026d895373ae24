"""Every file that is made of a package: by its hash, by its numbers, and beside the finished file of a mirror."""

import hashlib

import numpy as np
import pytest

from conftest import FILES, built, in_mirror, run
from pulling import selfcheck

CONVERTED = [name for name, file in FILES.items() if any(s.converter and s.kind == "pypi" for s in file.sources)]
NETWORKS = [name for name in CONVERTED if name.endswith(".onnx")]

#: The largest difference of any output from that of the finished file, made and measured with other programs.
AGAINST_MIRROR = {
    "centerface_dyn_int8.onnx": 0.013,
    "dlib_face_resnet_150_int8.onnx": 0.002,
    "facemesh_192_468.onnx": 1e-3,
    "fer_mini_xception_64.onnx": 1e-5,
}


@pytest.mark.parametrize("name", CONVERTED)
def test_the_pinned_tools_make_the_listed_file(name):
    assert hashlib.sha256(built(name)).hexdigest() in FILES[name].sha256


@pytest.mark.parametrize("name", NETWORKS)
def test_it_answers_as_listed(name):
    check = FILES[name].check
    # int8 answers a little differently on each kind of processor, and was listed from an independent file.
    assert selfcheck.difference(built(name), check) < check["tolerance"] / 2


@pytest.mark.parametrize("name", AGAINST_MIRROR)
def test_it_agrees_with_the_finished_file(name):
    inputs = selfcheck.inputs(FILES[name].check)
    made, finished = run(built(name), **inputs), run(in_mirror(name), **inputs)
    for output, expected in finished.items():
        np.testing.assert_allclose(made[output], expected, rtol=0, atol=AGAINST_MIRROR[name], err_msg=output)


@pytest.mark.parametrize("name", [name for name in NETWORKS if "minilm" not in name and "ppocr" not in name])
def test_the_batch_is_free(name):
    (key, one), *_ = selfcheck.inputs(FILES[name].check).items()
    both = run(built(name), **{key: np.concatenate([one[:, ::-1], one])})
    for output, alone in run(built(name), **{key: one}).items():
        np.testing.assert_allclose(both[output][1:], alone, rtol=1e-3, atol=1e-3, err_msg=output)
