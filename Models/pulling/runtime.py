"""Finds the ONNX Runtime library inside the Python package and links it where Fovea looks for it."""

import importlib.util
from pathlib import Path

from conversion.errors import ModelError

LIBRARY_NAME = "libonnxruntime.so"


def find_library() -> Path:
    """The versioned shared library of the running Python's `onnxruntime` package."""
    spec = importlib.util.find_spec("onnxruntime")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []
    found = sorted(path for folder in folders for path in (folder / "capi").glob(f"{LIBRARY_NAME}.*"))
    if not found:
        raise ModelError(
            "the Python package onnxruntime, or the library inside it, is not installed",
            "Run `make models`, which installs Models/requirements.txt into .venv first.",
        )
    return found[-1]


def link_library(folder: Path) -> bool:
    """Links the library into `folder`; `False` when the link was there and right."""
    link, library = folder / LIBRARY_NAME, find_library()
    if link.is_symlink() and link.resolve() == library.resolve():
        return False
    link.unlink(missing_ok=True)
    link.symlink_to(library.resolve())
    return True
