"""The label model, the same file that Fovea takes on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import onnxruntime

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("FOVEA_MODELS") or ROOT / "models")
SIDE = 260
# The two views of a picture, as shares of its shorter side: see LabelTask in Sources/Perception.
SHARES = [260 / 292, 0.6]


def precision() -> str:
    """As Sources/Perception/Models/Precision.swift decides."""
    flags = next(line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")).split()
    return "int8" if {"avx512_vnni", "avx_vnni"} & set(flags) else "fp32"


def labels_only(folder: Path) -> Path:
    """A model folder with links to the label model and nothing else, so that Fovea does the same work as its peers."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (f"efficientnet_lite2_260_{precision()}.onnx", "labels.json", "libonnxruntime.so"):
        link = folder / name
        if not link.exists():
            link.symlink_to(FOLDER / name)
    return folder


def label_session() -> onnxruntime.InferenceSession:
    """A session of one thread that does not spin, as Fovea's."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        FOLDER / f"efficientnet_lite2_260_{precision()}.onnx", options, providers=["CPUExecutionProvider"])
