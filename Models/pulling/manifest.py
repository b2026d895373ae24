"""Reads `manifest.json`, which says what each model is for and where its files come from. README.md has its fields."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1


@dataclass(frozen=True)
class Package:
    """A published wheel or source archive, pinned by version and content."""

    name: str
    version: str
    file: str
    sha256: str

    @property
    def requirement(self) -> str:
        return f"{self.name}=={self.version}"


@dataclass(frozen=True)
class Source:
    """One place where a file, or what it is converted from, can be got."""

    #: `folder`, `project`, `pypi` or `url`.
    kind: str
    #: A file name, a path in this project, a member of the package, or an address.
    name: str
    #: `None` where the published file was never at hand; then the check decides about what is made of it.
    sha256: str | None = None
    package: Package | None = None
    converter: str | None = None


@dataclass(frozen=True)
class File:
    """One file of a model."""

    name: str
    #: The contents that are known to be right: what the pinned tools make, and what mirrors hold.
    sha256: tuple[str, ...]
    bytes: int
    sources: tuple[Source, ...]
    #: `fp32` or `int8`, where there is a choice.
    precision: str | None = None
    check: dict[str, Any] | None = None

    @property
    def is_published(self) -> bool:
        """Whether this project or PyPI has all it takes, so that it can be had on any machine."""
        return any(source.kind in ("project", "pypi") for source in self.sources)


@dataclass(frozen=True)
class Model:
    """One model and its files."""

    name: str
    purpose: str
    tasks: tuple[str, ...]
    licence: str
    permissive: bool
    #: What is lost without it.
    without: str
    files: tuple[File, ...] = field(default=())
    note: str | None = None
    upstream: str | None = None


def read(path: Path) -> list[Model]:
    """The models in the order of the file."""
    document = json.loads(path.read_text("utf-8"))
    if document["format"] != FORMAT:
        raise ValueError(f"{path} has format {document['format']}, this program reads {FORMAT}")
    packages = {name: Package(name, **entry) for name, entry in document["packages"].items()}
    return [_model(entry, packages) for entry in document["models"]]


def _model(entry: dict[str, Any], packages: dict[str, Package]) -> Model:
    files = tuple(_file(file, packages) for file in entry["files"])
    return Model(**{**entry, "tasks": tuple(entry["tasks"]), "files": files})


def _file(entry: dict[str, Any], packages: dict[str, Package]) -> File:
    sources = tuple(
        Source(**{**source, "package": packages[source["package"]] if "package" in source else None})
        for source in entry["sources"]
    )
    return File(**{**entry, "sha256": tuple(entry["sha256"]), "sources": sources})
