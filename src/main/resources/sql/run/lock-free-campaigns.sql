-- Locks those of the campaigns' rows that nobody else has locked.
SELECT i_campaign FROM campaigns WHERE i_campaign IN (:#in:campaigns) ORDER BY i_campaign FOR UPDATE SKIP LOCKED
