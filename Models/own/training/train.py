"""Train the head, calibrate it on the validation part, write ONNX.

train.py --work DIR --features features.npz --inputs dlib256,r12 --out face_attributes_head.onnx
"""

import argparse
import numpy as np
import onnx
from onnx import helper as h, numpy_helper as nh, TensorProto as T
from mlp import Head, BINS, softmax, quantile


def load(path, inputs, versions):
    z = np.load(path)
    for v in range(versions):
        if f"rows_{v}" in z.files:
            # in the int8 dlib graph `r12` is read before its ReLU (the quantiser clips it), in fp32 after: clip here and in the head
            yield (
                z[f"rows_{v}"],
                np.concatenate([z[f"{k}_{v}"] if k == "dlib128" else np.maximum(z[f"{k}_{v}"], 0) for k in inputs], 1),
            )


def near_duplicates(emb, train, other, limit=0.3):
    """Training rows whose clean dlib embedding lies within `limit` of a validation or test image (same photo)."""
    a, b = emb[train].astype(np.float32), emb[other].astype(np.float32)
    hit = np.zeros(len(train), bool)
    bb = (b * b).sum(1)
    for i in range(0, len(a), 2048):
        c = a[i : i + 2048]
        hit[i : i + 2048] = ((c * c).sum(1)[:, None] + bb - 2 * c @ b.T).min(1) < limit**2
    return hit


def bands(age):
    return np.digitize(age, [4, 13, 18, 25, 35, 45, 55, 65, 75])


def fit_platt(logit, y, w):
    """scale a and offset b with minimal log loss of sigmoid(a*logit+b); Newton."""
    ab = np.array([1.0, 0.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-(ab[0] * logit + ab[1])))
        X = np.c_[logit, np.ones_like(logit)]
        H = (X * (w * p * (1 - p))[:, None]).T @ X + 1e-6 * np.eye(2)
        ab -= np.linalg.solve(H, X.T @ (w * (p - y)))
    return ab


def export(head, mean, std, dims, cal, path):
    """Normalisation folded into the first layer, weights stored as float16."""
    W = [w.astype(np.float64) for w in head.W]
    b = [x.astype(np.float64) for x in head.b]
    W[0] = W[0] / std[:, None]
    W = [w.astype(np.float16) for w in W]
    b[0] = b[0] - mean.astype(np.float64) @ W[0].astype(np.float64)
    init, nodes = [], []
    const = lambda name, x: (init.append(nh.from_array(np.asarray(x), name)), name)[1]
    node = lambda op, ins, out, **k: (nodes.append(h.make_node(op, ins, [out], name=out, **k)), out)[1]
    ins, parts = [], []
    for name, shape in dims:
        ins.append(h.make_tensor_value_info(name, T.FLOAT, ["N"] + list(shape)))
        flat = node("Flatten", [name], name + "_2d", axis=1)
        parts.append(flat if name == "embedding" else node("Relu", [flat], name + "_clipped"))
    x = node("Concat", parts, "features", axis=1) if len(parts) > 1 else parts[0]
    for i in range(len(W)):
        w = node("Cast", [const(f"w{i}_f16", W[i])], f"w{i}", to=T.FLOAT)
        x = node("Gemm", [x, w, const(f"b{i}", b[i].astype(np.float32))], f"fc{i}")
        if i + 1 < len(W):
            x = node("Relu", [x], f"relu{i}")
    ax = const("axis", np.array([1], np.int64))
    one = const("one", np.float32(1))
    half = const("half", np.float32(0.5))
    zero = const("zero", np.float32(0))
    age = node(
        "Slice", [x, const("s0", np.array([0], np.int64)), const("s101", np.array([101], np.int64)), ax], "age_logits"
    )
    gen = node("Slice", [x, "s101", const("s102", np.array([102], np.int64)), ax], "female_logit")
    p = node(
        "Softmax",
        [node("Mul", [age, const("sharpness", np.float32(cal["sharp"]))], "age_scaled")],
        "age_probability",
        axis=1,
    )
    mean_ = node("Squeeze", [node("MatMul", [p, const("years", BINS[:, None])], "age_mean2"), ax], "age_mean")
    below = node("Sub", [node("CumSum", [p, const("axis0", np.array(1, np.int64))], "cdf"), p], "below")
    safe = node("Max", [p, const("eps", np.float32(1e-6))], "safe")
    for out, q, lim in (("age_low", cal["lo"], "Min"), ("age_high", cal["hi"], "Max")):
        d = node("Div", [node("Sub", [const(out + "_q", np.float32(q)), below], out + "_a"), safe], out + "_b")
        s = node("ReduceSum", [node("Clip", [d, "zero", "one"], out + "_c"), ax], out + "_d", keepdims=0)
        s = node("Max", [node("Sub", [s, half], out + "_e"), zero], out + "_f")
        node(lim, [s, mean_], out)
    g = node("Mul", [gen, const("gender_scale", np.float32(-cal["platt"][0]))], "male_logit_a")
    g = node("Add", [g, const("gender_offset", np.float32(-cal["platt"][1]))], "male_logit")
    node("Squeeze", [node("Sigmoid", [g], "male2"), ax], "gender_male_probability")
    outs = [
        h.make_tensor_value_info(o, T.FLOAT, ["N"])
        for o in ("age_mean", "age_low", "age_high", "gender_male_probability")
    ]
    m = h.make_model(
        h.make_graph(nodes, "face_attributes_head", ins, outs, init),
        opset_imports=[h.make_opsetid("", 17)],
        ir_version=8,
    )
    onnx.checker.check_model(m, True)
    onnx.save(m, path)


DIMS = {"dlib128": (128,), "dlib256": (256,), "r12": (256, 4, 4), "lite": (1280,)}
NAMES = {"dlib128": "embedding", "dlib256": "flat", "r12": "r12", "lite": "feature"}


def main():
    a = argparse.ArgumentParser()
    for n in ("--work", "--features", "--out"):
        a.add_argument(n)
    a.add_argument("--inputs", default="dlib256,r12")
    a.add_argument("--hidden", default="192,96")
    a.add_argument("--epochs", type=int, default=16)
    a.add_argument("--versions", type=int, default=5)
    a.add_argument("--decay", type=float, default=0.4)
    a.add_argument("--lr", type=float, default=1e-3)
    a.add_argument("--drop", default=".4,.5,.2")
    a = a.parse_args()
    inputs = a.inputs.split(",")
    ix = np.load(a.work + "/index.npz")
    age, gender, split = ix["age"].astype(np.float32), ix["gender"].astype(np.float32), ix["split"]
    data = list(load(a.features, inputs, a.versions))
    rows0 = data[0][0]
    emb = np.load(a.features)["dlib128_0"]
    tr, ot = np.where(split[rows0] == 0)[0], np.where(split[rows0] > 0)[0]
    drop = set(rows0[tr[near_duplicates(emb, tr, ot)]].tolist())
    print("near duplicates of validation/test images dropped from training:", len(drop))
    use = [np.array([split[i] == 0 and int(i) not in drop for i in r]) for r, _ in data]
    R = np.concatenate([r[u] for (r, _), u in zip(data, use)])
    X = np.concatenate([x[u] for (_, x), u in zip(data, use)])
    val = [(r[split[r] == 1], x[split[r] == 1]) for r, x in data]
    test = (rows0[split[rows0] == 2], data[0][1][split[rows0] == 2])
    del data
    s = X[::7].astype(np.float32)
    mean, std = s.mean(0), s.std(0) + 0.05 * s.std()
    norm = lambda x: (x.astype(np.float32) - mean) / std
    c = np.bincount(bands(age[R]), minlength=10)
    w = np.clip((c[bands(age[R])] / len(R)) ** -0.4, 0.5, 3)
    w = (w / w.mean()).astype(np.float32)
    gw = np.where(age[R] < 3, 0.3, 1).astype(np.float32)
    head = Head(X.shape[1], tuple(int(k) for k in a.hidden.split(",")))

    def report(e):
        t = []
        for r, x in (val[0], val[-1]):
            z = head(norm(x))
            p = softmax(z[:, :101])
            t.append(f"MAE {np.abs(p @ BINS - age[r]).mean():.3f} gender {((z[:, 101] > 0) == gender[r]).mean():.4f}")
        print(f"epoch {e:3d} validation clean {t[0]}, last version {t[1]}", flush=True)

    head.fit(
        lambda i: norm(X[i]),
        age[R],
        gender[R],
        w,
        gw,
        epochs=a.epochs,
        lr=a.lr,
        decay=a.decay,
        drop=tuple(float(d) for d in a.drop.split(",")),
        report=report,
    )
    # calibration on validation images: clean and first jittered version alike
    vr = np.concatenate([r for r, _ in val[:2]])
    vz = head(norm(np.concatenate([x for _, x in val[:2]])))
    y = np.minimum(age[vr], 100)
    sharp = min(
        np.arange(0.5, 2.51, 0.05),
        key=lambda k: -np.log(softmax(vz[:, :101] * k)[np.arange(len(y)), y.astype(int)] + 1e-9).mean(),
    )
    p = softmax(vz[:, :101] * sharp)
    cdf = np.cumsum(p, 1)[np.arange(len(y)), y.astype(int)] - 0.5 * p[np.arange(len(y)), y.astype(int)]
    cal = dict(
        sharp=sharp,
        lo=float(np.quantile(cdf, 0.1)),
        hi=float(np.quantile(cdf, 0.9)),
        platt=fit_platt(vz[:, 101].astype(float), gender[vr], np.where(age[vr] < 3, 0.3, 1)),
    )
    print("calibration", cal)
    for name, (r, x) in (("validation", val[0]), ("test", test)):
        z = head(norm(x))
        p = softmax(z[:, :101] * sharp)
        lo, hi = quantile(p, cal["lo"]), quantile(p, cal["hi"])
        print(
            f"{name}: n {len(r)} MAE {np.abs(p @ BINS - age[r]).mean():.3f} 18+ {np.abs(p @ BINS - age[r])[age[r] >= 18].mean():.3f} cover {((age[r] >= lo) & (age[r] <= hi)).mean():.3f} width {(hi - lo).mean():.1f} gender {((z[:, 101] * cal['platt'][0] + cal['platt'][1] > 0) == gender[r]).mean():.4f}"
        )
    if a.out:
        export(head, mean, std, [(NAMES[k], DIMS[k]) for k in inputs], cal, a.out)


if __name__ == "__main__":
    main()
