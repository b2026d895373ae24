"""Score a head, and the reference age/gender model, on the test chips and on the held-out photos.

evaluate.py --work DIR --models DIR --head face_attributes_head.onnx --holdout DIR [--portraits DIR] --out results.json
"""

import argparse, json, os
from multiprocessing import Pool
import numpy as np
import cv2
import faces
from features import expose, shrink

BANDS = [(0, 3), (4, 12), (13, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 116)]


class Server:
    """Detector -> chip -> dlib -> head; and the reference model on its own square crop."""

    def __init__(self, a):
        cv2.setNumThreads(1)
        m = a.models
        self.det = {
            "yunet": faces.YuNet(m + "/yunet_n_dynamic.onnx"),
            "centerface": faces.CenterFace(m + "/centerface_dyn_int8.onnx"),
        }
        self.dlib = faces.session(expose(m + "/dlib_face_resnet_150_int8.onnx", ["embedding", "flat", "r12"]))
        self.head = faces.session(a.head)
        self.need = [i.name for i in self.head.get_inputs()]
        ref = m + "/age_gender_xception_112.onnx"
        self.ref = faces.session(ref) if os.path.exists(ref) else None

    def find(self, bgr, which, side=None):
        """Largest face; None if none. Photos: longest side <= 640, close-ups again at 256."""
        for s in [side] if side else [640, 256]:
            k = min(1, s / max(bgr.shape[:2]))
            im = cv2.resize(bgr, None, fx=k, fy=k, interpolation=cv2.INTER_AREA) if k < 1 else bgr
            f = max(self.det[which](im), key=lambda x: (x[2] - x[0]) * x[4], default=None)
            if f is not None:
                return np.r_[f[:4] / k, f[4], f[5:] / k]

    def __call__(self, bgr, face, which, edge=0):
        rgb = np.ascontiguousarray(bgr[:, :, ::-1])
        c = faces.warp(rgb, faces.chip_matrix(face[5:].reshape(5, 2), which), 150)
        d = self.dlib.run(self.need, {"image": c.transpose(2, 0, 1)[None].astype(np.float32)})
        own = [
            float(o[0])
            for o in self.head.run(
                ["age_mean", "age_low", "age_high", "gender_male_probability"], dict(zip(self.need, d))
            )
        ]
        if not self.ref:
            return own + [np.nan] * 2
        # square round the box, cut at the edge of the photo (or of the chip inside its repeated border): best for this model
        m = (face[:2] + face[2:4]) / 2
        r = max(face[2:4] - face[:2]) / 2
        x, y = np.maximum(edge, m - r).astype(int)
        X, Y = np.minimum(np.array(bgr.shape[1::-1]) - edge, m + r).astype(int)
        c = cv2.resize(rgb[y:Y, x:X], (112, 112), interpolation=cv2.INTER_AREA if X - x > 112 else cv2.INTER_LINEAR)
        o = {o.name: o for o in self.ref.get_outputs()}
        age, g = self.ref.run(["age", "gender"], {"input": c.transpose(2, 0, 1)[None].astype(np.float32)})
        return own + [float(age.ravel()[0]), float(g.ravel()[0])]


def chip_versions(img):
    """(name, image with a replicated border, width of that border)"""

    def pad(x, p):
        return cv2.copyMakeBorder(x, p, p, p, p, cv2.BORDER_REPLICATE)

    yield "clean", pad(img, 28), 28
    yield "face 40 px", pad(shrink(img, 40, 80)[0], 14), 14
    yield "face 80 px", pad(shrink(img, 80, 80)[0], 20), 20
    yield (
        "turned 15",
        cv2.warpAffine(
            pad(img, 40), cv2.getRotationMatrix2D((140, 140), 15, 1), (280, 280), borderMode=cv2.BORDER_REPLICATE
        ),
        28,
    )
    yield "grey", pad(cv2.cvtColor(cv2.cvtColor(img, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), 28), 28


def work(job):
    kind, items, a = job
    s = Server(a)
    out = []
    for path, meta in items:
        img = cv2.imread(path)
        if img is None:
            continue
        if kind == "chip":
            img = cv2.resize(img, (200, 200))
            for name, v, edge in chip_versions(img):
                for which in ("yunet", "centerface") if name in ("clean", "face 40 px") else ("yunet",):
                    f = s.find(v, which, 999)
                    out.append((name, which, meta, None if f is None else s(v, f, which, edge)))
        else:
            for which in ("yunet", "centerface"):
                f = s.find(img, which)
                out.append((kind, which, meta, None if f is None else s(img, f, which)))
    return out


def ece(p, y):
    """Expected calibration error of max(p,1-p) in ten bins."""
    c = np.maximum(p, 1 - p)
    ok = (p > 0.5) == y
    b = np.minimum(((c - 0.5) * 20).astype(int), 9)
    return sum(abs(c[b == k].mean() - ok[b == k].mean()) * (b == k).mean() for k in range(10) if (b == k).any())


def score(rows, ages=True):
    o = np.array([r[3] for r in rows], float)
    male = np.array([r[2].get("male", np.nan) for r in rows], float)
    t = dict(n=len(rows))
    g = ~np.isnan(male)
    if g.any():
        m = male[g] > 0.5
        t["gender"] = (((o[g, 3] > 0.5) == m).mean(), ((o[g, 5] > 0.5) == m).mean())
        t["gender_of_men"] = ((o[g][m, 3] > 0.5).mean(), (o[g][m, 5] > 0.5).mean()) if m.any() else None
        t["gender_of_women"] = ((o[g][~m, 3] <= 0.5).mean(), (o[g][~m, 5] <= 0.5).mean()) if (~m).any() else None
        t["n_men_women"] = (int(m.sum()), int((~m).sum()))
        t["ece"] = (ece(o[g, 3], m), ece(o[g, 5], m))
        sure = np.maximum(o[g, 3], 1 - o[g, 3]) >= 0.9
        t["sure_0.9"] = (sure.mean(), ((o[g, 3] > 0.5) == m)[sure].mean())
    if ages and "age" in rows[0][2]:
        y = np.array([r[2]["age"] for r in rows], float)
        t["mae"] = (np.abs(o[:, 0] - y).mean(), np.abs(o[:, 4] - y).mean())
        t["bias"] = ((o[:, 0] - y).mean(), (o[:, 4] - y).mean())
        t["cover80"] = ((y >= o[:, 1]) & (y <= o[:, 2])).mean()
        t["width80"] = (o[:, 2] - o[:, 1]).mean()
    if ages and "range" in rows[0][2]:
        lo, hi = np.array([r[2]["range"] for r in rows], float).T
        for k, c in (("own", 0), ("ref", 4)):
            d = np.maximum(0, np.maximum(lo - o[:, c], o[:, c] - hi))
            t["in_range_" + k] = (d == 0).mean()
            t["outside_by_" + k] = d.mean()
        t["band_meets_range"] = ((o[:, 2] >= lo) & (o[:, 1] <= hi)).mean()
    return json.loads(json.dumps(t, default=float), parse_float=lambda x: round(float(x), 4))


def main():
    a = argparse.ArgumentParser()
    for n in ("--work", "--models", "--head", "--holdout", "--portraits", "--out"):
        a.add_argument(n)
    a = a.parse_args()
    ix = np.load(a.work + "/index.npz")
    RACE = ["White", "Black", "Asian", "Indian", "other"]
    jobs = {
        "chip": [
            (f"{a.work}/chips/{n}.jpg", dict(age=int(g), male=int(s == 0), race=RACE[r]))
            for n, g, s, r, k in zip(ix["names"], ix["age"], ix["gender"], ix["race"], ix["split"])
            if k == 2
        ]
    }
    man = json.load(open(a.holdout + "/manifest.json"))["files"]
    for f in man:
        e = f.get("expect")
        if (
            not isinstance(e, dict)
            or not f["file"].startswith("faces-")
            or not ({"age", "gender", "age_range", "age_range_seen"} & set(e))
        ):
            continue
        m = {}
        if "gender" in e:
            m["male"] = int(e["gender"] == "male")
        if "age" in e:
            m["age"] = e["age"]
        r = e.get("age_range") or e.get("age_range_seen")
        if r:
            m["range"] = r
        kind = f["file"].split("/")[0] + (" (UTKFace)" if "age" in e else " " + f["source"].split("/")[0])
        jobs.setdefault(kind, []).append((f"{a.holdout}/{f['file']}", m))
    if a.portraits:
        for l in open(a.portraits + "/list.txt"):
            f, male, *r = l.split()
            jobs.setdefault("portraits", []).append((f"{a.portraits}/{f}", dict(male=int(male))))
            if r:
                jobs.setdefault("portraits, short time in office", []).append(
                    (f"{a.portraits}/{f}", dict(male=int(male), range=[int(x) for x in r]))
                )
    todo = [
        (k, [v[i] for i in c], a)
        for k, v in jobs.items()
        for c in np.array_split(np.arange(len(v)), 2 if len(v) < 300 else 12)
        if len(c)
    ]
    with Pool(os.cpu_count()) as p:
        rows = [r for part in p.imap_unordered(work, todo) for r in part]
    res = {}
    for key in sorted({r[:2] for r in rows}):
        all_ = [r for r in rows if r[:2] == key]
        got = [r for r in all_ if r[3] is not None]
        res["/".join(key)] = dict(score(got), found=f"{len(got)}/{len(all_)}")
        if key == ("clean", "yunet"):
            for lo, hi in BANDS:
                res[f"clean/yunet age {lo}-{hi}"] = score([r for r in got if lo <= r[2]["age"] <= hi])
            res["clean/yunet age 18+"] = score([r for r in got if r[2]["age"] >= 18])
            res["clean/yunet age 13+"] = score([r for r in got if r[2]["age"] >= 13])
            for k in RACE:
                res[f"clean/yunet {k}, 13+"] = score([r for r in got if r[2]["race"] == k and r[2]["age"] >= 13])
            u = np.array([[r[2]["age"] < 18, r[3][0] < 18, r[3][4] < 18, r[3][2] < 18, r[3][1] < 18] for r in got])
            res["under 18"] = {
                n: dict(recall=round(float(u[u[:, 0], c].mean()), 4), precision=round(float(u[u[:, c], 0].mean()), 4))
                for n, c in (("own age_mean<18", 1), ("ref", 2), ("own age_high<18", 3), ("own age_low<18", 4))
            }
            p = np.array([r[3][3] for r in got if r[2]["age"] >= 13])
            y = np.array([r[2]["male"] for r in got if r[2]["age"] >= 13]) > 0.5
            c = np.maximum(p, 1 - p)
            ok = (p > 0.5) == y
            res["gender confidence, 13+"] = {
                f"{l:.2f}-{h:.2f}": [
                    int(((c >= l) & (c < h)).sum()),
                    round(float(c[(c >= l) & (c < h)].mean()), 3),
                    round(float(ok[(c >= l) & (c < h)].mean()), 3),
                ]
                for l, h in ((0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 0.99), (0.99, 1.01))
            }
    json.dump(res, open(a.out, "w"), indent=1)
    for k, v in res.items():
        print(k, json.dumps(v))


if __name__ == "__main__":
    main()
