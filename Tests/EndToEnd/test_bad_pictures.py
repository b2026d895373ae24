"""Pictures that are damaged, cut off, hostile or no pictures: each is answered with a reason, and nothing breaks.

FOVEA_TEST_SEED makes the same mutations again; FOVEA_TEST_PICTURES names a folder whose every file is put in too.
"""

import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from ..conftest import Server
from .hostile.bombs import BOMBS, made
from .hostile.good import good_pictures
from .hostile.memory import MemoryWatch, peak
from .hostile.trial import Outcome, Trial
from .mutations import mutations

SEED = int(os.environ.get("FOVEA_TEST_SEED", random.SystemRandom().randrange(10_000)))
QUICK_SEED = 4
# A decoder's ceiling is 1 GiB beside what it holds when it is ready.
MOST_OF_A_DECODER = 1400 << 20

DOOR = {400, 413, 415}
# Names, numbers and paths that mean something to programmers only.
JARGON = re.compile(
    r"vips|heif|jpeglib|libpng|magick|nsgif|2vips|load:|[a-z]+_[a-z]+|\berr(no|or)\b|0x|\b\d+\.\d{3}\b|"
    r"(^|\s)/\w|exception|\bnil\b|\bnull\b|signal \d|status \d|Optional\(", re.IGNORECASE)


def complaints(trial: Trial, outcomes: list[Outcome]) -> list[str]:
    """What is wrong with the answers, one line each."""
    found = []
    for outcome in outcomes:
        wrong = wrong_with(trial, outcome)
        if wrong:
            answer = f"{outcome.http} {outcome.status} {outcome.code}: {outcome.sentence}"
            found.append(f"{outcome.name}: {wrong} ({answer})")
    return found


def wrong_with(trial: Trial, outcome: Outcome) -> str | None:
    if outcome.status == "analysed":
        # The small one is there; the large one is decoded again, for which the memory may not suffice.
        for size, code in [(256, None), (1440, "decode_limit")]:
            status, thumbnail = trial.ask("GET", f"/api/v1/photos/{outcome.document['id']}/thumbnail?size={size}")
            if thumbnail[:4] != b"RIFF" and (status != 422 or json.loads(thumbnail)["code"] != code):
                return f"its thumbnail of {size} is {status} {thumbnail[:200]!r}"
        return None
    if outcome.status == "refused" and outcome.http not in DOOR:
        return "refused in an odd way"
    if outcome.status not in ("failed", "refused"):
        return "never settled"
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", outcome.code):
        return "no code"
    if not re.fullmatch(r"[A-Z“].* .*\. [A-Z].* .*\.", outcome.sentence) or len(outcome.sentence) > 300:
        return "not two sentences: what happened and what to do"
    if jargon := JARGON.search(outcome.sentence):
        return f"a person does not understand “{jargon.group()}”"
    return None


def tally(outcomes: list[Outcome]) -> str:
    """How many of each kind ended how."""
    counts = Counter((outcome.kind, outcome.code) for outcome in outcomes)
    lines = [f"{number:6} {kind:34} {code}" for (kind, code), number in sorted(counts.items())]
    sums = Counter(outcome.code for outcome in outcomes)
    return "\n".join(lines + [f"{number:6} {code}" for code, number in sums.most_common()])


def survive(server: Server, files: Iterable[tuple[str, str, bytes]]) -> list[Outcome]:
    """Puts the files into the server and checks everything that must hold whatever they are."""
    trial, began = Trial(server), time.monotonic()
    with MemoryWatch(server.process.pid) as memory:
        outcomes = trial.run(files)
    took = time.monotonic() - began
    found = complaints(trial, outcomes)
    print(f"\n{tally(outcomes)}\n{len(outcomes)} files in {took:.0f} s; peak memory: {memory}")
    if dump := os.environ.get("FOVEA_TEST_OUTCOMES"):
        with Path(dump).open("a") as file:
            file.writelines(json.dumps(vars(outcome)) + "\n" for outcome in outcomes)

    assert server.process.poll() is None, "the server died"
    assert trial.ask("GET", "/healthz")[0] == 200
    assert max(memory.children.values()) < MOST_OF_A_DECODER
    assert peak(server.process.pid) < MOST_OF_A_DECODER
    assert not found, "\n".join([f"{len(found)} of {len(outcomes)}:", *found[:60]])
    assert list((server.data / "incoming").iterdir()) == []
    server.stop()
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    assert [line for line in lines if line["level"] == "error"] == []
    return outcomes


def mutated(seed: int, count: int, photo: Path) -> Iterable[tuple[str, str, bytes]]:
    print(f"seed {seed}; each file's seed begins its name")
    return ((mutation.name, mutation.kind, mutation.data) for mutation in mutations(seed, count, photo))


def test_the_good_pictures_are_good(server: Server, photos: dict[str, Path]) -> None:
    files = [(kind, kind, data) for kind, data in good_pictures(photos["rocket"]).items()]
    outcomes = survive(server, files)
    assert {outcome.name: outcome.code for outcome in outcomes} == {kind: "analysed" for kind, _, _ in files}


def test_mutations_of_good_pictures_are_answered_with_a_reason(server: Server, photos: dict[str, Path]) -> None:
    outcomes = survive(server, mutated(QUICK_SEED, 45, photos["rocket"]))
    assert {"analysed", "failed", "refused"} == {outcome.status for outcome in outcomes}


@pytest.mark.long
def test_thousands_of_mutations_are_answered_with_a_reason(server: Server, photos: dict[str, Path]) -> None:
    survive(server, mutated(SEED, int(os.environ.get("FOVEA_TEST_MUTATIONS", 2_000)), photos["rocket"]))


@pytest.mark.long
def test_every_bomb_is_answered_with_a_reason(server: Server, photos: dict[str, Path]) -> None:
    good = good_pictures(photos["rocket"])
    outcomes = survive(server, ((name, name, made(name, good)) for name in BOMBS))
    assert "decoder_crashed" not in {outcome.code for outcome in outcomes}


@pytest.mark.long
def test_every_file_of_a_folder_is_answered_with_a_reason(server: Server) -> None:
    folder = os.environ.get("FOVEA_TEST_PICTURES")
    if not folder:
        pytest.skip("FOVEA_TEST_PICTURES names no folder")
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    survive(server, ((str(path.relative_to(folder)), path.parent.name, path.read_bytes()) for path in files))
