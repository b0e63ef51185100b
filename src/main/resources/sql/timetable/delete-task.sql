-- Deletes a task that is done, or will be done with this transaction. No row: another node has done it, or somebody has resumed
-- the campaign.
SET STATEMENT innodb_lock_wait_timeout = 1 FOR
DELETE FROM timetable_tasks
WHERE i_campaign = COALESCE(:#campaign, 0) AND i_timetable = :#timetable
  AND scheduled = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#scheduled SECOND
