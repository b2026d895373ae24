"""The same pipeline in Python, as one would write it well: Flask, Pillow, ONNX Runtime, SQLite.

It promises what Fovea promises: an upload is streamed to a file, hashed, synced and recorded before it is answered;
each photo is decoded once, no larger than needed, upright and in sRGB; labels, their index and the thumbnail are
stored. Each worker process has a lane, a thread that takes one photo after the other from the queue in SQLite.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import numpy
import pillow_heif
from flask import Flask, request
from PIL import Image, ImageCms, ImageOps

from Benchmarks.models import FOLDER, SHARES, SIDE, label_session

THUMBNAIL = 256
TEMPERATURE = 0.62
FLOOR = 5.0
SCHEMA = """
CREATE TABLE IF NOT EXISTS photo (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, bucket TEXT NOT NULL, key TEXT NOT NULL,
    bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL, result TEXT, UNIQUE (bucket, key));
CREATE INDEX IF NOT EXISTS photo_state ON photo (state, number);
CREATE TABLE IF NOT EXISTS photo_label (
    label TEXT NOT NULL, photo INTEGER NOT NULL, confidence REAL NOT NULL,
    PRIMARY KEY (label, photo DESC)) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS photo_words USING fts5 (words);
CREATE TABLE IF NOT EXISTS lane (process INTEGER);
"""


def make_app() -> Flask:
    """Called in each worker process."""
    pillow_heif.register_heif_opener()
    data = Path(os.environ["PLAIN_PYTHON_DATA"])
    for folder in ["incoming", "originals", "thumbnails"]:
        (data / folder).mkdir(exist_ok=True)
    open_database(data).executescript(SCHEMA)
    app = Flask(__name__)
    local = threading.local()

    def database() -> sqlite3.Connection:
        if not hasattr(local, "database"):
            local.database = open_database(data)
        return local.database

    @app.post("/api/v1/buckets/<bucket>/photos")
    def upload(bucket: str) -> tuple[dict[str, Any], int]:
        identifier = str(uuid.uuid4())
        staged = data / "incoming" / identifier
        digest, size = hashlib.sha256(), 0
        with staged.open("wb") as file:
            while chunk := request.stream.read(1 << 18):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        staged.rename(data / "originals" / identifier)
        sync(data / "originals")
        with database() as transaction:
            transaction.execute(
                "INSERT INTO photo (id, bucket, key, bytes, sha256, state) VALUES (?, ?, ?, ?, ?, 'queued')",
                (identifier, bucket, request.args["key"], size, digest.hexdigest()))
        return {"id": identifier, "status": "queued"}, 201

    @app.get("/settled")
    def settled() -> dict[str, int]:
        photos, = database().execute("SELECT count(*) FROM photo WHERE state = 'analysed'").fetchone()
        lanes, = database().execute("SELECT count(*) FROM lane").fetchone()
        return {"photos": photos, "lanes": lanes}

    threading.Thread(target=Lane(data).run, daemon=True).start()
    return app


def open_database(data: Path) -> sqlite3.Connection:
    database = sqlite3.connect(data / "catalog.sqlite", timeout=30)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    return database


def sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


class Lane:
    """Looks at one photo after the other."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.session = label_session()
        vocabulary = json.loads((FOLDER / "labels.json").read_text())
        self.labels = vocabulary["labels"]
        numbers = {label["name"]: number for number, label in enumerate(self.labels)}
        # Which labels hold when a class of the model does: its own and all that it is a kind of.
        self.holding = numpy.zeros((len(vocabulary["classes"]), len(self.labels)), numpy.float32)
        for row, label in zip(self.holding, vocabulary["classes"]):
            row[[label] + [numbers[parent] for parent in self.labels[label]["parents"]]] = 1
        self.srgb = ImageCms.createProfile("sRGB")
        self.transforms: dict[tuple[bytes, str], ImageCms.ImageCmsTransform] = {}

    def run(self) -> None:
        database = open_database(self.data)
        with database:
            database.execute("INSERT INTO lane VALUES (?)", (os.getpid(),))
        while True:
            with database:
                row = database.execute(
                    """
                    UPDATE photo SET state = 'analysing' WHERE number =
                        (SELECT number FROM photo WHERE state = 'queued' ORDER BY number LIMIT 1)
                    RETURNING number, id, key
                    """).fetchone()
            if row is None:
                time.sleep(0.02)
                continue
            number, identifier, key = row
            try:
                facts, thumbnail, views = self.decode(self.data / "originals" / identifier)
            except Exception as error:
                with database:
                    database.execute(
                        "UPDATE photo SET state = 'failed', result = ? WHERE number = ?", (str(error), number))
                continue
            labels = self.see(views)
            (self.data / "thumbnails" / identifier).write_bytes(thumbnail)
            words = " ".join([key] + [label["name"] for label in labels])
            with database:
                database.execute(
                    "UPDATE photo SET state = 'analysed', result = ? WHERE number = ?",
                    (json.dumps({**facts, "labels": labels}), number))
                database.executemany(
                    "INSERT INTO photo_label VALUES (?, ?, ?)",
                    [(label["name"], number, label["confidence"]) for label in labels])
                database.execute("INSERT INTO photo_words (rowid, words) VALUES (?, ?)", (number, words))

    def decode(self, path: Path) -> tuple[dict[str, Any], bytes, list[Image.Image]]:
        """What the file says of itself, the thumbnail and the views."""
        image = Image.open(path)
        profile = image.info.get("icc_profile", b"")
        facts = {"width": image.width, "height": image.height, "taken": image.getexif().get(306)}
        longer, shorter = max(image.size), min(image.size)
        scale = max([THUMBNAIL / longer] + [SIDE / (shorter * share) for share in SHARES])
        # JPEG files are shrunk while they are read, to no less than twice what is needed.
        image.draft("RGB", (int(image.width * scale * 2), int(image.height * scale * 2)))
        image = ImageOps.exif_transpose(image)
        if image.mode in ("RGBA", "LA", "P"):
            opaque = Image.new("RGB", image.size, "white")
            opaque.paste(image, mask=image.convert("RGBA").getchannel("A"))
            image = opaque
        elif image.mode != "RGB":
            image = image.convert("RGB")
        views = []
        for share in SHARES:
            side = min(image.size) * share
            left, top = (image.width - side) / 2, (image.height - side) / 2
            view = image.resize(
                (SIDE, SIDE), Image.Resampling.LANCZOS, (left, top, left + side, top + side), reducing_gap=2)
            views.append(self.in_srgb(view, profile))
        image.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS, reducing_gap=2)
        file = io.BytesIO()
        self.in_srgb(image, profile).save(file, "WEBP", quality=80, method=2)
        return facts, file.getvalue(), views

    def in_srgb(self, image: Image.Image, profile: bytes) -> Image.Image:
        if not profile:
            return image
        key = (profile, image.mode)
        if key not in self.transforms:
            self.transforms[key] = ImageCms.buildTransform(
                ImageCms.ImageCmsProfile(io.BytesIO(profile)), self.srgb, image.mode, "RGB")
        return ImageCms.applyTransform(image, self.transforms[key])

    def see(self, views: list[Image.Image]) -> list[dict[str, Any]]:
        """The labels, surest first, ancestors included."""
        pixels = numpy.stack([numpy.asarray(view) for view in views]).transpose(0, 3, 1, 2)
        tensor = numpy.ascontiguousarray((pixels.astype(numpy.float32) - 127) * (1 / 128))
        logits = self.session.run(["logits"], {"image": tensor})[0].mean(axis=0) / TEMPERATURE
        weights = numpy.exp(logits - logits.max())
        confidences = (weights / weights.sum()) @ self.holding * 100
        found = numpy.flatnonzero(confidences >= FLOOR)
        return [
            {"name": self.labels[number]["name"], "confidence": round(float(confidences[number]), 2),
             "parents": self.labels[number]["parents"]}
            for number in found[numpy.argsort(-confidences[found])]
        ]
