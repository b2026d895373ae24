import Domain

extension Schema {
    /// What buckets do with their photos: when one was settled and its original is to go, what is still to be told and to
    /// whom, alerts, what happened of late, what was done, and what is looked at again.
    ///
    /// Events are made by triggers, so that nothing can happen without one.
    static let telling = """
        INSERT INTO bucket (name, rules) VALUES \(initialBuckets) ON CONFLICT DO NOTHING;

        ALTER TABLE photo ADD COLUMN settled INTEGER;
        ALTER TABLE photo ADD COLUMN erase_due INTEGER;
        ALTER TABLE photo ADD COLUMN erased INTEGER;
        ALTER TABLE photo ADD COLUMN made_by TEXT;
        UPDATE photo SET settled = created, made_by = \(madeBy) WHERE state <> 'queued';
        CREATE INDEX photo_settled ON photo (settled, number) WHERE settled IS NOT NULL;
        CREATE INDEX photo_settled_in ON photo (bucket, settled, number) WHERE settled IS NOT NULL;
        CREATE INDEX photo_look ON photo (bucket, coalesce(made_by, '')) WHERE state = 'analysed' AND erased IS NULL;
        CREATE INDEX photo_erase_due ON photo (erase_due) WHERE erase_due IS NOT NULL AND erased IS NULL;
        CREATE INDEX photo_erase_due_in ON photo (bucket, erase_due) WHERE erase_due IS NOT NULL AND erased IS NULL;
        CREATE INDEX photo_stored ON photo (bucket, erased, bytes);

        CREATE TABLE delivery (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            recipient TEXT NOT NULL,
            announcement TEXT NOT NULL,
            created INTEGER NOT NULL,
            due INTEGER,
            tries INTEGER NOT NULL DEFAULT 0,
            problem TEXT
        ) STRICT;
        CREATE INDEX delivery_due ON delivery (recipient, due) WHERE due IS NOT NULL;
        CREATE INDEX delivery_given_up ON delivery (due, number) WHERE due IS NULL;

        CREATE TABLE alert (
            name TEXT PRIMARY KEY,
            rule TEXT NOT NULL,
            spoke INTEGER,
            spoken INTEGER NOT NULL DEFAULT 0,
            silent INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE usage (
            day TEXT NOT NULL,
            bucket TEXT NOT NULL,
            what TEXT NOT NULL,
            amount INTEGER NOT NULL,
            PRIMARY KEY (day, bucket, what)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE reanalysis (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            bucket TEXT,
            models TEXT,
            started INTEGER NOT NULL,
            ended INTEGER,
            next INTEGER NOT NULL,
            total INTEGER NOT NULL,
            done INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0,
            stopped INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE reanalysis_failure (
            reanalysis INTEGER NOT NULL,
            photo INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
            failure TEXT NOT NULL,
            PRIMARY KEY (reanalysis, photo)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX reanalysis_failure_photo ON reanalysis_failure (photo);
        ALTER TABLE job ADD COLUMN reanalysis INTEGER;
        CREATE INDEX job_reanalysis ON job (reanalysis) WHERE reanalysis IS NOT NULL;

        CREATE TABLE event (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            time INTEGER NOT NULL DEFAULT (CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)),
            photo TEXT NOT NULL,
            bucket TEXT NOT NULL,
            key TEXT NOT NULL,
            alert TEXT
        ) STRICT;
        CREATE TRIGGER event_added AFTER INSERT ON event BEGIN
            DELETE FROM event WHERE number <= new.number - \(keptEvents);
        END;
        CREATE TRIGGER photo_came AFTER INSERT ON photo BEGIN
            INSERT INTO event (kind, photo, bucket, key) VALUES ('queued', new.id, new.bucket, new.key);
        END;
        CREATE TRIGGER photo_settled AFTER UPDATE OF result ON photo BEGIN
            INSERT INTO event (kind, photo, bucket, key) VALUES (new.state, new.id, new.bucket, new.key);
        END;
        CREATE TRIGGER photo_erased AFTER UPDATE OF erased ON photo WHEN new.erased IS NOT NULL BEGIN
            INSERT INTO event (kind, photo, bucket, key) VALUES ('erased', new.id, new.bucket, new.key);
        END;
        CREATE TRIGGER photo_deleted AFTER DELETE ON photo BEGIN
            INSERT INTO event (kind, photo, bucket, key) VALUES ('deleted', old.id, old.bucket, old.key);
        END;
        """

    /// How many events are kept: some hours of a busy server, months of a quiet one.
    static let keptEvents = 20_000

    /// The models that looked at a photo, as `Analysis.madeBy` writes them.
    private static let madeBy = """
        (SELECT coalesce(group_concat(model, ';'), '') FROM
            (SELECT key || '=' || value AS model FROM json_each(result, '$.analysis.models') ORDER BY key))
        """

    private static var initialBuckets: String {
        Bucket.initial.map { bucket in
            // Nothing in it is a quotation mark of SQL.
            "('\(bucket.name)', '\((try? LocalCatalog.json(bucket)) ?? "{}")')"
        }.joined(separator: ", ")
    }
}
