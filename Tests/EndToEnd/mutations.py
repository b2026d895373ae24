"""Mutations of good pictures, each made anew from its seed.

To have one again as a file, for a debugger or another decoder:
    .venv/bin/python -m Tests.EndToEnd.mutations 7:123 PHOTO > picture
with the seed and number that a test printed, and the photo that it began with.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .hostile import damage
from .hostile.bombs import bomb
from .hostile.exif import EMPTY, hostile
from .hostile.good import encode, good_pictures, profile
from .hostile.names import false_names

Good = dict[str, bytes]


@dataclass(frozen=True)
class Mutation:
    """A file that is no longer good, and how it came to be."""

    seed: str
    kind: str
    origin: str
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.seed} {self.kind} of {self.origin}"


Recipe = Callable[[random.Random, Good, Path], tuple[str, bytes]]


def damaged(how: damage.Damage, *formats: str) -> Recipe:
    """Damage to a good file, of certain formats only where some are named."""

    def make(chance: random.Random, good: Good, photo: Path) -> tuple[str, bytes]:
        kind = chance.choice([kind for kind in good if not formats or kind.startswith(formats)])
        return kind, how(chance, kind, good[kind])

    return make


def splice(chance: random.Random, good: Good, photo: Path) -> tuple[str, bytes]:
    """The beginning of one file and the end of another."""
    first, second = chance.choice(list(good)), chance.choice(list(good))
    head = good[first][: chance.randrange(1, len(good[first]))]
    return f"{first} and {second}", head + good[second][chance.randrange(len(good[second])) :]


def hostile_exif(chance: random.Random, good: Good, photo: Path) -> tuple[str, bytes]:
    kind = chance.choice(["jpeg-baseline", "png-colour", "webp-lossy", "heic-plain", "avif-plain"])
    said = hostile(chance)
    # Without the introduction, which some encoders leave out.
    placeholder = EMPTY.ljust(len(said), b"\0")
    file = encode(photo, kind, exif=placeholder)
    assert placeholder[6:] in file, f"the encoder of {kind} rewrote EXIF"
    return kind, damage.with_checksums(kind, file.replace(placeholder[6:], said[6:]))


def hostile_profile(chance: random.Random, good: Good, photo: Path) -> tuple[str, bytes]:
    kind = chance.choice(["jpeg-baseline", "png-colour", "webp-lossy", "avif-plain", "tiff-plain", "jpeg-cmyk"])
    right = profile()
    said = chance.choice([
        b"\0", chance.randbytes(64), chance.randbytes(5_000), right[: chance.randrange(1, len(right))],
        damage.flips(chance, right, 0, len(right), 40), damage.flips(chance, right, 128, 300, 6),
        b"\xff" * 4 + right[4:], right * 100])
    return kind, encode(photo, kind, icc=False, icc_profile=said)


def polyglot(chance: random.Random, good: Good, photo: Path) -> tuple[str, bytes]:
    """Files that are two things at once, or pretend to be a picture."""
    archive = b"PK\3\4" + bytes(26) + b"PK\5\6" + bytes(18)
    page = b"<html><script>alert(1)</script></html>"
    signature = chance.choice(list(good))
    kind, data = chance.choice([
        ("jpeg and archive", good["jpeg-baseline"] + archive),
        ("gif and script", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//" + good["gif-plain"][13:]),
        ("gif with script behind", good["gif-plain"] + b"/*" + page),
        ("page with a signature", good[signature][:16] + page),
        ("two pictures", good[signature] + good[chance.choice(list(good))]),
        ("picture behind zeros", bytes(chance.choice([1, 512, 4096])) + good[signature]),
        ("noise", chance.randbytes(chance.choice([1, 2, 31, 32, 33, 1024, 50_000]))),
        ("signature and noise", good[signature][: chance.choice([3, 8, 12, 32])] + chance.randbytes(3_000)),
        ("text", chance.choice([page, b"%PDF-1.7\n", b"#!/bin/sh\n", b"\xef\xbb\xbf<svg onload='alert(1)'/>", b" "])),
    ])
    return kind, data


KINDS: dict[str, Recipe] = {
    "flipped bits in the header": damaged(damage.flip_header),
    "flipped bits in the body": damaged(damage.flip_body),
    "cut anywhere": damaged(damage.cut_anywhere),
    "cut between parts": damaged(damage.cut_between_parts),
    "damaged blocks": damaged(damage.blocks),
    "parts out of order": damaged(damage.shuffled_parts),
    "false lengths": damaged(damage.lengths),
    "false sizes": damaged(damage.sizes),
    "false names": damaged(lambda chance, kind, data: damage.with_checksums(kind, false_names(chance, kind, data))),
    "flipped bits with right checksums": damaged(damage.checked_png, "png"),
    "directories in circles": damaged(damage.loops, "tiff"),
    "splice": splice,
    "hostile EXIF": hostile_exif,
    "hostile profile": hostile_profile,
    "polyglot": polyglot,
    "bomb": lambda chance, good, photo: bomb(chance, good),
}
# Bombs take the decoder seconds each.
RARE = {"bomb": 4}


def mutation(seed: str, photo: Path, good: Good) -> Mutation:
    """The mutation with this seed, `7:123`: the kinds take turns, the rest is chance."""
    number = int(seed.rpartition(":")[2])
    chance = random.Random(seed)
    kind = list(KINDS)[number % len(KINDS)]
    if number // len(KINDS) % RARE.get(kind, 1):
        kind = chance.choice([kind for kind in KINDS if kind not in RARE])
    origin, data = KINDS[kind](chance, good, photo)
    return Mutation(seed, kind, origin, data)


def mutations(seed: int, count: int, photo: Path) -> Iterator[Mutation]:
    """So many mutations of good files of one photo."""
    good = good_pictures(photo)
    for number in range(count):
        yield mutation(f"{seed}:{number}", photo, good)


if __name__ == "__main__":
    wanted, origin = sys.argv[1], Path(sys.argv[2])
    sys.stdout.buffer.write(mutation(wanted, origin, good_pictures(origin)).data)
