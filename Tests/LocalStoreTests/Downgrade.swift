/// Makes the tables of a new catalogue those of an older version: the steps of the schema backwards.
enum Downgrade {
    /// To version 6, before buckets told anybody.
    static let telling = """
        DROP TRIGGER photo_came; DROP TRIGGER photo_settled; DROP TRIGGER photo_erased; DROP TRIGGER photo_deleted;
        DROP TRIGGER event_added;
        DROP TABLE event; DROP TABLE reanalysis_failure; DROP TABLE reanalysis; DROP TABLE usage; DROP TABLE alert;
        DROP TABLE delivery;
        DROP INDEX job_reanalysis; ALTER TABLE job DROP COLUMN reanalysis;
        DROP INDEX photo_settled; DROP INDEX photo_settled_in; DROP INDEX photo_erase_due;
        DROP INDEX photo_look;
        ALTER TABLE photo DROP COLUMN settled; ALTER TABLE photo DROP COLUMN erase_due;
        ALTER TABLE photo DROP COLUMN erased; ALTER TABLE photo DROP COLUMN made_by;
        DELETE FROM bucket WHERE name <> 'incoming';
        PRAGMA user_version=6;
        """
}
