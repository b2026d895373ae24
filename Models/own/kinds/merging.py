"""Fits how the label model's and the detector's answers become confidences, and prints the constants for Swift.

merging.py --features features.npz --models DIR

`Sources/Perception/Labels/Merging` has the formulas. Everything the head says here is said by the head of the fold, which
did not see the picture; the figures are of constants that did not see the fold either.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime

import tables
from train import FOLDS, unit

TEMPERATURE = 0.62
#: Labels of the vocabulary that people were asked of every picture.
BROAD = ("Animal", "Vehicle", "Plant", "Flower", "Food", "Building", "Mountain", "Person")
#: From this share of the model's belief on a label is looked at; below the other it is hardly believed.
FAINTEST, FAINT = 0.02, 0.2
#: A witness is not believed beyond these log odds. Of 1, 2, 3 and 4 against a label all do as well on unseen folds: the least,
#: because a kind has seen few of the things there are.
MOST, MOST_AGAINST = 4, 1
#: What a picture may be other than a photo of things.
GRAPHICS = ("Document", "Screenshot", "Illustration", "Abstract")
#: The first of these that a label is, or is a kind of, and the kind of picture that speaks for it.
WITNESSES = (
    ("Animal", "Animal"),
    ("Vehicle", "Vehicle"),
    ("Plant", "Plant"),
    ("Food", "Food"),
    ("Building", "Building"),
    ("Screenshot", "Screenshot"),
    ("Document", "Document"),
    ("Clothing", "Person"),
    ("Accessory", "Person"),
    ("Person", "Person"),
    ("Water", "Water"),
    ("Nature", "Nature"),
    ("Street", "Street"),
    ("Furniture", "Indoors"),
    ("Electronics", "Indoors"),
    ("Home Decor", "Indoors"),
    ("Kitchenware", "Indoors"),
)


def logit(p: np.ndarray | float) -> np.ndarray:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def logistic(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Coefficients, the constant last; decay 1 on standardised columns, as few verdicts want it."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    at, decay = np.zeros(z.shape[1]), np.diag([1.0] * x.shape[1] + [0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-(z @ at)))
        at = at - np.linalg.solve(
            (z * (weights * p * (1 - p))[:, None]).T @ z + decay, z.T @ (weights * (p - y)) + decay @ at
        )
    return np.r_[at[:-1] / spread, at[-1] - (at[:-1] * mean / spread).sum()]


def report(title: str, names: list[str], x: np.ndarray, y: np.ndarray, weights: np.ndarray, fold: np.ndarray) -> None:
    p = np.empty(len(y))
    for number in range(FOLDS):
        inside = fold == number
        at = logistic(x[~inside], y[~inside], weights[~inside])
        p[inside] = 1 / (1 + np.exp(-(np.c_[x[inside], np.ones(inside.sum())] @ at)))
    order = np.argsort(p)
    ranks = np.empty(len(p))
    ranks[order] = np.arange(len(p))
    auc = (ranks[y > 0].mean() - (y.sum() - 1) / 2) / (len(y) - y.sum())
    print(f"\n{title}: {len(y)} verdicts, {int(y.sum())} right; unseen folds: AUC {auc:.3f}")
    for low in (0.25, 0.5, 0.75, 0.85, 0.95):
        high = {0.25: 0.5, 0.5: 0.75, 0.75: 0.85, 0.85: 0.95, 0.95: 1.01}[low]
        band = (p >= low) & (p < high)
        if band.any():
            share = np.average(y[band], weights=weights[band])
            print(f"  said {low:.2f} to {min(high, 1):.2f}: {band.sum():4d} verdicts, {share:.2f} right")
    for name, value in zip([*names, "constant"], logistic(x, y, weights), strict=True):
        print(f"  {name:10} {value:+.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    arguments = parser.parse_args()

    vocabulary = json.loads((arguments.models / "labels.json").read_text("utf-8"))
    parents = {entry["name"]: entry["parents"] for entry in vocabulary["labels"]}
    names = [entry["name"] for entry in vocabulary["labels"]]
    above = {parent for values in parents.values() for parent in values}

    stored, pictures = np.load(arguments.features), tables.pictures()
    at = {sha256: number for number, sha256 in enumerate(stored["ids"])}
    fold = np.array([pictures[sha256].fold for sha256 in stored["ids"]])
    x = unit(unit(stored["features"].astype(np.float32)).mean(1))
    alike = (x @ x.T > 0.85).sum(1)
    said: dict[str, np.ndarray] = {}
    for number in range(FOLDS):
        head = onnxruntime.InferenceSession(str(tables.HERE / "folds" / f"kinds_head_{number}.onnx"))
        kinds = json.loads(head.get_modelmeta().custom_metadata_map["names"])
        logits = head.run(None, {"feature": x[fold == number].astype(np.float32)})[0]
        for column, kind in enumerate(kinds):
            said.setdefault(kind, np.zeros(len(x)))[fold == number] = logits[:, column]
    graphics = np.max([said[kind] for kind in GRAPHICS], 0)
    scores = stored["logits"].mean(1) / TEMPERATURE
    powers = np.exp(scores - scores.max(1, keepdims=True))
    probabilities = powers / powers.sum(1, keepdims=True)
    holds = np.zeros((1000, len(names)))
    for number, label in enumerate(vocabulary["classes"]):
        for name in [names[label], *parents[names[label]]]:
            holds[number, names.index(name)] = 1
    mass = probabilities @ holds

    def witness(label: str) -> str | None:
        chain = {label, *parents[label]}
        return next((kind for ancestor, kind in WITNESSES if ancestor in chain), None)

    def class_mass(picture: int, label: str) -> float:
        """Its own, or that of the nearest thing it is a kind of which the label model has classes for."""
        for name in [label, *parents[label]]:
            if holds[:, names.index(name)].any():
                return mass[picture, names.index(name)]
        return 0

    rows = {"class": [], "object": [], "person": []}
    for verdict in tables.verdicts():
        if verdict.sha256 in at and verdict.label in parents:
            origin = "person" if (verdict.origin, verdict.label) == ("object", "Person") else verdict.origin
            rows[origin].append((at[verdict.sha256], verdict))
    # People gave verdicts on what the model believes. What it hardly believes: for the labels that are kinds as well, what
    # they said of the picture; for others, in the pictures they gave verdicts on, that it is wrong.
    codes = {name: code for code, name in tables.kinds().items()}
    judged = {verdict.sha256 for _, verdict in rows["class"]}
    given = {(verdict.sha256, verdict.label) for _, verdict in rows["class"]}
    for sha256, number in at.items():
        for column in np.flatnonzero(mass[number] >= FAINTEST):
            label = names[column]
            if (sha256, label) in given:
                continue
            if label in BROAD:
                is_right = codes[label] in pictures[sha256].codes
            elif sha256 in judged and parents[label] and mass[number, column] < FAINT:
                is_right = False
            else:
                continue
            rows["class"].append((number, tables.Verdict(sha256, "class", label, None, is_right)))
    for origin, title in (("class", "Label model"), ("object", "Detector"), ("person", "Detector, people")):
        picture = np.array([number for number, _ in rows[origin]])
        y = np.array([float(verdict.is_right) for _, verdict in rows[origin]])
        per_picture = np.bincount(picture, minlength=len(x))[picture]
        weights = (alike[picture] * per_picture) ** -0.5
        columns = {}
        if origin == "person":
            columns["kind"] = said["Person"][picture]
        else:
            columns["mass"] = [logit(class_mass(number, verdict.label)) for number, verdict in rows[origin]]
            columns["graphics"] = graphics[picture]
        if origin == "class":
            kinds = [witness(verdict.label) for _, verdict in rows[origin]]
            columns["witness"] = [
                np.clip(said[kind][n], -MOST_AGAINST, MOST) if kind else 0 for kind, n in zip(kinds, picture, strict=True)
            ]
            columns["unwitnessed"] = [float(kind is None) for kind in kinds]
            columns["specific"] = [float(verdict.label not in above) for _, verdict in rows[origin]]
            columns["specificMass"] = list(np.array(columns["mass"]) * columns["specific"])
        else:
            columns["score"] = [logit(verdict.score) for _, verdict in rows[origin]]
        report(title, list(columns), np.array(list(columns.values())).T, y, weights, fold[picture])


if __name__ == "__main__":
    main()
