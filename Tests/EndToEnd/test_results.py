"""What was found out, as data: the table of results, `fovea export`, and what it all would have cost."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from ..conftest import Server


@pytest.fixture
def filled(server: Server, photos: dict[str, Path]) -> Server:
    """One photo in each of two buckets, one of them with a name that spreadsheets would take for a formula."""
    for bucket, name, key in [("incoming", "coffee", "=HYPERLINK(a),b.png"), ("public", "chelsea", "cat.png")]:
        server.request(
            f"/api/v1/buckets/{bucket}/photos?wait=60&key={key.replace('=', '%3D').replace(',', '%2C')}",
            method="POST", body=photos[name].read_bytes())
    return server


def export(binary: Path, data: Path, *options: object) -> subprocess.CompletedProcess[str]:
    words = [binary, "export", "--data", data, *options]
    # As bytes, for Python would make one line end of two characters.
    done = subprocess.run([str(word) for word in words], capture_output=True, timeout=60)
    return subprocess.CompletedProcess(words, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_both_buckets_are_in_one_table(filled: Server, binary: Path) -> None:
    text = filled.bytes("/api/v1/results?format=csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["bucket"] for row in rows] == ["incoming", "public"]
    assert rows[0]["key"] == "'=HYPERLINK(a),b.png"
    assert "Coffee" in rows[0]["labels"] and "Cat" in rows[1]["labels"]
    assert all(row["status"] == "analysed" and row["settled"] > row["received"] for row in rows)

    exported = export(binary, filled.data)
    assert exported.returncode == 0, exported.stderr
    # When the picture of the public bucket is erased is a matter of moments.
    without_erased = [[{**row, "erased": ""} for row in csv.DictReader(io.StringIO(each, newline=""))]
                      for each in (text, exported.stdout)]
    assert without_erased[0] == without_erased[1]
    assert exported.stderr == "2 rows\n"


def test_json_lines_are_the_photos(filled: Server, binary: Path) -> None:
    exported = export(binary, filled.data, "--format", "jsonl", "--bucket", "incoming")
    lines = [json.loads(line) for line in exported.stdout.splitlines()]
    assert lines == [filled.request(f"/api/v1/photos/{line['id']}") for line in lines]
    assert [line["key"] for line in lines] == ["=HYPERLINK(a),b.png"]


def test_a_time_narrows_it_and_a_wrong_one_is_named(filled: Server, binary: Path) -> None:
    first, second = filled.request("/api/v1/results")["photos"]
    page = filled.request(f"/api/v1/results?from={second['settledAt']}")
    assert [photo["id"] for photo in page["photos"]] == [second["id"]]
    assert filled.request(f"/api/v1/results?to={first['settledAt']}")["photos"] == []

    refused = export(binary, filled.data, "--from", "yesterday")
    assert refused.returncode == 1 and "“from” takes a date" in refused.stderr
    assert refused.stdout == ""
    unknown = export(binary, filled.data, "--bucket", "nowhere")
    assert unknown.returncode == 1 and "There are: images, incoming" in unknown.stderr and unknown.stdout == ""
    assert export(binary, filled.data, "--to", "2000-01-01").stdout.startswith("photo,bucket,key,")
    assert export(binary, filled.data, "--format", "xml").returncode == 2


def test_what_was_done_stays_counted(filled: Server, binary: Path) -> None:
    photo = filled.request("/api/v1/results?bucket=incoming")["photos"][0]
    filled.bytes(f"/api/v1/photos/{photo['id']}", method="DELETE")
    filled.stop()
    done = subprocess.run(
        [binary, "stats", "--json", "--data", filled.data], capture_output=True, text=True, timeout=60)
    stats = json.loads(done.stdout)
    assert stats["images"] == 2
    assert stats["computeSeconds"] > 0
    looks = sum(stats["analyses"].values())
    assert stats["rekognition"]["requests"] == looks >= 2
    assert abs(stats["rekognition"]["cost"] - looks * 0.001) < 1e-9
    assert stats["storage"]["photos"] == 1

    words = subprocess.run([binary, "stats", "--data", filled.data], capture_output=True, text=True, timeout=60).stdout
    assert "2 times at a photo" in words and "USD for the same" in words
