"""What the label model makes of the pictures of `pictures.tsv`, as far as they are found below the given folders.

features.py --models DIR --out features.npz FOLDER…

The views are those of `Sources/Perception/Labels/LabelTask.swift`: the square in the middle, its middle, and the whole
picture squashed into a square.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnxruntime
import pillow_heif
from PIL import Image, ImageOps

import tables

SIDE = 260
VIEWS = 3


def upright(path: Path) -> Image.Image:
    """The picture as a person sees it, on white where it is transparent."""
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    white.alpha_composite(picture)
    return white.convert("RGB")


def views(picture: Image.Image) -> np.ndarray:
    """[3, 3, 260, 260], as the model wants them."""
    width, height = picture.size

    def square(side: float) -> Image.Image:
        left, top = (width - side) / 2, (height - side) / 2
        return picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC, box=(left, top, left + side, top + side))

    shorter = min(width, height)
    squares = [
        square(shorter * SIDE / 292),
        square(shorter * 0.6),
        picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC),
    ]
    return np.stack([(np.asarray(one, np.float32).transpose(2, 0, 1) - 127) / 128 for one in squares])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()

    pillow_heif.register_heif_opener()
    wanted = tables.pictures()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    model = onnxruntime.InferenceSession(str(arguments.models / "efficientnet_lite2_260_int8.onnx"), options)
    ids, logits, features = [], [], []
    for path in sorted(path for folder in arguments.folders for path in folder.rglob("*") if path.is_file()):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        if sha256 not in wanted or sha256 in ids:
            continue
        answer = model.run(["logits", "feature"], {"image": views(upright(path))})
        ids.append(sha256)
        logits.append(answer[0])
        features.append(answer[1])
    np.savez_compressed(
        arguments.out, ids=ids, logits=np.array(logits, np.float32), features=np.array(features, np.float16)
    )
    print(f"{len(ids)} of {len(wanted)} pictures found")


if __name__ == "__main__":
    main()
