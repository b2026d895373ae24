"""Faces: how many, and what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from Accuracy.data import Picture
from Accuracy.reference.faces import Attributes, Faces
from Accuracy.rows import Miss, Row, Section, Table
from Accuracy.run import Run

PORTRAITS = ("faces-verify", "faces-attr")
# What the manifest's words (a crowd's, mostly) mean.
WORDS = {"happiness": "happy", "neutral": "calm", "anger": "angry", "sadness": "sad"}


@dataclass(frozen=True)
class Portrait:
    """A picture of one person, with the largest face that was found in it."""

    picture: Picture
    ours: dict[str, Any] | None
    bare: Attributes | None

    @property
    def expressions(self) -> set[str]:
        """What it may be called, if the manifest says."""
        word = self.picture.expect.get("expression_crowd_label") or self.picture.expect.get("expression") or ""
        words = {WORDS.get(name, name) for name in word.split(" or ") if name}
        return words & {"calm", "happy", "sad", "angry", "fear", "disgusted", "surprised"}

    @property
    def age(self) -> tuple[float, float] | None:
        """Between which ages the person was, or looks to a person."""
        ages = self.picture.expect.get("age_range") or self.picture.expect.get("age_range_seen")
        if isinstance(self.picture.expect.get("age"), (int, float)):
            ages = [self.picture.expect["age"]] * 2
        return (ages[0], ages[1]) if ages else None


def measure(run: Run) -> Section:
    bare = Faces(run.reference)
    portraits = [portrait(run, bare, picture) for picture in run.data.of(*PORTRAITS) if run.analysis(picture)]
    rows = [*counts(run, bare), *found(run, portraits), *ages(portraits), gender(portraits), *smiles(portraits),
            *expressions(portraits)]
    return Section("Faces", TEXT.strip(), rows, [confusion(portraits), sureness(portraits), poses(portraits)])


def portrait(run: Run, bare: Faces, picture: Picture) -> Portrait:
    analysis = run.analysis(picture) or {}
    faces = analysis.get("faces") or []
    alone = bare.faces(picture)
    return Portrait(
        picture, max(faces, key=area) if faces else None, bare.attributes(picture, alone[0]) if alone else None)


def area(face: dict[str, Any]) -> float:
    return face["box"]["width"] * face["box"]["height"]


def counts(run: Run, bare: Faces) -> list[Row]:
    """Pictures whose number of faces the manifest tells."""
    right, alone, misses = [], [], []
    for picture in run.data.pictures:
        expected, analysis = picture.expect.get("faces"), run.analysis(picture)
        if not isinstance(expected, int) or analysis is None:
            continue
        number = len(analysis["faces"])
        right.append(number == expected)
        alone.append(len(bare.faces(picture)) == expected)
        if number != expected:
            misses.append(Miss(picture.file, f"{expected} by the manifest, {number} found"))
    return [Row("number of faces", "as the manifest says", len(right), share(right), share(alone), at_least=1,
                misses=misses)]


def found(run: Run, portraits: list[Portrait]) -> list[Row]:
    ours = [portrait.ours is not None for portrait in portraits]
    alone = [portrait.bare is not None for portrait in portraits]
    misses = [Miss(portrait.picture.file, "no face found") for portrait in portraits if portrait.ours is None]
    return [Row("single portraits", "a face is found", len(ours), share(ours), share(alone), at_least=0.99,
                misses=misses)]


def ages(portraits: list[Portrait]) -> list[Row]:
    """By the middles of both ranges, and whether they meet."""
    known = [
        (portrait, portrait.age, portrait.ours["ageRange"], portrait.bare) for portrait in portraits
        if portrait.age and portrait.ours and portrait.ours.get("ageRange") and portrait.bare]
    ours = [abs(middle(age) - (told["low"] + told["high"]) / 2) for _, age, told, _ in known]
    alone = [abs(middle(age) - (bare.age_low + bare.age_high) / 2) for _, age, _, bare in known]
    meets = [told["low"] <= age[1] and age[0] <= told["high"] for _, age, told, _ in known]
    bare_meets = [bare.age_low <= age[1] and age[0] <= bare.age_high for _, age, _, bare in known]
    widths = [told["high"] - told["low"] for _, _, told, _ in known]
    misses = [
        Miss(one.picture.file, f"{age[0]:g} to {age[1]:g}; told {told['low']} to {told['high']}")
        for (one, age, told, _), meet in zip(known, meets) if not meet]
    return [
        Row("age", "mean distance of the middles of both ranges", len(ours), mean(ours), mean(alone), "years", "faces"),
        Row("age range", "meets the person's", len(meets), share(meets), share(bare_meets), of="faces", misses=misses),
        Row("width of the age range", "mean", len(widths), mean(widths), unit="years", of="faces"),
    ]


def gender(portraits: list[Portrait]) -> Row:
    known = [
        (portrait, portrait.picture.expect["gender"], portrait.ours["gender"], portrait.bare)
        for portrait in portraits if portrait.picture.expect.get("gender") in ("male", "female")
        and portrait.ours and portrait.ours.get("gender") and portrait.bare]
    right = [told["value"] == expected for _, expected, told, _ in known]
    alone = [(bare.male >= 0.5) == (expected == "male") for _, expected, _, bare in known]
    misses = [
        Miss(one.picture.file, f"{expected}; told {told['value']} ({told['confidence']:.0f})")
        for (one, expected, told, _), hit in zip(known, right) if not hit]
    return Row("gender", "as the manifest says", len(right), share(right), share(alone), of="faces", misses=misses)


def smiles(portraits: list[Portrait]) -> list[Row]:
    """`happy` against every other word, also those that are no expression here."""
    known = [
        (portrait, "happy" in portrait.expressions, probability(portrait.ours["smile"]),
         portrait.bare.expressions["happy"])
        for portrait in named(portraits) if portrait.ours and portrait.ours.get("smile") and portrait.bare]
    truths = [truth for _, truth, _, _ in known]
    right = [(told >= 0.5) == truth for _, truth, told, _ in known]
    alone = [(bare >= 0.5) == truth for _, truth, _, bare in known]
    misses = [
        Miss(one.picture.file, f"{'' if truth else 'no '}smile; told {told:.2f}")
        for (one, truth, told, _), hit in zip(known, right) if not hit]
    return [
        Row("smile", "area under the curve", len(known), area_under([told for _, _, told, _ in known], truths),
            area_under([bare for _, _, _, bare in known], truths), "score", "faces"),
        Row("smile", "yes or no as the manifest says", len(known), share(right), share(alone), of="faces",
            misses=misses),
    ]


def named(portraits: list[Portrait]) -> list[Portrait]:
    return [
        portrait for portrait in portraits
        if portrait.picture.expect.get("expression_crowd_label") or portrait.picture.expect.get("expression")]


def expressions(portraits: list[Portrait]) -> list[Row]:
    known = [
        (portrait, first(portrait.ours), strongest(portrait.bare)) for portrait in portraits
        if portrait.expressions and portrait.ours and portrait.bare]
    def row(name: str, some: Sequence[tuple[Portrait, str, str]]) -> Row:
        right = [told in one.expressions for one, told, _ in some]
        alone = [bare in one.expressions for one, _, bare in some]
        misses = [
            Miss(one.picture.file, f"{' or '.join(sorted(one.expressions))}; told {told or 'nothing'}")
            for (one, told, _), hit in zip(some, right) if not hit]
        return Row(name, "the first is the manifest's", len(some), share(right), share(alone), of="faces",
                   misses=misses)
    words = sorted({word for one, _, _ in known for word in one.expressions})
    return [row("expression", known)] + [
        row(f"expression: {word}", [item for item in known if item[0].expressions == {word}]) for word in words]


def first(face: dict[str, Any]) -> str:
    return face["emotions"][0]["type"] if face["emotions"] else ""


def strongest(bare: Attributes) -> str:
    return max(bare.expressions, key=lambda name: bare.expressions[name])


def confusion(portraits: list[Portrait]) -> Table:
    pairs = Counter(
        (" or ".join(sorted(one.expressions)), first(one.ours)) for one in portraits if one.expressions and one.ours)
    told = sorted({word for _, word in pairs})
    truths = sorted({word for word, _ in pairs})
    lines = [[truth] + [str(pairs[truth, word] or "") for word in told] for truth in truths]
    return Table("Expressions: the manifest's against those told", ["manifest", *told], lines)


def sureness(portraits: list[Portrait]) -> Table:
    """How often a first expression of some confidence is right."""
    known = [
        (one.ours["emotions"][0]["confidence"], first(one.ours) in one.expressions) for one in portraits
        if one.expressions and one.ours and one.ours["emotions"]]
    lines = []
    for low, high in ((0, 50), (50, 70), (70, 90), (90, 101)):
        some = [hit for confidence, hit in known if low <= confidence < high]
        if some:
            lines.append([f"{low} to {min(high, 100)}", str(len(some)), f"{100 * sum(some) / len(some):.0f} %"])
    return Table("Confidence of the first expression", ["confidence", "faces", "right"], lines)


def poses(portraits: list[Portrait]) -> Table:
    """Most people look into the camera: the medians should be near 0."""
    lines = []
    for angle in ("yaw", "roll", "pitch"):
        values = sorted(one.ours["pose"][angle] for one in portraits if one.ours and one.ours.get("pose"))
        if values:
            tenth = len(values) // 10
            lines.append([angle, str(len(values)), *(f"{values[place]:+.1f}°" for place in (
                tenth, len(values) // 2, len(values) - 1 - tenth))])
    return Table("How heads are turned", ["angle", "faces", "a tenth below", "median", "a tenth above"], lines)


def probability(trait: dict[str, Any]) -> float:
    return trait["confidence"] / 100 if trait["value"] else 1 - trait["confidence"] / 100


def middle(ages: tuple[float, float]) -> float:
    return (ages[0] + ages[1]) / 2


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def share(values: Sequence[bool]) -> float | None:
    return mean([float(value) for value in values])


def area_under(scores: Sequence[float], truths: Sequence[bool]) -> float | None:
    """How often a true one scores higher than a false one; equal scores count half."""
    yes = [score for score, truth in zip(scores, truths) if truth]
    no = [score for score, truth in zip(scores, truths) if not truth]
    if not yes or not no:
        return None
    return sum((a > b) + (a == b) / 2 for a in yes for b in no) / (len(yes) * len(no))


TEXT = """
**How many**: pictures whose number of faces the manifest tells, and pictures of one person. The reference is the bare
detector at 640 pixels with its authors' threshold.

**Ages** of portraits whose dates are known, or as they look to a person; both are ranges. **Gender** as the manifest
says. **Expressions** mostly by a crowd, which often disagrees with itself, and nearly all happy or calm: what is said of
the others rests on a handful of faces. The confidences of expressions, smiles and open mouths were fitted to these same
faces (two to four numbers each; how well they hold on the half that was not fitted to is told in the sources).

**Not measured**: closed eyes, as hardly any face here has them; pitch against a truth; expressions on faces from the
side.
"""
