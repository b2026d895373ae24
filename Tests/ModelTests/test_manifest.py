"""The manifest: complete, consistent, and documented field by field."""

import hashlib
import json
import re

import pytest

from conftest import CHECKOUT, FILES, MANIFEST, MODELS
from conversion.converters import CONVERTERS, TABLES
from pulling import manifest

SOURCES = [(file, source) for file in FILES.values() for source in file.sources]


def test_names_are_unique_and_hashes_are_hashes():
    names = [file.name for model in MANIFEST for file in model.files]
    assert len(names) == len(set(names)) and len({model.name for model in MANIFEST}) == len(MANIFEST)
    hashes = [digest for file in FILES.values() for digest in file.sha256]
    hashes += [source.sha256 for _, source in SOURCES if source.sha256]
    hashes += [source.package.sha256 for _, source in SOURCES if source.package]
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in hashes)


def test_every_source_is_pinned_or_its_result_is_checked():
    for file, source in SOURCES:
        pinned = source.sha256 or source.kind == "folder"
        assert pinned or file.check, f"{file.name}: nothing says whether {source.name} is right"
        assert source.kind in ("folder", "project", "pypi", "url")
        assert (source.kind == "pypi") == (source.package is not None)
        assert source.kind != "url" or source.name.startswith("https://")


def test_folders_come_first_and_addresses_last():
    order = ["folder", "project", "pypi", "url"]
    for file in FILES.values():
        kinds = [order.index(source.kind) for source in file.sources]
        assert kinds == sorted(kinds)


def test_every_converter_is_used_and_there():
    assert {source.converter for _, source in SOURCES if source.converter} == set(CONVERTERS)
    for file, source in SOURCES:
        if source.converter and file.name.endswith(".onnx"):
            assert file.check, f"{file.name} is rebuilt, so its hash may differ: it needs a check"


def test_what_is_lost_is_said_and_licences_are_known():
    permissive = {"Apache-2.0", "MIT", "CC0-1.0"}
    for model in MANIFEST:
        assert model.without and model.purpose and model.tasks and model.files
        assert model.permissive == (model.licence in permissive)
        assert model.permissive or model.note, f"{model.name}: say what the licence is about"
        if not all(file.is_published or any(s.kind == "url" for s in file.sources) for file in model.files):
            assert "mirror" in model.note, f"{model.name}: say that only a mirror has it"


def test_files_of_this_project_are_what_is_listed():
    for file, source in SOURCES:
        if source.kind == "project":
            content = (CHECKOUT / source.name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == source.sha256 and len(content) == file.bytes


def test_what_pypi_gives_covers_every_task_but_objects():
    tasks = {task for model in MANIFEST for task in model.tasks}
    covered = {task for model in MANIFEST if all(file.is_published for file in model.files) for task in model.tasks}
    assert tasks - covered == {"objects"}


def test_every_table_of_ranges_is_used():
    converters = (MODELS / "conversion" / "converters.py").read_text()
    for path in TABLES.glob("*_ranges.json"):
        assert path.name.removesuffix("_ranges.json") in converters


def test_the_readme_explains_every_field():
    fields: set[str] = set()

    def collect(value):
        if isinstance(value, dict):
            fields.update(value)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(inner)

    document = json.loads((MODELS / "manifest.json").read_text())
    packages = document.pop("packages")
    inputs = [file["check"].pop("inputs") for model in document["models"] for file in model["files"] if "check" in file]
    for part in (document, *packages.values(), *(spec for group in inputs for spec in group.values())):
        collect(part)
    readme = (MODELS / "README.md").read_text()
    assert not [field for field in fields if f"`{field}`" not in readme]


def test_another_format_is_refused(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text('{"format": 2, "packages": {}, "models": []}')
    with pytest.raises(ValueError, match="format 2"):
        manifest.read(path)
