"""Reads the nouns of WordNet 3.0 as Debian's `wordnet-base` installs them (format: wndb(5WN))."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from conversion.errors import ModelError

NOUNS = Path("/usr/share/wordnet/data.noun")


@dataclass(frozen=True)
class Synset:
    """A set of words with one meaning."""

    #: `n` and the eight digits of its place in the file, as ImageNet numbers its classes: `n02123045`.
    id: str
    #: Its words, the commonest first, with spaces.
    words: tuple[str, ...]
    #: What it is a kind, or an instance, of.
    hypernyms: tuple[str, ...]


def read_nouns(path: Path = NOUNS) -> Mapping[str, Synset]:
    """All noun synsets by id."""
    try:
        lines = path.read_text("ascii").splitlines()
    except OSError as error:
        raise ModelError(
            f"cannot read WordNet at {path}: {error.strerror}", "Install it: apt-get install wordnet-base"
        ) from error
    # The licence at the top is indented.
    synsets = (_parse(line) for line in lines if not line.startswith(" "))
    return {synset.id: synset for synset in synsets}


def _parse(line: str) -> Synset:
    offset, _, _, word_count, *rest = line.split(" | ", 1)[0].split()
    count = int(word_count, 16)
    words = tuple(word.replace("_", " ") for word in rest[0 : 2 * count : 2])
    pointers = rest[2 * count + 1 :]
    hypernyms = tuple(
        f"n{pointers[at + 1]}" for at in range(0, 4 * int(rest[2 * count]), 4) if re.fullmatch("@i?", pointers[at])
    )
    return Synset(f"n{offset}", words, hypernyms)
