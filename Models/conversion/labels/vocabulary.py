"""Builds the label vocabulary: an everyday name for each class of the model, and what each label is a kind of.

WordNet gives the hierarchy; this project's own tables say what people say (`tables/ancestors.tsv`,
`class_names.tsv`, `parents.txt`, `aliases.tsv`, `categories.tsv`).
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from conversion.errors import ModelError
from conversion.labels.wordnet import Synset

FORMAT = 2
_TABLES = ("ancestors.tsv", "class_names.tsv", "parents.txt", "aliases.tsv", "categories.tsv")
_SMALL_WORDS = {"and", "of", "the", "des"}


@dataclass(frozen=True)
class Tables:
    """The project's own tables."""

    #: Synsets that become labels, with their names.
    ancestors: Mapping[str, str]
    #: Classes whose name is another than WordNet's first word.
    class_names: Mapping[str, str]
    #: Label, `+` or `=`, parents; in the order they are to be applied.
    parent_rules: Sequence[tuple[str, str, tuple[str, ...]]]
    #: Label → what else people call it.
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Label that is a kind of nothing → the category it and all kinds of it belong to.
    categories: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """All labels. A label comes after everything it is a kind of."""

    #: Label → what it is a kind of, nearest first, all the way up.
    parents: Mapping[str, tuple[str, ...]]
    #: The label of each class, by class index.
    classes: tuple[str, ...]
    #: Label → other names; only of labels that have some.
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Label → categories, of itself and of what it is a kind of.
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def document(self, digest: str) -> bytes:
        """`labels.json`: `labels` with names, parents, aliases and categories where there are some, `classes` as indexes
        into it, `tables` as `digest`.
        """
        index = {name: number for number, name in enumerate(self.parents)}
        document = {
            "format": FORMAT,
            "tables": digest,
            "labels": [self._entry(name) for name in self.parents],
            "classes": [index[name] for name in self.classes],
        }
        return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")

    def _entry(self, name: str) -> dict[str, object]:
        others = {"aliases": self.aliases.get(name, ()), "categories": self.categories.get(name, ())}
        filled = {key: list(values) for key, values in others.items() if values}
        return {"name": name, "parents": list(self.parents[name]), **filled}


def digest(folder: Path) -> str:
    """The SHA-256 of the tables, to tell whether a vocabulary was built from them."""
    return hashlib.sha256(b"\0".join((folder / name).read_bytes() for name in _TABLES)).hexdigest()


def read_tables(folder: Path) -> Tables:
    """Reads the tables out of `folder`."""
    return Tables(
        dict(_pairs(folder / "ancestors.tsv")),
        dict(_pairs(folder / "class_names.tsv")),
        [_rule(line) for line in _lines(folder / "parents.txt")],
        {name: tuple(re.split(", *", others)) for name, others in _pairs(folder / "aliases.tsv")},
        dict(_pairs(folder / "categories.tsv")),
    )


def build(class_synsets: Sequence[str], nouns: Mapping[str, Synset], tables: Tables) -> Vocabulary:
    """Puts the vocabulary together. Raises `ModelError` when the tables contradict themselves."""
    classes = tuple(tables.class_names.get(synset) or title_case(nouns[synset].words[0]) for synset in class_synsets)
    direct: dict[str, list[str]] = {}
    named = [*zip(class_synsets, classes, strict=True), *tables.ancestors.items()]
    for synset, name in named:
        above = (tables.ancestors[kept] for kept in _nearest_kept(synset, nouns, tables.ancestors))
        direct[name] = _unique([*direct.get(name, []), *(parent for parent in above if parent != name)])
    for name, sign, parents in tables.parent_rules:
        direct[name] = _unique([*(direct.get(name, []) if sign == "+" else []), *parents])
        for parent in parents:
            direct.setdefault(parent, [])
    depths: dict[str, int] = {}
    # The classes, and what only the tables have: kinds of pictures, people, what detectors find.
    for name in [*classes, *(name for name, _, _ in tables.parent_rules)]:
        _measure(name, direct, depths, ())
    # Depth order puts a label behind everything it is a kind of; the name makes the order one and the same each time.
    labels = sorted(depths, key=lambda name: (depths[name], name))
    parents = {name: _closure(name, direct, depths) for name in labels}
    for table, names in (("aliases.tsv", tables.aliases), ("categories.tsv", tables.categories)):
        if unknown := sorted(set(names) - set(parents)):
            raise ModelError(f"tables/{table} has {', '.join(unknown)}, which are no labels", f"Correct tables/{table}.")
    categories = {
        name: tuple(_unique(tables.categories[one] for one in (name, *above) if one in tables.categories))
        for name, above in parents.items()
    }
    return Vocabulary(parents, classes, tables.aliases, categories)


def title_case(words: str) -> str:
    """`soft-coated wheaten terrier` → `Soft-Coated Wheaten Terrier`."""

    def capital(word: str) -> str:
        return word if word in _SMALL_WORDS else word[:1].upper() + word[1:]

    return " ".join("-".join(capital(part) for part in word.split("-")) for word in words.split())


def _nearest_kept(synset: str, nouns: Mapping[str, Synset], kept: Mapping[str, str]) -> Iterable[str]:
    for above in nouns[synset].hypernyms:
        if above in kept:
            yield above
        else:
            yield from _nearest_kept(above, nouns, kept)


def _measure(name: str, direct: Mapping[str, list[str]], depths: dict[str, int], path: tuple[str, ...]) -> int:
    """The longest way from a label to the top; finds circles."""
    if name in path:
        raise ModelError(f"the labels {' → '.join((*path, name))} go in a circle", "Correct tables/parents.txt.")
    if name not in depths:
        above = [_measure(parent, direct, depths, (*path, name)) for parent in direct[name]]
        depths[name] = 1 + max(above, default=-1)
    return depths[name]


def _closure(name: str, direct: Mapping[str, list[str]], depths: Mapping[str, int]) -> tuple[str, ...]:
    """Everything a label is a kind of: the deepest first, which are the nearest."""
    found: list[str] = []
    waiting = list(direct[name])
    while waiting:
        parent = waiting.pop(0)
        if parent not in found:
            found.append(parent)
            waiting.extend(direct[parent])
    return tuple(sorted(found, key=lambda parent: -depths[parent]))


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _lines(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _pairs(path: Path) -> Iterable[tuple[str, str]]:
    for line in _lines(path):
        synset, _, name = line.partition("\t")
        yield synset, name


def _rule(line: str) -> tuple[str, str, tuple[str, ...]]:
    parts = re.fullmatch(r"(.+?) ([+=])( .*)?", line)
    if parts is None:
        raise ModelError(f"tables/parents.txt: cannot read “{line}”", "Write `Name + Parent` or `Name = Parent`.")
    name, sign, parents = parts.groups(default="")
    return name, sign, tuple(parent.strip() for parent in parents.split(",") if parent.strip())
