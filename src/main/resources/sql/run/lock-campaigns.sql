-- Locks the rows of campaigns, always in the same order and before any number, so that no two transactions wait for each other.
-- Waits for a lock for as many seconds as the parameter says, because others wait behind it.
SET STATEMENT innodb_lock_wait_timeout = :#wait FOR
SELECT i_campaign FROM campaigns WHERE i_campaign IN (:#in:campaigns) ORDER BY i_campaign FOR UPDATE
