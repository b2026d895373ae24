"""What lies in a data folder, looked at from outside: the database, the files, and the processes of a server."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

# As the schema has it: a photo counts for a label from this confidence on.
COUNTED = 50


def count_settlements(data: Path) -> None:
    """Has the database of a stopped server count, in the same transaction, how often each photo is settled."""
    with closing(sqlite3.connect(data / "catalog.sqlite")) as database, database:
        database.execute("CREATE TABLE audit_settled (id TEXT NOT NULL) STRICT")
        database.execute(
            """
            CREATE TRIGGER audit_settled AFTER UPDATE OF state ON photo WHEN new.state <> 'queued' BEGIN
                INSERT INTO audit_settled (id) VALUES (new.id);
            END
            """)


def crash_image(data: Path, copy: Path) -> tuple[int, list[str]]:
    """How many photos were lent when the server was killed, and what is wrong with the database as it was left.

    Looks at a copy: opening the database itself would repair it before the server can.
    """
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("catalog.sqlite", "catalog.sqlite-wal"):
        if (data / name).exists():
            shutil.copyfile(data / name, copy / name)
    with closing(sqlite3.connect(copy / "catalog.sqlite")) as database:
        lent = database.execute("SELECT count(*) FROM job WHERE token IS NOT NULL").fetchone()[0]
        return lent, _damage(database)


def database_complaints(data: Path, analysed: set[str]) -> list[str]:
    """What is wrong with the database of a stopped server in which these photos, and no others, have been analysed."""
    with closing(sqlite3.connect(data / "catalog.sqlite")) as database:
        complaints = _damage(database)
        expect = {
            "photos without words": "SELECT number FROM photo EXCEPT SELECT rowid FROM photo_words",
            "words of photos that are gone": "SELECT rowid FROM photo_words EXCEPT SELECT number FROM photo",
            "photos that wait": "SELECT photo FROM job",
            "labels whose photos are miscounted":
                f"""
                SELECT name, photos, count(photo) FROM label LEFT JOIN photo_label
                ON label = number AND confidence >= {COUNTED} GROUP BY number HAVING photos <> count(photo)
                """,
            "photos settled more than once": "SELECT id, count(*) FROM audit_settled GROUP BY id HAVING count(*) > 1",
        }
        for what, sql in expect.items():
            if rows := database.execute(sql).fetchall():
                complaints.append(f"{what}: {rows[:5]}")
        settled = {row[0] for row in database.execute("SELECT id FROM audit_settled")}
        if never := analysed - settled:
            complaints.append(f"photos analysed without being settled: {sorted(never)[:5]}")
        photos = {row[0] for row in database.execute("SELECT id FROM photo WHERE state = 'analysed'")}
        if photos != analysed:
            complaints.append(f"the table of photos differs from the list in {sorted(photos ^ analysed)[:5]}")
        return complaints


def file_complaints(data: Path, photos: set[str]) -> list[str]:
    """Which files are missing or left over when these photos are there and all have been analysed."""
    originals = {path.name for path in (data / "originals").rglob("*") if path.is_file()}
    thumbnails = {path.name for path in (data / "thumbnails").rglob("*") if path.is_file()}
    allowed = {f"{photo}.{size}.webp" for photo in photos for size in (256, 1440)}
    needed = {f"{photo}.256.webp" for photo in photos}
    unlike = {
        "originals left over": originals - photos, "originals missing": photos - originals,
        "thumbnails left over": thumbnails - allowed, "thumbnails missing": needed - thumbnails,
        "incoming": {path.name for path in (data / "incoming").iterdir()},
    }
    return [f"{what}: {sorted(names)[:5]} of {len(names)}" for what, names in unlike.items() if names]


def processes_of(session: int) -> list[int]:
    """The processes that run in a session: a server that was launched in one of its own, and all that it started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session = status.read_text().rsplit(")", 1)[1].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_session) == session and state != "Z":
            found.append(int(status.parent.name))
    return found


def _damage(database: sqlite3.Connection) -> list[str]:
    answers = [row[0] for row in database.execute("PRAGMA integrity_check")]
    complaints = [f"integrity: {answer}" for answer in answers if answer != "ok"]
    complaints += [f"foreign key: {row}" for row in database.execute("PRAGMA foreign_key_check")]
    try:
        database.execute("INSERT INTO photo_words (photo_words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        complaints.append(f"search index: {error}")
    database.rollback()
    return complaints
