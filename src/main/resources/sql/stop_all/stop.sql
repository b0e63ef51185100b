-- Stops everything. If everything is stopped already, it keeps since when and by whom. What is to be hung up stays so until
-- everything is resumed. Waits a second for whoever has locked the row.
SET STATEMENT innodb_lock_wait_timeout = 1, lock_wait_timeout = 1 FOR
INSERT INTO stop_all (one, stopped_at, stopped_by, why, hang_up)
VALUES (1, UTC_TIMESTAMP(3), LEFT(:#who, 255), :#why, :#hang_up)
ON DUPLICATE KEY UPDATE why = COALESCE(why, VALUES(why)), hang_up = GREATEST(hang_up, VALUES(hang_up))
