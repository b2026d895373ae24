"""The bare reference: the same model files in plain Python (Pillow, numpy, ONNX Runtime), preprocessed as their authors
tell. A task's pipeline is a module of its own here; this class is what they share."""

from __future__ import annotations

import io
import os
import warnings
from functools import lru_cache
from pathlib import Path

import onnxruntime
import pillow_heif
from PIL import Image, ImageCms, ImageOps

from Accuracy.data import ROOT, Picture

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = 300_000_000


class Reference:
    """Decoded pictures and loaded models."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(os.environ.get("FOVEA_MODELS") or ROOT / "models")
        self.sessions: dict[str, onnxruntime.InferenceSession] = {}
        self.upright = lru_cache(maxsize=8)(self._upright)

    def session(self, name: str) -> onnxruntime.InferenceSession:
        """A session of one thread, as Fovea's."""
        if name not in self.sessions:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self.sessions[name] = onnxruntime.InferenceSession(
                self.folder / name, options, providers=["CPUExecutionProvider"])
        return self.sessions[name]

    def _upright(self, picture: Picture) -> Image.Image:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return decode(picture.path)


def decode(path: Path) -> Image.Image:
    """The first frame as RGB, turned as its EXIF says, in sRGB, on white where it is transparent."""
    with Image.open(path) as image:
        image.load()
        profile = image.info.get("icc_profile")
        image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = in_srgb(image, profile)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        opaque = Image.new("RGB", image.size, "white")
        opaque.paste(image.convert("RGB"), mask=image.convert("RGBA").getchannel("A"))
        return opaque
    return image.convert("RGB")


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """By the profile in the file; a profile that does not fit the picture is passed over, as viewers do."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def precision() -> str:
    """As Sources/Perception/Models/Precision.swift decides."""
    flags = next(line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")).split()
    return "int8" if {"avx512_vnni", "avx_vnni"} & set(flags) else "fp32"
