extension Schema {
    /// What people teach. A mark is what one label has to do with one photo: what its classifier says, what a person said,
    /// or both. A vector says what made it, for a classifier understands only its own kind.
    ///
    /// Of the vectors that are there, the model is taken out of their photos' findings, as `Analysis.vectorModel` does.
    static let teaching = """
        CREATE TABLE taught_label (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            classifier TEXT,
            measure TEXT,
            lesson INTEGER NOT NULL DEFAULT 0,
            learned INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE taught_mark (
            label INTEGER NOT NULL REFERENCES taught_label ON DELETE CASCADE,
            photo INTEGER NOT NULL REFERENCES photo ON DELETE CASCADE,
            confidence REAL,
            verdict INTEGER,
            PRIMARY KEY (label, photo)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX taught_mark_photo ON taught_mark (photo);

        ALTER TABLE vector ADD COLUMN model TEXT;
        UPDATE vector SET model = (
            SELECT replace(replace(
                substr(name, 1, instr(name || '+', '+') - 1), '-int8', ''), '-fp32', '')
            FROM (SELECT json_extract(result, '$.analysis.models.labels') AS name FROM photo WHERE number = photo)
        ) WHERE place = -1;
        CREATE INDEX vector_model ON vector (model, photo) WHERE place = -1;
        """
}
