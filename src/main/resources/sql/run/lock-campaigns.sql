-- Holds campaigns' rows, always in the same order and before any number, so that no two transactions wait for each other.
-- Waits so many seconds for a lock as it is told: others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = :#wait FOR
SELECT i_campaign FROM campaigns WHERE i_campaign IN (:#in:campaigns) ORDER BY i_campaign FOR UPDATE
