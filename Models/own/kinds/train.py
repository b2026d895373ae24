"""Trains the head, judges it on folds that it did not see, and writes it.

train.py --features features.npz --out DIR

One linear layer on the label model's feature, a logistic regression for each kind, with a bias and a scale of its own so
that what it says of unseen pictures is a probability (Platt 1999, on the folds). Writes `kinds_head.onnx`, trained on all
pictures; `folds/kinds_head_N.onnx`, trained without fold N, to judge with; and `results.json`.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from scipy.optimize import minimize

import tables

FOLDS = 5
#: Strength of the weights' decay: of 3e-5, 1e-5 and 3e-6 the one with the best mean average precision on the folds.
DECAY = 1e-5
#: A kind stays when the folds show it to be right this often where it is shown, and found this often.
LEAST_PRECISION, LEAST_RECALL, SHOWN = 0.8, 0.15, 0.75
#: Of a kind with fewer pictures nothing can be learned, nor judged.
FEWEST = 8


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def fit(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights [features, kinds] and biases of a logistic regression for each column of `y`."""
    (count, width), kinds = x.shape, y.shape[1]
    inputs = np.hstack([x, np.ones((count, 1))]).astype(np.float32)
    share = (weights / weights.sum()).astype(np.float32)[:, None]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        layer = flat.reshape(width + 1, kinds).astype(np.float32)
        z = inputs @ layer
        gradient = inputs.T @ (share * (1 / (1 + np.exp(-z)) - y))
        gradient[:-1] += 2 * DECAY * layer[:-1]
        value = (share * (np.logaddexp(0, z) - y * z)).sum() + DECAY * (layer[:-1] ** 2).sum()
        return float(value), gradient.ravel().astype(np.float64)

    found = minimize(loss, np.zeros((width + 1) * kinds), jac=True, method="L-BFGS-B", options={"maxiter": 60})
    layer = found.x.reshape(width + 1, kinds)
    return layer[:-1], layer[-1]


def platt(z: np.ndarray, y: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Scale and offset with the least log loss of `sigmoid(scale * z + offset)`; a little decay keeps few examples sane."""
    at = np.array([1.0, 0.0])
    x = np.c_[z, np.ones_like(z)]
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ at)))
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + 0.05 * np.eye(2)
        at = at - np.linalg.solve(hessian, x.T @ (weights * (p - y)) + 0.05 * (at - [1, 0]))
    return float(at[0]), float(at[1])


def average_precision(z: np.ndarray, y: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(-z)
    hits = weights[order] * y[order]
    precision = np.cumsum(hits) / np.cumsum(weights[order])
    return float((precision * hits).sum() / hits.sum())


def write(path: Path, layer: np.ndarray, bias: np.ndarray, names: list[str]) -> None:
    """`feature` [N, 1280] of length 1 → `logits` [N, kinds]; the names are the file's metadata `names`."""
    weights = [
        numpy_helper.from_array(layer.astype(np.float16), "weights"),
        numpy_helper.from_array(bias.astype(np.float32), "bias"),
    ]
    nodes = [
        helper.make_node("Cast", ["weights"], ["weights32"], to=TensorProto.FLOAT),
        helper.make_node("Gemm", ["feature", "weights32", "bias"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "kinds",
        [helper.make_tensor_value_info("feature", TensorProto.FLOAT, ["N", layer.shape[0]])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", layer.shape[1]])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {"names": json.dumps(names)})
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()

    stored = np.load(arguments.features)
    known = tables.pictures()
    seen = [known[sha256] for sha256 in stored["ids"]]
    x = unit(unit(stored["features"].astype(np.float32)).mean(1))
    fold = np.array([picture.fold for picture in seen])
    # Near copies (bursts, formats of one picture) count together about as much as one picture does.
    alike = (x @ x.T > 0.85).sum(1)
    weights = alike**-0.5
    codes = {code: name for code, name in tables.kinds().items() if sum(code in one.codes for one in seen) >= FEWEST}
    y = np.array([[code in one.codes for code in codes] for one in seen], np.float32)
    judged = np.array([[code not in "oi" or "q" not in one.codes for code in codes] for one in seen])

    layers = [fit(x[fold != number], y[fold != number], weights[fold != number]) for number in range(FOLDS)]
    z = np.empty(y.shape)
    for number, (layer, bias) in enumerate(layers):
        z[fold == number] = x[fold == number] @ layer + bias
    scales, results, kept = [], {}, []
    for column, (code, name) in enumerate(codes.items()):
        rows = judged[:, column]
        target, score, weight = y[rows, column], z[rows, column], weights[rows]
        scale, offset = platt(score, target, weight)
        # The figures are of scales that did not see the fold either.
        p = np.empty(len(score))
        for number in range(FOLDS):
            inside = fold[rows] == number
            a, b = platt(score[~inside], target[~inside], weight[~inside])
            p[inside] = 1 / (1 + np.exp(-(a * score[inside] + b)))
        shown = p >= SHOWN
        right = float((weight * target)[shown].sum() / max(weight[shown].sum(), 1e-9))
        found = float((weight * target)[shown].sum() / (weight * target).sum())
        scales.append((scale, offset))
        is_kept = right >= LEAST_PRECISION and found >= LEAST_RECALL
        if is_kept:
            kept.append(column)
        results[name] = {
            "pictures": int(target.sum()),
            "average_precision": round(average_precision(score, target, weight), 3),
            "precision_at_75": round(right, 3),
            "recall_at_75": round(found, 3),
            "kept": is_kept,
        }
    names = [list(codes.values())[column] for column in kept]
    scale = np.array(scales)[kept]

    def scaled(layer: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return layer[:, kept] * scale[:, 0], bias[kept] * scale[:, 0] + scale[:, 1]

    write(arguments.out / "kinds_head.onnx", *scaled(*fit(x, y, weights)), names)
    for number, (layer, bias) in enumerate(layers):
        write(arguments.out / "folds" / f"kinds_head_{number}.onnx", *scaled(layer, bias), names)
    document = {
        "pictures": len(seen),
        "folds": dict(sorted(Counter(map(int, fold)).items())),
        "kinds": results,
    }
    (arguments.out / "results.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    for name, figures in results.items():
        print(f"{name:14}", "  ".join(f"{key} {value}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
