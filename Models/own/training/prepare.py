"""Collect UTKFace chips, drop duplicates and held-out images, detect faces, split.

  prepare.py --git REPO [--git REPO ...] --holdout DIR --models DIR --out DIR

--git      a git repository (bare or not) that holds UTKFace files (age_gender_race_date.jpg.chip.jpg)
--holdout  folder with manifest.json; every image named there is excluded (SHA-256 and name stem)
--models   folder with yunet_n_dynamic.onnx and centerface_dyn_int8.onnx
Writes OUT/chips/<stem>.jpg and OUT/index.npz (age, gender, race, split, boxes and landmarks of both detectors).
"""

import argparse, hashlib, json, os, re, subprocess
from multiprocessing import Pool
import numpy as np
import cv2
import faces

NAME = re.compile(r"^(\d{1,3})_([01])_([0-4])_(\d+)")


def stem(path):
    m = NAME.match(os.path.basename(path))
    return m.group(0) if m else None


def blobs(repo):
    """(path, bytes) of every JPEG with a UTKFace name."""
    tree = subprocess.run(["git", "--git-dir", repo, "ls-tree", "-r", "HEAD"], capture_output=True, check=True).stdout
    want = {}
    for line in tree.decode().splitlines():
        meta, path = line.split("\t", 1)
        if stem(path):
            want.setdefault(meta.split()[2], path)
    p = subprocess.Popen(
        ["git", "--git-dir", repo, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    for sha, path in want.items():
        p.stdin.write(sha.encode() + b"\n")
        p.stdin.flush()
        size = int(p.stdout.readline().split()[2])
        data = p.stdout.read(size)
        p.stdout.read(1)
        yield path, data
    p.stdin.close()
    p.wait()


def detect_one(job):
    path, models = job
    if not hasattr(detect_one, "d"):
        cv2.setNumThreads(1)
        detect_one.d = (
            faces.YuNet(models + "/yunet_n_dynamic.onnx"),
            faces.CenterFace(models + "/centerface_dyn_int8.onnx"),
        )
    img = cv2.imread(path)
    if img is None or min(img.shape[:2]) < 60:
        return None
    img = cv2.resize(img, (200, 200))
    pad = cv2.copyMakeBorder(img, 28, 28, 28, 28, cv2.BORDER_REPLICATE)
    out = []
    for det in detect_one.d:
        f = [x for x in det(pad) if (np.abs(x[:4].reshape(2, 2).mean(0) - 128) < 45).all()]
        f = max(f, key=lambda x: (x[2] - x[0]) * x[4], default=None)
        out.append(np.full(15, np.nan) if f is None else np.r_[f[:4] - 28, f[4], f[5:] - 28])
    return np.stack(out)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--git", action="append", required=True)
    a.add_argument("--holdout", required=True)
    a.add_argument("--models", required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    os.makedirs(a.out + "/chips", exist_ok=True)
    man = json.load(open(a.holdout + "/manifest.json"))["files"]
    bad_sha = {f["sha256"] for f in man}
    bad_stem = {stem(p) for f in man for p in (f["file"], f.get("source_path") or "")} - {None}
    seen, count = {}, dict(files=0, duplicate=0, held_out=0, bad_label=0)
    names = []
    for repo in a.git:
        for path, data in blobs(repo):
            count["files"] += 1
            s, h = stem(path), hashlib.sha256(data).hexdigest()
            if h in bad_sha or s in bad_stem:
                count["held_out"] += 1
                continue
            if s in seen or h in seen:
                count["duplicate"] += 1
                continue
            if not 1 <= int(s.split("_")[0]) <= 116:
                count["bad_label"] += 1
                continue
            seen[s] = seen[h] = True
            open(f"{a.out}/chips/{s}.jpg", "wb").write(data)
            names.append(s)
    names.sort()
    with Pool(os.cpu_count()) as p:
        det = p.map(detect_one, [(f"{a.out}/chips/{s}.jpg", a.models) for s in names], 64)
    keep = [i for i, d in enumerate(det) if d is not None]
    names = [names[i] for i in keep]
    det = np.stack([det[i] for i in keep])
    lab = np.array([[int(x) for x in s.split("_")[:3]] for s in names])
    # split by a hash of the name: 10 % test, 8 % validation, the rest for training
    r = np.array([int(hashlib.sha256(s.encode()).hexdigest()[:8], 16) / 2**32 for s in names])
    split = np.where(r < 0.10, 2, np.where(r < 0.18, 1, 0))
    np.savez_compressed(
        a.out + "/index.npz",
        names=np.array(names),
        age=lab[:, 0],
        gender=lab[:, 1],
        race=lab[:, 2],
        split=split,
        det=det,
    )
    print(
        count,
        "kept",
        len(names),
        "train/val/test",
        np.bincount(split),
        "missed by YuNet/CenterFace",
        np.isnan(det[:, :, 0]).sum(0),
    )


if __name__ == "__main__":
    main()
