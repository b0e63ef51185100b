-- Resumes whatever is not paused. No row: nothing was stopped. Waits a second for whoever has locked the row.
SET STATEMENT innodb_lock_wait_timeout = 1, lock_wait_timeout = 1 FOR
DELETE FROM stop_all
