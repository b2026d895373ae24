import Domain

extension Schema {
    /// What is counted of each photo that was looked at, taken out of its findings, so that counting a library reads a
    /// few bytes a photo. A trigger keeps it: whoever writes findings need not know.
    ///
    /// Of the indexes, one counts states and duplicates without the photos; the other has a bucket's photos in order.
    static let facts = """
        CREATE TABLE photo_fact (
            photo INTEGER PRIMARY KEY REFERENCES photo ON DELETE CASCADE,
            bucket TEXT NOT NULL,
            format TEXT,
            year TEXT,
            camera TEXT,
            latitude REAL,
            longitude REAL,
            faces INTEGER NOT NULL,
            has_text INTEGER NOT NULL,
            is_sensitive INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX photo_content ON photo (bucket, sha256, state);
        CREATE INDEX photo_bucket ON photo (bucket);

        INSERT INTO photo_fact \(factsOfPhotos) WHERE state = 'analysed';
        CREATE TRIGGER photo_findings AFTER UPDATE OF result ON photo BEGIN
            DELETE FROM photo_fact WHERE photo = new.number;
            INSERT INTO photo_fact \(factsOfPhotos) WHERE number = new.number AND state = 'analysed';
        END;
        """

    private static var factsOfPhotos: String {
        """
        SELECT number, bucket, json_extract(result, '$.picture.format'),
            substr(json_extract(result, '$.picture.takenAt.local'), 1, 4), json_extract(result, '$.picture.camera'),
            json_extract(result, '$.picture.location.latitude'), json_extract(result, '$.picture.location.longitude'),
            coalesce(json_array_length(result, '$.analysis.faces'), 0),
            coalesce(json_array_length(result, '$.analysis.text'), 0) > 0,
            EXISTS (SELECT 1 FROM json_each(result, '$.analysis.moderation')
                    WHERE json_extract(value, '$.confidence') >= \(LibrarySummary.sensitiveConfidence))
        FROM photo
        """
    }
}
