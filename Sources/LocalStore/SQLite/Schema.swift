import Domain

/// The tables, as steps from one version to the next. The version is `PRAGMA user_version`.
enum Schema {
    /// Brings the file up to date: each missing step is one transaction.
    static func migrate(_ database: Database) throws(StoreError) {
        let found = try stored { () throws(DatabaseError) in
            try database.first("PRAGMA user_version") { row throws(DatabaseError) in row.integer(0) } ?? 0
        }
        guard found <= steps.count else {
            throw StoreError(
                .tooNew,
                "The data folder was written by a newer Fovea (its schema is \(found), this program knows \(steps.count))."
                    + " Install that version, or use another folder with --data.")
        }
        for version in found..<steps.count {
            try stored { () throws(DatabaseError) in
                try database.transaction { () throws(DatabaseError) in
                    try database.execute(steps[version])
                    try database.execute("PRAGMA user_version=\(version + 1)")
                }
            }
        }
    }

    private static let steps = [first, vectors, priorities, revisions, facts, teaching, telling]

    /// `photo.number` grows with time and is what the index holds. The state `analysing` is not stored: it is a queued
    /// photo whose job is leased. `photo_label` is clustered so that "the newest photos with label X" is one short read.
    private static let first = """
        CREATE TABLE bucket (
            name TEXT PRIMARY KEY,
            rules TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE photo (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            bucket TEXT NOT NULL REFERENCES bucket,
            key TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            created INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'analysed', 'failed')),
            result TEXT,
            UNIQUE (bucket, key)
        ) STRICT;

        CREATE TABLE job (
            photo INTEGER PRIMARY KEY REFERENCES photo ON DELETE CASCADE,
            due INTEGER NOT NULL,
            crashes INTEGER NOT NULL DEFAULT 0,
            token TEXT
        ) STRICT;
        CREATE INDEX job_due ON job (due, photo);

        CREATE TABLE label (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            photos INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE photo_label (
            label INTEGER NOT NULL REFERENCES label,
            photo INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
            confidence REAL NOT NULL,
            PRIMARY KEY (label, photo DESC)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX photo_label_photo ON photo_label (photo);

        CREATE TRIGGER photo_label_added AFTER INSERT ON photo_label WHEN new.confidence >= \(counted) BEGIN
            UPDATE label SET photos = photos + 1 WHERE number = new.label;
        END;
        CREATE TRIGGER photo_label_removed AFTER DELETE ON photo_label WHEN old.confidence >= \(counted) BEGIN
            UPDATE label SET photos = photos - 1 WHERE number = old.label;
        END;

        CREATE VIRTUAL TABLE photo_words USING fts5 (
            words, tokenize = 'porter unicode61 remove_diacritics 2'
        );
        CREATE TRIGGER photo_removed AFTER DELETE ON photo BEGIN
            DELETE FROM photo_words WHERE rowid = old.number;
        END;
        """

    /// `place` is the place of a face in the analysis, and -1 for the whole picture.
    private static let vectors = """
        CREATE TABLE vector (
            photo INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
            place INTEGER NOT NULL,
            halves BLOB NOT NULL,
            UNIQUE (photo, place)
        ) STRICT;
        """

    /// Which job goes first, and why one was given back; whether the queue rests; which photos failed.
    private static let priorities = """
        ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT \(Job.Priority.ordinary.rawValue);
        ALTER TABLE job ADD COLUMN interruptions INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE job ADD COLUMN setback TEXT;
        DROP INDEX job_due;
        CREATE INDEX job_order ON job (priority, due, photo);
        CREATE TABLE queue (paused INTEGER NOT NULL) STRICT;
        INSERT INTO queue VALUES (FALSE);
        CREATE INDEX photo_failed ON photo (state) WHERE state = 'failed';
        """

    /// What was decoded of a photo is kept until its revision changes.
    private static let revisions = """
        ALTER TABLE photo ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
        """

    /// A photo counts for a label, and is found by its words, from this confidence on.
    private static var counted: Double { PhotoQuery.standardConfidence }
}
