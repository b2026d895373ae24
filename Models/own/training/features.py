"""Features of every chip, once clean and several times jittered.

features.py --work DIR --dlib dlib_face_resnet_150_int8.onnx --lite efficientnet_lite0_224_int8.onnx --versions 4 --out features.npz
"""

import argparse, os
from multiprocessing import Pool
import numpy as np
import cv2
import onnx
import faces


def expose(path, outputs=()):
    """The same graph with more tensors made outputs (nothing else changes)."""
    m = onnx.load(path)
    have = {o.name for o in m.graph.output}
    m.graph.output.extend(
        onnx.helper.make_tensor_value_info(o, onnx.TensorProto.FLOAT, None) for o in outputs if o not in have
    )
    return m.SerializeToString()


def grid(x, g):
    """Mean over a g x g grid of cells of one feature map (1,C,H,W) -> (g*g*C,), row-major cells."""
    ys = np.linspace(0, x.shape[2], g + 1).round().astype(int)
    xs = np.linspace(0, x.shape[3], g + 1).round().astype(int)
    return np.concatenate(
        [x[0, :, ys[i] : ys[i + 1], xs[j] : xs[j + 1]].mean((1, 2)) for i in range(g) for j in range(g)]
    )


class Extractor:
    DLIB = ("embedding", "flat", "r9", "r12")

    def __init__(self, dlib, lite):
        cv2.setNumThreads(1)
        self.d = faces.session(expose(dlib, self.DLIB))
        self.l = faces.session(lite) if lite else None
        self.size = 260 if lite and "lite2" in lite else 224

    def __call__(self, rgb, M150):
        """M150: matrix image -> 150 x 150 aligned chip."""
        f = lambda c: c.transpose(2, 0, 1)[None].astype(np.float32)
        e, p, r9, r12 = self.d.run(self.DLIB, {"image": f(faces.warp(rgb, M150, 150))})
        out = {"dlib128": e[0], "dlib256": p[0], "r9": grid(r9, 2), "r12": r12[0].ravel()}
        if self.l:
            s = self.size / 150
            M = np.array([[s, 0, (s - 1) / 2], [0, s, (s - 1) / 2]]) @ np.vstack([M150, [0, 0, 1]])
            out["lite"] = self.l.run(["feature"], {"image": (f(faces.warp(rgb, M, self.size)) - 127) / 128})[0][0]
        return out


def shrink(rgb, side, quality, face=218.0):
    """The photo at a size where the detector's face box is `side` px high, then JPEG. Returns image and scale."""
    s = min(1.0, side / face)
    if s < 1:
        rgb = cv2.resize(rgb, None, fx=s, fy=s, interpolation=cv2.INTER_AREA)
    if quality:
        rgb = cv2.imdecode(cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1)
    return rgb, rgb.shape[0] / 200


def jitter(rgb, lm, r):
    """What real photos do to a face: size, JPEG, blur, light, grey, mirror, and landmarks that are a little off."""
    if r.rand() < 0.5:
        rgb = np.ascontiguousarray(rgb[:, ::-1])
        lm = (lm * [-1, 1] + [199, 0])[[1, 0, 2, 4, 3]]
    if r.rand() < 0.25:
        rgb = cv2.GaussianBlur(rgb, (0, 0), r.uniform(0.6, 2.5))
    if r.rand() < 0.7:
        x = (rgb.astype(np.float32) / 255) ** np.exp(r.normal(0, 0.25))
        rgb = np.clip(
            (x - 0.5) * r.uniform(0.7, 1.3) * 255 + 127.5 + r.normal(0, 18) + r.normal(0, 6, 3), 0, 255
        ).astype(np.uint8)
    if r.rand() < 0.2:
        rgb = np.repeat(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)[:, :, None], 3, 2)
    rgb, s = shrink(rgb, np.exp(r.uniform(np.log(36), np.log(260))), int(r.uniform(35, 96)))
    eye = np.hypot(*(lm[1] - lm[0]))
    lm = lm * s + r.normal(0, (0.025 * eye + 0.4 * (s < 0.5)) * s + 0.15, lm.shape)
    return rgb, lm


def residual(r):
    """A similarity of the 150 px chip round its centre: what alignment leaves wrong."""
    deg = np.clip(r.normal(0, 3) if r.rand() < 0.85 else r.uniform(-15, 15), -15, 15)
    M = cv2.getRotationMatrix2D((74.5, 74.5), deg, float(np.exp(r.normal(0, 0.04))))
    M[:, 2] += r.normal(0, 3, 2)
    return M


def work(job):
    rows, version, a = job
    z = np.load(a.work + "/index.npz")
    names, det = z["names"], z["det"]
    x = Extractor(a.dlib, a.lite)
    out = {}
    for i in rows:
        rgb = np.ascontiguousarray(cv2.resize(cv2.imread(f"{a.work}/chips/{names[i]}.jpg"), (200, 200))[:, :, ::-1])
        r = np.random.RandomState(version * 100003 + i)
        which = int(r.rand() < 0.5) if version else 0
        if np.isnan(det[i, which, 0]):
            which = 1 - which
        lm = det[i, which, 5:].reshape(5, 2)
        if version:
            rgb, lm = jitter(rgb, lm, r)
        M = faces.chip_matrix(lm, ("yunet", "centerface")[which])
        if version:
            M = residual(r) @ np.vstack([M, [0, 0, 1]])
        for k, v in x(rgb, M).items():
            out.setdefault(k, []).append(v.astype(np.float16))
    return {k: np.stack(v) for k, v in out.items()}


def main():
    a = argparse.ArgumentParser()
    for n in ("--work", "--dlib", "--lite", "--out"):
        a.add_argument(n)
    a.add_argument("--versions", type=int, default=5, help="1 clean + the rest jittered")
    a = a.parse_args()
    z = np.load(a.work + "/index.npz")
    rows = np.where(~np.isnan(z["det"][:, :, 0]).all(1))[0]
    res = {}
    with Pool(os.cpu_count()) as p:
        for v in range(a.versions):
            # the test part is only needed clean; jittered test images are made by evaluate.py
            rv = rows if v == 0 else rows[z["split"][rows] < 2]
            parts = p.map(work, [(c, v, a) for c in np.array_split(rv, 64)], 1)
            for k in parts[0]:
                res[f"{k}_{v}"] = np.concatenate([q[k] for q in parts])
            res[f"rows_{v}"] = rv
            print("version", v, len(rv), flush=True)
    np.savez(a.out, **res)


if __name__ == "__main__":
    main()
