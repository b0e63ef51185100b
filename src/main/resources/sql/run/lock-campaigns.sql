-- Holds campaigns' rows, always in the same order and before any number, so that no two transactions wait for each other.
SELECT i_campaign FROM campaigns WHERE i_campaign IN (:#in:campaigns) ORDER BY i_campaign FOR UPDATE WAIT 1
