-- Locks the campaign's row before its numbers, as claims do.
-- Waits one second for a lock, because other rows of the timetable wait behind it.
SET STATEMENT innodb_lock_wait_timeout = 1 FOR
SELECT i_campaign FROM campaigns WHERE i_campaign = :#campaign FOR UPDATE
