"""Detectors and crops as the server makes them."""

import numpy as np
import cv2
import onnxruntime as ort

# mean landmark position inside dlib's 150x150 chip (viewer-left eye, viewer-right eye, nose, mouth left, mouth right)
TEMPLATE = {
    "yunet": np.array([[46.1, 45.8], [100.5, 44.8], [73.5, 76.3], [51.9, 100.2], [96.7, 99.2]]),
    "centerface": np.array([[47.6, 48.2], [100.4, 47.8], [73.9, 76.4], [52.4, 98.1], [95.6, 97.7]]),
}


def session(path, threads=1):
    o = ort.SessionOptions()
    o.intra_op_num_threads = threads
    o.inter_op_num_threads = 1
    o.log_severity_level = 3
    return ort.InferenceSession(path, o, providers=["CPUExecutionProvider"])


def nms(rows, iou):
    keep = []
    for b in sorted(rows, key=lambda r: -r[4]):
        for k in keep:
            w = min(b[2], k[2]) - max(b[0], k[0])
            h = min(b[3], k[3]) - max(b[1], k[1])
            i = max(w, 0) * max(h, 0)
            if i > iou * ((b[2] - b[0]) * (b[3] - b[1]) + (k[2] - k[0]) * (k[3] - k[1]) - i):
                break
        else:
            keep.append(b)
    return keep


class YuNet:
    """img BGR, sides padded to multiples of 32 -> rows x1,y1,x2,y2,score,10 landmark coordinates."""

    name = "yunet"

    def __init__(self, path):
        self.s = session(path)
        self.i = self.s.get_inputs()[0].name
        self.o = [o.name for o in self.s.get_outputs()]

    def __call__(self, img, thr=0.5):
        H, W = img.shape[:2]
        img = cv2.copyMakeBorder(img, 0, -H % 32, 0, -W % 32, cv2.BORDER_CONSTANT)
        o = dict(zip(self.o, self.s.run(None, {self.i: img.astype(np.float32).transpose(2, 0, 1)[None]})))
        rows = []
        for s in (8, 16, 32):
            w = img.shape[1] // s
            sc = np.sqrt(np.clip(o[f"cls_{s}"].reshape(-1), 0, 1) * np.clip(o[f"obj_{s}"].reshape(-1), 0, 1))
            b, k = o[f"bbox_{s}"].reshape(-1, 4), o[f"kps_{s}"].reshape(-1, 5, 2)
            for j in np.where(sc > thr)[0]:
                p = np.array([j % w, j // w])
                c = (p + b[j, :2]) * s
                d = np.exp(b[j, 2:]) * s / 2
                rows.append(np.r_[c - d, c + d, sc[j], ((p + k[j]) * s).ravel()])
        return nms(rows, 0.3)


class CenterFace:
    name = "centerface"

    def __init__(self, path):
        self.s = session(path)

    def __call__(self, img, thr=0.35):
        H, W = img.shape[:2]
        img = cv2.copyMakeBorder(img, 0, -H % 32, 0, -W % 32, cv2.BORDER_CONSTANT)
        x = img[:, :, ::-1].astype(np.float32).transpose(2, 0, 1)[None]
        hm, sc, of, lm = [o[0] for o in self.s.run(["heatmap", "scale", "offset", "landmarks"], {"image": x})]
        rows = []
        for y, x in zip(*np.where(hm[0] > thr)):
            h, w = np.exp(sc[:, y, x]) * 4
            c = np.array([(x + of[1, y, x] + 0.5) * 4, (y + of[0, y, x] + 0.5) * 4])
            p = np.maximum(0, c - np.array([w, h]) / 2)
            k = lm[:, y, x].reshape(5, 2)[:, ::-1] * [w, h] + p
            rows.append(np.r_[p, p + [w, h], hm[0, y, x], k.ravel()])
        return nms(rows, 0.3)


def similarity(src, dst):
    """Least-squares rotation + scale + shift (no reflection), 2x3."""
    sm, dm = src.mean(0), dst.mean(0)
    S, D = src - sm, dst - dm
    k = (S**2).sum()
    a = (S * D).sum() / k
    b = (S[:, 0] * D[:, 1] - S[:, 1] * D[:, 0]).sum() / k
    M = np.array([[a, -b], [b, a]])
    return np.c_[M, dm - M @ sm]


def warp(img, M, size, border=cv2.BORDER_REPLICATE):
    k = np.hypot(M[0, 0], M[0, 1])
    if k < 0.7:
        img = cv2.GaussianBlur(img, (0, 0), 0.45 / k)
    return cv2.warpAffine(img, M, (size, size), flags=cv2.INTER_LINEAR, borderMode=border)


def chip_matrix(lm, template, size=150):
    """Matrix of dlib's aligned chip (padding 0.25) at any output size."""
    M = similarity(lm, TEMPLATE[template])
    f = size / 150
    return np.array([[f, 0, (f - 1) / 2], [0, f, (f - 1) / 2]]) @ np.vstack([M, [0, 0, 1]])


def box_matrix(box, margin, size):
    """Square of side (1+2*margin)*max(w,h) about the box centre -> size x size."""
    c = (box[:2] + box[2:4]) / 2
    s = max(box[2:4] - box[:2]) * (1 + 2 * margin)
    f = size / s
    return np.array([[f, 0, size / 2 - f * c[0]], [0, f, size / 2 - f * c[1]]])
